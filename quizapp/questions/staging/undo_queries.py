"""Every select of taking an import back."""

from collections.abc import Sequence

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from quizapp.extensions import db
from quizapp.questions.models import Question, QuestionRevision
from quizapp.questions.staging.models import StagedQuestion
from quizapp.questions.watch.models import LawBasis, Recheck
from quizapp.questions.workflow import State


def list_brought(import_id: int) -> Sequence[tuple[Question, int]]:
    """The questions that an import wrote to, locked, each with the first revision that it was given."""
    first = (
        select(QuestionRevision.question_id, func.min(QuestionRevision.number).label("number"))
        .where(QuestionRevision.import_id == import_id)
        .group_by(QuestionRevision.question_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Question, first.c.number)
        .join(first, first.c.question_id == Question.id)
        .order_by(Question.id)
        .with_for_update(of=Question)
    ).all()
    return [(question, number) for question, number in rows]


def states_before(import_id: int) -> dict[int, State]:
    """For each question that an import gave a new revision, the state that it was in."""
    rows = db.session.execute(
        select(StagedQuestion.question_id, StagedQuestion.state_before)
        .where(StagedQuestion.import_id == import_id, StagedQuestion.state_before.is_not(None))
        .order_by(StagedQuestion.position.desc())  # of two replacements the first one tells
    ).all()
    return {question_id: State(state) for question_id, state in rows if question_id and state}


def _since_import(import_id: int) -> Select[int]:
    """Ids of the revisions that an import wrote, and of those that came after them."""
    brought = aliased(QuestionRevision)
    return (
        select(QuestionRevision.id)
        .join(brought, brought.question_id == QuestionRevision.question_id)
        .where(brought.import_id == import_id, QuestionRevision.number >= brought.number)
    )


def count_published_since(import_id: int) -> int:
    """How many revisions that an import wrote, or that followed them, were published by a campaign."""
    published = select(func.count()).where(
        QuestionRevision.id.in_(_since_import(import_id)), QuestionRevision.published_at.is_not(None)
    )
    return db.session.scalar(published) or 0


def count_edited_since(import_id: int) -> int:
    """How many revisions followed those that an import wrote."""
    followed = select(func.count()).where(
        QuestionRevision.id.in_(_since_import(import_id)),
        func.coalesce(QuestionRevision.import_id, 0) != import_id,
    )
    return db.session.scalar(followed) or 0


def delete_revisions_since(import_id: int) -> bool:
    """Delete the revisions that an import wrote, and those that came after them.

    False, with some left, where a campaign published one in this very moment.
    """
    wanted = db.session.scalar(select(func.count()).where(QuestionRevision.id.in_(_since_import(import_id))))
    gone = db.session.scalars(
        delete(QuestionRevision)
        .where(QuestionRevision.id.in_(_since_import(import_id)), QuestionRevision.published_at.is_(None))
        .returning(QuestionRevision.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(gone) == wanted


def delete_unseen(import_id: int) -> None:
    """Delete the revisions that an import has written and nobody has seen; their questions are empty then."""
    unseen = select(Question.id).where(Question.state == State.STAGED)
    db.session.execute(
        delete(QuestionRevision)
        .where(QuestionRevision.import_id == import_id, QuestionRevision.question_id.in_(unseen))
        .execution_options(synchronize_session=False)
    )


def delete_empty_questions(bank_id: int) -> None:
    """Delete the questions of a bank whose revisions are gone, and what imports remember of them."""
    has_revision = exists().where(QuestionRevision.question_id == Question.id)
    empty = select(Question.id).where(Question.bank_id == bank_id, ~has_revision)
    for column in (StagedQuestion.twin_id, StagedQuestion.question_id):
        db.session.execute(
            update(StagedQuestion)
            .where(column.in_(empty))
            .values({column.key: None})
            .execution_options(synchronize_session=False)
        )
    for watched in (LawBasis, Recheck):
        db.session.execute(
            delete(watched).where(watched.question_id.in_(empty)).execution_options(synchronize_session=False)
        )
    db.session.execute(
        delete(Question)
        .where(Question.bank_id == bank_id, ~has_revision)
        .execution_options(synchronize_session=False)
    )
