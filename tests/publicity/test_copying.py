"""Copying last month's activities: what is copied, to which day, and only once."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from quizapp.accounts.models import Unit, User
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.publicity.activities import queries
from quizapp.publicity.activities.copying import copy_activities
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.months import last_day, month_before, read_month, same_day
from quizapp.publicity.queries import list_own_units
from quizapp.publicity.workflow import State
from tests.factories import PASSWORD, make_activity, make_kind, make_photo, make_root, make_unit, make_user
from tests.pages import Visitor
from tests.racing import AT_ONCE, at_once

MARCH = date(2026, 3, 1)


@pytest.fixture
def clerk(app: Flask) -> User:
    """A publicist of a township."""
    return make_user("clerk", Role.PUBLICIST, unit=make_unit("城关镇"))


def unit_of(user: User) -> Unit:
    return user.postings[0].unit


def copies() -> list[Activity]:
    db.session.expire_all()
    found = db.select(Activity).where(Activity.copied_from_id.is_not(None)).order_by(Activity.id)
    return list(db.session.scalars(found))


def test_a_copy_says_the_same_but_bears_no_results(clerk: User) -> None:
    original = make_activity(
        unit=unit_of(clerk),
        day=date(2026, 2, 27),
        ends_on=date(2026, 3, 1),
        place="县一中",
        laws=["安全生产法"],
        sessions=3,
        state=State.DRAFT,
    )
    make_photo(original)
    assert copy_activities([original], MARCH, clerk).copied == 1
    db.session.commit()
    copy = copies()[0]
    assert (copy.title, copy.place, copy.sessions, copy.laws) == (original.title, "县一中", 3, ["安全生产法"])
    assert (copy.begins_on, copy.ends_on) == (date(2026, 3, 27), date(2026, 3, 29))
    assert (copy.audience, copy.state, copy.recorded_by) == (0, State.DRAFT, clerk.id)
    assert queries.list_photos(copy.id) == []


def test_each_is_copied_once_and_again_after_the_draft_was_deleted(clerk: User) -> None:
    original = make_activity(unit=unit_of(clerk), day=date(2026, 2, 3))
    assert copy_activities([original], MARCH, clerk).copied == 1
    db.session.commit()
    assert "1 条以前已经复制过" in copy_activities([original], MARCH, clerk).sentence
    db.session.delete(copies()[0])
    db.session.commit()
    assert copy_activities([original], MARCH, clerk).copied == 1


def test_an_original_may_be_deleted_and_its_copy_stays(clerk: User) -> None:
    original = make_activity(unit=unit_of(clerk), day=date(2026, 2, 3), state=State.DRAFT)
    copy_activities([original], MARCH, clerk)
    db.session.commit()
    db.session.delete(original)
    db.session.commit()
    db.session.expire_all()
    assert db.session.scalars(db.select(Activity)).one().copied_from_id is None


def test_two_who_copy_in_the_same_moment_make_one_copy(app: Flask, clerk: User) -> None:
    original_id, clerk_id = make_activity(unit=unit_of(clerk), day=date(2026, 2, 3)).id, clerk.id

    def copy(_: int) -> int:
        original = db.session.get_one(Activity, original_id)
        return copy_activities([original], MARCH, db.session.get_one(User, clerk_id)).copied

    assert at_once(app, copy) == ["done"] * AT_ONCE
    assert len(copies()) == 1


def offered(actor: User, *unit_ids: int) -> list[str]:
    rows = queries.list_to_copy(actor, unit_ids, date(2026, 2, 1), date(2026, 2, 28))
    return [row[0].title for row in rows]


def test_what_is_offered_is_of_the_month_the_unit_and_what_goes_on(clerk: User) -> None:
    town = unit_of(clerk)
    day = date(2026, 2, 3)
    make_activity(unit=town, day=day, title="甲")
    make_activity(unit=town, day=date(2026, 2, 28), title="乙", state=State.DRAFT)
    make_activity(unit=town, day=MARCH, title="本月的")
    make_activity(unit=town, day=day, title="作废的", state=State.VOIDED)
    make_activity("drill", unit=town, day=day, title="停用类型的")
    make_kind("drill").retired = True
    village = make_unit("东关村", parent=town)
    make_activity(unit=village, day=day, title="村里的")
    make_activity(day=day, title="局里的")
    db.session.commit()
    assert list_own_units(clerk) == [town.id]
    assert offered(clerk, town.id) == ["甲", "乙"]
    assert offered(clerk, village.id) == ["村里的"]
    assert offered(clerk, make_root().id) == []


def test_last_months_are_copied_on_the_page(
    clerk: User, visitor: Callable[[], Visitor], set_clock: Callable[[datetime], None]
) -> None:
    set_clock(datetime(2026, 3, 5, 4, tzinfo=UTC))
    for title in ("甲", "乙"):
        make_activity(unit=unit_of(clerk), day=date(2026, 2, 3), title=title)
    person = visitor()
    person.log_in("clerk", PASSWORD)
    page = person.open("/activities/copy")
    ticked = page.own_form.values["activity"]
    assert len(ticked) == 2
    page = person.submit(page.own_form, activity=ticked[:1])
    assert "已复制 1 条为草稿" in page.text
    page = person.open("/activities/copy")
    assert "✓ 已复制 甲" in page.text
    assert page.own_form.values["activity"] == ticked[1:]
    assert "没有复制：请至少勾选一条。" in person.submit(page.own_form, activity=[]).text


def test_an_empty_month_says_what_the_page_is_for(clerk: User, visitor: Callable[[], Visitor]) -> None:
    person = visitor()
    person.log_in("clerk", PASSWORD)
    assert "没有可以复制的活动" in person.open("/activities/copy").text


@given(st.dates(date(1991, 1, 1), date(2099, 12, 31)), st.dates(date(1991, 1, 1), date(2099, 12, 31)))
def test_the_same_day_of_a_month_is_in_it_and_clamped(day: date, month: date) -> None:
    same = same_day(day, month)
    assert (same.year, same.month) == (month.year, month.month)
    assert same.day == min(day.day, last_day(month).day)
    assert same_day(day, day) == day


def test_months_are_read_and_the_one_before_is_found() -> None:
    assert read_month("2026-03") == MARCH
    assert [read_month(text) for text in ("", "2026-13", "0000-01", "2026-3", "二月")] == [None] * 5
    assert month_before(date(2026, 1, 31)) == date(2025, 12, 1)
    assert last_day(date(2024, 2, 5)) == date(2024, 2, 29)
