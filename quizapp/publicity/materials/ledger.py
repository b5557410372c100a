"""The ledger of movements that units keep: imported row by row through the stock, exported as filtered."""

from collections.abc import Iterator, Mapping
from datetime import date

from quizapp.accounts.models import User
from quizapp.accounts.queries import names_of_users
from quizapp.core.spreadsheets import MAX_ROWS
from quizapp.ledgers.ledger import Cells, Judge, Judgement, Ledger, Write
from quizapp.ledgers.reading_cells import NotUnderstood
from quizapp.ledgers.writing import Value
from quizapp.publicity.materials import queries, refusals, stock
from quizapp.publicity.materials.ledger_columns import (
    ACTIVITY,
    COUNTED_DIFFERENCE,
    COUNTERPART,
    DAY,
    KIND,
    MATERIAL,
    NOTE,
    QUANTITY,
    RECORDED_BY,
    UNIT,
    list_columns,
)
from quizapp.publicity.materials.list_queries import Filters, each_movement
from quizapp.publicity.materials.models import Movement, MovementKind
from quizapp.publicity.materials.reading_rows import Row, RowReader
from quizapp.publicity.materials.stock import Entry
from quizapp.publicity.staff import RECORDERS

#: The column of what a refusal concerns.
_COLUMNS = {
    "quantity": QUANTITY,
    "day": DAY,
    "unit_id": UNIT,
    "material_id": MATERIAL,
    "counterpart_id": COUNTERPART,
    "activity_id": ACTIVITY,
}
_INTO = frozenset({MovementKind.RECEIVED})


def _judging(actor: User) -> Judge:
    reader = RowReader(actor)
    seen: set[Row] = set()
    last_out: dict[tuple[int, int], date] = {}

    def judge(cells: Cells) -> Judgement:
        row, problems = reader.read(cells)
        if row is None:
            return Judgement(tuple(problems))
        try:
            _check(row)
        except refusals.Refused as error:
            return Judgement(((_COLUMNS[error.field], error.advice),))
        cautions = [row.supposed] if row.supposed else []
        if row in seen:
            cautions.append("本文件前面已有同样的一行，可能重复。")
        elif queries.has_same(_movement_like(row)):
            cautions.append("台账中已有同样的一笔，可能重复。")
        seen.add(row)
        key = (row.unit.id, row.material.id)
        if row.kind not in _INTO:
            last_out[key] = max(row.day, last_out.get(key, row.day))
        elif row.day <= last_out.get(key, date.min):
            cautions.append(
                "入库排在了发出的后面。请按日期从早到晚排列，否则前面的行会因为结存不够导不进去。"
            )
        return Judgement(cautions=tuple(cautions))

    return judge


def _check(row: Row) -> None:
    """What the stock will refuse whatever it holds."""
    refusals.check_entry(row.unit, row.material, row.day, row.kind)
    if row.kind is MovementKind.ISSUED and row.counterpart:
        refusals.check_receiver(row.unit, row.counterpart)
    if row.activity:
        refusals.check_activity(row.unit, row.day, row.activity)


def _movement_like(row: Row) -> Movement:
    """The giving side's row as it would stand; a count is another each time."""
    return Movement(
        unit_id=row.unit.id,
        material_id=row.material.id,
        day=row.day,
        kind=row.kind,
        quantity=row.quantity if row.kind in _INTO else -row.quantity,
        counterpart_id=row.counterpart.id if row.counterpart else None,
        activity_id=row.activity.id if row.activity else None,
    )


def _writing(actor: User) -> Write:
    """Each row moves the stock like one that is typed, so that one that would fall short says why."""
    reader = RowReader(actor)

    def write(cells: Cells) -> int:
        row, problems = reader.read(cells)
        if row is None:
            raise NotUnderstood(problems, "请核对宣传品的名称。")
        stock.lock_ledger()
        return _record(row, Entry(row.unit, row.material, row.day, row.quantity, actor, row.note)).id

    return write


def _record(row: Row, entry: Entry) -> Movement:
    if row.kind is MovementKind.ISSUED and row.counterpart:
        return stock.issue(entry, row.counterpart)
    if row.kind is MovementKind.RETURNED and row.counterpart:
        return stock.return_to(entry, row.counterpart)
    if row.activity:
        return stock.hand_out(entry, row.activity)
    return stock.count(entry) if row.kind is MovementKind.COUNTED else stock.receive(entry)


def _erase(movement_id: int, actor: User) -> None:
    """Take a movement back that an import recorded: none is ever deleted.

    Raises Refused where the stock was passed on since; what was taken back already is left so.
    """
    movement = queries.get_first_for(actor, movement_id)
    stock.lock_ledger()
    if not queries.is_taken_back(movement.id):
        stock.take_back(movement, actor, "撤销导入")


def export_rows(actor: User, filters: Filters) -> Iterator[Mapping[str, Value]]:
    """The movements that the filters leave as rows of the ledger, at most as many as can be imported.

    A quantity is what its type says: above 0 for what came, and for what went; below for a correction.
    """
    people: dict[int, str] = {}
    for movement, material, unit, counterpart, activity in each_movement(actor, filters, MAX_ROWS):
        if movement.recorded_by not in people:
            people |= names_of_users([movement.recorded_by])
        is_count = movement.kind == MovementKind.COUNTED
        yield {
            DAY: movement.day,
            UNIT: unit,
            MATERIAL: material.name,
            KIND: COUNTED_DIFFERENCE if is_count else movement.label,
            QUANTITY: movement.amount,
            COUNTERPART: counterpart or "",
            ACTIVITY: activity or "",
            NOTE: movement.note,
            RECORDED_BY: people.get(movement.recorded_by, ""),
        }


MOVEMENTS = Ledger(
    key="movements",
    name="宣传品出入库",
    columns=list_columns,
    roles=RECORDERS,
    judging=_judging,
    writing=_writing,
    erase=_erase,
    list_endpoint="publicity.movements",
)
