"""Every select of the part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select, true, update
from sqlalchemy.orm import aliased

from quizapp.accounts.models import User
from quizapp.accounts.queries import has_role_in_bureau
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.questions.asking import AskedRevision, read_citation_lists
from quizapp.questions.kinds import Difficulty, Kind
from quizapp.questions.models import Bank, BankMember, Question, QuestionRevision
from quizapp.questions.staff import BORROWERS, READERS
from quizapp.questions.workflow import State


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


#: A question beside its latest revision: joins the two tables.
CURRENT = and_(
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


def works_in_bank(actor: User, roles: Iterable[Role]) -> ColumnElement[bool]:
    """A condition on ``banks``: the actor has one of the roles in the bureau, the bank not kept to others.

    Who organises reads every bank, from whatever unit; the bureau's administrators do everything in each.
    """
    if actor.holds_in_bureau({Role.ADMINISTRATOR}) or (roles == READERS and actor.holds(BORROWERS)):
        return true()
    members = exists().where(BankMember.bank_id == Bank.id)
    is_member = exists().where(BankMember.bank_id == Bank.id, BankMember.user_id == actor.id)
    return and_(has_role_in_bureau(actor, *roles), or_(~members, is_member))


def list_banks(*conditions: ColumnElement[bool]) -> list[BankSummary]:
    """Every bank, or those that meet the conditions, with its counts, by name."""
    counted = db.session.execute(
        select(Question.bank_id, Question.state, QuestionRevision.kind, func.count())
        .join(QuestionRevision, CURRENT)
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
    banks = db.session.execute(select(Bank.id, Bank.name).where(*conditions).order_by(Bank.name)).all()
    return [BankSummary(bank_id, name, reviewed[bank_id], waiting[bank_id]) for bank_id, name in banks]


def list_banks_for(actor: User) -> list[BankSummary]:
    """The banks that the actor reads, with their counts."""
    return list_banks(works_in_bank(actor, READERS))


def get_bank_for(actor: User, bank_id: int, roles: Iterable[Role] = READERS) -> Bank:
    """A bank that the actor reaches in one of the roles. Raises NotFound."""
    bank: Bank | None = db.session.scalar(select(Bank).where(Bank.id == bank_id, works_in_bank(actor, roles)))
    if bank is None:
        raise NotFound
    return bank


def list_member_ids(bank_id: int) -> list[int]:
    """The accounts that a bank is kept to; empty where it is open to all bank staff."""
    return list(db.session.scalars(select(BankMember.user_id).where(BankMember.bank_id == bank_id)))


def get_question_for(actor: User, question_id: int, roles: Iterable[Role] = READERS) -> Question:
    """A question of a bank that the actor reaches in one of the roles. Raises NotFound.

    For other roles than the readers' it is locked: of two who change it the second sees what the first did.
    """
    wanted = (
        select(Question)
        .join(Bank, Bank.id == Question.bank_id)
        .where(Question.id == question_id, Question.state != State.STAGED, works_in_bank(actor, roles))
    )
    if roles is not READERS:
        wanted = wanted.with_for_update(of=Question)
    question: Question | None = db.session.scalar(wanted)
    if question is None:
        raise NotFound
    return question


def get_revision(question_id: int, number: int) -> QuestionRevision:
    """One revision of a question."""
    return db.session.scalars(
        select(QuestionRevision).where(
            QuestionRevision.question_id == question_id, QuestionRevision.number == number
        )
    ).one()


def list_case_siblings(question: Question) -> Sequence[tuple[Question, QuestionRevision]]:
    """The other questions in use of the same case, with their current revisions."""
    rows = db.session.execute(
        select(Question, QuestionRevision)
        .join(QuestionRevision, CURRENT)
        .where(
            Question.case_id == question.case_id,
            Question.id != question.id,
            Question.state != State.RETIRED,
        )
        .order_by(Question.id)
        .with_for_update(of=Question)
    ).all()
    return [(other, revision) for other, revision in rows]


def list_drawable_revisions(bank_ids: Iterable[int]) -> list[AskedRevision]:
    """The latest revision of each reviewed question of some banks, in the order they came.

    A case is asked whole: its questions are left out while one of them, not retired, is not reviewed.
    """
    other = aliased(Question)
    waits = exists().where(
        other.case_id == Question.case_id, other.state.not_in([State.REVIEWED, State.RETIRED])
    )
    drawable = and_(CURRENT, Question.state == State.REVIEWED, Question.bank_id.in_(list(bank_ids)), ~waits)
    # Locked for reading, so that an import is not undone between being read here and being published.
    statement = _ASKED.where(drawable).with_for_update(read=True, of=QuestionRevision)
    return _as_asked(db.session.execute(statement).all())


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


def _as_asked(rows: Sequence[AnyRow]) -> list[AskedRevision]:
    return [_asked(row, row.bank_id, row.case_id) for row in rows]


def as_asked(question: Question, revision: QuestionRevision) -> AskedRevision:
    """A revision as campaigns see it."""
    return _asked(revision, question.bank_id, question.case_id)


def _asked(revision: QuestionRevision | AnyRow, bank_id: int, case_id: int | None) -> AskedRevision:
    return AskedRevision(
        id=revision.id,
        bank_id=bank_id,
        kind=Kind(revision.kind),
        stem=revision.stem,
        options=tuple(revision.options),
        answer=tuple(revision.answer),
        explanation=revision.explanation,
        citations=read_citation_lists(revision.citations),
        difficulty=Difficulty(revision.difficulty) if revision.difficulty else None,
        tags=tuple(revision.tags),
        chapter=revision.chapter,
        gaps=tuple(map(tuple, revision.gaps)),
        gaps_in_order=revision.gaps_in_order,
        case_id=case_id,
        question_id=revision.question_id,
        case_stem=revision.case_stem,
    )


def select_questions(
    bank_id: int, state: State | None = None, kind: Kind | None = None, words: str = ""
) -> Select[Question, QuestionRevision]:
    """The questions of a bank with their current revisions, narrowed down, in the order they came."""
    chosen = (
        select(Question, QuestionRevision)
        .join(QuestionRevision, CURRENT)
        .where(Question.bank_id == bank_id, Question.state != State.STAGED)
    )
    if state is not None:
        chosen = chosen.where(Question.state == state)
    if kind is not None:
        chosen = chosen.where(QuestionRevision.kind == kind)
    if words:
        chosen = chosen.where(QuestionRevision.stem.contains(words, autoescape=True))
    return chosen.order_by(Question.id)


def list_as_seen(bank_id: int, revision_ids: Iterable[int]) -> Sequence[tuple[Question, QuestionRevision]]:
    """The questions of a bank whose current revisions are among these; one edited since is not."""
    seen = select_questions(bank_id).where(QuestionRevision.id.in_(list(revision_ids)))
    return [(question, revision) for question, revision in db.session.execute(seen).all()]


def list_asked_questions(question_ids: Iterable[int]) -> dict[int, AskedRevision]:
    """The current revisions of some questions, by the question's id."""
    chosen = _ASKED.where(CURRENT, Question.id.in_(list(question_ids)))
    return {asked.question_id: asked for asked in _as_asked(db.session.execute(chosen).all())}


def list_questions_in_use(bank_id: int) -> list[AskedRevision]:
    """The current revisions of a bank's questions, those retired left out, in the order they came."""
    in_use = and_(CURRENT, Question.bank_id == bank_id, Question.state.not_in([State.STAGED, State.RETIRED]))
    return _as_asked(db.session.execute(_ASKED.where(in_use).order_by(None).order_by(Question.id)).all())


def count_questions_by_state(bank_id: int) -> dict[State, int]:
    """How many questions of a bank stand in each state."""
    rows = db.session.execute(
        select(Question.state, func.count()).where(Question.bank_id == bank_id).group_by(Question.state)
    ).all()
    return {State(state): count for state, count in rows}


def list_history(question_id: int) -> Sequence[QuestionRevision]:
    """Every revision of a question, the latest first."""
    return db.session.scalars(
        select(QuestionRevision)
        .where(QuestionRevision.question_id == question_id)
        .order_by(QuestionRevision.number.desc())
    ).all()
