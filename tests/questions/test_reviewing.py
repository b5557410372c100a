"""Review, history and retirement of questions, as bank staff do them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.questions import editing, queries, reviewing
from quizapp.questions.kinds import Kind
from quizapp.questions.models import Question, QuestionRevision
from quizapp.questions.workflow import State
from tests.factories import PASSWORD, make_bank, make_case, make_user, parsed_question
from tests.pages import Visitor

NewVisitor = Callable[[], Visitor]


def draft_by(author_id: int | None) -> Question:
    question = editing.add_question(
        make_bank(0, 0, 0), parsed_question(Kind.SINGLE, 1), State.DRAFT, author_id
    )
    db.session.commit()
    return question


def visitor_as(visitor: NewVisitor, name: str) -> Visitor:
    person = visitor()
    person.log_in(name, PASSWORD)
    return person


def test_another_person_reviews_and_only_then_it_can_be_drawn(app: Flask) -> None:
    author, reviewer = make_user("li", Role.BANK_EDITOR), make_user("shen", Role.REVIEWER)
    question = draft_by(author.id)
    assert queries.list_drawable_revisions([question.bank_id]) == []
    with pytest.raises(reviewing.OwnWork):
        reviewing.review(question, author, 1)
    reviewing.review(question, reviewer, 1)
    db.session.commit()
    assert [asked.question_id for asked in queries.list_drawable_revisions([question.bank_id])] == [
        question.id
    ]
    assert not queries.get_revision(question.id, 1).reviewed_alone


def test_the_only_bank_staff_may_review_their_own_and_it_is_recorded(app: Flask) -> None:
    author = make_user("li", Role.BANK_EDITOR)
    make_user("boss", Role.ADMINISTRATOR)
    question = draft_by(author.id)
    reviewing.review(question, author, 1)
    db.session.commit()
    assert queries.get_revision(question.id, 1).reviewed_alone


def test_a_review_of_what_was_edited_meanwhile_is_refused(app: Flask) -> None:
    author, reviewer = make_user("li", Role.BANK_EDITOR), make_user("shen", Role.REVIEWER)
    question = draft_by(author.id)
    editing.revise_question(question, parsed_question(Kind.SINGLE, 2), author.id, 1)
    db.session.commit()
    with pytest.raises(editing.EditedMeanwhile):
        reviewing.review(question, reviewer, 1)


def test_an_edit_makes_a_revision_that_waits_for_review(app: Flask) -> None:
    author = make_user("li", Role.BANK_EDITOR)
    bank = make_bank(1, 0, 0)
    question = db.session.scalars(select(Question).where(Question.bank_id == bank.id)).one()
    editing.revise_question(question, parsed_question(Kind.SINGLE, 9), author.id, 1)
    db.session.commit()
    assert question.state == State.DRAFT
    assert [(told.number, told.stem) for told in queries.list_history(question.id)] == [
        (2, "单选试题 9"),
        (1, "单选试题 1"),
    ]


def test_two_editors_of_one_revision_do_not_overwrite_each_other(app: Flask) -> None:
    author = make_user("li", Role.BANK_EDITOR)
    question = draft_by(author.id)
    editing.revise_question(question, parsed_question(Kind.SINGLE, 2), author.id, 1)
    db.session.commit()
    with pytest.raises(editing.EditedMeanwhile):
        editing.revise_question(question, parsed_question(Kind.SINGLE, 3), author.id, 1)


def test_a_question_cannot_become_the_same_as_another(app: Flask) -> None:
    author = make_user("li", Role.BANK_EDITOR)
    bank = make_bank(2, 0, 0)
    first, _ = db.session.scalars(select(Question).where(Question.bank_id == bank.id).order_by(Question.id))
    with pytest.raises(editing.SameQuestionStands):
        editing.revise_question(first, parsed_question(Kind.SINGLE, 2), author.id, 1)
    db.session.rollback()
    assert first.current_number == 1


def test_reviewing_in_bulk_leaves_ones_own_work_to_others(app: Flask, visitor: NewVisitor) -> None:
    li, wang = make_user("li", Role.BANK_EDITOR), make_user("wang", Role.BANK_EDITOR)
    bank = make_bank(0, 0, 0)
    for number, author in enumerate((li, wang, wang), start=1):
        editing.add_question(bank, parsed_question(Kind.SINGLE, number), State.DRAFT, author.id)
    db.session.commit()
    person = visitor_as(visitor, "li")
    form = person.open(f"/banks/{bank.id}?state=draft").form("/review")
    ids = list(db.session.scalars(select(QuestionRevision.id)))
    db.session.rollback()
    page = person.submit(form, revision=[str(one) for one in ids])
    assert "审核通过 2 题。1 题是您自己写的" in page.text
    assert "待审核 1" in page.text


def test_a_question_is_edited_reviewed_retired_and_restored_on_its_page(visitor: NewVisitor) -> None:
    make_user("li", Role.BANK_EDITOR)
    make_user("shen", Role.REVIEWER)
    question = draft_by(None)
    question_id = question.id
    db.session.rollback()
    li, shen = visitor_as(visitor, "li"), visitor_as(visitor, "shen")
    page = li.open(f"/questions/{question_id}/edit")
    page = li.submit(page.own_form, stem="改过的题干", answer="Z")
    assert "没有读懂答案“Z”" in page.text
    assert page.own_form.values["stem"] == ["改过的题干"]
    page = li.submit(page.own_form, answer="B")
    assert "新版本已保存" in page.text
    assert "题干、答案" in page.text

    page = shen.open(f"/questions/{question_id}")
    assert "已审核通过" in shen.submit(page.form("/review")).text
    assert shen.open(f"/questions/{question_id}/edit").status == 403
    page = shen.submit(shen.open(f"/questions/{question_id}").form("/retire"))
    assert "已停用" in page.text
    assert "待审核" in shen.submit(page.form("/restore")).text


def test_an_organiser_reads_a_question_and_changes_nothing(visitor: NewVisitor) -> None:
    make_user("zhang", Role.ORGANISER)
    question_id = draft_by(None).id
    db.session.rollback()
    person = visitor_as(visitor, "zhang")
    page = person.open(f"/questions/{question_id}")
    assert page.status == 200
    assert not [form for form in page.forms if "/questions/" in form.action]


def test_a_bank_is_searched_and_filtered_by_its_address(visitor: NewVisitor) -> None:
    make_user("li", Role.BANK_EDITOR)
    bank = make_bank(60, 2, 0)
    person = visitor_as(visitor, "li")
    page = person.open(f"/banks/{bank.id}")
    assert "第 1 页，共 2 页，62 题" in page.text
    assert "多选试题 2" in person.open(f"/banks/{bank.id}?page=2").text
    page = person.open(f"/banks/{bank.id}?kind=multiple&words=试题 1")
    assert "多选试题 1" in page.text
    assert "多选试题 2" not in page.text
    assert "没有符合条件的试题" in person.open(f"/banks/{bank.id}?words=100%25").text


def test_a_case_stem_that_makes_another_question_read_as_one_that_stands_is_refused(app: Flask) -> None:
    author = make_user("li", Role.BANK_EDITOR)
    bank = make_bank(0, 0, 0)
    first, second = make_case(bank, Kind.SINGLE, Kind.SINGLE, stem="材料甲")
    asked = queries.as_asked(second, queries.get_revision(second.id, 1))
    stands = replace(
        parsed_question(Kind.SINGLE, 7), stem=asked.stem, options=asked.options, case_stem="材料乙"
    )
    editing.add_question(bank, stands, State.REVIEWED)
    db.session.commit()
    with pytest.raises(editing.SameQuestionStands):
        editing.revise_question(
            first, replace(parsed_question(Kind.SINGLE, 8), case_stem="材料乙"), author.id, 1
        )


def test_what_was_edited_after_the_page_was_opened_is_not_reviewed_with_it(visitor: NewVisitor) -> None:
    editor = make_user("li", Role.BANK_EDITOR)
    make_user("shen", Role.REVIEWER)
    question = draft_by(editor.id)
    bank_id = question.bank_id
    person = visitor_as(visitor, "shen")
    form = person.open(f"/banks/{bank_id}?state=draft").form("/review")
    seen = queries.get_revision(question.id, 1).id
    editing.revise_question(question, parsed_question(Kind.SINGLE, 2), editor.id, 1)
    db.session.commit()
    page = person.submit(form, revision=str(seen))
    assert "1 题刚被修改过" in page.text
    assert queries.list_drawable_revisions([bank_id]) == []
