"""From a row of a movement ledger to what it means: units, material and activity found by their names."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from quizapp.accounts.models import Unit, User
from quizapp.accounts.queries import list_units_for
from quizapp.ledgers.ledger import Cells
from quizapp.ledgers.reading_cells import CellReader, Problems
from quizapp.ledgers.values import BadCell, fold_cell, read_count, read_day
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials import offer_queries
from quizapp.publicity.materials.forms import MAX_NOTE
from quizapp.publicity.materials.ledger_columns import (
    ACTIVITY,
    COUNTERPART,
    DAY,
    KIND,
    MATERIAL,
    NOTE,
    QUANTITY,
    UNIT,
)
from quizapp.publicity.materials.list_queries import list_materials
from quizapp.publicity.materials.models import Material, MovementKind
from quizapp.publicity.queries import list_own_units
from quizapp.publicity.staff import RECORDERS
from quizapp.publicity.unit_names import UnitNames

_KINDS = {kind.label: kind for kind in MovementKind}
#: What stands after a number and is no unit of measure.
_NUMERALS = "〇零一二两三四五六七八九十百千万亿"


@dataclass(frozen=True)
class Row:
    """A row of the ledger that was understood."""

    kind: MovementKind
    unit: Unit
    material: Material
    day: date
    quantity: int
    note: str
    counterpart: Unit | None = None
    activity: Activity | None = None
    #: What the row doesn't say and was supposed, for the person to look at.
    supposed: str = ""


class RowReader:
    """Reads rows, with the units and materials that a person may choose read beforehand."""

    def __init__(self, actor: User) -> None:
        self._materials = {material.name: material for material in list_materials()}
        units, own = list_units_for(actor, *RECORDERS), list_own_units(actor)
        self._by_id = {unit.id: unit for unit, _ in units}
        self._names = UnitNames(units, own[0] if len(own) == 1 else None, with_closed=True)

    def read(self, cells: Cells) -> tuple[Row | None, Problems]:
        """What a row means, and what is wrong with its cells; None where anything is."""
        row = CellReader(cells)
        row.limit({NOTE: MAX_NOTE})
        material = self._materials.get(cells[MATERIAL])
        kind = row.take(KIND, lambda _: _kind_of(cells), None, even_empty=True)
        day = row.take(DAY, read_day, None, even_empty=True)
        quantity = row.take(QUANTITY, lambda text: _quantity(text, material, kind), None, even_empty=True)
        unit = row.take(UNIT, self._find_unit, None, even_empty=True)
        if row.problems or not (material and kind and day and unit) or quantity is None:
            return None, row.problems
        read = Row(kind, unit, material, day, quantity, cells[NOTE])
        other_side = {
            MovementKind.ISSUED: (COUNTERPART, self._issued_to),
            MovementKind.RETURNED: (COUNTERPART, _returned_to),
            MovementKind.HANDED_OUT: (ACTIVITY, _handed_out_at),
        }
        if kind not in other_side:
            return read, []
        column, find = other_side[kind]
        return row.take(column, lambda text: find(read, text), None, even_empty=True), row.problems

    def _find_unit(self, text: str) -> Unit:
        return self._by_id[self._names.find(text)]

    def _issued_to(self, row: Row, text: str) -> Row:
        if not text:
            raise BadCell("请写明下发给哪个单位。")
        absent = "没有这个单位，或者不归您填报。下发只能写下级单位，或您能填报的单位。"
        return replace(row, counterpart=self._by_id[self._names.find(text, absent)])


def _kind_of(cells: Cells) -> MovementKind:
    if cells[KIND] in _KINDS:
        return _KINDS[cells[KIND]]
    if not cells[KIND] and cells[ACTIVITY]:
        return MovementKind.HANDED_OUT
    if not cells[KIND] and cells[COUNTERPART]:
        return MovementKind.ISSUED
    raise BadCell("请写明是入库、下发、发放、退回还是盘点。")


def _quantity(text: str, material: Material | None, kind: MovementKind | None) -> int:
    measure = re.search(rf"[^\W\d_{_NUMERALS}]+$", unicodedata.normalize("NFKC", text).strip())
    number = read_count(text)
    if material and measure and measure[0] != material.measure:
        raise BadCell(f"{material.name}按“{material.measure}”登记。请换算后只写数字。")
    if not number and kind is not MovementKind.COUNTED:
        raise BadCell("数量应大于 0。没有发生的行请排除。")
    return number


def _returned_to(row: Row, text: str) -> Row:
    above = offer_queries.list_above(row.unit)
    wanted = fold_cell(text)
    found = [unit for unit in above if not wanted or fold_cell(unit.name) == wanted]
    if not found:
        raise BadCell("退回只能给上级单位。请写上级单位的名称，或者不填。")
    return replace(row, counterpart=found[0])


def _handed_out_at(row: Row, text: str) -> Row:
    if text:
        activity = offer_queries.find_activity_named(row.unit, text, row.day)
        if activity is None:
            raise BadCell(f"{row.day} 之前没有登记过活动“{text[:30]}”。请先记录活动，或者改正名称和日期。")
        return replace(row, activity=activity)
    held = offer_queries.list_activities_on(row.unit, row.day)
    if len(held) != 1:
        raise BadCell("发放要写明在哪次活动上。请填写活动名称。")
    return replace(row, activity=held[0], supposed=f"没有写活动名称，按当天的“{held[0].title}”登记。")
