"""What the database holds of the shipped questions."""

from collections.abc import Iterable

from sqlalchemy import and_, select

from quizapp.extensions import db
from quizapp.questions.models import Bank, Question, QuestionRevision
from quizapp.questions.queries import CURRENT
from quizapp.questions.workflow import State

_SHIPPED = and_(QuestionRevision.created_by.is_(None), QuestionRevision.import_id.is_(None))


def find_shipped_bank(shipped_as: str) -> Bank | None:
    """The bank that was loaded from a folder of ``question_bank/``."""
    return db.session.scalar(select(Bank).where(Bank.shipped_as == shipped_as))


def list_untouched(bank_id: int) -> list[tuple[Question, QuestionRevision]]:
    """The reviewed questions of a bank whose latest revision was shipped, with that revision."""
    statement = (
        select(Question, QuestionRevision)
        .join(QuestionRevision, and_(CURRENT, _SHIPPED))
        .where(Question.bank_id == bank_id, Question.state == State.REVIEWED)
        .with_for_update(of=Question)
    )
    return [(question, revision) for question, revision in db.session.execute(statement)]


def list_fingerprints(bank_id: int) -> Iterable[str]:
    """What the questions of a bank read like today."""
    return db.session.scalars(select(Question.fingerprint).where(Question.bank_id == bank_id))


def list_shipped_readings(bank_id: int) -> list[tuple[str, list[str], str]]:
    """Stem, options and case stem of every revision of a bank that was shipped, today's or not."""
    statement = (
        select(QuestionRevision.stem, QuestionRevision.options, QuestionRevision.case_stem)
        .join(Question, Question.id == QuestionRevision.question_id)
        .where(_SHIPPED, Question.bank_id == bank_id)
    )
    return [(stem, options, case_stem) for stem, options, case_stem in db.session.execute(statement)]
