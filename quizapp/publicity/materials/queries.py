"""Every select about stocks: what moves them, what they hold, who may move what. Lists stand beside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    select,
)
from sqlalchemy.orm import aliased

from quizapp.accounts.models import Unit, UnitDescent, User
from quizapp.accounts.queries import get_root, units_within_reach
from quizapp.accounts.roles import Role
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials.models import Material, Movement, MovementKind, Stock, StockDay
from quizapp.publicity.staff import READERS, RECORDERS, REVIEWERS
from quizapp.publicity.workflow import State

#: Written into the statement as it is, so that the index of what is unconfirmed is seen to fit.
_HANDED_OUT: BindParameter[str] = bindparam(None, MovementKind.HANDED_OUT.value, literal_execute=True)


@dataclass(frozen=True)
class Book:
    """A stock's balances from a day on, before a change of that day."""

    #: At the end of the day itself.
    at_day: int
    #: Over the day and all later ones.
    lowest: int
    highest: int
    #: The first day on which the change would leave less than nothing, and what it holds; None if none.
    short_on: date | None
    short_from: int


def lock_gate(alone: bool) -> None:
    """Hold the ledger with others, or alone, until the transaction ends: by a lock on the bureau's row.

    Neither keeps anybody from recording for the bureau; SQLite has one writer anyway.
    """
    how = {"key_share": True} if alone else {"read": True}
    db.session.refresh(get_root(), ["name"], with_for_update=how)


def lock_stock(unit_id: int, material_id: int) -> None:
    """Lock a stock that there is until the transaction ends."""
    held = and_(Stock.unit_id == unit_id, Stock.material_id == material_id)
    db.session.execute(select(Stock.unit_id).where(held).with_for_update())


def read_book(unit_id: int, material_id: int, day: date, change: int) -> Book:
    """A stock's balances from a day on, and where a change of that day would leave too little."""
    opening = balance_at(unit_id, material_id, day)
    later = and_(_of_stock(unit_id, material_id), StockDay.day > day)
    lowest, highest = db.session.execute(
        select(func.min(StockDay.balance), func.max(StockDay.balance)).where(later)
    ).one()
    short_on, short_from = (day, opening) if opening + change < 0 else (None, 0)
    if short_on is None and lowest is not None and lowest + change < 0:
        short_on, short_from = db.session.execute(
            select(StockDay.day, StockDay.balance)
            .where(later, StockDay.balance + change < 0)
            .order_by(StockDay.day)
            .limit(1)
        ).one()
    at_all = [balance for balance in (opening, lowest, highest) if balance is not None]
    return Book(opening, min(at_all), max(at_all), short_on, short_from)


def balance_at(unit_id: int, material_id: int, day: date) -> int:
    """What a unit has of a material at the end of a day."""
    found = (
        select(StockDay.balance)
        .where(_of_stock(unit_id, material_id), StockDay.day <= day)
        .order_by(StockDay.day.desc())
        .limit(1)
    )
    return db.session.scalar(found) or 0


def balances_of_unit(unit_id: int) -> dict[int, int]:
    """What a unit has now, by material."""
    balance = latest_balance(None).label("balance")
    rows = db.session.execute(select(Stock.material_id, balance).where(Stock.unit_id == unit_id))
    return {row.material_id: row.balance or 0 for row in rows}


def latest_balance(until: date | None) -> ScalarSelect[int]:
    """Of a row of stocks what it holds at the end of a day, or now; None before it first moved."""
    found = select(StockDay.balance).where(
        StockDay.unit_id == Stock.unit_id, StockDay.material_id == Stock.material_id
    )
    if until is not None:
        found = found.where(StockDay.day <= until)
    return found.order_by(StockDay.day.desc()).limit(1).correlate(Stock).scalar_subquery()


def _of_stock(unit_id: int, material_id: int) -> ColumnElement[bool]:
    return and_(StockDay.unit_id == unit_id, StockDay.material_id == material_id)


def names_of_stock(unit_id: int, material_id: int) -> tuple[str, Material]:
    """The unit's name and the material."""
    return db.session.get_one(Unit, unit_id).name, db.session.get_one(Material, material_id)


def is_beneath(unit_id: int, above_id: int) -> bool:
    """Whether a unit is another, or stands beneath it."""
    return db.session.get(UnitDescent, (above_id, unit_id)) is not None


def list_pair(movement: Movement) -> list[Movement]:
    """A movement and, where it is the first of a pair, the second."""
    second = db.session.scalar(select(Movement).where(Movement.pair_id == movement.id))
    return [movement, second] if second else [movement]


def is_taken_back(movement_id: int) -> bool:
    """Whether a correction takes a movement back."""
    return db.session.scalar(select(Movement.id).where(Movement.corrects_id == movement_id)) is not None


def get_movement_for(actor: User, movement_id: int, roles: frozenset[Role] = READERS) -> Movement:
    """A movement of a unit that the actor reaches by one of the roles. Raises NotFound."""
    found = db.session.scalar(
        select(Movement).where(
            Movement.id == movement_id, Movement.unit_id.in_(units_within_reach(actor, *roles))
        )
    )
    if found is None:
        raise NotFound
    return found


def get_first_for(actor: User, movement_id: int) -> Movement:
    """A movement, or the first of its pair, that the actor may take back. Raises NotFound.

    It is who gave that takes a pair back, so the giving unit must be within reach.
    """
    first = select(func.coalesce(Movement.pair_id, Movement.id)).where(Movement.id == movement_id)
    return get_movement_for(actor, db.session.scalar(first) or 0, RECORDERS)


def find_correction(movement: Movement) -> Movement | None:
    """The correction that takes a movement back."""
    return db.session.scalar(select(Movement).where(Movement.corrects_id == movement.id))


def get_unit(unit_id: int) -> Unit:
    """The unit of a record that the actor may read."""
    return db.session.get_one(Unit, unit_id)


def has_same(like: Movement) -> bool:
    """Whether a movement says the same as one that is not recorded yet, and was not taken back."""
    correction = aliased(Movement)
    columns = ("unit_id", "material_id", "day", "kind", "quantity", "counterpart_id", "activity_id")
    same = select(Movement.id).where(
        *(getattr(Movement, column).is_not_distinct_from(getattr(like, column)) for column in columns),
        Movement.corrects_id.is_(None),
        ~exists().where(correction.corrects_id == Movement.id),
    )
    return db.session.scalar(same.limit(1)) is not None


def find_activity(movement: Movement) -> Activity | None:
    """The activity at which a movement was handed out."""
    return db.session.get(Activity, movement.activity_id) if movement.activity_id else None


def may_take_back(actor: User, movement: Movement) -> bool:
    """Whether the actor may take a movement back, which nobody has yet."""
    if movement.corrects_id is not None or is_taken_back(movement.pair_id or movement.id):
        return False
    try:
        get_first_for(actor, movement.id)
    except NotFound:
        return False
    return True


def list_movements_of_activity(activity_id: int) -> Sequence[AnyRow]:
    """(movement, material, unit's name, whether it is taken back) of what was handed out, in that order."""
    correction = aliased(Movement)
    return db.session.execute(
        select(Movement, Material, Unit.name.label("unit"), correction.id.is_not(None).label("is_taken_back"))
        .join(Material, Material.id == Movement.material_id)
        .join(Unit, Unit.id == Movement.unit_id)
        .join(correction, correction.corrects_id == Movement.id, isouter=True)
        .where(Movement.activity_id == activity_id)
        .order_by(Movement.day, Movement.id)
    ).all()


def select_unconfirmed(actor: User) -> Select[Movement, Material, str, Activity]:
    """(movement, material, unit's name, activity) that wait for the actor's decision, the longest first.

    What was handed out, or taken back, at an activity that is confirmed already. Of a hand-out and its
    correction that nobody confirmed neither waits: together they count nothing.
    """
    # Apart, since each is found by an index of its own; one "or" would read every pair of movements.
    correction, corrected = aliased(Movement), aliased(Movement)
    is_corrected = exists().where(correction.corrects_id == Movement.id, correction.confirmed_at.is_(None))
    corrects = exists().where(corrected.id == Movement.corrects_id, corrected.confirmed_at.is_(None))
    return (
        select(Movement, Material, Unit.name.label("unit"), Activity)
        .join(Activity, Activity.id == Movement.activity_id)
        .join(Material, Material.id == Movement.material_id)
        .join(Unit, Unit.id == Movement.unit_id)
        .where(
            Movement.kind == _HANDED_OUT,
            Movement.confirmed_at.is_(None),
            Activity.state == State.CONFIRMED,
            Movement.unit_id.in_(units_within_reach(actor, *REVIEWERS)),
            ~is_corrected,
            ~corrects,
        )
        .order_by(Movement.id)
    )


def movements_to_confirm(
    activity: Activity, actor: User, seen_movement: int, but_for_own: bool
) -> Select[int]:
    """The ids of what was handed out at an activity that a reviewer confirms together with it."""
    first = aliased(Movement)
    chosen = (
        select(Movement.id)
        .join(first, first.id == func.coalesce(Movement.corrects_id, Movement.id))
        .where(
            Movement.activity_id == activity.id,
            Movement.id <= seen_movement,
            Movement.kind == MovementKind.HANDED_OUT,
            Movement.confirmed_at.is_(None),
            Movement.unit_id.in_(units_within_reach(actor, *REVIEWERS)),
        )
    )
    return chosen.where(first.recorded_by != actor.id) if but_for_own else chosen


def list_unconfirmed_movements_for(actor: User, movement_ids: Iterable[int]) -> Sequence[Movement]:
    """Of some movements those that wait for the actor's decision, in the order they were recorded."""
    chosen = select_unconfirmed(actor).where(Movement.id.in_(list(movement_ids)))
    return db.session.scalars(chosen.with_only_columns(Movement)).all()


def count_unconfirmed_movements(actor: User) -> int:
    """How many movements wait for the actor's decision."""
    counted = select_unconfirmed(actor).order_by(None).with_only_columns(func.count())
    return db.session.scalar(counted) or 0


def find_latest_movement() -> int:
    """The number of the latest movement, 0 before the first."""
    return db.session.scalar(select(func.max(Movement.id))) or 0


def handed_out_at(activity_ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """For each activity (material, measure, quantity) of what was handed out there and not taken back."""
    quantity = (-func.sum(Movement.quantity)).label("quantity")
    rows = db.session.execute(
        select(Movement.activity_id, Material.name, Material.measure, quantity)
        .join(Material, Material.id == Movement.material_id)
        .where(Movement.activity_id.in_(activity_ids), Movement.kind == MovementKind.HANDED_OUT)
        .group_by(Movement.activity_id, Material.id, Material.name, Material.measure)
        .having(func.sum(Movement.quantity) < 0)
        .order_by(Material.id)
    )
    found: dict[int, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.activity_id, []).append(row)
    return found
