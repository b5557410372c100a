"""Moving materials. A unit's stock is never below zero at the end of any day. These add and flush."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import Unit, User
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.ledgers.values import LARGEST_COUNT
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials import queries
from quizapp.publicity.materials.models import Material, Movement, MovementKind, Stock, StockDay
from quizapp.publicity.materials.refusals import (
    AlreadyTakenBack,
    BadQuantity,
    NotEnough,
    NotTakenBack,
    TooMuch,
    check_activity,
    check_entry,
    check_receiver,
    check_upwards,
)


@dataclass(frozen=True)
class Entry:
    """What a person says of a movement."""

    unit: Unit
    material: Material
    #: The Shanghai day on which it happened, not after today.
    day: date
    #: Above 0; of a count it is what was found, 0 or more.
    quantity: int
    actor: User
    note: str = ""


def receive(entry: Entry) -> Movement:
    """入库: a unit gets a material from outside. Raises Refused."""
    return _write([_row(entry, MovementKind.RECEIVED, entry.quantity)])


def issue(entry: Entry, to: Unit) -> Movement:
    """下发: from a unit to one beneath or beside it, a row each; returns the giver's.

    The caller has seen to it that the actor reaches both units: whoever records for a unit reaches those
    beneath it. Raises Refused.
    """
    check_receiver(entry.unit, to)
    return _write(_pair(entry, MovementKind.ISSUED, to))


def return_to(entry: Entry, to: Unit) -> Movement:
    """退回: from a unit to one above it, a row each; returns the giver's.

    The unit above need not be within the actor's reach: a township returns to the bureau what is left.
    Raises Refused.
    """
    check_upwards(entry.unit, to)
    return _write(_pair(entry, MovementKind.RETURNED, to))


def hand_out(entry: Entry, activity: Activity) -> Movement:
    """发放: at an activity of the unit or of one beneath it, on its first day or later. Raises Refused.

    It counts once confirmed: with its activity, or by itself where that is confirmed already.
    """
    check_activity(entry.unit, entry.day, activity)
    row = _row(entry, MovementKind.HANDED_OUT, -entry.quantity)
    row.activity_id = activity.id
    return _write([row])


def count(entry: Entry) -> Movement:
    """盘点: what was found at the end of a day; the movement is the difference from the book.

    Raises Refused.
    """
    _lock([_row(entry, MovementKind.COUNTED, 0)])
    book = queries.balance_at(entry.unit.id, entry.material.id, entry.day)
    return _write([_row(entry, MovementKind.COUNTED, entry.quantity - book)])


def take_back(movement: Movement, actor: User, reason: str) -> Movement:
    """冲销: undo a movement, and the other row of its pair, by others on the same day. Raises Refused.

    ``movement`` is the first of its pair. What was taken back stays, and is taken back once.
    """
    if movement.corrects_id is not None:
        raise NotTakenBack
    rows = queries.list_pair(movement)
    reversals = [_reversal(row, actor, reason) for row in rows]
    _lock(reversals)
    if queries.is_taken_back(movement.id):
        raise AlreadyTakenBack
    try:
        with db.session.begin_nested():
            return _write(reversals)
    except IntegrityError as error:
        raise AlreadyTakenBack from error


def lock_ledger() -> None:
    """Let nobody else move anything until the transaction ends.

    For who moves many stocks in one transaction, in whatever order they come: a single movement locks its
    stocks in one order, and holds the ledger with others.
    """
    queries.lock_gate(alone=True)


def _row(entry: Entry, kind: MovementKind, quantity: int) -> Movement:
    check_entry(entry.unit, entry.material, entry.day, kind)
    if not (0 if kind is MovementKind.COUNTED else 1) <= entry.quantity <= LARGEST_COUNT:
        raise BadQuantity
    return Movement(
        unit_id=entry.unit.id,
        material_id=entry.material.id,
        day=entry.day,
        kind=kind,
        quantity=quantity,
        note=entry.note,
        recorded_by=entry.actor.id,
        recorded_at=clock.now(),
    )


def _pair(entry: Entry, kind: MovementKind, to: Unit) -> list[Movement]:
    first, second = _row(entry, kind, -entry.quantity), _row(entry, kind, entry.quantity)
    first.counterpart_id, second.counterpart_id = to.id, entry.unit.id
    second.unit_id = to.id
    return [first, second]


def _reversal(row: Movement, actor: User, reason: str) -> Movement:
    return Movement(
        unit_id=row.unit_id,
        material_id=row.material_id,
        day=row.day,
        kind=row.kind,
        quantity=-row.quantity,
        counterpart_id=row.counterpart_id,
        activity_id=row.activity_id,
        corrects_id=row.id,
        note=reason,
        recorded_by=actor.id,
        recorded_at=clock.now(),
    )


def _write(rows: Sequence[Movement]) -> Movement:
    """Add one movement, or the two rows of a pair, and carry the balances on; returns the first."""
    _lock(rows)
    for row in rows:
        _carry(row)
    first = rows[0]
    db.session.add(first)
    db.session.flush()
    for second in rows[1:]:
        second.pair_id = first.id
        db.session.add(second)
    db.session.flush()
    audit.record("take_back" if first.corrects_id else "record", "movement", first.corrects_id or first.id)
    return first


def _lock(rows: Sequence[Movement]) -> None:
    """Lock the stocks that the rows move, in one order for everybody, so that no two wait for each other."""
    queries.lock_gate(alone=False)
    for unit_id, material_id in sorted({(row.unit_id, row.material_id) for row in rows}):
        _ensure(Stock, unit_id=unit_id, material_id=material_id)
        queries.lock_stock(unit_id, material_id)


def _carry(row: Movement) -> None:
    """Change the balance of the row's day and of all later ones. Raises NotEnough, TooMuch.

    What would fall short is told before anything is written; the table's own check has the last word.
    """
    book = queries.read_book(row.unit_id, row.material_id, row.day, row.quantity)
    if book.lowest + row.quantity < 0:
        raise NotEnough.of(row, book)
    if book.highest + row.quantity > LARGEST_COUNT:
        raise TooMuch
    held = {"unit_id": row.unit_id, "material_id": row.material_id}
    _ensure(StockDay, **held, day=row.day, balance=book.at_day)
    db.session.execute(
        update(StockDay)
        .where(
            StockDay.unit_id == row.unit_id,
            StockDay.material_id == row.material_id,
            StockDay.day >= row.day,
        )
        .values(balance=StockDay.balance + row.quantity)
        .execution_options(synchronize_session=False)
    )


def _ensure(model: type[Stock] | type[StockDay], **values: object) -> None:
    """Insert a row unless its key is there."""
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    db.session.execute(insert(model).values(**values).on_conflict_do_nothing())
