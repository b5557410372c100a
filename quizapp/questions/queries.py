"""Every select of the part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.questions.asking import AskedRevision, read_citation_lists
from quizapp.questions.kinds import Difficulty, Kind
from quizapp.questions.models import Bank, Question, QuestionRevision
from quizapp.questions.workflow import State

#: Who reads the banks, keys included.
READERS = frozenset(Role)


@dataclass(frozen=True)
class BankSummary:
    """A bank, how many reviewed questions of each kind it holds, and how many wait for review."""

    id: int
    name: str
    counts: dict[Kind, int]
    waiting: int = 0

    @property
    def total(self) -> int:
        """Reviewed questions of all kinds."""
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
        QuestionRevision.gaps,
        QuestionRevision.gaps_in_order,
        Question.case_id,
        QuestionRevision.question_id,
        QuestionRevision.case_stem,
    )
    .join(Question, Question.id == QuestionRevision.question_id)
    .order_by(QuestionRevision.id)
)


def list_banks() -> list[BankSummary]:
    """Every bank with its counts, by name."""
    counted = db.session.execute(
        select(Question.bank_id, Question.state, QuestionRevision.kind, func.count())
        .join(QuestionRevision, _CURRENT)
        .where(Question.state.in_([State.REVIEWED, State.DRAFT, State.RECHECK]))
        .group_by(Question.bank_id, Question.state, QuestionRevision.kind)
    ).all()
    reviewed: dict[int, dict[Kind, int]] = defaultdict(dict)
    waiting: dict[int, int] = defaultdict(int)
    for bank_id, state, kind, count in counted:
        if state == State.REVIEWED:
            reviewed[bank_id][Kind(kind)] = count
        else:
            waiting[bank_id] += count
    banks = db.session.execute(select(Bank.id, Bank.name).order_by(Bank.name)).all()
    return [BankSummary(bank_id, name, reviewed[bank_id], waiting[bank_id]) for bank_id, name in banks]


def get_bank_for(actor: User, bank_id: int) -> Bank:
    """A bank that the actor may read. Raises NotFound."""
    bank = db.session.get(Bank, bank_id) if actor.role in READERS else None
    if bank is None:
        raise NotFound
    return bank


def list_drawable_revisions(bank_ids: Iterable[int]) -> list[AskedRevision]:
    """The latest revision of each reviewed question of some banks, in the order they came.

    A case is asked whole: its questions are left out while one of them, not retired, is not reviewed.
    """
    other = aliased(Question)
    waits = exists().where(
        other.case_id == Question.case_id, other.state.not_in([State.REVIEWED, State.RETIRED])
    )
    drawable = and_(_CURRENT, Question.state == State.REVIEWED, Question.bank_id.in_(list(bank_ids)), ~waits)
    return _as_asked(db.session.execute(_ASKED.where(drawable)).all())


def list_revision_ids_of(question_ids: Iterable[int]) -> frozenset[int]:
    """Ids of all revisions of some questions, and of the whole cases that they belong to."""
    wanted = list(question_ids)
    case_ids = select(Question.case_id).where(Question.id.in_(wanted), Question.case_id.is_not(None))
    cases = db.session.scalars(case_ids.distinct()).all()
    found = select(QuestionRevision.id).join(Question, Question.id == QuestionRevision.question_id)
    return frozenset(
        db.session.scalars(found.where(or_(Question.id.in_(wanted), Question.case_id.in_(cases))))
    )


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
            gaps=tuple(map(tuple, row.gaps)),
            gaps_in_order=row.gaps_in_order,
            case_id=row.case_id,
            question_id=row.question_id,
            case_stem=row.case_stem,
        )
        for row in rows
    ]
