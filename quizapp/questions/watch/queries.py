"""Every select of the revision watch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, delete, func, select

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.laws.citations import Citation
from quizapp.laws.models import Law, LawVersion
from quizapp.questions.asking import read_citation_lists
from quizapp.questions.models import Bank, Question, QuestionRevision
from quizapp.questions.queries import CURRENT, works_in_bank
from quizapp.questions.staff import READERS
from quizapp.questions.watch.models import LawBasis, Recheck
from quizapp.questions.workflow import State


@dataclass(frozen=True)
class CitingQuestion:
    """A question in use with its citations of one law, and the version of the law that it follows."""

    question: Question
    cited: tuple[Citation, ...]
    #: None where no basis is known.
    version_id: int | None
    #: What its shipped bank says of the law; None where it says nothing.
    revised_on: date | None


def list_questions_citing(law: Law) -> list[CitingQuestion]:
    """Every question in use whose current revision cites a law."""
    rows = db.session.execute(
        select(Question, QuestionRevision.citations, LawBasis.version_id, Bank.law_revised_on)
        .join(Bank, Bank.id == Question.bank_id)
        .join(QuestionRevision, CURRENT)
        .outerjoin(LawBasis, and_(LawBasis.question_id == Question.id, LawBasis.law_id == law.id))
        .where(Question.state.in_([State.DRAFT, State.REVIEWED, State.RECHECK]))
        .order_by(Question.id)
    ).all()
    citing = []
    for question, citations, version_id, revised_on in rows:
        cited = tuple(one for one in read_citation_lists(citations) if one.law == law.name)
        if cited:
            citing.append(CitingQuestion(question, cited, version_id, revised_on))
    return citing


def find_version_of_day(law_id: int, revised_on: date) -> LawVersion | None:
    """The version of a law that was revised on a day."""
    return db.session.scalar(
        select(LawVersion).where(LawVersion.law_id == law_id, LawVersion.revised_on == revised_on)
    )


def delete_bases(question_ids: Iterable[int], law_ids: Iterable[int]) -> None:
    """Forget the versions of some laws that some questions follow."""
    db.session.execute(
        delete(LawBasis).where(
            LawBasis.question_id.in_(list(question_ids)), LawBasis.law_id.in_(list(law_ids))
        )
    )


def list_open_rechecks(question_id: int, law_id: int | None = None) -> Sequence[Recheck]:
    """What is to be checked again of a question, under versions of one law or of any."""
    found = select(Recheck).join(LawVersion, LawVersion.id == Recheck.version_id)
    if law_id is not None:
        found = found.where(LawVersion.law_id == law_id)
    return db.session.scalars(
        found.where(Recheck.question_id == question_id, Recheck.outcome.is_(None))
    ).all()


def has_due_recheck(question_id: int, today: date) -> bool:
    """Whether a version in force leaves something of a question to be checked again."""
    due = (
        select(Recheck.id)
        .join(LawVersion, LawVersion.id == Recheck.version_id)
        .where(
            Recheck.question_id == question_id, Recheck.outcome.is_(None), LawVersion.in_force_from <= today
        )
    )
    return db.session.scalar(due.limit(1)) is not None


def list_due_rechecks(today: date) -> Sequence[tuple[Recheck, Question]]:
    """Open re-checks of questions that are still drawn though the newer version is in force."""
    rows = db.session.execute(
        select(Recheck, Question)
        .join(Question, Question.id == Recheck.question_id)
        .join(LawVersion, LawVersion.id == Recheck.version_id)
        .where(Recheck.outcome.is_(None), LawVersion.in_force_from <= today, Question.state == State.REVIEWED)
    ).all()
    return [(recheck, question) for recheck, question in rows]


def count_rechecks_for(actor: User) -> Sequence[AnyRow]:
    """For each version that opened re-checks which the actor reads: version, law's name, open, all."""
    return db.session.execute(
        select(
            LawVersion,
            Law.name,
            func.count().filter(Recheck.outcome.is_(None)).label("open"),
            func.count().label("all"),
        )
        .join(Recheck, Recheck.version_id == LawVersion.id)
        .join(Law, Law.id == LawVersion.law_id)
        .join(Question, Question.id == Recheck.question_id)
        .join(Bank, Bank.id == Question.bank_id)
        .where(works_in_bank(actor, READERS))
        .group_by(LawVersion.id, Law.name)
        .order_by(LawVersion.imported_at.desc())
    ).all()


def list_rechecks_for(actor: User, version_id: int) -> Sequence[tuple[Recheck, Question, QuestionRevision]]:
    """The re-checks that a version opened, open ones first, with the questions as they are now."""
    rows = db.session.execute(
        select(Recheck, Question, QuestionRevision)
        .join(Question, Question.id == Recheck.question_id)
        .join(Bank, Bank.id == Question.bank_id)
        .join(QuestionRevision, CURRENT)
        .where(Recheck.version_id == version_id, works_in_bank(actor, READERS))
        .order_by(Recheck.outcome.is_not(None), Recheck.id)
    ).all()
    return [(recheck, question, revision) for recheck, question, revision in rows]


def get_recheck_for(actor: User, recheck_id: int, roles: Iterable[Role]) -> tuple[Recheck, Question]:
    """A re-check of a question that the actor reaches in one of the roles, locked. Raises NotFound."""
    row = db.session.execute(
        select(Recheck, Question)
        .join(Question, Question.id == Recheck.question_id)
        .join(Bank, Bank.id == Question.bank_id)
        .where(Recheck.id == recheck_id, works_in_bank(actor, roles))
        .with_for_update(of=Question)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]
