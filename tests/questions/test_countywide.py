"""Banks and laws are the whole county's: what staff of a township may do with them."""

from collections.abc import Callable

import pytest
from flask import Flask

from quizapp.accounts.models import Posting
from quizapp.accounts.roles import Role
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.questions import banks, editing, queries, reviewing
from quizapp.questions.kinds import Kind
from quizapp.questions.staff import EDITORS, READERS, REVIEWERS
from quizapp.questions.workflow import State
from tests.factories import (
    PASSWORD,
    make_bank,
    make_numbers_of_bank_pages,
    make_unit,
    make_user,
    parsed_question,
)
from tests.pages import Visitor

NewVisitor = Callable[[], Visitor]

#: Addresses of the banks, as they are read and as they are written.
READ = ("/banks", "/banks/1", "/questions/{question_id}")
KEPT = (
    "/banks/new",
    "/banks/1/members",
    "/banks/1/import",
    "/imports/{import_id}",
    "/laws/import",
    "/rechecks",
)
SENT = (
    "/banks/new",
    "/banks/1/review",
    "/banks/1/members",
    "/questions/{question_id}/edit",
    "/questions/{question_id}/review",
    "/questions/{question_id}/retire",
    "/rechecks/{recheck_id}/settle",
    "/imports/{import_id}/confirm",
    "/laws/import",
)


def of_township(visitor: NewVisitor, role: Role) -> Visitor:
    user = make_user(role.value, Role.AUDITOR, unit=make_unit("东镇"))
    # Not even a posting that no page gives any more lets a township's staff in.
    db.session.add(Posting(user_id=user.id, unit_id=user.postings[0].unit_id, role=role))
    db.session.commit()
    person = visitor()
    person.log_in(role.value, PASSWORD)
    return person


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANISER, Role.BANK_EDITOR, Role.REVIEWER])
def test_a_townships_staff_keep_no_banks_and_load_no_laws(visitor: NewVisitor, role: Role) -> None:
    numbers = make_numbers_of_bank_pages()
    person = of_township(visitor, role)
    form = person.open("/password").own_form
    for address in KEPT:
        assert person.open(address.format(**numbers)).status == 403, address
    for address in SENT:
        form.action = address.format(**numbers)
        assert person.submit(form).status == 403, address


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ORGANISER, 200), (Role.ADMINISTRATOR, 200), (Role.BANK_EDITOR, 403), (Role.REVIEWER, 403)],
)
def test_who_organises_in_a_township_reads_the_banks_that_a_campaign_draws_from(
    visitor: NewVisitor, role: Role, status: int
) -> None:
    numbers = make_numbers_of_bank_pages()
    person = of_township(visitor, role)
    for address in READ:
        assert person.open(address.format(**numbers)).status == status, address


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANISER])
def test_a_reader_of_banks_is_offered_nothing_that_changes_them(visitor: NewVisitor, role: Role) -> None:
    numbers = make_numbers_of_bank_pages()
    person = of_township(visitor, role)
    pages = [person.open(address.format(**numbers)) for address in (*READ, "/laws")]
    assert {form.action for page in pages for form in page.forms} == {"", "/logout"}
    text = "".join(page.text for page in pages)
    offered = ("新建题库", "导入试题", "维护人员", "修改试题", "修订复核")
    assert not [words for words in offered if words in text]


def test_the_permission_stands_in_the_fetch_too(app: Flask) -> None:
    bank = make_bank(1, 0, 0)
    reviewer = make_user("shen", Role.REVIEWER, unit=make_unit("东镇"))
    organiser = make_user("zhang", Role.ORGANISER, unit=make_unit("西镇"))
    assert queries.get_bank_for(organiser, bank.id).id == bank.id
    for actor, roles in ((reviewer, READERS), (reviewer, REVIEWERS), (organiser, EDITORS)):
        with pytest.raises(NotFound):
            queries.get_bank_for(actor, bank.id, roles)


def test_a_bank_kept_to_others_is_closed_to_the_bureaus_staff_but_not_to_its_administrators(
    app: Flask,
) -> None:
    bank = make_bank(1, 0, 0)
    member, other = make_user("li", Role.BANK_EDITOR), make_user("wu", Role.BANK_EDITOR)
    banks.set_members(bank, [member.id])
    for actor in (member, make_user("boss", Role.ADMINISTRATOR)):
        assert queries.get_bank_for(actor, bank.id, EDITORS).id == bank.id
    with pytest.raises(NotFound):
        queries.get_bank_for(other, bank.id, EDITORS)


def test_own_work_is_left_to_others_of_the_bureau_only(app: Flask) -> None:
    author = make_user("li", Role.BANK_EDITOR)
    make_user("shen", Role.REVIEWER, unit=make_unit("东镇"))
    bank = make_bank(0, 0, 0)
    question = editing.add_question(bank, parsed_question(Kind.SINGLE, 1), State.DRAFT, author.id)
    reviewing.review(question, author, 1)
    assert question.state == State.REVIEWED


def test_only_the_bureaus_staff_can_be_members_of_a_bank(visitor: NewVisitor) -> None:
    bank = make_bank(1, 0, 0)
    make_user("boss", Role.ADMINISTRATOR)
    make_user("shen", Role.REVIEWER)
    make_user("beyond", Role.REVIEWER, unit=make_unit("东镇"))
    boss = visitor()
    boss.log_in("boss", PASSWORD)
    text = boss.open(f"/banks/{bank.id}/members").text
    assert "Shen" in text
    assert "Beyond" not in text
