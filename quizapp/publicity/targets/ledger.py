"""The ledger of targets: unit, kind, year, number."""

import re
from collections.abc import Iterator, Mapping

from quizapp.accounts.models import User
from quizapp.accounts.queries import list_units_for
from quizapp.core import clock
from quizapp.ledgers.columns import Column
from quizapp.ledgers.ledger import Cells, Judge, Judgement, Ledger, Write
from quizapp.ledgers.reading_cells import NotUnderstood
from quizapp.ledgers.values import FIRST_YEAR, LAST_YEAR, BadCell, fold_cell, read_count
from quizapp.ledgers.writing import Value
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.staff import KEEPERS, READERS
from quizapp.publicity.targets import planning, queries
from quizapp.publicity.targets.forms import MAX_PLANNED
from quizapp.publicity.targets.showing import YearProgress, name_kinds
from quizapp.publicity.unit_names import UnitNames, label_units

UNIT, KIND, YEAR, PLANNED = "单位", "类型", "年度", "计划数"
DONE, PERCENT, WANTING = "完成数", "进度", "落后"

_YEAR = re.compile(r"(\d{4})(?:年度?)?(?:\.0+)?")
Key = tuple[int, int, int | None]


def list_columns() -> tuple[Column, ...]:
    """The columns; the kinds to choose from are those on the list now, and releases."""
    kinds = tuple(name_kinds([kind for kind in list_kinds() if not kind.retired]).values())
    return (
        Column(
            UNIT,
            ("责任单位", "单位名称", "承办单位", "实施单位"),
            required=True,
            hint="写名称；有同名单位时连同它的上级一起写，如“城关镇/东关村”。",
            sample="城关镇",
        ),
        Column(
            KIND,
            ("活动类型", "项目", "普法项目", "工作项目", "任务", "普法任务", "普法形式", "内容"),
            required=True,
            sample=kinds[0],
            choices=kinds,
        ),
        Column(YEAR, ("年份", "计划年度", "年"), required=True, hint="如 2026。", sample="2026"),
        Column(
            PLANNED,
            (
                "计划",
                "目标",
                "目标数",
                "任务数",
                "计划场次",
                "数量",
                "场次",
                "年度目标",
                "年度计划",
                "目标任务",
                "任务目标",
            ),
            required=True,
            hint="全年的场次，媒体发稿是篇数。",
            sample="12",
        ),
    )


def list_export_columns() -> tuple[Column, ...]:
    """The same, and the progress."""
    return (*list_columns(), Column(DONE), Column(PERCENT), Column(WANTING))


class _Reader:
    """Reads rows, with the units and kinds that a person may name read beforehand."""

    def __init__(self, actor: User) -> None:
        self._units = UnitNames(queries.list_units_to_plan(actor))
        self._kinds = {name: kind_id for kind_id, name in name_kinds(list_kinds()).items()}

    def read(self, cells: Cells) -> tuple[Key | None, int, list[tuple[str, str]]]:
        """(unit, year, kind) and number of a row, and what is wrong with its cells."""
        problems: list[tuple[str, str]] = []
        values: dict[str, int] = {}
        for name, read in ((UNIT, self._units.find), (YEAR, _read_year), (PLANNED, _read_planned)):
            try:
                values[name] = read(cells[name])
            except BadCell as error:
                problems.append((name, error.sentence))
        if problems or cells[KIND] not in self._kinds:
            return None, 0, problems
        return (values[UNIT], values[YEAR], self._kinds[cells[KIND]]), values[PLANNED], []


def _read_year(text: str) -> int:
    found = _YEAR.fullmatch(fold_cell(text))
    if not found or not FIRST_YEAR < int(found[1]) < LAST_YEAR:
        this_year = clock.shanghai_day(clock.now()).year
        raise BadCell(f"没有读懂年度“{text[:30]}”。请写成 {this_year} 这样的年份。")
    return int(found[1])


def _read_planned(text: str) -> int:
    planned = read_count(text)
    if not 0 < planned <= MAX_PLANNED:
        raise BadCell(f"请填写 1 至 {MAX_PLANNED} 之间的整数。没有计划的不用写这一行。")
    return planned


def _judging(actor: User) -> Judge:
    reader = _Reader(actor)
    seen: set[Key] = set()

    def judge(cells: Cells) -> Judgement:
        key, _, problems = reader.read(cells)
        if key is None:
            return Judgement(tuple(problems))
        if key in seen:
            return Judgement(((KIND, "本文件前面已有同单位、同年度、同类型的一行。请排除其中一行。"),))
        if queries.find_target(*key):
            return Judgement(((KIND, planning.AlreadyPlanned.advice),))
        seen.add(key)
        return Judgement()

    return judge


def _writing(actor: User) -> Write:
    reader = _Reader(actor)

    def write(cells: Cells) -> int:
        key, planned, problems = reader.read(cells)
        if key is None:
            raise NotUnderstood(problems, "请核对类型。")
        return planning.add_target(*key, planned).id

    return write


def _erase(target_id: int, actor: User) -> None:
    target = queries.get_target_to_plan(actor, target_id)
    if target is not None:  # somebody set it to none
        planning.remove_target(target)


def export_rows(actor: User, year: int, shown: YearProgress) -> Iterator[Mapping[str, Value]]:
    """A year's plan as rows of the ledger, with its progress."""
    units = label_units(list_units_for(actor, *READERS))
    for row in shown.units:
        for kind_id, name in shown.kinds:
            standing = row.standings.get(kind_id)
            if standing:
                yield {
                    UNIT: units[row.unit.id],
                    KIND: name,
                    YEAR: year,
                    PLANNED: standing.planned,
                    DONE: standing.done,
                    PERCENT: f"{standing.percent}%",
                    WANTING: standing.wanting or "",
                }


TARGETS = Ledger(
    key="targets",
    name="普法责任清单",
    columns=list_columns,
    roles=KEEPERS,
    judging=_judging,
    writing=_writing,
    erase=_erase,
    list_endpoint="publicity.targets",
)
