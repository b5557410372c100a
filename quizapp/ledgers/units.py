"""The ledger of units: name, kind, the unit above, headcount."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.accounts.models import Unit, UnitKind, User
from quizapp.accounts.queries import get_unit_for, list_units_for
from quizapp.accounts.roles import Role
from quizapp.accounts.units import UnitPlan, create_unit, remove_unit
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.ledgers.columns import Column
from quizapp.ledgers.ledger import Cells, Judge, Judgement, Ledger, Write
from quizapp.ledgers.values import BadCell, fold_cell, read_count

NAME, KIND, PARENT, HEADCOUNT = "单位名称", "类型", "上级单位", "人数"
#: As the table of units holds.
MAX_NAME = 60

_KINDS = {kind.label: kind for kind in UnitKind if kind is not UnitKind.BUREAU}
_COLUMNS = (
    Column(
        NAME,
        ("名称", "单位", "单位全称", "机构名称", "名称全称"),
        required=True,
        hint=f"不超过 {MAX_NAME} 字，同一上级单位下不能重复。",
        sample="城关镇",
    ),
    Column(
        KIND,
        ("单位类型", "单位类别", "类别", "单位性质", "性质"),
        required=True,
        sample=UnitKind.TOWNSHIP.label,
        choices=tuple(_KINDS),
    ),
    Column(
        PARENT,
        ("上级", "所属单位", "隶属", "隶属单位", "主管单位", "主管部门", "所属乡镇", "上级单位名称"),
        hint="写名称；有同名单位时连同它的上级一起写，如“城关镇/东关村”。不填就在应急管理局之下。",
    ),
    Column(
        HEADCOUNT,
        ("人口", "总人数", "职工人数", "单位人数", "在册人数", "常住人口", "人口数"),
        hint="整数，不清楚可以不填。",
        sample="3200",
    ),
)

Path = tuple[str, ...]


class NoSuchParent(QuizError):
    """No unit is named so, or several are."""

    title = "没有找到上级单位"


@dataclass(frozen=True)
class _Row:
    """A row of the ledger that was understood."""

    name: str
    kind: UnitKind
    above: Path
    headcount: int | None


class _Tree:
    """The open units within an administrator's reach by their paths, and those that the file adds."""

    def __init__(self, actor: User) -> None:
        self.ids: dict[Path, int] = {}
        paths: dict[int | None, Path] = {}
        for unit, _ in list_units_for(actor, Role.ADMINISTRATOR):
            paths[unit.id] = (*paths.get(unit.parent_id, ()), fold_cell(unit.name))
            if not unit.closed:
                self.ids[paths[unit.id]] = unit.id
        self.top = next(iter(self.ids), None)
        self._by_name: dict[str, list[Path]] = {}
        for path in self.ids:
            self._by_name.setdefault(path[-1], []).append(path)

    def add(self, path: Path, unit_id: int) -> None:
        """Know one more unit; 0 where it is still to be made."""
        if path not in self.ids:
            self._by_name.setdefault(path[-1], []).append(path)
        self.ids[path] = unit_id

    def find(self, above: Path) -> Path | None:
        """The path of the one unit that is named so; None if none is. Raises BadCell where several are."""
        if not above:
            return self.top
        found = [path for path in self._by_name.get(above[-1], ()) if path[-len(above) :] == above]
        if len(found) > 1:
            raise BadCell("有几个单位叫这个名称。请连同它的上级一起写，如“城关镇/东关村”。")
        return found[0] if found else None


def _judging(actor: User) -> Judge:
    tree = _Tree(actor)

    def judge(cells: Cells) -> Judgement:
        row, problems = _understand(cells)
        parent = None
        try:
            parent = tree.find(row.above)
        except BadCell as error:
            problems.append((PARENT, error.sentence))
        else:
            path = (*(parent or row.above), fold_cell(row.name))
            if row.name and (path in tree.ids or path == tree.top):
                problems.append((NAME, "这个上级单位下已有同名单位。请改名，或者排除这一行。"))
        if problems:
            return Judgement(tuple(problems))
        tree.add(path, 0)
        return Judgement(cautions=() if parent else (_missing(cells[PARENT]),))

    return judge


def _missing(parent: str) -> str:
    return f"还没有上级单位“{parent}”。如果它在本文件的前面，会先导入；如果不在，请改正。"


def _understand(cells: Mapping[str, str]) -> tuple[_Row, list[tuple[str, str]]]:
    """A row, and what is wrong with its cells. That name and kind are there is looked at before."""
    problems = []
    if len(cells[NAME]) > MAX_NAME:
        problems.append((NAME, f"不能超过 {MAX_NAME} 字。"))
    headcount = None
    try:
        headcount = read_count(cells[HEADCOUNT]) if cells[HEADCOUNT] else None
    except BadCell as error:
        problems.append((HEADCOUNT, error.sentence))
    kind = _KINDS.get(cells[KIND], UnitKind.DEPARTMENT)
    return _Row(cells[NAME], kind, _path(cells[PARENT]), headcount), problems


def _path(text: str) -> Path:
    """城关镇/东关村 as the names of units, from above."""
    return tuple(part for part in re.split(r"[/\\>→]", fold_cell(text)) if part)


def _writing(actor: User) -> Write:
    tree = _Tree(actor)

    def write(cells: Cells) -> int:
        row, _ = _understand(cells)
        try:
            above = tree.find(row.above)
        except BadCell as error:
            raise NoSuchParent(error.sentence) from None
        if above is None:
            raise NoSuchParent(f"没有上级单位“{cells[PARENT]}”。请先导入它，或者改正名称。")
        parent = db.session.get_one(Unit, tree.ids[above])
        unit = create_unit(UnitPlan(row.name, row.kind, parent, row.headcount))
        tree.add((*above, fold_cell(row.name)), unit.id)
        return unit.id

    return write


def _erase(unit_id: int, actor: User) -> None:
    remove_unit(get_unit_for(actor, unit_id, Role.ADMINISTRATOR))


UNITS = Ledger(
    key="units",
    name="单位",
    columns=lambda: _COLUMNS,
    roles=frozenset({Role.ADMINISTRATOR}),
    judging=_judging,
    writing=_writing,
    erase=_erase,
    list_endpoint="accounts.units",
)
