from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.accounts.models import AuditEntry
from quizapp.accounts.roles import Role
from quizapp.accounts.services import create_user
from quizapp.accounts.sessions import is_own_path
from quizapp.extensions import db
from tests.factories import PASSWORD, make_root, make_user
from tests.pages import Visitor

NewVisitor = Callable[[], Visitor]


def test_the_right_password_leads_to_the_campaigns(visitor: NewVisitor) -> None:
    make_user("zhang")
    page = visitor().log_in(" Zhang ", PASSWORD)
    assert "竞赛活动" in page.text
    assert "Zhang（组织者）" in page.text


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visitor: NewVisitor) -> None:
    make_user("zhang")
    wrong, unknown = visitor().log_in("zhang", "x"), visitor().log_in("nobody", "x")
    assert "用户名或密码不正确" in wrong.text
    assert wrong.text == unknown.text
    assert wrong.form().values["username"] == ["zhang"]


def test_five_failures_lock_the_account_for_half_an_hour(
    visitor: NewVisitor, noon: datetime, set_clock: Callable[[datetime], None]
) -> None:
    make_user("zhang")
    person = visitor()
    for _ in range(5):
        person.log_in("zhang", "wrong")
    assert "用户名或密码不正确" in person.log_in("zhang", PASSWORD).text
    set_clock(noon + timedelta(minutes=29))
    assert "用户名或密码不正确" in person.log_in("zhang", PASSWORD).text
    set_clock(noon + timedelta(minutes=30))
    assert "竞赛活动" in person.log_in("zhang", PASSWORD).text


def test_a_success_forgets_earlier_failures(visitor: NewVisitor) -> None:
    make_user("zhang")
    person = visitor()
    for _ in range(2):
        for _ in range(4):
            person.log_in("zhang", "wrong")
        assert "竞赛活动" in person.log_in("zhang", PASSWORD).text
        person = visitor()


def test_a_first_password_must_be_changed_before_anything_else(visitor: NewVisitor) -> None:
    _, first = create_user("zhang", "张三", Role.ORGANISER, make_root())
    db.session.commit()
    person = visitor()
    page = person.log_in("zhang", first)
    assert "这是初始密码" in page.text
    assert "这是初始密码" in person.open("/campaigns").text
    page = person.submit(page.forms[-1], current=first, password="short", repeated="other")
    assert "密码至少 10 位" in page.text
    assert "两次输入的新密码不一致" in page.text
    changed = page.forms[-1]
    page = person.submit(changed, current=first, password=PASSWORD, repeated=PASSWORD)
    assert "密码已修改" in page.text
    assert "竞赛活动" in page.text


def test_changing_the_password_ends_other_sessions(visitor: NewVisitor) -> None:
    make_user("zhang")
    here, there = visitor(), visitor()
    here.log_in("zhang", PASSWORD)
    there.log_in("zhang", PASSWORD)
    form = here.open("/password").forms[-1]
    here.submit(form, current=PASSWORD, password="Another-horse-8", repeated="Another-horse-8")
    assert "竞赛活动" in here.open("/campaigns").text
    assert "工作人员登录" in there.open("/campaigns").text


def test_logging_out_ends_the_session(visitor: NewVisitor) -> None:
    make_user("zhang")
    person = visitor()
    person.log_in("zhang", PASSWORD)
    person.submit(person.open("/campaigns").form("/logout"))
    assert "工作人员登录" in person.open("/campaigns").text


def test_login_goes_on_to_the_page_that_was_asked_for(visitor: NewVisitor) -> None:
    make_user("zhang")
    person = visitor()
    form = person.open("/banks").form()
    form.action = "/login?next=/banks"
    assert "题库是竞赛活动抽题的来源" in person.submit(form, username="zhang", password=PASSWORD).text


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example", "", None])
def test_another_host_is_never_gone_on_to(target: str | None) -> None:
    assert not is_own_path(target)


def test_a_form_without_its_token_is_refused(visitor: NewVisitor) -> None:
    make_user("zhang")
    person = visitor()
    page = person.submit(person.open("/login").form(), csrf_token=None, username="zhang", password=PASSWORD)
    assert page.status == 400
    assert "页面已过期" in page.text


def test_logins_and_failures_stand_in_the_audit_trail(app: Flask, visitor: NewVisitor) -> None:
    user = make_user("zhang")
    visitor().log_in("zhang", "wrong")
    visitor().log_in("zhang", PASSWORD)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries][-2:] == ["login_failed", "login"]
    assert {entry.subject_id for entry in entries} == {str(user.id)}
    assert entries[-1].network == "127.0.0.0/24"
