"""The list of activities: filters, sorting, sums, pages, export."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from quizapp.accounts.models import AuditEntry, Unit, User
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.publicity.activities import queries
from quizapp.publicity.activities.filters import read_filters, write_filters
from quizapp.publicity.activities.queries import Filters, Order
from quizapp.publicity.workflow import State
from tests.factories import PASSWORD, make_activity, make_kind, make_root, make_unit, make_user
from tests.pages import Visitor


def titles(filters: Filters, username: str = "boss") -> list[str]:
    actor = db.session.scalars(db.select(User).where(User.username == username)).one()
    page, _ = queries.page_of_activities(actor, filters, 1)
    return [row[0].title for row in page.items]


@pytest.fixture
def activities(app: Flask) -> None:
    """Three activities of a village, a town and the bureau."""
    make_user("boss", Role.ADMINISTRATOR)
    town = make_unit("城关镇")
    village = make_unit("东关村", parent=town)
    make_user("clerk", Role.PUBLICIST, unit=village)
    make_activity("into_schools", village, title="甲", day=date(2026, 2, 28), audience=30, place="小学 50%")
    make_activity(
        "lecture", town, title="乙", day=date(2026, 3, 1), audience=20, sessions=2, state=State.DRAFT
    )
    make_activity("lecture", title="丙", day=date(2026, 3, 31), audience=10)


@pytest.mark.usefixtures("activities")
def test_the_list_is_sorted_by_day_audience_and_when_it_was_recorded() -> None:
    assert titles(Filters()) == ["丙", "乙", "甲"]
    assert titles(Filters(descending=False)) == ["甲", "乙", "丙"]
    assert titles(Filters(order=Order.AUDIENCE)) == ["甲", "乙", "丙"]
    assert titles(Filters(order=Order.RECORDED)) == ["丙", "乙", "甲"]


@pytest.mark.usefixtures("activities")
def test_each_filter_leaves_what_it_says() -> None:
    town = db.session.scalars(db.select(Unit).where(Unit.name == "城关镇")).one()
    assert titles(Filters(state=State.DRAFT)) == ["乙"]
    assert titles(Filters(kind_id=make_kind("lecture").id)) == ["丙", "乙"]
    assert titles(Filters(kind_id=make_kind("five_visits").id)) == ["甲"]
    assert titles(Filters(unit_id=town.id)) == ["乙", "甲"]
    assert titles(Filters(begins_from=date(2026, 3, 1), begins_until=date(2026, 3, 31))) == ["丙", "乙"]
    assert titles(Filters(begins_until=date(2026, 2, 28))) == ["甲"]
    assert titles(Filters(words="小学")) == ["甲"]
    assert titles(Filters(words="50%")) == ["甲"]
    assert titles(Filters(words="5_%")) == []


@pytest.mark.usefixtures("activities")
def test_nobody_is_shown_more_than_his_postings_reach() -> None:
    assert titles(Filters(), "clerk") == ["甲"]
    assert titles(Filters(unit_id=make_root().id), "clerk") == ["甲"]


@pytest.mark.usefixtures("activities")
def test_sums_are_of_all_rows_that_the_filters_leave(visitor: Callable[[], Visitor]) -> None:
    person = visitor()
    person.log_in("boss", PASSWORD)
    assert "共 3 次活动， 4 场，受众 60 人次" in person.open("/activities").text
    assert "共 2 次活动， 3 场，受众 30 人次" in person.open("/activities?month=2026-03").text
    assert "没有符合条件的活动" in person.open("/activities?words=没有的").text
    assert "丙" in person.open("/activities?page=999").text


@pytest.mark.usefixtures("activities")
def test_what_is_filtered_is_exported_as_it_is_sorted_and_the_trail_says_so(
    visitor: Callable[[], Visitor],
) -> None:
    person = visitor()
    person.log_in("boss", PASSWORD)
    page = person.open("/activities?month=2026-03&order=audience&sort=up")
    response = person.submit(page.form("/activities/export")).response
    sheet = openpyxl.load_workbook(io.BytesIO(response.data)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("活动类型", "活动名称", "开始日期", "结束日期", "场次")
    assert [row[1] for row in rows[1:]] == ["丙", "乙"]
    assert rows[2][-1] == "草稿"
    assert db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "export")).one()


def test_an_empty_list_says_what_it_is_for(app: Flask, visitor: Callable[[], Visitor]) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    person = visitor()
    person.log_in("boss", PASSWORD)
    assert "记录第一次活动" in person.open("/activities").text


_TEXTS = st.text(max_size=12) | st.sampled_from(
    ["2026-03", "2026-13", "2026-02-30", "draft", "1", "-1", "9" * 30]
)
_NAMES = ("state", "kind", "unit", "from", "to", "month", "words", "order", "sort")


@given(st.dictionaries(st.sampled_from(_NAMES), _TEXTS))
def test_any_address_is_read_and_written_back_the_same(args: dict[str, str]) -> None:
    filters = read_filters(args)
    written = {name: str(value) for name, value in write_filters(filters).items() if value is not None}
    assert read_filters(written) == filters
