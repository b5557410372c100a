"""Every select of the lists: balances at a day, movements, materials."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from quizapp.accounts.models import Unit, User
from quizapp.accounts.queries import units_beneath, units_within_reach
from quizapp.core.database import AnyRow
from quizapp.core.paging import PAGE_SIZE, Page, read_page
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials.models import Material, Movement, MovementKind, Stock, StockDay
from quizapp.publicity.materials.queries import latest_balance
from quizapp.publicity.staff import READERS


class BalanceOrder(StrEnum):
    """What a list of balances is sorted by."""

    UNIT = "unit"
    MATERIAL = "material"
    BALANCE = "balance"


class Order(StrEnum):
    """What a list of movements is sorted by."""

    DAY = "day"
    QUANTITY = "quantity"
    RECORDED = "recorded"


@dataclass(frozen=True)
class BalanceFilters:
    """What narrows a list of balances down, and their day."""

    day: date
    unit_id: int | None = None
    category: str = ""
    words: str = ""
    order: BalanceOrder = BalanceOrder.UNIT
    descending: bool = False


@dataclass(frozen=True)
class Filters:
    """What narrows a list of movements down; both days included."""

    kind: MovementKind | None = None
    unit_id: int | None = None
    material_id: int | None = None
    first: date | None = None
    last: date | None = None
    words: str = ""
    order: Order = Order.DAY
    descending: bool = True


@dataclass(frozen=True)
class Totals:
    """Sums over all rows that the filters leave, of the materials of one unit of measure."""

    measure: str
    movements: int
    #: What came into the stocks and went out of them; corrections lessen what they correct.
    came: int
    went: int
    #: Of what went out, what was handed out at activities.
    handed_out: int
    #: Differences found by counting.
    counted: int


def list_materials() -> Sequence[Material]:
    """Every material, those that are offered first, by category and name."""
    return db.session.scalars(
        select(Material).order_by(Material.retired, Material.category, Material.name)
    ).all()


def list_categories() -> list[str]:
    """The categories of the materials, by name."""
    return list(db.session.scalars(select(Material.category).distinct().order_by(Material.category)))


def get_material(material_id: int) -> Material:
    """A material. Raises NotFound."""
    material = db.session.get(Material, material_id)
    if material is None:
        raise NotFound
    return material


def is_moved(material_id: int) -> bool:
    """Whether any unit ever moved a material."""
    held = select(Stock.unit_id).where(Stock.material_id == material_id).limit(1)
    return db.session.scalar(held) is not None


def page_of_balances(actor: User, filters: BalanceFilters, number: int) -> Page[AnyRow]:
    """A page of (unit_id, unit, material, balance) that the actor reads, at the end of a day."""
    balances = _balances(actor, filters)
    found = (
        select(balances.c.unit_id, balances.c.unit, Material, balances.c.balance)
        .join(Material, Material.id == balances.c.material_id)
        .where(balances.c.balance.is_not(None))
    )
    sorted_by = {
        BalanceOrder.UNIT: (balances.c.unit_id, balances.c.material_id),
        BalanceOrder.MATERIAL: (Material.category, Material.name, balances.c.unit_id),
        BalanceOrder.BALANCE: (balances.c.balance, balances.c.unit_id, balances.c.material_id),
    }[filters.order]
    return read_page(found.order_by(*(_turned(column, filters.descending) for column in sorted_by)), number)


def sum_balances(actor: User, filters: BalanceFilters) -> Sequence[AnyRow]:
    """(material, balance) of all that the filters leave, over all units."""
    balances = _balances(actor, filters)
    sums = (
        select(balances.c.material_id, func.sum(balances.c.balance).label("balance"))
        .where(balances.c.balance.is_not(None))
        .group_by(balances.c.material_id)
        .subquery()
    )
    return db.session.execute(
        select(Material, sums.c.balance)
        .join(sums, sums.c.material_id == Material.id)
        .order_by(Material.category, Material.name)
    ).all()


def _balances(actor: User, filters: BalanceFilters) -> Any:
    chosen = (
        select(
            Stock.unit_id,
            Stock.material_id,
            Unit.name.label("unit"),
            latest_balance(filters.day).label("balance"),
        )
        .join(Unit, Unit.id == Stock.unit_id)
        .join(Material, Material.id == Stock.material_id)
        .where(Stock.unit_id.in_(units_within_reach(actor, *READERS)))
    )
    if filters.unit_id:
        chosen = chosen.where(Stock.unit_id.in_(units_beneath(filters.unit_id)))
    if filters.category:
        chosen = chosen.where(Material.category == filters.category)
    if filters.words:
        said = (column.contains(filters.words, autoescape=True) for column in (Unit.name, Material.name))
        chosen = chosen.where(or_(*said))
    return chosen.subquery()


def page_of_stock(unit_id: int, material_id: int, number: int) -> Page[AnyRow]:
    """A page of (movement, balance at the end of its day, counterpart's name, activity), the latest first."""
    other = aliased(Unit)
    found = (
        select(Movement, StockDay.balance, other.name.label("counterpart"), Activity)
        .join(
            StockDay,
            and_(
                StockDay.unit_id == Movement.unit_id,
                StockDay.material_id == Movement.material_id,
                StockDay.day == Movement.day,
            ),
        )
        .join(other, other.id == Movement.counterpart_id, isouter=True)
        .join(Activity, Activity.id == Movement.activity_id, isouter=True)
        .where(Movement.unit_id == unit_id, Movement.material_id == material_id)
        .order_by(Movement.day.desc(), Movement.id.desc())
    )
    counted = select(func.count()).where(Movement.unit_id == unit_id, Movement.material_id == material_id)
    return read_page(found, number, total=db.session.scalar(counted) or 0)


def page_of_movements(actor: User, filters: Filters, number: int) -> tuple[Page[AnyRow], list[Totals]]:
    """A page of movements with their names, as ``each_movement`` gives them, and the sums over all pages."""
    totals = _sum_movements(actor, filters)
    total = sum(one.movements for one in totals)
    numbers = _ordered(_narrowed(select(Movement.id), actor, filters), filters)
    page = read_page(numbers, number, total=total)
    rows = db.session.execute(_ordered(_with_names(), filters).where(Movement.id.in_(page.items))).all()
    return Page(rows, page.number, page.total, PAGE_SIZE), totals


def each_movement(actor: User, filters: Filters, at_most: int) -> Iterator[AnyRow]:
    """(movement, material, unit, counterpart, activity) of all that the filters leave, read as they pass.

    The last three are names; the last two None where there is none.
    """
    chosen = _ordered(_narrowed(_with_names(), actor, filters), filters).limit(at_most)
    yield from db.session.execute(chosen.execution_options(yield_per=1000))


def count_movements(actor: User, filters: Filters) -> int:
    """How many movements the filters leave."""
    return db.session.scalar(_narrowed(select(func.count(Movement.id)), actor, filters)) or 0


def _sum_movements(actor: User, filters: Filters) -> list[Totals]:
    """By unit of measure, from sums by material and kind that one index holds."""
    second = case((Movement.pair_id.is_not(None), Movement.quantity), else_=0)
    sums = select(
        _scanned(Movement.material_id, actor, filters).label("material_id"),
        _scanned(Movement.kind, actor, filters).label("kind"),
        func.count().label("movements"),
        func.sum(Movement.quantity).label("quantity"),
        func.sum(second).label("second"),
    ).group_by(*(_scanned(column, actor, filters) for column in (Movement.material_id, Movement.kind)))
    measures = {material.id: material.measure for material in list_materials()}
    by_measure: dict[str, list[AnyRow]] = {}
    for row in db.session.execute(_narrowed(sums, actor, filters)):
        by_measure.setdefault(measures[row.material_id], []).append(row)
    return [_add_up(measure, rows) for measure, rows in sorted(by_measure.items())]


def _add_up(measure: str, rows: Sequence[AnyRow]) -> Totals:
    """A correction stands on the side of what it corrects; of a pair each row on its own."""
    received, handed_out, counted = (
        sum(int(row.quantity) for row in rows if row.kind == kind)
        for kind in (MovementKind.RECEIVED, MovementKind.HANDED_OUT, MovementKind.COUNTED)
    )
    came = received + sum(int(row.second) for row in rows)
    at_all = sum(int(row.quantity) for row in rows)
    movements = sum(row.movements for row in rows)
    return Totals(measure, movements, came, came + counted - at_all, -handed_out, counted)


def _with_names() -> Select[Movement, Material, str, str, str]:
    other = aliased(Unit)
    return (
        select(
            Movement,
            Material,
            Unit.name.label("unit"),
            other.name.label("counterpart"),
            Activity.title.label("activity"),
        )
        .join(Material, Material.id == Movement.material_id)
        .join(Unit, Unit.id == Movement.unit_id)
        .join(other, other.id == Movement.counterpart_id, isouter=True)
        .join(Activity, Activity.id == Movement.activity_id, isouter=True)
    )


def _narrowed(chosen: Any, actor: User, filters: Filters) -> Any:
    if not _reads_everything(actor):
        chosen = chosen.where(Movement.unit_id.in_(units_within_reach(actor, *READERS)))
    if filters.kind:
        chosen = chosen.where(Movement.kind == filters.kind)
    if filters.unit_id:
        chosen = chosen.where(Movement.unit_id.in_(units_beneath(filters.unit_id)))
    if filters.material_id:
        chosen = chosen.where(Movement.material_id == filters.material_id)
    if filters.first:
        chosen = chosen.where(Movement.day >= filters.first)
    if filters.last:
        chosen = chosen.where(Movement.day <= filters.last)
    if filters.words:
        titled = select(Activity.id).where(Activity.title.contains(filters.words, autoescape=True))
        said = Movement.note.contains(filters.words, autoescape=True)
        chosen = chosen.where(or_(said, Movement.activity_id.in_(titled)))
    return chosen


def _reads_everything(actor: User) -> bool:
    """Whether a posting in the bureau itself reaches every unit, so that none need be looked up."""
    return any(one.role in READERS and one.unit.parent_id is None for one in actor.postings)


def _ordered(chosen: Any, filters: Filters) -> Any:
    column = {
        Order.DAY: func.coalesce(Movement.day, Movement.day) if filters.words else Movement.day,
        Order.QUANTITY: func.abs(Movement.quantity),
        Order.RECORDED: Movement.id,
    }[filters.order]
    columns = (column,) if filters.order is Order.RECORDED else (column, Movement.id)
    return chosen.order_by(*(_turned(one, filters.descending) for one in columns))


def _scanned(column: Any, actor: User, filters: Filters) -> Any:
    """A column to sort or group by, in an index's order where that index holds all that is asked.

    Otherwise SQLite would follow the index into every row of the table, which takes ten times as long as
    reading them as they stand.
    """
    if filters.words or not _reads_everything(actor):
        return func.coalesce(column, column)
    return column


def _turned(column: Any, descending: bool) -> Any:
    return column.desc() if descending else column
