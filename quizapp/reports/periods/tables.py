"""The table of a month or quarter, as far as its reader reaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.accounts.models import Unit, User
from quizapp.accounts.queries import get_root, list_units_for, units_within_reach
from quizapp.core import clock
from quizapp.publicity.staff import READERS
from quizapp.reports.periods import queries
from quizapp.reports.periods.spans import Length, Span
from quizapp.reports.printing.period_table import PeriodTable


@dataclass(frozen=True)
class Column:
    """One column: the key that queries give, its name and unit of measure."""

    key: str
    name: str
    measure: str


_CATEGORIES = {"items": "宣传品", "leaflets": "宣传折页"}
COLUMNS = (
    Column("sessions", "宣传活动", "场次"),
    Column("audience", "受众", "人次"),
    Column("items", "发放宣传品", "件"),
    Column("leaflets", "发放宣传折页", "份"),
    Column("releases", "媒体发稿", "篇"),
    Column("participants", "知识竞赛新增参与", "人"),
)
_NOTES = (
    "只统计已审核确认的记录。活动按开始日期、发放按发放日期、发稿按发布日期归入当期；各行含下级单位。",
    "知识竞赛新增参与，指本年首次交卷在当期的人，按竞赛活动的主办单位统计，各期相加等于全年参与人数。",
)


def make_table(actor: User, span: Span) -> PeriodTable:
    """What the units that the actor reads did in a period; each row holds the units beneath it too."""
    units = list_units_for(actor, *READERS)
    rows = _rows(units)
    sums = _sums(actor, span, rows)
    values = {unit_id: tuple(sums[unit_id].get(one.key, 0) for one in COLUMNS) for unit_id, _ in rows}
    tops = [unit.name for unit, depth in units if depth == 0]
    return PeriodTable(
        title=f"普法宣传{'月' if span.length is Length.MONTH else '季'}报表",
        owner=tops[0] if len(tops) == 1 else get_root().name,
        period=span.label,
        cut_off=clock.now(),
        columns=tuple((one.name, one.measure) for one in COLUMNS),
        rows=tuple((name, values[unit_id]) for unit_id, name in rows),
        total=tuple(sum(column) for column in zip(*values.values(), strict=True)),
        notes=_NOTES,
    )


def _rows(units: Sequence[tuple[Unit, int]]) -> list[tuple[int, str]]:
    """(id, name) of the units with a row: those at the top of the reach and those directly beneath."""
    return [
        (unit.id, f"{unit.name}（本级）" if depth == 0 and _has_units_beneath(unit, units) else unit.name)
        for unit, depth in units
        if depth <= 1
    ]


def _has_units_beneath(unit: Unit, units: Sequence[tuple[Unit, int]]) -> bool:
    return any(one.parent_id == unit.id for one, _ in units)


def _sums(actor: User, span: Span, rows: Sequence[tuple[int, str]]) -> Mapping[int, dict[str, int]]:
    """What each row adds up to, by column."""
    reach = units_within_reach(actor, *READERS)
    row_of = _row_of_each(rows)
    sums: dict[int, dict[str, int]] = {unit_id: {} for unit_id, _ in rows}
    for source in (
        queries.sum_activities(span, reach),
        queries.sum_handed_out(span, reach, _CATEGORIES),
        queries.count_releases(span, reach),
        queries.count_participants(span, reach),
    ):
        for unit_id, values in source.items():
            row = sums[row_of[unit_id]]
            for key, value in values.items():
                row[key] = row.get(key, 0) + value
    return sums


def _row_of_each(rows: Sequence[tuple[int, str]]) -> dict[int, int]:
    """The row that each unit counts in: the nearest one above it, or its own."""
    return queries.nearest_of([unit_id for unit_id, _ in rows])
