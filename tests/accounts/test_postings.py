"""Roles in units: who gives and takes them, and what that does at once."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.accounts import postings, queries
from quizapp.accounts.models import AuditEntry, Posting, Unit, UnitKind, User
from quizapp.accounts.postings import LastAdministrator, OfBureauOnly, OwnAdministration
from quizapp.accounts.roles import Role
from quizapp.errors import NotFound
from quizapp.extensions import db
from tests.factories import PASSWORD, make_root, make_unit, make_user
from tests.pages import Visitor
from tests.racing import at_once

NewVisitor = Callable[[], Visitor]


def log_in(
    visitor: NewVisitor, name: str, role: Role = Role.ADMINISTRATOR, unit: Unit | None = None
) -> Visitor:
    make_user(name, role, unit=unit)
    person = visitor()
    person.log_in(name, PASSWORD)
    return person


def held(user_id: int) -> set[tuple[str, str]]:
    """Of an account its roles and the names of their units, as they stand now."""
    db.session.rollback()
    rows = db.session.execute(
        select(Posting.role, Unit.name)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(Posting.user_id == user_id)
    )
    return {(role, name) for role, name in rows}


def give(user: User, role: Role, unit: Unit) -> None:
    postings.give_posting(user, role, unit)
    db.session.commit()


def test_a_posting_is_given_and_taken_on_the_page_of_the_account(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    user = make_user("zhang", Role.ORGANISER, unit=east)
    boss = log_in(visitor, "boss")
    form = boss.open(f"/users/{user.id}").form("/postings")
    page = boss.submit(form, role="publicist", unit_id=str(east.id))
    assert "岗位已增加" in page.text
    assert held(user.id) == {("organiser", "东镇"), ("publicist", "东镇")}
    boss.submit(page.form(f"/postings/{east.id}/organiser/take"))
    assert held(user.id) == {("publicist", "东镇")}


def test_a_posting_that_is_there_is_given_once(app: Flask) -> None:
    user = make_user("zhang", Role.ORGANISER)
    give(user, Role.ORGANISER, make_root())
    assert len(held(user.id)) == 1


def test_a_session_whose_posting_is_taken_away_loses_it_at_the_next_request(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    zhang = log_in(visitor, "zhang", Role.ORGANISER, east)
    user = db.session.scalars(select(User).where(User.username == "zhang")).one()
    boss = make_user("boss", Role.ADMINISTRATOR)
    give(user, Role.PUBLICIST, east)
    assert zhang.open("/campaigns").status == 200
    postings.take_posting(user, Role.ORGANISER, east.id, boss)
    db.session.commit()
    assert zhang.open("/campaigns").status == 403
    assert zhang.open("/laws").status == 200


def test_an_account_without_postings_is_out_at_once_and_told_so_at_its_next_login(
    visitor: NewVisitor,
) -> None:
    make_root()
    zhang = log_in(visitor, "zhang", Role.ORGANISER)
    user_id = db.session.scalars(select(User.id).where(User.username == "zhang")).one()
    boss = log_in(visitor, "boss")
    page = boss.submit(boss.open(f"/users/{user_id}").form("/deactivate"))
    assert "Zhang的账号已停用" in page.text
    assert "工作人员登录" in zhang.open("/laws").text
    assert "这个账号现在没有岗位" in zhang.log_in("zhang", PASSWORD).text
    assert "这个账号现在没有岗位" not in visitor().log_in("zhang", "Wrong-horse-9").text
    assert "login_without_posting" in set(db.session.scalars(select(AuditEntry.action)))


def test_an_account_that_gets_a_posting_back_logs_in_anew_by_its_old_password(visitor: NewVisitor) -> None:
    zhang = log_in(visitor, "zhang", Role.ORGANISER)
    user = db.session.scalars(select(User).where(User.username == "zhang")).one()
    postings.deactivate_user(user, make_user("boss", Role.ADMINISTRATOR))
    give(user, Role.ORGANISER, make_root())
    assert "工作人员登录" in zhang.open("/campaigns").text
    assert zhang.log_in("zhang", PASSWORD).status == 200
    assert zhang.open("/campaigns").status == 200


def test_the_last_administrator_of_the_bureau_stays(app: Flask) -> None:
    boss = make_user("boss", Role.ADMINISTRATOR)
    other = make_user("li", Role.ADMINISTRATOR, unit=make_unit("东镇"))
    with pytest.raises(LastAdministrator):
        postings.deactivate_user(boss, other)
    db.session.rollback()
    assert held(boss.id) == {("administrator", "试验县应急管理局")}


@pytest.mark.parametrize("_round", range(3))
def test_of_administrators_who_take_each_others_rights_away_one_is_left(app: Flask, _round: int) -> None:
    ids = [make_user(name, Role.ADMINISTRATOR).id for name in ("wang", "li")]

    def take(number: int) -> None:
        victim, actor = (db.session.get_one(User, ids[(number + shift) % 2]) for shift in (0, 1))
        postings.take_posting(victim, Role.ADMINISTRATOR, queries.get_root().id, actor)

    outcomes = at_once(app, take)
    assert set(outcomes) == {"done", "LastAdministrator"}
    assert len(held(ids[0]) | held(ids[1])) == 1
    assert sum(bool(held(user_id)) for user_id in ids) == 1


@pytest.mark.parametrize("_round", range(3))
def test_postings_given_and_taken_at_once_all_come_true(app: Flask, _round: int) -> None:
    user = make_user("zhang", Role.ORGANISER)
    make_user("boss", Role.ADMINISTRATOR)
    user_id, roles = user.id, [Role.PUBLICIST, Role.AUDITOR, Role.REVIEWER, Role.REVIEWER]

    def act(number: int) -> None:
        postings.give_posting(db.session.get_one(User, user_id), roles[number], queries.get_root())

    assert at_once(app, act) == ["done"] * 4
    assert {role for role, _ in held(user_id)} == {"organiser", "publicist", "auditor", "reviewer"}


def test_nobody_takes_their_own_administration_away(visitor: NewVisitor) -> None:
    make_user("other", Role.ADMINISTRATOR)
    boss = log_in(visitor, "boss")
    user_id = db.session.scalars(select(User.id).where(User.username == "boss")).one()
    page = boss.open(f"/users/{user_id}")
    for action in ("/administrator/take", "/deactivate"):
        assert OwnAdministration.advice in boss.submit(page.form(action)).text
    assert held(user_id)


def test_bank_editors_are_the_bureaus_only(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    user = make_user("zhang")
    with pytest.raises(OfBureauOnly):
        give(user, Role.BANK_EDITOR, east)
    db.session.rollback()
    boss = log_in(visitor, "boss")
    form = boss.open("/users/new").own_form
    sent = {"username": "li", "display_name": "李四", "role": "bank_editor", "unit_id": str(east.id)}
    page = boss.submit(form, **sent)
    assert "题库员只能设在应急管理局" in page.text
    assert page.own_form.values["username"] == ["li"]
    page = boss.submit(
        boss.open(f"/users/{user.id}").form("/postings"), role="bank_editor", unit_id=str(east.id)
    )
    assert "题库员只能设在应急管理局" in page.text


def test_a_townships_administrator_manages_only_accounts_wholly_within_reach(app: Flask) -> None:
    above = make_user("boss", Role.ADMINISTRATOR)
    east, west = make_unit("东镇"), make_unit("西镇")
    li = make_user("li", Role.ADMINISTRATOR, unit=east)
    own = make_user("own", Role.PUBLICIST, unit=make_unit("甲村", east, UnitKind.VILLAGE))
    shared = make_user("shared", Role.PUBLICIST, unit=east)
    give(shared, Role.PUBLICIST, west)
    beyond = make_user("beyond", Role.PUBLICIST, unit=west)
    idle = make_user("idle", Role.PUBLICIST, unit=east)
    postings.set_postings(idle, ())
    found = db.session.scalars(queries.select_users_for(li).order_by(User.id)).all()
    assert [user.username for user in found] == ["li", "own"]
    assert queries.get_user_for(li, own.id).id == own.id
    for user in (shared, beyond, idle, above):
        with pytest.raises(NotFound):
            queries.get_user_for(li, user.id)
        assert queries.get_user_for(above, user.id).id == user.id


def test_who_administers_nothing_manages_nobody(app: Flask) -> None:
    zhang = make_user("zhang", Role.PUBLICIST)
    assert db.session.scalars(queries.select_users_for(zhang)).all() == []


@pytest.mark.parametrize(
    "address", ["", "/reset-password", "/deactivate", "/postings", "/postings/1/administrator/take"]
)
def test_another_towns_account_is_not_found_by_whatever_address(visitor: NewVisitor, address: str) -> None:
    person = log_in(visitor, "li", unit=make_unit("东镇"))
    user = make_user("beyond", Role.PUBLICIST, unit=make_unit("西镇"))
    form = person.open("/password").own_form
    form.action = f"/users/{user.id}{address}"
    assert person.submit(form).status == 404


def test_a_townships_administrator_gives_no_posting_out_of_reach(visitor: NewVisitor) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    person = log_in(visitor, "li", unit=east)
    user = make_user("own", Role.PUBLICIST, unit=east)
    for unit in (west, make_root()):
        form = person.open(f"/users/{user.id}").form("/postings")
        assert "岗位没有增加" in person.submit(form, role="administrator", unit_id=str(unit.id)).text
        form = person.open("/users/new").own_form
        sent = {"username": "wu", "display_name": "吴", "role": "publicist", "unit_id": str(unit.id)}
        assert "处需要修改" in person.submit(form, **sent).text
    assert held(user.id) == {("publicist", "东镇")}


def test_taking_the_only_posting_leads_a_townships_administrator_back_to_the_list(
    visitor: NewVisitor,
) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    east = make_unit("东镇")
    user = make_user("own", Role.PUBLICIST, unit=east)
    person = log_in(visitor, "li", unit=east)
    page = person.submit(person.open(f"/users/{user.id}").form("/publicist/take"))
    assert (page.status, person.address) == (200, "/users")
    assert held(user.id) == set()


def test_accounts_are_found_by_name_and_role_and_sorted(visitor: NewVisitor) -> None:
    for name, role in (("anna", Role.PUBLICIST), ("bert", Role.REVIEWER)):
        make_user(name, role)
    boss = log_in(visitor, "boss")
    assert "Bert" not in boss.open("/users?words=ANN").text
    assert "Anna" not in boss.open("/users?role=reviewer").text
    text = boss.open("/users?order=username&sort=down").text
    assert text.index("Bert") < text.index("Anna")
    assert "没有符合条件的账号" in boss.open("/users?role=none").text


def test_a_name_is_changed_and_an_empty_one_refused(visitor: NewVisitor) -> None:
    user = make_user("zhang")
    boss = log_in(visitor, "boss")
    form = boss.open(f"/users/{user.id}").own_form
    assert "请填写" in boss.submit(form, display_name=" ").text
    assert "张三丰" in boss.submit(form, display_name="张三丰").text


def test_home_is_a_page_that_the_person_may_open(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    for role in set(Role) - {Role.BANK_EDITOR}:
        person = log_in(visitor, f"{role}1", role, east)
        assert person.open("/").status == 200
