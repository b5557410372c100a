"""Each kind of record × each act × whose unit it is of: what is another's is not there."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select, union

from quizapp.accounts.models import Unit, UnitKind, User
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials.models import Movement
from quizapp.publicity.releases.models import Release
from quizapp.publicity.reviewing.amending import propose
from quizapp.publicity.reviewing.models import Amendment
from quizapp.publicity.workflow import State
from tests.factories import (
    PASSWORD,
    make_activity,
    make_campaign,
    make_kind,
    make_ledger_import,
    make_material,
    make_photo,
    make_received,
    make_release,
    make_root,
    make_unit,
    make_user,
)
from tests.pages import Visitor
from tests.reports.figures.recording import hand_out

RECORDING = {Role.ADMINISTRATOR, Role.PUBLICIST}
REVIEWING = {Role.ADMINISTRATOR, Role.REVIEWER}
READING = {*Role} - {Role.BANK_EDITOR}
#: The roles that a township gives.
ROLES = [role for role in Role if role is not Role.BANK_EDITOR]


def draft(unit: Unit) -> dict[str, Any]:
    """A draft of each subject, and a photo."""
    activity = make_activity(unit=unit, state=State.DRAFT)
    return {
        "activity": activity.id,
        "release": make_release(unit=unit, state=State.DRAFT).id,
        "photo": make_photo(activity).id,
    }


def submitted(unit: Unit) -> dict[str, Any]:
    """What waits for review."""
    return {
        "activity": make_activity(unit=unit, state=State.SUBMITTED).id,
        "release": make_release(unit=unit, state=State.SUBMITTED).id,
    }


def confirmed(unit: Unit) -> dict[str, Any]:
    """What counts, an amendment of it, and stock."""
    activity = make_activity(unit=unit)
    amendment = propose(activity, {"audience": 60}, "漏记", db.session.get_one(User, activity.recorded_by))
    movement = make_received(unit)
    return {
        "activity": make_activity(unit=unit).id,
        "release": make_release(unit=unit).id,
        "amendment": amendment.id,
        "movement": movement.id,
        "unit": unit.id,
        "material": movement.material_id,
    }


#: (address, what makes the record, the roles that do it, whether it is a form that is sent).
ACTS: list[tuple[str, Callable[[Unit], dict[str, Any]], set[Role], bool]] = [
    ("/activities/{activity}", draft, READING, False),
    ("/activities/{activity}/edit", draft, RECORDING, False),
    ("/activities/{activity}/edit", draft, RECORDING, True),
    ("/activities/{activity}/photos", draft, RECORDING, True),
    ("/photos/{photo}/full.jpg", draft, READING, False),
    ("/photos/{photo}/small.jpg", draft, READING, False),
    ("/photos/{photo}/delete", draft, RECORDING, True),
    ("/releases/{release}", draft, READING, False),
    ("/releases/{release}/edit", draft, RECORDING, False),
    ("/releases/{release}/edit", draft, RECORDING, True),
    *((f"/records/{kind}/{{{kind}}}/submit", draft, RECORDING, True) for kind in ("activity", "release")),
    *((f"/records/{kind}/{{{kind}}}/delete", draft, RECORDING, True) for kind in ("activity", "release")),
    *(
        (f"/records/{kind}/{{{kind}}}/take-back", submitted, RECORDING, True)
        for kind in ("activity", "release")
    ),
    *(
        (f"/records/{kind}/{{{kind}}}/confirm", submitted, REVIEWING, True)
        for kind in ("activity", "release")
    ),
    *((f"/records/{kind}/{{{kind}}}/return", submitted, REVIEWING, True) for kind in ("activity", "release")),
    *((f"/records/{kind}/{{{kind}}}/void", confirmed, RECORDING, True) for kind in ("activity", "release")),
    ("/activities/{activity}/edit", confirmed, RECORDING, True),
    ("/releases/{release}/edit", confirmed, RECORDING, True),
    ("/amendments/{amendment}", confirmed, READING, False),
    ("/amendments/{amendment}/confirm", confirmed, REVIEWING, True),
    ("/amendments/{amendment}/return", confirmed, REVIEWING, True),
    ("/movements/{movement}", confirmed, READING, False),
    ("/movements/{movement}/take-back", confirmed, RECORDING, True),
    ("/materials/{unit}/{material}", confirmed, READING, False),
    ("/movements/new?unit={unit}", confirmed, RECORDING, True),
    ("/movements/new?unit={unit}&kind=handed_out", confirmed, RECORDING, False),
]


@pytest.fixture
def people(app: Flask, visitor: Callable[[], Visitor]) -> dict[str, dict[Role | None, Visitor]]:
    """Somebody of each role, by where they are posted as seen from 城关镇; and who is not logged in."""
    town = make_unit("城关镇")
    places = {
        "own": town,
        "beneath": make_unit("东关村", town, UnitKind.VILLAGE),
        "beside": make_unit("西关镇"),
        "above": None,
    }
    found: dict[str, dict[Role | None, Visitor]] = {"nobody": {None: visitor()}}
    for place, unit in places.items():
        found[place] = {role: visitor() for role in ROLES}
        for role, person in found[place].items():
            make_user(f"{place}-{role}", role or Role.AUDITOR, unit=unit)
            person.log_in(f"{place}-{role}", PASSWORD)
    return found


def answer(person: Visitor, address: str, is_sent: bool) -> int:
    if not is_sent:
        return person.client.get(address).status_code
    token = person.open("/password").forms[-1].values["csrf_token"][0]
    form = {"csrf_token": token, "version": "1", "reason": "理由"}
    return person.client.post(address, data=form).status_code


@pytest.mark.parametrize(("address", "make", "roles", "is_sent"), ACTS)
def test_an_act_reaches_a_record_from_its_unit_and_above_by_the_right_role_alone(
    people: dict[str, dict[Role | None, Visitor]],
    address: str,
    make: Callable[[Unit], dict[str, Any]],
    roles: set[Role],
    is_sent: bool,
) -> None:
    town = db.session.query(Unit).filter_by(name="城关镇").one()
    for place, by_role in people.items():
        for role, person in by_role.items():
            numbers = make(town)
            db.session.commit()
            status = answer(person, address.format(**numbers), is_sent)
            if role is None:
                expected = {302}
            elif role not in roles:
                expected = {403}
            else:
                expected = {404} if place in {"beneath", "beside"} else {200, 302, 409}
            assert status in expected, (place, role)


# Numbers of another unit inside forms and addresses


SECRET = "别镇的秘密"


@pytest.fixture
def other(app: Flask) -> Unit:
    """A township beside."""
    return make_unit("西关镇")


@pytest.fixture
def person(app: Flask, visitor: Callable[[], Visitor]) -> Visitor:
    """The administrator, publicist and reviewer of 城关镇 in one."""
    make_user("own", Role.ADMINISTRATOR, unit=make_unit("城关镇"))
    found = visitor()
    found.log_in("own", PASSWORD)
    return found


def send(person: Visitor, address: str, **values: Any) -> int:
    token = person.open("/password").forms[-1].values["csrf_token"][0]
    return person.client.post(address, data={"csrf_token": token, **values}).status_code


def own_unit() -> Unit:
    return db.session.query(Unit).filter_by(name="城关镇").one()


def rows_of(content: bytes) -> list[tuple[Any, ...]]:
    """All cells of the first sheet of an Excel file."""
    return list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def count(model: type[Any]) -> int:
    db.session.rollback()
    return db.session.query(model).count()


def test_a_new_record_is_not_recorded_for_another_unit_nor_linked_to_its_campaign(
    person: Visitor, other: Unit
) -> None:
    kind, campaign, own = make_kind("lecture"), make_campaign(unit=other), own_unit()
    said = {"kind_id": kind.id, "begins_on": "2026-03-10", "sessions": "1", "campaign_id": "0", "save": "1"}
    for wrong in ({"unit_id": other.id}, {"unit_id": make_root().id}, {"campaign_id": campaign.id}):
        assert send(person, "/activities/new", **{**said, "unit_id": own.id, **wrong}) == 200
    assert count(Activity) == 0
    said = {
        "title": "稿",
        "outlet": "报",
        "level": "county",
        "kind": "text",
        "day": "2026-03-10",
        "save": "1",
    }
    assert send(person, "/releases/new", **said, unit_id=other.id) == 200
    assert count(Release) == 0


def test_a_record_is_not_moved_to_another_unit_by_editing_or_amending_it(
    person: Visitor, other: Unit
) -> None:
    for state in (State.DRAFT, State.CONFIRMED):
        activity = make_activity(unit=own_unit(), state=state)
        page = person.open(f"/activities/{activity.id}/edit")
        person.submit(page.own_form, unit_id=other.id, save="1", reason="理由")
        release = make_release(unit=own_unit(), state=state)
        page = person.open(f"/releases/{release.id}/edit")
        person.submit(page.own_form, unit_id=other.id, save="1", reason="理由")
    assert count(Amendment) == 0
    units = set(db.session.scalars(union(select(Activity.unit_id), select(Release.unit_id))))
    assert units == {own_unit().id}


def test_nothing_is_moved_from_or_to_another_unit_nor_handed_out_at_its_activity(
    person: Visitor, other: Unit
) -> None:
    activity = make_activity(unit=other, title=SECRET)
    own, held = own_unit(), make_received(own_unit())
    make_received(other)
    before = count(Movement)
    said = {"material_id": held.material_id, "quantity": "1", "day": f"{held.day}"}
    for kind, wrong in (
        ("issued", {"counterpart_id": other.id}),
        ("issued", {"counterpart_id": make_root().id}),
        ("returned", {"counterpart_id": other.id}),
        ("handed_out", {"activity_id": activity.id}),
    ):
        address = f"/movements/new?unit={own.id}&kind={kind}&activity={activity.id}"
        assert send(person, address, **said, **wrong) == 200, kind
        assert SECRET not in person.open(address).text
    assert send(person, f"/movements/new?unit={other.id}", **said) == 404
    assert count(Movement) == before


def test_ticking_another_units_records_confirms_and_copies_none(person: Visitor, other: Unit) -> None:
    waiting = make_activity(unit=other, state=State.SUBMITTED)
    release = make_release(unit=other, state=State.SUBMITTED)
    confirmed = make_activity(unit=other, day=date(2026, 2, 10))
    movement = hand_out(confirmed, 5, confirmed_at=None)
    assert send(person, "/reviews/activity/confirm", record=f"{waiting.id}-{waiting.version}") == 302
    assert send(person, "/reviews/release/confirm", record=f"{release.id}-{release.version}") == 302
    assert send(person, "/reviews/movements/confirm", movement=movement.id) == 302
    before = count(Activity)
    assert send(person, f"/activities/copy?unit={other.id}", activity=confirmed.id) == 302
    assert count(Activity) == before
    assert {waiting.state, release.state, movement.confirmed_at} == {State.SUBMITTED, None}


def test_lists_exports_and_tables_hold_nothing_of_another_unit_whatever_is_filtered(
    person: Visitor, other: Unit, noon: datetime
) -> None:
    activity = make_activity(unit=other, title=SECRET, audience=987654)
    make_release(unit=other, title=SECRET)
    hand_out(activity, 987654)
    material = make_material()
    stock = make_received(other, material, 987654)
    for address in (
        *("/activities", "/releases", "/movements", "/materials", "/targets", "/reviews", "/amendments"),
        *("/periods", "/activities/copy", "/reviews/movements", "/units", "/users"),
    ):
        for query in ("", f"?unit={other.id}", f"?words={SECRET}", f"?unit={make_root().id}", "?under=1"):
            page = person.open(address + query)
            assert page.status in {200, 404}
            assert "987654" not in page.text, address
            assert SECRET not in page.text, address
    token = person.open("/password").forms[-1].values["csrf_token"][0]
    for name in ("activities", "releases", "movements", "targets"):
        for unit_id in ("", str(other.id), str(make_root().id)):
            sent = {"csrf_token": token, "unit": unit_id}
            response = person.client.post(f"/{name}/export", data=sent)
            cells = {str(cell) for row in rows_of(response.data) for cell in row}
            assert not cells & {"西关镇", SECRET, "987654"}, name
    assert person.client.get(f"/materials/{other.id}/{material.id}").status_code == 404
    assert stock.unit_id == other.id


def test_units_targets_and_imports_of_others_are_not_there(person: Visitor, other: Unit) -> None:
    village = make_unit("西关村", other, UnitKind.VILLAGE)
    own_village = make_unit("东关村", own_unit(), UnitKind.VILLAGE)
    for unit in (other, village):
        assert send(person, f"/units/{unit.id}", name="改名", headcount="1") == 404
        assert send(person, f"/units/{unit.id}/remove") == 404
        assert send(person, f"/targets/edit?unit={unit.id}&year=2026") == 404
    made = {"name": "新村", "kind": "village", "parent_id": other.id}
    assert send(person, "/units/new", **made) == 200
    assert send(person, f"/units/{own_village.id}", **made) == 200
    db.session.expire_all()
    assert own_village.parent_id == own_unit().id
    assert count(Unit) == 5
    assert send(person, f"/targets/edit?unit={own_unit().id}&year=2026") == 404
    begun = make_ledger_import()
    for act in ("columns", "exclusions", "confirm", "undo", "discard", "rows/1"):
        assert send(person, f"/ledger-imports/{begun.id}/{act}") == 404
    for page in ("", "/progress", "/rows/1"):
        assert person.client.get(f"/ledger-imports/{begun.id}{page}").status_code == 404
