"""Sheets of a workbook as all our reports have them: a heading that stays, typed cells, A4 lying.

Text is always written as text: ``=1+1`` is never a formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | int | Decimal | date | None
#: A heading and the width of its column in characters.
Column: TypeAlias = tuple[str, int]

_A4 = 9
#: Two lines of a heading.
_HEADING_POINTS = 32


@dataclass(frozen=True)
class Formats:
    """How the cells of one workbook look."""

    title: "Format"
    heading: "Format"
    text: "Format"
    day: "Format"
    number: "Format"
    total: "Format"


def make_formats(book: "Workbook") -> Formats:
    """The formats of a workbook; to be made once."""
    top = {"valign": "top"}
    return Formats(
        title=book.add_format({"bold": True, "font_size": 16}),
        heading=book.add_format(
            {
                "bold": True,
                "bottom": 1,
                "bg_color": "#E8EEF4",
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
            }
        ),
        text=book.add_format({"text_wrap": True, **top}),
        day=book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top}),
        number=book.add_format(top),
        total=book.add_format({"bold": True, "top": 1, **top}),
    )


def begin_sheet(
    book: "Workbook", formats: Formats, name: str, columns: Sequence[Column], row: int = 0
) -> "Worksheet":
    """A sheet with its headings in ``row``, which stay in view and head each printed page."""
    sheet = book.add_worksheet(name)
    for place, (_, width) in enumerate(columns):
        sheet.set_column(place, place, width)
    set_paper(sheet)
    sheet.repeat_rows(row)
    if not row:
        write_headings(sheet, formats, columns)
    return sheet


def set_paper(sheet: "Worksheet") -> None:
    """A4 lying, all columns on a page, the page's number at its foot."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")


def write_headings(sheet: "Worksheet", formats: Formats, columns: Sequence[Column], row: int = 0) -> None:
    """The headings in a row, in view while the rest moves."""
    sheet.set_row(row, _HEADING_POINTS)
    write_row(sheet, formats, row, [heading for heading, _ in columns], formats.heading)
    sheet.freeze_panes(row + 1, 1)


def write_rows(sheet: "Worksheet", formats: Formats, rows: Iterable[Sequence[Cell]], start: int = 1) -> int:
    """Rows one after another from ``start``; gives the row after the last."""
    row = start
    for cells in rows:
        write_row(sheet, formats, row, cells)
        row += 1
    return row


def write_row(
    sheet: "Worksheet", formats: Formats, row: int, cells: Sequence[Cell], look: "Format | None" = None
) -> None:
    """One row; what is None stays blank."""
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell, look or formats.text)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, look or formats.day)
        elif cell is not None:
            sheet.write_number(row, column, float(cell), look or formats.number)
