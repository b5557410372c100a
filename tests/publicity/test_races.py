"""What several people do to publicity records in the same moment."""

from collections.abc import Callable
from datetime import date
from threading import Thread
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from quizapp.accounts.models import Unit, UnitKind, User
from quizapp.accounts.roles import Role
from quizapp.accounts.units import UnitPlan, edit_unit, remove_unit
from quizapp.core import clock
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.activities import photos, recording
from quizapp.publicity.activities.models import Activity, Photo
from quizapp.publicity.materials import stock
from quizapp.publicity.materials.models import Material, Movement, StockDay
from quizapp.publicity.materials.queries import count_unconfirmed_movements, find_latest_movement
from quizapp.publicity.materials.stock import Entry
from quizapp.publicity.reviewing import amending, reviewing
from quizapp.publicity.reviewing.models import Amendment
from quizapp.publicity.workflow import State
from tests.factories import (
    PASSWORD,
    make_activity,
    make_material,
    make_received,
    make_unit,
    make_user,
    photo_file,
)
from tests.pages import Visitor
from tests.racing import at_once

ROUNDS = 3


@pytest.fixture
def town(app: Flask) -> Unit:
    """A township."""
    return make_unit("城关镇")


@pytest.fixture
def clerk(town: Unit) -> User:
    """Its publicist."""
    return make_user("clerk", Role.PUBLICIST, unit=town)


@pytest.fixture
def boss(app: Flask) -> User:
    """An administrator of the bureau."""
    return make_user("boss", Role.ADMINISTRATOR)


def again(activity_id: int) -> Activity:
    found = db.session.get(Activity, activity_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def count(model: type[Any], *conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def plan_of(activity: Activity, **changes: Any) -> recording.Plan:
    names = recording.Plan.__dataclass_fields__
    return recording.Plan(**{**{name: getattr(activity, name) for name in names}, **changes})


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_confirming_returning_and_taking_back_at_once_one_is_done(
    app: Flask, town: Unit, clerk: User, boss: User, number: int
) -> None:
    activity = make_activity(unit=town, state=State.SUBMITTED, submitted_by=clerk.id)
    number, version = activity.id, activity.version
    reviewer = make_user("reviewer", Role.REVIEWER)

    def act(which: int) -> None:
        found = again(number)
        if which == 0:
            reviewing.take_back(found)
        elif which == 1:
            reviewing.return_record(found, boss, version, "理由")
        else:
            reviewing.confirm(found, boss if which == 2 else reviewer, version, 0)

    assert at_once(app, act).count("done") == 1
    found = again(number)
    assert found.version == version + 1
    assert (found.state == State.CONFIRMED) <= (found.decided_by is not None)


def test_of_editing_submitting_and_deleting_a_draft_at_once_nobody_confirms_what_was_not_seen(
    app: Flask, town: Unit, clerk: User
) -> None:
    activity = make_activity(unit=town, state=State.DRAFT)
    number, seen = activity.id, activity.version

    def act(which: int) -> None:
        found = again(number)
        if which == 0:
            recording.edit_activity(found, plan_of(found, audience=999), seen)
        elif which == 1:
            reviewing.submit(found, clerk)
        elif which == 2:
            reviewing.delete(found)
        else:
            photos.add_photos(found, photos.read_photos([("a.jpg", photo_file())]), clerk)

    outcomes = at_once(app, act)
    assert set(outcomes) <= {"done", "NotInThisState", "NotFound", "EditedMeanwhile"}
    assert count(Photo) <= count(Activity, Activity.id == number)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_amending_and_voiding_at_once_one_waits_and_is_decided_on_once(
    app: Flask, town: Unit, clerk: User, boss: User, number: int
) -> None:
    number = make_activity(unit=town).id

    def propose(which: int) -> None:
        found = again(number)
        if which % 2:
            amending.propose_void(found, "理由", clerk)
        else:
            amending.propose(found, {"audience": 60 + which}, "理由", clerk)

    assert at_once(app, propose) == ["AmendmentOpen"] * 3 + ["done"]
    amendment_id = db.session.scalars(select(Amendment.id)).one()
    db.session.commit()

    def decide(which: int) -> None:
        found = db.session.get_one(Amendment, amendment_id, populate_existing=True)
        if which % 2:
            amending.confirm_amendment(found, boss)
        else:
            amending.return_amendment(found, boss, "理由")

    assert at_once(app, decide) == ["NotInThisState"] * 3 + ["done"]
    amendment = db.session.get_one(Amendment, amendment_id, populate_existing=True)
    is_changed = again(number).audience != 50 or again(number).state == State.VOIDED
    assert is_changed == (amendment.state == "confirmed")


def test_what_is_handed_out_at_an_activity_that_is_being_deleted_is_refused_with_a_page(
    app: Flask, town: Unit, clerk: User, visitor: Callable[[], Visitor]
) -> None:
    held = make_received(town)
    activity = make_activity(unit=town, state=State.DRAFT, day=held.day)
    person = visitor()
    person.log_in("clerk", PASSWORD)
    address = f"/movements/new?unit={town.id}&kind=handed_out&activity={activity.id}"
    form = person.open(address).form("/movements/new")
    said = {"material_id": held.material_id, "quantity": 1, "activity_id": activity.id}
    sent: list[int] = []
    sender = Thread(target=lambda: sent.append(person.submit(form, **said).status))
    with app.test_request_context(method="POST"):
        reviewing.delete(again(activity.id))
        sender.start()
        sleep(0.5)
        db.session.commit()
    sender.join()
    assert sent[0] in {200, 409}
    assert count(Movement) == 1


def test_a_record_of_a_unit_that_is_being_deleted_is_refused_with_a_page(
    app: Flask, town: Unit, boss: User, visitor: Callable[[], Visitor]
) -> None:
    made = make_activity(unit=town)  # so that the kinds are there
    gone = make_unit("将撤销的镇")
    person = visitor()
    person.log_in("boss", PASSWORD)
    page = person.open("/activities/new")
    said = {"unit_id": gone.id, "kind_id": made.kind_id, "save": "1"}
    sent: list[int] = []
    sender = Thread(target=lambda: sent.append(person.submit(page.own_form, **said).status))
    with app.test_request_context(method="POST"):
        remove_unit(db.session.get_one(Unit, gone.id))
        sender.start()
        sleep(0.5)
        db.session.commit()
    sender.join()
    assert sent[0] in {200, 409}
    assert count(Activity) == 1


def test_a_unit_is_moved_while_its_records_are_made_and_none_is_lost(
    app: Flask, town: Unit, clerk: User
) -> None:
    above = make_unit("上级镇")
    paper = make_material()

    def act(which: int) -> None:
        for step in range(4):
            unit = db.session.get_one(Unit, town.id, populate_existing=True)
            if which == 0:
                to = db.session.get_one(Unit, above.id) if step % 2 == 0 else db.session.get_one(Unit, 1)
                edit_unit(unit, UnitPlan(unit.name, UnitKind(unit.kind), to, unit.headcount))
            else:
                stock.receive(Entry(unit, paper, date(2026, 3, 1 + step), 10, clerk))
            db.session.commit()

    assert at_once(app, act) == ["done"] * 4
    assert db.session.scalar(select(func.sum(Movement.quantity))) == 120
    assert db.session.scalar(select(func.max(StockDay.balance))) == 120


def test_a_hand_out_recorded_while_its_activity_is_confirmed_counts_or_waits_and_is_not_lost(
    app: Flask, town: Unit, clerk: User, boss: User
) -> None:
    activity = make_activity(unit=town, state=State.SUBMITTED, submitted_by=clerk.id)
    received = make_received(town, quantity=100)
    paper, number, version = received.material_id, activity.id, activity.version

    def act(which: int) -> None:
        if which == 0:
            reviewing.confirm(again(number), boss, version, find_latest_movement())
        else:
            said = Entry(
                db.session.get_one(Unit, town.id),
                db.session.get_one(Material, paper),
                clock.shanghai_day(clock.now()),
                10,
                clerk,
            )
            stock.hand_out(said, again(number))

    assert at_once(app, act) == ["done"] * 4
    confirmed = count(Movement, Movement.confirmed_at.is_not(None))
    assert confirmed + count_unconfirmed_movements(boss) == 3
