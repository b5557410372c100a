"""The monthly and quarterly table: its days, its units, and as far as each reader reaches."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import docx
import pytest
from flask import Flask

from quizapp.accounts.models import Unit, UnitKind
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials.models import Material, Movement, MovementKind
from quizapp.publicity.queries import has_materials
from quizapp.publicity.workflow import State
from quizapp.reports.periods.spans import Length, Span, span_of, spans_of
from quizapp.reports.periods.tables import COLUMNS, make_table
from tests.factories import (
    PASSWORD,
    make_activity,
    make_campaign,
    make_channel,
    make_kind,
    make_release,
    make_root,
    make_unit,
    make_user,
)
from tests.pages import Visitor

MARCH, FIRST_QUARTER = Span(2026, Length.MONTH, 3), Span(2026, Length.QUARTER, 1)


@pytest.mark.parametrize(
    ("span", "first", "last", "label"),
    [
        (Span(2024, Length.MONTH, 2), date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        (Span(2025, Length.MONTH, 12), date(2025, 12, 1), date(2025, 12, 31), "2025年12月"),
        (Span(2026, Length.QUARTER, 1), date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        (Span(2026, Length.QUARTER, 4), date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
    ],
)
def test_a_period_is_named_and_has_its_days(span: Span, first: date, last: date, label: str) -> None:
    assert (span.first_day, span.last_day, span.label) == (first, last, label)


@pytest.mark.parametrize("length", Length)
def test_the_periods_of_a_year_hold_each_of_its_days_once(length: Length) -> None:
    spans = spans_of(2024, length)
    day = date(2024, 1, 1)
    while day.year == 2024:
        assert [one for one in spans if one.first_day <= day <= one.last_day] == [span_of(day, length)]
        day += timedelta(days=1)


def hand_out(
    activity: Activity, category: str, quantity: int, confirmed: bool = True, **changes: Any
) -> None:
    """Something handed out at an activity."""
    assert has_materials()
    material = db.session.query(Material).filter_by(category=category).one()
    db.session.add(
        Movement(
            unit_id=activity.unit_id,
            material_id=material.id,
            day=changes.get("day", activity.begins_on),
            kind=MovementKind.HANDED_OUT,
            quantity=-quantity,
            activity_id=activity.id,
            recorded_by=activity.recorded_by,
            recorded_at=clock.now(),
            confirmed_at=clock.now() if confirmed else None,
        )
    )
    db.session.commit()


@pytest.fixture
def town(app: Flask, noon: datetime) -> Unit:
    """A township with a village; March holds the records."""
    town = make_unit("城关镇")
    village = make_unit("东关村", parent=town, kind=UnitKind.VILLAGE)
    make_kind("lecture")
    lecture = make_activity(unit=village, day=date(2026, 3, 1), sessions=2, audience=30)
    make_activity(unit=town, day=date(2026, 3, 31), audience=50)
    make_activity(day=date(2026, 3, 10), audience=7)
    for state in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.VOIDED):
        make_activity(unit=town, day=date(2026, 3, 10), state=state, audience=1000)
    for day in (date(2026, 2, 28), date(2026, 4, 1)):
        make_activity(unit=town, day=day, audience=100)
    hand_out(lecture, "宣传品", 120)
    hand_out(lecture, "宣传品", -20)  # a correction
    hand_out(lecture, "宣传折页", 40)
    hand_out(lecture, "宣传折页", 999, confirmed=False)
    hand_out(lecture, "横幅", 3)
    make_release(unit=town, day=date(2026, 3, 2))
    make_release(day=date(2026, 3, 31))
    return town


def values(table: Any) -> dict[str, tuple[Any, ...]]:
    return dict(table.rows)


def test_only_what_is_confirmed_counts_by_unit_with_those_beneath(town: Unit) -> None:
    table = make_table(make_user("boss", Role.ADMINISTRATOR), MARCH)
    assert values(table) == {
        "试验县应急管理局（本级）": (1, 7, 0, 0, 1, 0),
        "城关镇": (3, 80, 100, 40, 1, 0),
    }
    assert table.total == (4, 87, 100, 40, 2, 0)
    assert len(table.columns) == len(COLUMNS)


def test_a_quarter_is_its_three_months(town: Unit) -> None:
    table = make_table(make_user("boss", Role.AUDITOR), FIRST_QUARTER)
    assert values(table)["城关镇"] == (4, 180, 100, 40, 1, 0)


def test_a_township_sees_itself_and_its_villages_alone(town: Unit) -> None:
    make_unit("别的镇")
    table = make_table(make_user("clerk", Role.PUBLICIST, unit=town), MARCH)
    assert table.owner == "城关镇"
    assert values(table) == {"城关镇（本级）": (1, 50, 0, 0, 1, 0), "东关村": (2, 30, 100, 40, 0, 0)}


def test_one_who_reads_several_units_sees_each_once(town: Unit) -> None:
    other = make_unit("别的镇")
    clerk = make_user("clerk", Role.PUBLICIST, unit=other)
    village = db.session.query(Unit).filter_by(name="东关村").one()
    clerk.postings.append(type(clerk.postings[0])(user_id=clerk.id, unit_id=village.id, role=Role.PUBLICIST))
    db.session.commit()
    table = make_table(clerk, MARCH)
    assert sorted(values(table)) == ["东关村", "别的镇"]
    assert table.total[0] == 2


def test_participants_count_once_a_year_in_the_period_of_their_first_submission(
    app: Flask, visitor: Callable[[], Visitor], set_clock: Callable[[datetime], None]
) -> None:
    town = make_unit("城关镇")
    boss = make_user("boss", Role.ADMINISTRATOR)
    set_clock(datetime(2026, 3, 31, 15, 50, tzinfo=UTC))  # ten minutes before April in Shanghai
    code = make_channel(make_campaign(unit=town)).code
    sample = make_channel(make_campaign(unit=make_root())).campaign_id
    early, late = visitor(), visitor()
    early.submit(early.submit(early.open(f"/q/{code}").form("/paper")).form("/result"))
    set_clock(datetime(2026, 3, 31, 16, 0, tzinfo=UTC))
    for person in (early, late):
        person.submit(person.submit(person.open(f"/q/{code}").form("/paper")).form("/result"))
    db.session.rollback()
    assert sample
    for number, expected in ((3, 1), (4, 1), (5, 0)):
        assert make_table(boss, Span(2026, Length.MONTH, number)).total[-1] == expected


def test_the_table_is_shown_filtered_by_the_address_and_downloaded(
    town: Unit, visitor: Callable[[], Visitor]
) -> None:
    make_user("clerk", Role.PUBLICIST, unit=town)
    clerk = visitor()
    clerk.log_in("clerk", PASSWORD)
    page = clerk.open("/periods?year=2026&period=quarter&number=1")
    assert "城关镇2026年第一季度" in page.text
    assert "别的镇" not in page.text
    written = docx.Document(io.BytesIO(clerk.submit(page.form("table.docx")).response.data))
    assert [cell.text for cell in written.tables[0].rows[1].cells][:2] == ["城关镇（本级）", "2"]
    book = clerk.submit(page.form("table.xlsx")).response
    assert book.data.startswith(b"PK")


@pytest.mark.parametrize("query", ["?period=week&number=99", "?year=1&number=-3", "?year=abc&number=x", ""])
def test_a_period_that_is_none_is_the_present_one(
    town: Unit, visitor: Callable[[], Visitor], query: str
) -> None:
    make_user("clerk", Role.PUBLICIST, unit=town)
    clerk = visitor()
    clerk.log_in("clerk", PASSWORD)
    assert "城关镇2026年" in clerk.open(f"/periods{query}").text


def test_the_summary_of_a_campaign_is_written(app: Flask, visitor: Callable[[], Visitor]) -> None:
    make_user("organiser")
    organiser = visitor()
    organiser.log_in("organiser", PASSWORD)
    campaign = make_channel(make_campaign("安全月")).campaign_id
    page = organiser.open(f"/campaigns/{campaign}/counts")
    written = docx.Document(io.BytesIO(organiser.submit(page.form("summary.docx")).response.data))
    assert any("安全月" in paragraph.text for paragraph in written.paragraphs)
