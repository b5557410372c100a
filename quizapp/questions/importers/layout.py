"""How a sheet is laid out: its heading, tables one below the other, rows that name a kind."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from quizapp.core.spreadsheets import Row, Sheet
from quizapp.questions.importers.columns import HEADING_WITHIN, Columns, names_stem, recognise_columns
from quizapp.questions.validation import KIND_NAMES

_KIND = re.compile(KIND_NAMES)
#: 一、单选题（共20题）: a row that names the kind of those below it.
_SECTION = re.compile(
    r"\s*[(（【]?\s*(?:第?\s*[一二三四五六七八九十\d]+\s*(?:部分|大题|节)?)?[)）、.．:：\s]*"
    rf"(?:{KIND_NAMES})(?:选择)?题?\s*(?:$|[(（【\[】)）,，、:：共每].{{0,60}})",
    re.DOTALL,
)
_NUMERAL = re.compile(r"[(（]?[一二三四五六七八九十]+[)）、.．]?")
_PAGE = re.compile(r"\s*第?\s*\d+\s*[页/]\s*[,，]?\s*(?:共?\s*\d+\s*页?)?\s*")
MAX_HEADING = 30


@dataclass
class Table:
    """The rows under one heading, each with the kind that a section row above it names."""

    name: str
    columns: Columns
    heading: tuple[str, ...]
    #: What stands above the first heading, and again where pages were printed.
    titles: frozenset[str] = frozenset()
    rows: list[tuple[Row, str]] = field(default_factory=list)


def is_title(row: Row, table: Table) -> bool:
    """Whether a row only repeats a title, or is the number of a page."""
    filled = [cell for cell in row.cells if cell]
    return len(filled) == 1 and (filled[0] in table.titles or _PAGE.fullmatch(filled[0]) is not None)


def kind_in_name(name: str) -> str:
    """The name of a sheet where it names one kind of question; empty where it names none or several."""
    return name if len({*_KIND.findall(name)}) == 1 else ""


def find_heading(sheet: Sheet, remembered: Mapping[str, str]) -> int | None:
    """The place of the first row that heads a table of questions."""
    for place, row in enumerate(sheet.rows[:HEADING_WITHIN]):
        if recognise_columns(row.cells, remembered).are_questions:
            return place
    return None


def likeliest_heading(sheet: Sheet, remembered: Mapping[str, str]) -> int | None:
    """Where none is recognised, the place of the row that looks most like a heading."""
    best: tuple[int, int, int] | None = None
    for place, row in enumerate(sheet.rows[:HEADING_WITHIN]):
        filled = [cell for cell in row.cells if cell]
        if len(filled) < 2 or max(map(len, filled)) > MAX_HEADING or len({*filled}) < len(filled):
            continue
        columns = recognise_columns(row.cells, remembered)
        known = len(filled) - len(columns.unknown)
        if len(columns.options) == 1:  # the answer A of a row, sooner than the heading of a column
            known -= 1
        best = max(best or (-1, 0, 0), (known, len(filled), -place))
    return None if best is None else -best[2]


def read_tables(sheet: Sheet, place: int, remembered: Mapping[str, str]) -> Iterator[Table]:
    """The tables of a sheet, the first headed by the row at a place."""
    width = max(len(row.cells) for row in sheet.rows)
    kind = next((kind for row in reversed(sheet.rows[:place]) if (kind := section_kind(row))), "")
    titles = frozenset(cell for row in sheet.rows[:place] for cell in row.cells if cell)
    new_table = partial(_table, sheet.name, width, titles, remembered)
    table = new_table(sheet.rows[place].cells)
    for row in sheet.rows[place + 1 :]:
        if row.cells == table.heading:
            continue
        section = section_kind(row)
        if section:
            kind = section
        elif not table.rows and _is_below_heading(row, table):
            both = [below or above for below, above in _pairs(row.cells, table.heading)]
            table = new_table(both)
        elif _may_head(row, remembered) and recognise_columns(row.cells, remembered).are_questions:
            yield table
            table = new_table(row.cells)
        else:
            table.rows.append((row, kind))
    yield table


def section_kind(row: Row) -> str:
    """What a row says that only names a kind of question; empty for any other row."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) == 2 and _NUMERAL.fullmatch(filled[0]):
        del filled[0]
    return filled[0] if len(filled) == 1 and _SECTION.fullmatch(filled[0]) else ""


def _table(
    name: str, width: int, titles: frozenset[str], remembered: Mapping[str, str], heading: Sequence[str]
) -> Table:
    padded = [*heading, *[""] * (width - len(heading))]
    return Table(name, recognise_columns(padded, remembered), tuple(heading), titles)


def _pairs(below: Sequence[str], above: Sequence[str]) -> Iterator[tuple[str, str]]:
    for index in range(max(len(below), len(above))):
        yield (below[index] if index < len(below) else "", above[index] if index < len(above) else "")


def _is_below_heading(row: Row, table: Table) -> bool:
    """Whether a row is the second line of a heading: A, B, C… below 选项."""
    filled = [cell for cell in row.cells if cell]
    columns = recognise_columns(row.cells)
    return (
        len(filled) > 1
        and len(columns.options) + len(columns.gaps) == len(filled)
        and not table.columns.options
    )


def _may_head(row: Row, remembered: Mapping[str, str]) -> bool:
    """Quickly: whether some cell is short and names a stem."""
    return any(
        names_stem(cell, remembered)
        for cell in row.cells
        if cell and len(cell) <= MAX_HEADING and (remembered or "题" in cell or "问" in cell)
    )
