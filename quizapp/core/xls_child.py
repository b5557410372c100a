"""The child process of ``spreadsheets.read_xls``: an xls on stdin, its sheets as JSON on stdout."""

import json
import resource
import sys
from typing import Any

SECONDS = 25


def main() -> None:
    """Bound the process, then read; whatever goes wrong ends it with a status."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import xlrd

    book = xlrd.open_workbook(file_contents=sys.stdin.buffer.read(), on_demand=True)
    sheets: list[dict[str, Any]] = []
    for sheet in book.sheets():
        if sheet.visibility == 0:
            rows = [[_value(book, cell) for cell in sheet.row(n)] for n in range(sheet.nrows)]
            sheets.append({"name": sheet.name, "rows": rows})
    json.dump(sheets, sys.stdout)


def _value(book: Any, cell: Any) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode).strftime("%Y-%m-%d")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ""
    return cell.value


if __name__ == "__main__":
    main()
