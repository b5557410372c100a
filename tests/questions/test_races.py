"""Two of the staff at once, from threads, and two workers."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.core.jobs.models import Job
from quizapp.core.jobs.worker import run_next
from quizapp.extensions import db
from quizapp.questions import banks, editing, queries, reviewing
from quizapp.questions.kinds import Kind
from quizapp.questions.models import Bank, Question, QuestionRevision
from quizapp.questions.staging import confirming
from quizapp.questions.staging import queries as staging_queries
from quizapp.questions.workflow import State
from tests.factories import make_bank, make_user, parsed_question
from tests.questions.importing import bring, fresh
from tests.racing import AT_ONCE, at_once


@pytest.mark.parametrize("_round", range(3))
def test_of_editors_who_start_from_one_revision_one_wins_and_the_others_are_told(
    app: Flask, _round: int
) -> None:
    author_id = make_user("li", Role.BANK_EDITOR).id
    question_id = editing.add_question(make_bank(0, 0, 0), parsed_question(Kind.SINGLE, 1), State.DRAFT).id
    db.session.commit()

    def edit(number: int) -> None:
        question = db.session.get_one(Question, question_id)
        editing.revise_question(question, parsed_question(Kind.SINGLE, number + 2), author_id, 1)

    assert at_once(app, edit) == ["EditedMeanwhile"] * (AT_ONCE - 1) + ["done"]
    assert [one.number for one in queries.list_history(question_id)] == [2, 1]


@pytest.mark.parametrize("_round", range(3))
def test_the_same_question_added_at_once_stands_once(app: Flask, _round: int) -> None:
    bank_id = make_bank(0, 0, 0).id

    def add(_number: int) -> None:
        bank = db.session.get_one(Bank, bank_id)
        editing.add_question(bank, parsed_question(Kind.SINGLE, 1), State.DRAFT)

    assert at_once(app, add) == ["SameQuestionStands"] * (AT_ONCE - 1) + ["done"]
    assert db.session.scalar(select(func.count()).select_from(Question)) == 1


def test_two_banks_of_one_name_are_one(app: Flask) -> None:
    outcomes = at_once(app, lambda _number: banks.create_bank("消防"))
    assert outcomes == ["BankNameTaken"] * (AT_ONCE - 1) + ["done"]


@pytest.mark.parametrize("_round", range(3))
def test_a_confirmation_asked_for_at_once_is_one_job_and_brings_each_question_once(
    app: Flask, _round: int
) -> None:
    actor = make_user("li", Role.BANK_EDITOR)
    bank = make_bank(0, 0, 0)
    actor_id, bank_id = actor.id, bank.id
    import_id = bring(bank, actor).id

    def confirm(_number: int) -> None:
        person = db.session.get_one(User, actor_id)
        confirming.ask_confirmation(staging_queries.get_import(import_id), person)

    outcomes = at_once(app, confirm)
    assert outcomes.count("done") == 1
    assert set(outcomes) <= {"done", "AlreadyUnderWay", "NotInPreview"}
    at_once(app, lambda _number: run_next())
    while run_next():
        pass
    assert fresh(import_id).imported == 2
    assert queries.count_questions_by_state(bank_id) == {State.DRAFT: 2}
    assert db.session.scalar(select(func.count()).select_from(QuestionRevision)) == 2
    assert db.session.scalar(select(func.max(Job.tries))) == 1


def test_an_import_undone_twice_at_once_is_undone_once(app: Flask) -> None:
    actor = make_user("li", Role.BANK_EDITOR)
    bank = make_bank(0, 0, 0)
    actor_id, bank_id = actor.id, bank.id
    import_id = bring(bank, actor).id
    confirming.ask_confirmation(staging_queries.get_import(import_id), db.session.get_one(User, actor_id))
    db.session.commit()
    while run_next():
        pass

    def undo(_number: int) -> None:
        confirming.undo(staging_queries.get_import(import_id), db.session.get_one(User, actor_id))

    outcomes = at_once(app, undo)
    assert outcomes.count("done") == 1, outcomes
    assert queries.count_questions_by_state(bank_id) == {}


@pytest.mark.parametrize("_round", range(3))
def test_a_review_that_races_an_edit_never_lets_the_unseen_revision_be_drawn(app: Flask, _round: int) -> None:
    author_id, reviewer_id = make_user("li", Role.BANK_EDITOR).id, make_user("shen", Role.REVIEWER).id
    question = editing.add_question(
        make_bank(0, 0, 0), parsed_question(Kind.SINGLE, 1), State.DRAFT, author_id
    )
    question_id, bank_id = question.id, question.bank_id
    db.session.commit()

    def edit_or_review(number: int) -> None:
        raced = db.session.get_one(Question, question_id)
        if number % 2:
            reviewing.review(raced, db.session.get_one(User, reviewer_id), 1)
        else:
            editing.revise_question(raced, parsed_question(Kind.SINGLE, number + 2), author_id, 1)

    at_once(app, edit_or_review)
    assert queries.list_drawable_revisions([bank_id]) == []
    assert [one.number for one in queries.list_history(question_id)] == [2, 1]
