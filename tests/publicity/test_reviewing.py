"""From draft to confirmed and back, amendments of what is confirmed, and who may do what."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from quizapp.accounts.models import Unit, User
from quizapp.accounts.roles import Role
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity import workflow
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.reviewing import amending, queries, reviewing
from quizapp.publicity.reviewing.models import Amendment
from quizapp.publicity.reviewing.subjects import SUBJECTS
from quizapp.publicity.staff import READERS, RECORDERS, REVIEWERS
from quizapp.publicity.workflow import Act, State
from tests.factories import PASSWORD, make_activity, make_release, make_root, make_unit, make_user
from tests.pages import Visitor
from tests.racing import AT_ONCE, at_once

ACTIVITY = SUBJECTS["activity"]


@pytest.fixture
def town(app: Flask) -> Unit:
    """A township."""
    return make_unit("城关镇")


@pytest.fixture
def clerk(town: Unit) -> User:
    """Its publicist."""
    return make_user("clerk", Role.PUBLICIST, unit=town)


@pytest.fixture
def reviewer(app: Flask) -> User:
    """A reviewer of the bureau."""
    return make_user("reviewer", Role.REVIEWER)


def test_only_what_the_table_says_leads_on() -> None:
    leads = {(state, act) for state in State for act in workflow.possible(state)}
    assert leads == {
        (State.DRAFT, Act.EDIT),
        (State.DRAFT, Act.SUBMIT),
        (State.DRAFT, Act.DELETE),
        (State.RETURNED, Act.EDIT),
        (State.RETURNED, Act.SUBMIT),
        (State.RETURNED, Act.DELETE),
        (State.SUBMITTED, Act.TAKE_BACK),
        (State.SUBMITTED, Act.CONFIRM),
        (State.SUBMITTED, Act.RETURN),
        (State.CONFIRMED, Act.AMEND),
        (State.CONFIRMED, Act.VOID),
    }


@given(st.lists(st.sampled_from([*Act])))
def test_whatever_is_done_a_record_is_confirmed_by_review_alone_and_then_never_edited(
    acts: list[Act],
) -> None:
    state: State | None = State.DRAFT
    done: list[Act] = []
    for act in acts:
        if state is None:
            return
        before = state
        try:
            state = workflow.after(state, act)
        except workflow.NotPossibleNow:
            continue
        done.append(act)
        if state is State.CONFIRMED and before is not State.CONFIRMED:
            assert done[-2:] == [Act.SUBMIT, Act.CONFIRM]
        if before in {State.CONFIRMED, State.VOIDED}:
            assert act in {Act.AMEND, Act.VOID}


def test_a_record_is_submitted_returned_with_the_reason_mended_and_confirmed(
    noon: datetime, town: Unit, clerk: User, reviewer: User
) -> None:
    activity = make_activity(unit=town, state=State.DRAFT, recorder=clerk)
    reviewing.submit(activity, clerk)
    assert (activity.state, activity.submitted_by, activity.submitted_at) == (State.SUBMITTED, clerk.id, noon)
    reviewing.return_record(activity, reviewer, activity.version, "缺少地点")
    assert (activity.state, activity.return_reason) == (State.RETURNED, "缺少地点")
    reviewing.submit(activity, clerk)
    reviewing.confirm(activity, reviewer, activity.version, 0)
    assert (activity.state, activity.decided_by, activity.decided_at) == (State.CONFIRMED, reviewer.id, noon)


def test_what_changed_since_it_was_seen_is_not_decided_on(town: Unit, clerk: User, reviewer: User) -> None:
    activity = make_activity(unit=town, state=State.SUBMITTED, recorder=clerk)
    seen = activity.version
    reviewing.take_back(activity)
    reviewing.submit(activity, clerk)
    with pytest.raises(reviewing.EditedMeanwhile):
        reviewing.confirm(activity, reviewer, seen, 0)
    with pytest.raises(reviewing.EditedMeanwhile):
        reviewing.return_record(activity, reviewer, seen, "理由")
    assert activity.state == State.SUBMITTED


def test_ones_own_record_is_left_to_another_reviewer_where_there_is_one(app: Flask, town: Unit) -> None:
    boss = make_user("boss", Role.ADMINISTRATOR)
    alone = make_activity(unit=town, state=State.SUBMITTED, submitted_by=boss.id)
    reviewing.confirm(alone, boss, alone.version, 0)
    assert alone.state == State.CONFIRMED
    make_user("elsewhere", Role.REVIEWER, unit=make_unit("别的镇"))
    again = make_activity(unit=town, state=State.SUBMITTED, submitted_by=boss.id)
    reviewing.confirm(again, boss, again.version, 0)
    make_user("another", Role.REVIEWER, unit=town)
    third = make_activity(unit=town, state=State.SUBMITTED, submitted_by=boss.id)
    with pytest.raises(reviewing.OwnWork):
        reviewing.confirm(third, boss, third.version, 0)


def test_of_many_ticked_those_are_confirmed_that_still_stand_as_they_were_seen(
    town: Unit, clerk: User, reviewer: User
) -> None:
    right, changed, draft = (
        make_activity(unit=town, state=state, recorder=clerk)
        for state in (State.SUBMITTED, State.SUBMITTED, State.DRAFT)
    )
    seen = {right.id: 1, changed.id: 7, draft.id: 1, 999: 1}
    outcome = reviewing.confirm_many([right, changed, draft], seen, reviewer, 0)
    assert outcome == reviewing.Outcome(confirmed=1, own=0, passed_over=3)
    assert [one.state for one in (right, changed, draft)] == [State.CONFIRMED, State.SUBMITTED, State.DRAFT]


def test_a_record_that_lacks_something_is_not_submitted(app: Flask, town: Unit, clerk: User) -> None:
    known = app.extensions.get("record_complaints", {}).copy()
    reviewing.register_complaints(app, "release", lambda release: ["请填写主题。"])
    try:
        release = make_release(unit=town, state=State.DRAFT)
        with pytest.raises(reviewing.NotComplete, match="请填写主题"):
            reviewing.submit(release, clerk)
        assert release.state == State.DRAFT
    finally:
        app.extensions["record_complaints"] = known


@pytest.mark.parametrize("roles", [READERS, RECORDERS, REVIEWERS], ids=["read", "record", "review"])
def test_a_record_is_reached_from_its_unit_and_those_above_only(
    app: Flask, town: Unit, roles: frozenset[Role]
) -> None:
    village = make_unit("东门村", parent=town)
    activity = make_activity(unit=village)
    for number, unit in enumerate((make_root(), town, village)):
        person = make_user(f"near{number}", Role.ADMINISTRATOR, unit=unit)
        assert queries.get_record_for(person, ACTIVITY, activity.id, roles) is activity
    strangers = (
        make_user("elsewhere", Role.ADMINISTRATOR, unit=make_unit("别的镇")),
        make_user("beneath", Role.ADMINISTRATOR, unit=make_unit("一组", parent=village)),
        make_user("bank", Role.BANK_EDITOR),
    )
    for person in strangers:
        with pytest.raises(NotFound):
            queries.get_record_for(person, ACTIVITY, activity.id, roles)


def test_an_amendment_takes_hold_when_another_confirms_it(
    noon: datetime, town: Unit, clerk: User, reviewer: User
) -> None:
    activity = make_activity(unit=town, title="宣讲", audience=50)
    amendment = amending.propose(
        activity, {"audience": 80, "begins_on": date(2026, 3, 9), "title": "宣讲"}, "数错了", clerk
    )
    assert amendment.changes == {"begins_on": ["2026-03-10", "2026-03-09"], "audience": [50, 80]}
    assert (activity.audience, amendment.day) == (50, date(2026, 3, 10))
    amending.confirm_amendment(amendment, reviewer)
    db.session.commit()
    changed = db.session.get_one(Activity, activity.id)
    assert (changed.audience, changed.begins_on, changed.state) == (80, date(2026, 3, 9), State.CONFIRMED)
    assert (amendment.state, amendment.decided_at) == ("confirmed", noon)
    with pytest.raises(reviewing.NotInThisState):
        amending.return_amendment(amendment, reviewer, "晚了")


def test_a_returned_amendment_changes_nothing_and_makes_room_for_another(
    town: Unit, clerk: User, reviewer: User
) -> None:
    activity = make_activity(unit=town, audience=50)
    first = amending.propose(activity, {"audience": 80}, "数错了", clerk)
    with pytest.raises(amending.AmendmentOpen):
        amending.propose(activity, {"audience": 90}, "又数错了", clerk)
    amending.return_amendment(first, reviewer, "请附签到表")
    assert activity.audience == 50
    amending.propose(activity, {"audience": 90}, "已附签到表", clerk)
    assert db.session.query(Amendment).count() == 2


def test_an_amendment_that_changes_nothing_or_no_confirmed_record_is_refused(town: Unit, clerk: User) -> None:
    with pytest.raises(amending.NothingChanged):
        amending.propose(make_activity(unit=town, audience=50), {"audience": 50}, "理由", clerk)
    with pytest.raises(reviewing.NotInThisState):
        amending.propose(make_activity(unit=town, state=State.DRAFT), {"audience": 51}, "理由", clerk)


def test_a_voided_record_stays_with_its_reason_and_counts_no_more(
    town: Unit, clerk: User, reviewer: User
) -> None:
    release = make_release(unit=town)
    amending.confirm_amendment(amending.propose_void(release, "重复登记", clerk), reviewer)
    assert release.state == State.VOIDED
    with pytest.raises(reviewing.NotInThisState):
        amending.propose(release, {"title": "别的"}, "理由", clerk)


def test_of_two_who_decide_in_the_same_moment_one_is_told(
    app: Flask, town: Unit, clerk: User, reviewer: User
) -> None:
    activity_id, reviewer_id = make_activity(unit=town, state=State.SUBMITTED, recorder=clerk).id, reviewer.id

    def decide(number: int) -> None:
        record = db.session.get_one(Activity, activity_id)
        person = db.session.get_one(User, reviewer_id)
        if number % 2:
            reviewing.confirm(record, person, 1, 0)
        else:
            reviewing.return_record(record, person, 1, "理由")

    assert at_once(app, decide) == ["EditedMeanwhile"] * (AT_ONCE - 1) + ["done"]


def test_of_several_amendments_proposed_in_the_same_moment_one_stands(
    app: Flask, town: Unit, clerk: User
) -> None:
    activity_id, clerk_id = make_activity(unit=town, audience=50).id, clerk.id

    def propose(number: int) -> None:
        record = db.session.get_one(Activity, activity_id)
        amending.propose(record, {"audience": 60 + number}, "理由", db.session.get_one(User, clerk_id))

    assert at_once(app, propose) == ["AmendmentOpen"] * (AT_ONCE - 1) + ["done"]
    assert db.session.query(Amendment).count() == 1


def test_who_returns_a_record_without_saying_what_was_seen_is_asked_to_look(
    app: Flask, visitor: Callable[[], Visitor], town: Unit, reviewer: User
) -> None:
    activity = make_activity(unit=town, state=State.SUBMITTED)
    person = visitor()
    person.log_in("reviewer", PASSWORD)
    page = person.open(f"/records/activity/{activity.id}/return")
    page = person.submit(page.own_form, reason="缺少地点", version=None)
    assert reviewing.EditedMeanwhile.advice in page.text
    db.session.refresh(activity)
    assert activity.state == State.SUBMITTED


def test_a_record_goes_to_another_unit_by_a_reviewer_of_both_and_is_gone_from_the_first(
    app: Flask, visitor: Callable[[], Visitor], town: Unit, reviewer: User
) -> None:
    activity, other = make_activity(unit=town, title="讲座"), make_unit("西关镇")
    amendment = amending.propose(activity, {"unit_id": other.id}, "登记错了", make_user("boss"))
    db.session.commit()
    with pytest.raises(amending.BeyondReach):
        amending.confirm_amendment(amendment, make_user("own", Role.REVIEWER, unit=town))
    amending.confirm_amendment(amendment, reviewer)
    activity.title = "别镇的讲座"
    db.session.commit()
    person = visitor()
    person.log_in("own", PASSWORD)
    for address in ("/amendments", f"/amendments/{amendment.id}"):
        page = person.open(address)
        assert "已转到别的单位的宣传活动" in page.text
        assert "别镇的讲座" not in page.text
