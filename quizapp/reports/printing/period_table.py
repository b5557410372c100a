"""The table of a month or a quarter by unit, as docx lying and as xlsx."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from quizapp.core.clock import shanghai_text
from quizapp.reports.figures.house_style import print_number
from quizapp.reports.printing.page_setup import STYLE_NAMES, new_document
from quizapp.reports.printing.sheets import (
    begin_sheet,
    make_formats,
    write_headings,
    write_row,
    write_rows,
)
from quizapp.reports.printing.tables import add_table, headed
from quizapp.reports.printing.template_text import Style

_SHEET, _UNIT, _TOTAL = "统计表", "单位", "合计"


@dataclass(frozen=True)
class PeriodTable:
    """What each unit did in a period. A value of None was not reported; it prints as a blank."""

    title: str
    #: The bureau's name.
    owner: str
    #: The period in words, e.g. 2024年3月 or 2024年第一季度.
    period: str
    #: What was recorded after this moment is not in it.
    cut_off: datetime
    #: (name, unit of measure) of each column.
    columns: tuple[tuple[str, str], ...]
    #: (name of a unit, its value in each column).
    rows: tuple[tuple[str, tuple[Decimal | int | None, ...]], ...]
    #: The value of each column for all units.
    total: tuple[Decimal | int | None, ...]
    #: What readers should know, a sentence each.
    notes: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """单位, then each column with its measure."""
        return (_UNIT, *(headed(name, measure) for name, measure in self.columns))

    @property
    def origin(self) -> str:
        """Who reports on what time, and when it was counted."""
        counted = shanghai_text(self.cut_off)
        return f"统计单位：{self.owner}    统计期：{self.period}    数据截至：{counted}"


def write_period_document(table: PeriodTable) -> bytes:
    """The table as docx on A4 lying."""
    document = new_document(table.title, table.owner, table.cut_off, landscape=True)
    document.add_paragraph(table.title, STYLE_NAMES[Style.TITLE])
    document.add_paragraph("", STYLE_NAMES[Style.CELL])
    document.add_paragraph(table.origin, STYLE_NAMES[Style.CELL])
    lines = [*table.rows, (_TOTAL, table.total)]
    add_table(document, table.headings, [(unit, *map(_print, values)) for unit, values in lines])
    for note in _numbered(table.notes):
        document.add_paragraph(note, STYLE_NAMES[Style.CELL])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def write_period_workbook(table: PeriodTable) -> bytes:
    """The table as xlsx. Text is never read as a formula."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": table.title, "author": table.owner, "created": table.cut_off})
        formats = make_formats(book)
        columns = [(heading, 24 if not place else 14) for place, heading in enumerate(table.headings)]
        sheet = begin_sheet(book, formats, _SHEET, columns, row=2)
        sheet.write_string(0, 0, table.title, formats.title)
        sheet.write_string(1, 0, table.origin)
        write_headings(sheet, formats, columns, row=2)
        row = write_rows(sheet, formats, ((unit, *values) for unit, values in table.rows), start=3)
        write_row(sheet, formats, row, (_TOTAL, *table.total), formats.total)
        for place, note in enumerate(_numbered(table.notes), start=row + 2):
            sheet.write_string(place, 0, note)
    return buffer.getvalue()


def _print(value: Decimal | int | None) -> str:
    return "" if value is None else print_number(value)


def _numbered(notes: Sequence[str]) -> list[str]:
    """Notes under a table: 注：… where there is one, else 注：1. …"""
    if len(notes) == 1:
        return [f"注：{notes[0]}"]
    return [f"{'' if number > 1 else '注：'}{number}. {note}" for number, note in enumerate(notes, start=1)]
