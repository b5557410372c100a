"""The rows of a ledger in the sheets of a file: below titles and headings, without sums and signatures."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quizapp.core.spreadsheets import Row, Sheet
from quizapp.ledgers.columns import Column
from quizapp.ledgers.found import FoundRow, LedgerReading, Note, UnknownHeading
from quizapp.ledgers.headings import (
    HEADING_WITHIN,
    MAX_HEADING,
    Headings,
    name_place,
    recognise_headings,
)
from quizapp.ledgers.values import fold_cell

#: Marks the template's sample row, in its first column.
SAMPLE_MARK = "示例"
#: The sheet of the template that says how to fill in the other one.
NOTES_SHEET = "填写说明"

_SAMPLE = frozenset({SAMPLE_MARK, "样例", "例", "例如", "示例行"})
_TOTAL = re.compile(r"(?:本[页月季年]|全[县年乡镇市])?(?:合计|小计|总计|共计|累计)数?:?")
_TOTAL_SENTENCE = re.compile(r"(?:合计|小计|总计|共计|累计)[:0-9].*", re.DOTALL)
_FOOT = re.compile(
    r"(?:(?:填表|填报|制表|审核|审批|负责|联系|单位负责|报送|统计|经办|分管领导)(?:人|单位|日期|时间|电话)?"
    r"|备注|注|说明|附注)(?:[((][^))]*[))])?:.*",
    re.DOTALL,
)
_PAGE = re.compile(r"第?\d+[页/],?(?:共?\d+页?)?")


def read_tables(
    sheets: Iterable[Sheet], columns: Sequence[Column], remembered: Mapping[str, str]
) -> LedgerReading:
    """The rows of a ledger in the order of the file; nothing is passed over silently.

    ``remembered`` is what people said of headings, as ``recognise_headings`` takes it.
    """
    reader = _Reader(columns, remembered)
    for sheet in sheets:
        reader.read(sheet)
    if not reader.rows:
        wanted = "".join(f"“{column.name}”" for column in columns if column.required)
        reader.notes.insert(0, Note("全文", f"没有找到台账的内容。表头应有{wanted}等列。"))
    return LedgerReading(
        rows=tuple(reader.rows),
        notes=tuple(dict.fromkeys(reader.notes)),
        unknown_headings=tuple({one.heading: one for one in reader.unknown_headings}.values()),
        heading_rows=reader.heading_rows,
    )


class _Reader:
    """Reads the sheets of one file, one after the other."""

    def __init__(self, columns: Sequence[Column], remembered: Mapping[str, str]) -> None:
        self.columns = columns
        self.remembered = remembered
        self.rows: list[FoundRow] = []
        self.notes: list[Note] = []
        self.unknown_headings: list[UnknownHeading] = []
        self.heading_rows = 0

    def read(self, sheet: Sheet) -> None:
        """Collect a sheet's rows, and tell what isn't read."""
        self.notes += [Note(sheet.name or "全文", omission) for omission in sheet.omissions]
        if not sheet.rows:
            return
        if sheet.name == NOTES_SHEET:
            self._pass_over(sheet.name, sheet.rows, "填写说明，没有读取。")
            return
        place = self._find_heading(sheet)
        if place is None:
            self._offer_heading(sheet)
            return
        above = sheet.rows[:place]
        self._pass_over(sheet.name, above, "表头之前的说明，没有读取。")
        table = _Table(self, sheet.name, sheet.rows[place], above)
        for row in sheet.rows[place + 1 :]:
            table = table.take(row)
        table.end()

    def recognise(self, cells: Sequence[str]) -> Headings:
        """What the columns under a row of headings hold."""
        return recognise_headings(cells, self.columns, self.remembered)

    def _find_heading(self, sheet: Sheet) -> int | None:
        """The place of the row that names the most columns."""
        best, found = min(2, len(self.columns)) - 1, None
        told_only = None
        for place, row in enumerate(sheet.rows[:HEADING_WITHIN]):
            if not _may_head(row):
                continue
            headings = self.recognise(row.cells)
            if len(headings.by_name) > best:
                best, found = len(headings.by_name), place
            elif headings.by_name and self.remembered and told_only is None:
                told_only = place
        return told_only if found is None else found

    def _offer_heading(self, sheet: Sheet) -> None:
        """Tell that a sheet isn't read, and offer the columns of what may be its heading."""
        self._pass_over(sheet.name, sheet.rows, f"前 {HEADING_WITHIN} 行没有认出表头，没有读取。")
        near = [
            (sum(1 for cell in row.cells if cell), -place)
            for place, row in enumerate(sheet.rows[:HEADING_WITHIN])
            if _may_head(row)
        ]
        if not near:
            return
        place = -max(near)[1]
        samples = _samples(sheet.rows[place + 1 :])
        for index, heading in enumerate(sheet.rows[place].cells):
            if heading:
                offered = UnknownHeading(sheet.name, " ".join(heading.split()), samples.get(index, ""))
                self.unknown_headings.append(offered)

    def _pass_over(self, sheet: str, rows: Sequence[Row], reason: str) -> None:
        if rows:
            self.notes.append(Note(_where(sheet, rows[0], rows[-1]), reason, len(rows)))


class _Table:
    """The rows under one heading."""

    def __init__(self, reader: _Reader, name: str, heading: Row, above: Sequence[Row]) -> None:
        self.reader = reader
        self.name = name
        self.above = above
        self.titles = {cell for row in above for cell in row.cells if cell}
        self.headings = reader.recognise(heading.cells)
        self.taken = 0
        self.passed: list[tuple[Row, str]] = []
        self.samples: dict[int, str] = {}
        reader.heading_rows += 1

    def take(self, row: Row) -> "_Table":
        """Read one row; a heading that stands in the middle begins another table."""
        if self._is_heading(row):
            return self._begin_anew(row)
        reason = self._reason_to_pass(row)
        if reason:
            self.passed.append((row, reason))
            return self
        self._tell_passed()
        self.taken += 1
        for index, cell in enumerate(row.cells):
            if cell and index not in self.samples:
                self.samples[index] = cell
        self.reader.rows.append(self._found(row))
        return self

    def end(self) -> None:
        """Tell what was passed over, of the last rows and of the columns."""
        self._tell_passed()
        known = {*self.headings.by_name.values(), *self.headings.passed_over}
        for index, sample in sorted(self.samples.items()):
            if index in self.headings.repeated:
                heading = self.headings.repeated[index]
                self._tell(f"“{heading}”列与前面的列意思相同，其中内容没有使用。")
                self.reader.unknown_headings.append(UnknownHeading(self.name, heading, sample))
            elif index in self.headings.unknown:
                heading = self.headings.unknown[index]
                self._tell(f"没有认出“{heading}”列，其中内容没有使用。")
                self.reader.unknown_headings.append(UnknownHeading(self.name, heading, sample))
            elif index not in known:
                self._tell(f"{name_place(index)}没有表头，其中内容没有使用。要读取，请在文件里补上表头。")
        for column in self.reader.columns:
            if column.required and column.name not in self.headings.by_name and self.taken:
                self._tell(f"没有找到“{column.name}”列。如果是别的名称，请在下面说明；否则请逐行补填。")

    def _found(self, row: Row) -> FoundRow:
        by_name, cells = self.headings.by_name, row.cells
        faults = dict(row.faults)
        places = {column.name: by_name.get(column.name, len(cells)) for column in self.reader.columns}
        return FoundRow(
            _where(self.name, row, row),
            {name: cells[place] if place < len(cells) else "" for name, place in places.items()},
            {name: f"{faults[place]}。" for name, place in places.items() if place in faults},
        )

    def _is_heading(self, row: Row) -> bool:
        if not _may_head(row):
            return False
        filled = sum(1 for cell in row.cells if cell)
        known = len(self.reader.recognise(row.cells).by_name)
        return known >= min(2, len(self.reader.columns)) and 2 * known > filled

    def _begin_anew(self, row: Row) -> "_Table":
        """Go on under a heading that stands here: the second line of the one above, or another."""
        if self.taken or self.passed:
            self.end()
            return _Table(self.reader, self.name, row, self.above)
        above = self.headings.cells
        width = max(len(above), len(row.cells))
        pairs = zip(_padded(row.cells, width), _padded(above, width), strict=True)
        return _Table(
            self.reader, self.name, replace(row, cells=tuple(one or two for one, two in pairs)), self.above
        )

    def _reason_to_pass(self, row: Row) -> str:
        """Why a row is none of the ledger; empty for one that is."""
        filled = [(index, fold_cell(cell)) for index, cell in enumerate(row.cells) if cell]
        first = [cell for _, cell in filled[:1]]  # a sum is often told where the rows are numbered
        telling = [cell for index, cell in filled if index not in self.headings.passed_over]
        if any(cell in _SAMPLE for cell in first):
            return "示例行，没有读取。"
        if any(map(_TOTAL.fullmatch, [*first, *telling])) or any(map(_TOTAL_SENTENCE.fullmatch, telling[:1])):
            return "合计或小计，没有读取。"
        used = set(self.headings.by_name.values())
        if len(telling) == 1 and (set(row.cells) & self.titles or _PAGE.fullmatch(telling[0])):
            return "重复的标题或页码，没有读取。"
        if 2 * len(telling) <= len(used) + 1 and any(map(_FOOT.fullmatch, telling[:1])):
            return "表尾的说明或签署，没有读取。"
        if used.isdisjoint(index for index, _ in filled) and used.isdisjoint(i for i, _ in row.faults):
            return "没有台账的内容，没有读取。"
        return ""

    def _tell_passed(self) -> None:
        """Tell of the rows passed over, those of one reason that follow each other together."""
        start = 0
        for place in range(1, len(self.passed) + 1):
            if place == len(self.passed) or self.passed[place][1] != self.passed[start][1]:
                rows = [row for row, _ in self.passed[start:place]]
                self.reader.notes.append(
                    Note(_where(self.name, rows[0], rows[-1]), self.passed[start][1], len(rows))
                )
                start = place
        self.passed = []

    def _tell(self, reason: str) -> None:
        self.reader.notes.append(Note(self.name or "全文", reason))


def _may_head(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return len(filled) > 1 and max(map(len, filled)) <= MAX_HEADING


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _samples(rows: Iterable[Row]) -> dict[int, str]:
    """The first thing in each column that holds something."""
    samples: dict[int, str] = {}
    for row in rows:
        for index, cell in enumerate(row.cells):
            if cell:
                samples.setdefault(index, cell)
    return samples


def _where(sheet: str, first: Row, last: Row) -> str:
    until = f"至第{last.number}行" if last is not first else ""
    return f"{sheet} 第{first.number}行{until}".strip()
