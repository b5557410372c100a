"""A ledger as xlsx: as an export, and as an empty template. Its library is imported at the first use.

Text is never read as a formula: ``=1+1`` stays what somebody wrote.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from quizapp.core.spreadsheets import MAX_ROWS
from quizapp.ledgers.columns import Column
from quizapp.ledgers.tables import NOTES_SHEET, SAMPLE_MARK

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | int | date

SHEET = "台账"
NUMBERING = "序号"
#: What one cell of a workbook holds at most.
LONGEST_CELL = 32_767
#: The column of the hints' sheet beside which the lists of choices stand.
_FIRST_LIST = 3
#: Widths of columns, in characters.
_NARROWEST, _WIDEST = 10, 40


def write_ledger(columns: Sequence[Column], rows: Iterable[Mapping[str, Value]]) -> bytes:
    """Rows under the headings of a ledger, by column name; dates and numbers as such. At most 1,048,575."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        _write_headings(book, sheet, columns, first=0)
        formats = {date: book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})}
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                value = row.get(column.name, "")
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, formats[date])
                elif isinstance(value, int):
                    sheet.write_number(number, place, value)
                elif value:
                    sheet.write_string(number, place, value[:LONGEST_CELL], text)
    return buffer.getvalue()


def write_template(columns: Sequence[Column]) -> bytes:
    """A workbook to fill in: headings, a sample row that reading passes over, hints on a second sheet."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        _write_headings(book, sheet, columns, first=1)
        quiet = book.add_format({"italic": True, "valign": "top", "num_format": "@"})
        sheet.write_string(1, 0, SAMPLE_MARK, quiet)
        for place, column in enumerate(columns, start=1):
            sheet.write_string(1, place, column.sample, quiet)
        notes = _write_notes(book, columns)
        _offer_choices(sheet, notes, columns)
    return buffer.getvalue()


def _write_headings(book: "Workbook", sheet: "Worksheet", columns: Sequence[Column], first: int) -> None:
    """The frozen heading row; in the template a column that numbers the rows comes ``first``."""
    heading = book.add_format(
        {"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top", "text_wrap": True}
    )
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    if first:
        sheet.set_column(0, 0, 6)
        sheet.write_string(0, 0, NUMBERING, heading)
    for place, column in enumerate(columns, start=first):
        wanted = 2 * max(len(column.name) + 1, min(len(column.sample), 20))
        sheet.set_column(place, place, min(max(wanted, _NARROWEST), _WIDEST), text if first else None)
        sheet.write_string(0, place, f"{column.name}*" if first and column.required else column.name, heading)
    sheet.freeze_panes(1, 0)


def _write_notes(book: "Workbook", columns: Sequence[Column]) -> "Worksheet":
    heading = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(NOTES_SHEET)
    sheet.set_column(0, 0, 20, wrapped)
    sheet.set_column(1, 1, 8, wrapped)
    sheet.set_column(2, 2, 80, wrapped)
    lines = [
        ("列名", "必填", "填写方法"),
        *((column.name, "是" if column.required else "", _hint(column)) for column in columns),
        (NUMBERING, "", f"不用填写。写着“{SAMPLE_MARK}”的一行不会导入，可以删去。"),
    ]
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            sheet.write_string(number, place, cell[:LONGEST_CELL], *((heading,) if number == 0 else ()))
    return sheet


def _hint(column: Column) -> str:
    choices = f"从列表中选择：{'、'.join(column.choices)}。" if column.choices else ""
    return " ".join(part for part in (column.hint, choices) if part)


def _offer_choices(sheet: "Worksheet", notes: "Worksheet", columns: Sequence[Column]) -> None:
    """A list to choose from in each column that has choices; the lists stand beside the hints."""
    from xlsxwriter.utility import xl_col_to_name

    for place, column in enumerate(columns, start=1):
        if not column.choices:
            continue
        beside = _FIRST_LIST + place
        notes.write_string(0, beside, column.name)
        for number, choice in enumerate(column.choices, start=1):
            notes.write_string(number, beside, choice)
        letter = xl_col_to_name(beside)
        offered = {
            "validate": "list",
            "source": f"='{NOTES_SHEET}'!${letter}$2:${letter}${len(column.choices) + 1}",
            "error_title": "没有这一项",
            "error_message": "请从列表中选择。",
        }
        sheet.data_validation(1, place, MAX_ROWS, place, offered)
