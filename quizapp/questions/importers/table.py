"""Questions in the rows of a sheet or of a table in a document."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from quizapp.core.spreadsheets import Row, Sheet
from quizapp.questions.importers.case_numbers import CaseNumbers
from quizapp.questions.importers.columns import HEADING_WITHIN, name_column
from quizapp.questions.importers.layout import (
    Table,
    find_heading,
    likeliest_heading,
    read_tables,
    section_kind,
)
from quizapp.questions.importers.rows import group_rows, is_substantial, read_entry
from quizapp.questions.parsed import Collector, ParsedQuestions, Problem, UnknownColumn
from quizapp.questions.validation import understand

#: The sheet of our template that says how to fill in the other one.
NOTES_SHEET = "填写说明"
NOTHING_REMEMBERED: Mapping[str, str] = MappingProxyType({})


def read_sheets(
    sheets: Iterable[Sheet], remembered: Mapping[str, str] = NOTHING_REMEMBERED
) -> ParsedQuestions:
    """Read every sheet that holds questions; ``where`` is 表名 第N行. Nothing is passed over silently.

    ``remembered`` gives for a ``plain_heading`` one of ``MEANINGS``, as a person said.
    """
    reader = _Reader(remembered)
    for sheet in sheets:
        reader.read(sheet)
    parsed = reader.collector.finish()
    if not parsed.found:
        reader.collector.add(Problem("全文", "没有找到试题。表头应有“题干”“答案”等列。"))
    return reader.collector.finish(reader.bank)


class _Reader:
    """Reads the sheets of one file, one after the other."""

    def __init__(self, remembered: Mapping[str, str]) -> None:
        self.remembered = remembered
        self.collector = Collector()
        self.cases = CaseNumbers()
        self.bank = ""

    def read(self, sheet: Sheet) -> None:
        """Collect the questions of a sheet, and tell what isn't read."""
        for omission in sheet.omissions:
            self._tell(sheet.name, omission)
        if not sheet.rows:
            return
        place = find_heading(sheet, self.remembered)
        if place is None:
            if sheet.name != NOTES_SHEET:
                self._offer_heading(sheet)
            return
        for row in sheet.rows[:place]:
            if not section_kind(row):
                self._tell(_where(sheet.name, row), "表头之前的说明，没有读取。")
        for table in read_tables(sheet, place, self.remembered):
            self._tell_unused(table)
            self._read_table(table)

    def _read_table(self, table: Table) -> None:
        loose: list[Row] = []
        asked: list[tuple[Row, str]] = []
        for row, section in table.rows:
            if is_substantial(row, table):
                self._tell_loose(table, loose)
                loose = []
                asked.append((row, section))
            else:
                loose.append(row)
        self._tell_loose(table, loose)
        for entry in group_rows(table, asked):
            reading = read_entry(table, entry, _where(table.name, entry.rows[0]), self.cases)
            fault = Problem(reading.raw.where, reading.fault, rejects=True, raw=reading.raw)
            self.collector.add(fault if reading.fault else understand(reading.raw))
            self.bank = self.bank or entry.first(table.columns.by_meaning.get("bank"))

    def _tell_loose(self, table: Table, rows: list[Row]) -> None:
        """Tell of rows, one after the other, that are no questions."""
        if rows:
            where = _where(table.name, rows[0])
            last = f"至第{rows[-1].number}行" if len(rows) > 1 else ""
            self._tell(where + last, "没有题干、选项和答案，没有作为试题读取。")

    def _tell_unused(self, table: Table) -> None:
        """Tell of columns that hold something and are not used."""
        columns = table.columns
        known = columns.used | set(columns.by_meaning.values())
        for index, sample in sorted(_samples(row for row, _ in table.rows).items()):
            if index in columns.repeated:
                self._tell(table.name, f"“{columns.repeated[index]}”列与前面的列意思相同，其中内容没有使用。")
            elif index in columns.unknown:
                self._tell(table.name, f"没有认出“{columns.unknown[index]}”列，其中内容没有使用。")
            elif index not in known:
                self._tell(table.name, f"{name_column(index)}没有表头，其中内容没有使用。")
            else:
                continue
            heading = columns.repeated.get(index) or columns.unknown.get(index) or name_column(index)
            self.collector.unknown_columns.append(UnknownColumn(table.name, heading, sample))

    def _offer_heading(self, sheet: Sheet) -> None:
        """Tell that a sheet isn't read, and offer the columns of what may be its heading."""
        self._tell(sheet.name, f"前 {HEADING_WITHIN} 行没有认出表头，这个工作表没有读取。")
        place = likeliest_heading(sheet, self.remembered)
        if place is None:
            return
        samples = _samples(sheet.rows[place + 1 :])
        for index, heading in enumerate(sheet.rows[place].cells):
            if heading:
                offered = UnknownColumn(sheet.name, " ".join(heading.split()), samples.get(index, ""))
                self.collector.unknown_columns.append(offered)

    def _tell(self, where: str, reason: str) -> None:
        self.collector.add(Problem(where or "全文", reason))


def _samples(rows: Iterable[Row]) -> dict[int, str]:
    """The first thing in each column that holds something."""
    samples: dict[int, str] = {}
    for row in rows:
        for index, cell in enumerate(row.cells):
            if cell and index not in samples:
                samples[index] = cell
    return samples


def _where(sheet: str, row: Row) -> str:
    return f"{sheet} 第{row.number}行".strip()
