"""Entering the numbers of a file: every row or none. Adds and flushes; the command commits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quizapp.core import clock
from quizapp.ledgers.columns import Column
from quizapp.ledgers.files import read_ledger
from quizapp.ledgers.found import FoundRow, LedgerReading
from quizapp.ledgers.values import BadCell, fold_cell
from quizapp.reports.figures import queries
from quizapp.reports.figures.amounts import read_amount
from quizapp.reports.figures.entering import NotEntered, Typed, enter
from quizapp.reports.figures.formulas import Entered
from quizapp.reports.figures.indicators import Indicator
from quizapp.reports.figures.showing import FIRST_YEAR, is_known_year

_LONGEST_NOTE = 200
COLUMNS = (
    Column("指标", ("indicator", "指标名称", "指标项", "名称", "项目", "name", "key"), required=True),
    Column("数值", ("value", "数据", "数字", "数量", "确数", "确切数", "完成数", "实际数"), required=True),
    Column("年度", ("year", "年份", "年")),
    Column("来源", ("note", "备注", "说明", "数据来源", "来源说明")),
    # Known so that they are not taken for the number: what a report printed is no exact value.
    Column("行文", ("printed", "行文写法", "写法")),
    Column("计量单位", ("unit", "measure", "单位")),
)


class UnfitRows(Exception):
    """Nothing was entered; why, row by row."""

    def __init__(self, summary: str, rows: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(summary)
        #: (where it stands, a sentence).
        self.rows = rows


@dataclass(frozen=True)
class _Number:
    """What one row says."""

    where: str
    year: int
    key: str
    value: Decimal
    note: str


def import_numbers(content: bytes, year: int | None) -> str:
    """Enter the numbers of a file; say in a sentence what was done.

    ``year`` is for rows that name none. Raises UnreadableFile and UnfitRows.
    """
    reading = read_ledger(content, COLUMNS, {})
    if not any(row.cells["数值"] for row in reading.rows):
        raise UnfitRows(_no_values(reading))
    numbers = _read_rows(reading.rows, year)
    try:
        changed = sum(_enter_year(one, numbers) for one in sorted({number.year for number in numbers}))
    except NotEntered as error:
        rows = [(one.where, error.complaints[one.key]) for one in numbers if one.key in error.complaints]
        raise UnfitRows("没有导入。", rows) from None
    return f"读出 {len(numbers)} 项，写入 {changed} 项，{len(numbers) - changed} 项与已有的相同。"


def _no_values(reading: LedgerReading) -> str:
    has_printed = any(row.cells["行文"] for row in reading.rows)
    why = "行文写法（如 10万余件）不是确数，不能导入。" if has_printed else ""
    return f"没有找到“指标”和“数值”两列，什么都没有导入。{why}请在表头写明这两列，并在“数值”列填写确数。"


def _read_rows(rows: Sequence[FoundRow], year: int | None) -> list[_Number]:
    known = _known_indicators()
    numbers: list[_Number] = []
    faults: list[tuple[str, str]] = []
    seen: dict[tuple[int, str], str] = {}
    for row in rows:
        try:
            number = _read_row(row, known, year)
            before = seen.setdefault((number.year, number.key), row.where)
            if before != row.where:
                raise BadCell(f"与{before}是同一指标。请只留一行。")
        except BadCell as error:
            faults.append((row.where, error.sentence))
        else:
            numbers.append(number)
    if faults:
        raise UnfitRows(f"有 {len(faults)} 行不能导入，什么都没有写入。请改正后重试。", faults)
    return numbers


def _known_indicators() -> Mapping[str, Indicator]:
    """Indicators in use, by name and by key."""
    indicators = queries.list_indicators()
    return {fold_cell(one.key): one for one in indicators} | {fold_cell(one.name): one for one in indicators}


def _read_row(row: FoundRow, known: Mapping[str, Indicator], year: int | None) -> _Number:
    name, note = row.cells["指标"], row.cells["来源"]
    for column, fault in row.faults.items():
        raise BadCell(f"“{column}”{fault}。")
    indicator = known.get(fold_cell(name))
    if indicator is None:
        raise BadCell(f"没有“{name}”这个指标。请按指标页上的名称填写。" if name else "请填写指标名称。")
    if not isinstance(indicator.formula, Entered):
        raise BadCell(f"“{indicator.name}”由系统统计或计算得出，不能导入。请删去这一行。")
    if len(note) > _LONGEST_NOTE:
        raise BadCell(f"来源超过 {_LONGEST_NOTE} 字。请缩短。")
    value = read_amount(row.cells["数值"], indicator.measure)
    return _Number(row.where, _read_year(row.cells["年度"], year), indicator.key, value, note)


def _read_year(text: str, year: int | None) -> int:
    plain = fold_cell(text).removesuffix("年度").removesuffix("年")
    if not plain and year is None:
        raise BadCell("没有写年度。请加一列“年度”，或者在命令中用 --year 指定。")
    if plain and not (plain.isascii() and plain.isdigit() and len(plain) == 4):
        raise BadCell(f"没有读懂年度“{text}”。请写成 2024 这样的四位数字。")
    found = int(plain) if plain else year or 0
    today = clock.shanghai_day(clock.now())
    if not is_known_year(found, today):
        raise BadCell(f"年度 {found} 不在 {FIRST_YEAR} 至 {today.year} 之间。请核对。")
    return found


def _enter_year(year: int, numbers: Sequence[_Number]) -> int:
    latest = queries.latest_entries(year)

    def typed() -> Iterator[Typed]:
        for one in numbers:
            if one.year == year:
                entry = latest.get(one.key)
                note = one.note or (entry.note if entry and entry.value == one.value else "")
                yield Typed(one.key, one.value, note, entry.number if entry else 0)

    return len(enter(year, typed(), None))
