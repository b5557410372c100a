"""Every select about stocks: what moves them, what they hold, who may move what. Lists stand beside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from quizapp.accounts.models import Posting, Unit, UnitDescent, User
from quizapp.accounts.queries import get_root, in_tree_order, units_beneath, units_within_reach
from quizapp.accounts.roles import Role
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials.models import Material, Movement, MovementKind, Stock, StockDay
from quizapp.publicity.staff import READERS, RECORDERS, REVIEWERS
from quizapp.publicity.workflow import State


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


def list_own_units(actor: User) -> Sequence[int]:
    """The ids of the units in which the actor records, without those beneath."""
    held = select(Posting.unit_id).where(Posting.user_id == actor.id, Posting.role.in_(RECORDERS))
    return db.session.scalars(held.distinct()).all()


def list_receivers(actor: User, unit: Unit) -> list[tuple[Unit, int]]:
    """The open units to which a unit may issue, in the order of the tree with their depth.

    They are within the actor's reach, and neither the unit itself nor above it.
    """
    above = select(UnitDescent.ancestor_id).where(UnitDescent.descendant_id == unit.id)
    found = db.session.scalars(
        select(Unit)
        .where(Unit.id.in_(units_within_reach(actor, *RECORDERS)), Unit.id.not_in(above), ~Unit.closed)
        .order_by(Unit.id)
    ).all()
    return in_tree_order(found)


def list_above(unit: Unit) -> Sequence[Unit]:
    """The units above a unit, the nearest first, whoever reaches them."""
    return db.session.scalars(
        select(Unit)
        .join(UnitDescent, UnitDescent.ancestor_id == Unit.id)
        .where(UnitDescent.descendant_id == unit.id, UnitDescent.depth > 0)
        .order_by(UnitDescent.depth)
    ).all()


def list_activities_of(unit: Unit, until: date, at_most: int) -> Sequence[Activity]:
    """The activities of a unit and those beneath it at which something can have been handed out, latest first."""
    return db.session.scalars(
        select(Activity)
        .where(
            Activity.unit_id.in_(units_beneath(unit.id)),
            Activity.begins_on <= until,
            Activity.state != State.VOIDED,
        )
        .order_by(Activity.begins_on.desc(), Activity.id.desc())
        .limit(at_most)
    ).all()


def find_activity_of(unit: Unit, activity_id: int) -> Activity | None:
    """An activity of a unit or of one beneath it."""
    return db.session.scalar(
        select(Activity).where(Activity.id == activity_id, Activity.unit_id.in_(units_beneath(unit.id)))
    )


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


def select_unconfirmed(actor: User) -> Select[Any]:
    """(movement, material, unit's name, activity) that wait for the actor's decision, the longest first.

    What was handed out, or taken back, at an activity that is confirmed already. Of a hand-out and its
    correction that nobody confirmed neither waits: together they count nothing.
    """
    other = aliased(Movement)
    cancelled = exists().where(
        other.confirmed_at.is_(None),
        or_(other.corrects_id == Movement.id, other.id == Movement.corrects_id),
    )
    return (
        select(Movement, Material, Unit.name.label("unit"), Activity)
        .join(Activity, Activity.id == Movement.activity_id)
        .join(Material, Material.id == Movement.material_id)
        .join(Unit, Unit.id == Movement.unit_id)
        .where(
            Movement.kind == MovementKind.HANDED_OUT,
            Movement.confirmed_at.is_(None),
            Activity.state == State.CONFIRMED,
            Movement.unit_id.in_(units_within_reach(actor, *REVIEWERS)),
            ~cancelled,
        )
        .order_by(Movement.id)
    )


def list_unconfirmed_movements_for(actor: User, movement_ids: Iterable[int]) -> Sequence[Movement]:
    """Of some movements those that wait for the actor's decision, in the order they were recorded."""
    chosen = select_unconfirmed(actor).where(Movement.id.in_(list(movement_ids)))
    return db.session.scalars(chosen.with_only_columns(Movement)).all()


def count_unconfirmed_movements(actor: User) -> int:
    """How many movements wait for the actor's decision."""
    counted = select_unconfirmed(actor).order_by(None).with_only_columns(func.count())
    return db.session.scalar(counted) or 0
