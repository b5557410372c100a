"""Reading an xls with xlrd, in the child process of ``spreadsheets``."""

import os
from functools import partial
from typing import IO, Any

from quizapp.core.cells import clean, show_error, show_number
from quizapp.core.sheet_lines import HIDDEN, NO_TABLE, EncryptedWorkbook, Report


def read_xls(file: IO[bytes], report: Report) -> None:
    """Report every sheet. Raises EncryptedWorkbook, and anything for a damaged file."""
    with open(os.devnull, "w") as log:
        book = _open(file.read(), log)
        for place in range(book.nsheets):
            _read_sheet(book, place, report)
            book.unload_sheet(place)


def _open(content: bytes, log: IO[str]) -> Any:
    """With the formats of numbers where they can be read: other programs write some of them wrongly."""
    import xlrd

    # ragged rows: else a stray cell far away fills the sheet up to it
    read = partial(xlrd.open_workbook, file_contents=content, on_demand=True, ragged_rows=True, logfile=log)
    try:
        return read(formatting_info=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise EncryptedWorkbook from None
        raise
    except (AssertionError, LookupError, ValueError):
        return read()


def _read_sheet(book: Any, place: int, report: Report) -> None:
    import xlrd

    try:
        sheet = book.sheet_by_index(place)
    except xlrd.XLRDError:  # a chart
        report.begin(book.sheet_names()[place], NO_TABLE)
        return
    if sheet.visibility:
        report.begin(sheet.name, HIDDEN)
        return
    report.begin(sheet.name)
    for number in range(sheet.nrows):
        cells: dict[int, str] = {}
        faults: dict[int, str] = {}
        for column, cell in enumerate(sheet.row(number)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                faults[column] = show_error(xlrd.error_text_from_code.get(cell.value, "#N/A"))
            elif cell.value != "":
                cells[column] = clean(_show(book, cell))
        is_hidden = number in sheet.rowinfo_map and bool(sheet.rowinfo_map[number].hidden)
        report.row(number + 1, cells, faults, is_hidden)
    # xlrd counts from 0, the end of an area excluded
    report.end([(top + 1, end, left) for top, end, left, _ in sheet.merged_cells if end > top + 1])


def _show(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "对" if cell.value else "错"
    code = "y-m-d" if cell.ctype == xlrd.XL_CELL_DATE else ""
    if book.formatting_info:
        style = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        code = style.format_str if style else code
    return show_number(float(cell.value), code, book.datemode == 1)
