"""Every select of the part."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select

from quizapp.accounts.models import User
from quizapp.accounts.queries import managed_users
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.ledgers.ledger import Ledger, ledgers_of
from quizapp.ledgers.models import LedgerHeading, LedgerImport, LedgerRow
from quizapp.ledgers.standing import IMPORTABLE, Standing


def get_ledger_for(actor: User, key: str) -> Ledger:
    """A ledger that the actor may import. Raises NotFound."""
    found = next((ledger for ledger in ledgers_of(actor) if ledger.key == key), None)
    if found is None:
        raise NotFound
    return found


def _seen_by(actor: User) -> ColumnElement[bool]:
    """Their own imports; for an administrator those of everybody whose account they manage.

    Only of ledgers that they may import at present.
    """
    return and_(
        LedgerImport.ledger_key.in_([ledger.key for ledger in ledgers_of(actor)]),
        or_(LedgerImport.uploaded_by == actor.id, LedgerImport.uploaded_by.in_(managed_users(actor))),
    )


def get_import(import_id: int) -> LedgerImport:
    """An import, for the job that works on it."""
    return db.session.get_one(LedgerImport, import_id)


def get_import_for(actor: User, import_id: int) -> LedgerImport:
    """An import that the actor sees. Raises NotFound."""
    found: LedgerImport | None = db.session.scalar(
        select(LedgerImport).where(LedgerImport.id == import_id, _seen_by(actor))
    )
    if found is None:
        raise NotFound
    return found


def list_imports_for(actor: User, key: str) -> Sequence[AnyRow]:
    """The imports of a ledger that the actor sees, with who brought them, the latest first."""
    return db.session.execute(
        select(LedgerImport, User.display_name)
        .join(User, User.id == LedgerImport.uploaded_by)
        .where(LedgerImport.ledger_key == key, _seen_by(actor))
        .order_by(LedgerImport.id.desc())
        .limit(100)
    ).all()


def get_user(user_id: int | None) -> User:
    """The account for which a job works."""
    return db.session.get_one(User, user_id)


def find_import_of_file(begun: LedgerImport) -> LedgerImport | None:
    """Another import of the very same file into the same ledger of which something stands."""
    return db.session.scalar(
        select(LedgerImport)
        .where(
            LedgerImport.ledger_key == begun.ledger_key,
            LedgerImport.digest == begun.digest,
            LedgerImport.id != begun.id,
            LedgerImport.imported > 0,
        )
        .order_by(LedgerImport.id.desc())
        .limit(1)
    )


def remembered_headings(key: str) -> dict[str, str]:
    """What staff said of a ledger's headings: plain heading → name of a column."""
    told = db.session.scalars(select(LedgerHeading).where(LedgerHeading.ledger_key == key))
    return {row.heading: row.name for row in told}


def count_by_standing(import_id: int) -> dict[Standing, int]:
    """How many rows stand where."""
    rows = db.session.execute(
        select(LedgerRow.standing, func.count())
        .where(LedgerRow.import_id == import_id)
        .group_by(LedgerRow.standing)
    ).all()
    return {Standing(standing): count for standing, count in rows}


def count_standing(import_id: int, *standings: Standing) -> int:
    """How many rows of an import stand in one of these."""
    counts = count_by_standing(import_id)
    return sum(counts.get(standing, 0) for standing in standings)


def page_of_rows(import_id: int, standing: Standing | None) -> Select[LedgerRow]:
    """The rows of an import, of one standing or of all, in the order of the file."""
    chosen = select(LedgerRow).where(LedgerRow.import_id == import_id)
    if standing is not None:
        chosen = chosen.where(LedgerRow.standing == standing)
    return chosen.order_by(LedgerRow.position)


def get_row(import_id: int, position: int) -> LedgerRow:
    """One row of an import that was fetched with permission. Raises NotFound."""
    found = db.session.scalar(
        select(LedgerRow).where(LedgerRow.import_id == import_id, LedgerRow.position == position)
    )
    if found is None:
        raise NotFound
    return found


def list_chosen(import_id: int, position: int | None, standing: Standing) -> Sequence[LedgerRow]:
    """The row of a position, or where none is given all of one standing. Raises NotFound."""
    if position is not None:
        return [get_row(import_id, position)]
    return db.session.scalars(page_of_rows(import_id, standing)).all()


def list_importable(import_id: int, limit: int) -> Sequence[LedgerRow]:
    """The next rows that a confirmation writes, as they stand in the database now, locked."""
    return db.session.scalars(
        select(LedgerRow)
        .where(LedgerRow.import_id == import_id, LedgerRow.standing.in_(IMPORTABLE))
        .order_by(LedgerRow.position)
        .limit(limit)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def list_imported(import_id: int, before: int, limit: int) -> Sequence[LedgerRow]:
    """The next rows above a position that became records, the last first, as they stand now, locked."""
    return db.session.scalars(
        select(LedgerRow)
        .where(
            LedgerRow.import_id == import_id,
            LedgerRow.standing == Standing.IMPORTED,
            LedgerRow.position < before,
        )
        .order_by(LedgerRow.position.desc())
        .limit(limit)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def delete_rows(import_id: int) -> None:
    """Forget the rows of an import."""
    db.session.execute(delete(LedgerRow).where(LedgerRow.import_id == import_id))
