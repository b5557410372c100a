"""Every select of the part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select, update

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.questions.asking import AskedRevision, read_citation_lists
from quizapp.questions.kinds import Difficulty, Kind
from quizapp.questions.models import Bank, Question, QuestionRevision

#: Who reads the banks, keys included.
READERS = frozenset({Role.ADMINISTRATOR, Role.ORGANISER})


@dataclass(frozen=True)
class BankSummary:
    """A bank and how many questions of each kind it holds."""

    id: int
    name: str
    counts: dict[Kind, int]

    @property
    def total(self) -> int:
        """Questions of all kinds."""
        return sum(self.counts.values())


_CURRENT = and_(
    QuestionRevision.question_id == Question.id, QuestionRevision.number == Question.current_number
)

_ASKED = (
    select(
        Question.bank_id,
        QuestionRevision.id,
        QuestionRevision.kind,
        QuestionRevision.stem,
        QuestionRevision.options,
        QuestionRevision.answer,
        QuestionRevision.explanation,
        QuestionRevision.citations,
        QuestionRevision.difficulty,
        QuestionRevision.tags,
        QuestionRevision.chapter,
    )
    .join(Question, Question.id == QuestionRevision.question_id)
    .order_by(QuestionRevision.id)
)


def list_banks() -> list[BankSummary]:
    """Every bank with its counts, by name."""
    counted = db.session.execute(
        select(Question.bank_id, QuestionRevision.kind, func.count())
        .join(QuestionRevision, _CURRENT)
        .group_by(Question.bank_id, QuestionRevision.kind)
    ).all()
    banks = db.session.execute(select(Bank.id, Bank.name).order_by(Bank.name)).all()
    return [
        BankSummary(bank_id, name, {Kind(kind): count for owner, kind, count in counted if owner == bank_id})
        for bank_id, name in banks
    ]


def get_bank_for(actor: User, bank_id: int) -> Bank:
    """A bank that the actor may read. Raises NotFound."""
    bank = db.session.get(Bank, bank_id) if actor.role in READERS else None
    if bank is None:
        raise NotFound
    return bank


def list_current_revisions(bank_ids: Iterable[int]) -> list[AskedRevision]:
    """The latest revision of each question of some banks, in the order they came."""
    return _as_asked(db.session.execute(_ASKED.where(_CURRENT, Question.bank_id.in_(list(bank_ids)))).all())


def list_revisions(connection: Connection, revision_ids: Iterable[int]) -> list[AskedRevision]:
    """These very revisions, whatever has come after them."""
    return _as_asked(connection.execute(_ASKED.where(QuestionRevision.id.in_(list(revision_ids)))).all())


def mark_published(revision_ids: Iterable[int]) -> None:
    """Note when revisions were first published."""
    db.session.execute(
        update(QuestionRevision)
        .where(QuestionRevision.id.in_(list(revision_ids)), QuestionRevision.published_at.is_(None))
        .values(published_at=clock.now())
    )


def find_shipped_bank(shipped_as: str) -> Bank | None:
    """The bank that was loaded from a folder of ``question_bank/``."""
    return db.session.scalar(select(Bank).where(Bank.shipped_as == shipped_as))


def _as_asked(rows: Sequence[AnyRow]) -> list[AskedRevision]:
    return [
        AskedRevision(
            id=row.id,
            bank_id=row.bank_id,
            kind=Kind(row.kind),
            stem=row.stem,
            options=tuple(row.options),
            answer=tuple(row.answer),
            explanation=row.explanation,
            citations=read_citation_lists(row.citations),
            difficulty=Difficulty(row.difficulty) if row.difficulty else None,
            tags=tuple(row.tags),
            chapter=row.chapter,
        )
        for row in rows
    ]
