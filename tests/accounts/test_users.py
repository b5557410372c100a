from collections.abc import Callable

from flask import Flask

from quizapp.accounts.roles import Role
from tests.factories import PASSWORD, make_user
from tests.pages import Visitor

NewVisitor = Callable[[], Visitor]


def administrator(visitor: NewVisitor) -> Visitor:
    make_user("boss", Role.ADMINISTRATOR)
    person = visitor()
    person.log_in("boss", PASSWORD)
    return person


def first_password(text: str) -> str:
    return next(word for word in text.split() if word.count("-") == 2 and len(word) == 14)


def test_an_administrator_makes_an_account_and_its_first_password_works(visitor: NewVisitor) -> None:
    boss = administrator(visitor)
    form = boss.open("/users/new").forms[-1]
    page = boss.submit(form, username="Li.Si", display_name="李四", role="organiser")
    assert "请把初始密码交给 李四（用户名 li.si）" in page.text
    assert "这是初始密码" in visitor().log_in("li.si", first_password(page.text)).text
    assert "李四" in boss.open("/users").text


def test_a_name_in_use_is_refused_and_what_was_typed_stays(visitor: NewVisitor) -> None:
    boss = administrator(visitor)
    form = boss.open("/users/new").forms[-1]
    page = boss.submit(form, username="BOSS", display_name="另一人", role="organiser")
    assert "请换一个用户名" in page.text
    assert page.forms[-1].values["display_name"] == ["另一人"]


def test_a_reset_password_ends_the_sessions_of_the_account(visitor: NewVisitor) -> None:
    boss = administrator(visitor)
    user = make_user("zhang")
    zhang = visitor()
    zhang.log_in("zhang", PASSWORD)
    page = boss.submit(boss.open(f"/users/{user.id}").form(f"/users/{user.id}/reset-password"))
    assert "工作人员登录" in zhang.open("/campaigns").text
    assert "这是初始密码" in visitor().log_in("zhang", first_password(page.text)).text


def test_an_organiser_sees_no_accounts(app: Flask, visitor: NewVisitor) -> None:
    user = make_user("zhang")
    person = visitor()
    person.log_in("zhang", PASSWORD)
    assert person.open("/users").status == 403
    assert "/users" not in [form.action for form in person.open("/campaigns").forms]
    form = person.open("/password").forms[-1]
    form.action = f"/users/{user.id}/reset-password"
    assert person.submit(form).status == 403
