"""Every select of the imports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, not_, select, update
from sqlalchemy.orm import aliased

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.questions.models import Bank, Question, QuestionRevision
from quizapp.questions.queries import CURRENT, works_in_bank
from quizapp.questions.staff import EDITORS
from quizapp.questions.staging.models import BankImport, ColumnMeaning, StagedQuestion
from quizapp.questions.staging.standing import WANTING, Decision, Standing
from quizapp.questions.workflow import State


@dataclass(frozen=True)
class BankText:
    """A question of a bank as far as repeats of it are concerned."""

    id: int
    fingerprint: str
    stem: str
    options: tuple[str, ...]


def get_import(import_id: int) -> BankImport:
    """An import, for the job that works on it."""
    return db.session.get_one(BankImport, import_id)


def get_import_for(actor: User, import_id: int, roles: Iterable[Role] = EDITORS) -> BankImport:
    """An import into a bank that the actor reaches in one of the roles. Raises NotFound."""
    found: BankImport | None = db.session.scalar(
        select(BankImport)
        .join(Bank, Bank.id == BankImport.bank_id)
        .where(BankImport.id == import_id, works_in_bank(actor, roles))
    )
    if found is None:
        raise NotFound
    return found


def list_imports(bank_id: int) -> Sequence[AnyRow]:
    """The imports into a bank with who brought them, the latest first."""
    return db.session.execute(
        select(BankImport, User.display_name)
        .join(User, User.id == BankImport.uploaded_by)
        .where(BankImport.bank_id == bank_id)
        .order_by(BankImport.id.desc())
        .limit(100)
    ).all()


def find_import_of_file(bank_id: int, digest: str, other_than: int) -> BankImport | None:
    """An earlier import of the very same file that stands in the bank."""
    return db.session.scalar(
        select(BankImport)
        .where(
            BankImport.bank_id == bank_id,
            BankImport.digest == digest,
            BankImport.id != other_than,
            BankImport.imported > 0,
        )
        .order_by(BankImport.id.desc())
        .limit(1)
    )


def remembered_meanings() -> dict[str, str]:
    """What staff said of headings: plain heading → meaning."""
    return {row.heading: row.meaning for row in db.session.scalars(select(ColumnMeaning))}


def list_bank_texts(bank_id: int) -> list[BankText]:
    """What the questions of a bank say now, retired ones too."""
    rows = db.session.execute(
        select(Question.id, Question.fingerprint, QuestionRevision.stem, QuestionRevision.options)
        .join(QuestionRevision, CURRENT)
        .where(Question.bank_id == bank_id, Question.state != State.STAGED)
    ).all()
    return [BankText(row.id, row.fingerprint, row.stem, tuple(row.options)) for row in rows]


def find_same_questions(bank_id: int, fingerprints: Iterable[str]) -> dict[str, int]:
    """Of some fingerprints those that questions of a bank have, with the questions' ids."""
    rows = db.session.execute(
        select(Question.fingerprint, Question.id).where(
            Question.bank_id == bank_id, Question.fingerprint.in_(list(fingerprints))
        )
    ).all()
    return {row.fingerprint: row.id for row in rows}


def count_by_standing(import_id: int) -> dict[Standing, int]:
    """How many staged questions stand where."""
    rows = db.session.execute(
        select(StagedQuestion.standing, func.count())
        .where(StagedQuestion.import_id == import_id)
        .group_by(StagedQuestion.standing)
    ).all()
    return {Standing(standing): count for standing, count in rows}


def _importable(import_id: int) -> ColumnElement[bool]:
    """Ready, and so is all the rest of its case."""
    other = aliased(StagedQuestion)
    is_half_a_case = exists().where(
        StagedQuestion.case_number > 0,
        other.import_id == StagedQuestion.import_id,
        other.case_number == StagedQuestion.case_number,
        other.standing.in_(WANTING),
    )
    return and_(
        StagedQuestion.import_id == import_id,
        StagedQuestion.standing == Standing.READY,
        not_(is_half_a_case),
    )


#: Becomes a new revision. What it was to replace may have gone with another import: then it is new.
_REPLACES = and_(
    func.coalesce(StagedQuestion.decision, "") == Decision.REPLACE, StagedQuestion.twin_id.is_not(None)
)


def count_importable(import_id: int) -> int:
    """How many staged questions a confirmation would bring into the bank."""
    counted = select(func.count()).select_from(StagedQuestion).where(_importable(import_id))
    return db.session.scalar(counted) or 0


def list_unwritten(import_id: int, limit: int) -> Sequence[StagedQuestion]:
    """The next staged questions that are to become new ones of the bank."""
    return db.session.scalars(
        select(StagedQuestion)
        .where(
            _importable(import_id),
            StagedQuestion.question_id.is_(None),
            not_(_REPLACES),
        )
        .order_by(StagedQuestion.position)
        .limit(limit)
    ).all()


def list_replacing(import_id: int) -> Sequence[StagedQuestion]:
    """The staged questions that are to become new revisions."""
    return db.session.scalars(
        select(StagedQuestion).where(_importable(import_id), _REPLACES).order_by(StagedQuestion.position)
    ).all()


def first_of_cases(import_id: int) -> dict[int, int]:
    """For each case of an import that is being written, its first question."""
    rows = db.session.execute(
        select(StagedQuestion.case_number, func.min(StagedQuestion.question_id))
        .where(
            StagedQuestion.import_id == import_id,
            StagedQuestion.case_number > 0,
            StagedQuestion.question_id.is_not(None),
            not_(_REPLACES),
        )
        .group_by(StagedQuestion.case_number)
    ).all()
    return {case: first for case, first in rows if first is not None}


def page_of_staged(import_id: int, standing: Standing | None) -> Select[StagedQuestion]:
    """The staged questions of an import, of one standing or of all, in the order of the file."""
    chosen = select(StagedQuestion).where(StagedQuestion.import_id == import_id)
    if standing is not None:
        chosen = chosen.where(StagedQuestion.standing == standing)
    return chosen.order_by(StagedQuestion.position)


def list_positions(import_id: int, position: int | None, standing: Standing) -> Sequence[StagedQuestion]:
    """The staged question of a position, or where none is given all of one standing. Raises NotFound."""
    if position is not None:
        return [get_staged(import_id, position)]
    return db.session.scalars(page_of_staged(import_id, standing)).all()


def get_staged(import_id: int, position: int) -> StagedQuestion:
    """One staged question of an import that was fetched with permission. Raises NotFound."""
    found = db.session.scalar(
        select(StagedQuestion).where(
            StagedQuestion.import_id == import_id, StagedQuestion.position == position
        )
    )
    if found is None:
        raise NotFound
    return found


def find_staged_same(import_id: int, fingerprint: str, other_than: int) -> bool:
    """Whether another question of the same import, not skipped, reads the same."""
    return (
        db.session.scalar(
            select(StagedQuestion.id)
            .where(
                StagedQuestion.import_id == import_id,
                StagedQuestion.fingerprint == fingerprint,
                StagedQuestion.position != other_than,
                StagedQuestion.standing != Standing.SKIPPED,
            )
            .limit(1)
        )
        is not None
    )


def delete_staged(import_id: int) -> None:
    """Forget the staged questions of an import."""
    db.session.execute(delete(StagedQuestion).where(StagedQuestion.import_id == import_id))


def show_written(import_id: int) -> int:
    """Let the questions that an import wrote be seen, all at once; returns how many."""
    written = select(StagedQuestion.question_id).where(
        StagedQuestion.import_id == import_id, StagedQuestion.standing == Standing.READY
    )
    shown = db.session.scalars(
        update(Question)
        .where(Question.id.in_(written), Question.state == State.STAGED)
        .values(state=State.DRAFT)
        .returning(Question.id)
        .execution_options(synchronize_session=False)
    ).all()
    db.session.execute(
        update(StagedQuestion)
        .where(
            StagedQuestion.import_id == import_id,
            StagedQuestion.standing == Standing.READY,
            StagedQuestion.question_id.is_not(None),
        )
        .values(standing=Standing.IMPORTED)
        .execution_options(synchronize_session=False)
    )
    return len(shown)
