"""Workbooks as plain rows of text, read within bounds."""

import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from quizapp.core.uploads import UnreadableFile

MAX_ROWS = 20_000
MAX_COLUMNS = 40
MAX_CELL = 4_000
#: Empty rows in a row after which a sheet is taken to have ended, as after a stray cell far below.
MAX_GAP = 1_000
XLS_SECONDS = 30
XLS_MEMORY = 512 * 1024 * 1024

_DAMAGED = "工作簿已经损坏或内容不规范。请用 WPS 或 Office 打开，另存为 xlsx 后重试。"


@dataclass(frozen=True)
class Row:
    """One row that is not empty: its number as the program shows it, and its cells' text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows, and what of it was not read."""

    name: str
    rows: tuple[Row, ...]
    omissions: tuple[str, ...] = ()


def read_xlsx(content: bytes) -> list[Sheet]:
    """The visible sheets of a workbook. Raises UnreadableFile."""
    # Imported here: every shell command would pay for it above.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                sheets.append(Sheet(sheet.title, (), ("工作表是隐藏的，没有读取。需要时请取消隐藏。",)))
                continue
            sheet.reset_dimensions()  # what a file says of its own size is often wrong
            sheets.append(_bounded(sheet.title, sheet.iter_rows(values_only=True)))
        book.close()
    except UnreadableFile:
        raise
    except Exception:
        raise UnreadableFile(_DAMAGED) from None
    return sheets


def read_xls(content: bytes) -> list[Sheet]:
    """The sheets of an old workbook, read by a child process that a crafted file may exhaust."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "quizapp.core.xls_child", str(XLS_MEMORY)],
            input=content,
            capture_output=True,
            timeout=XLS_SECONDS,
            check=True,
        )
        sheets = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise UnreadableFile(_DAMAGED) from None
    return [_bounded(sheet["name"], sheet["rows"]) for sheet in sheets]


def _bounded(name: str, values: Iterable[Iterable[Any]]) -> Sheet:
    rows: list[Row] = []
    omissions: list[str] = []
    for number, cells in _rows_until_gap(values):
        if len(rows) >= MAX_ROWS:
            omissions.append(f"超过 {MAX_ROWS} 行，从第 {number} 行起没有读取。请拆成几个文件。")
            break
        texts = [_text(cell) for cell in cells]
        if any(texts[MAX_COLUMNS:]):
            omissions.append(f"第 {number} 行超过 {MAX_COLUMNS} 列，多出的列没有读取。")
        kept = tuple(text[:MAX_CELL] for text in texts[:MAX_COLUMNS])
        if any(len(text) > MAX_CELL for text in texts[:MAX_COLUMNS]):
            omissions.append(f"第 {number} 行有单元格超过 {MAX_CELL} 字，已截断。")
        if any(kept):
            rows.append(Row(number, kept))
    return Sheet(name, tuple(rows), tuple(omissions))


def _rows_until_gap(values: Iterable[Iterable[Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Numbered rows that hold something, up to a gap of MAX_GAP empty ones."""
    empty = 0
    for number, row in enumerate(values, start=1):
        cells = list(row)
        if any(cell not in (None, "") for cell in cells):
            empty = 0
            yield number, cells
        else:
            empty += 1
            if empty > MAX_GAP:
                return


def _text(value: Any) -> str:
    """A cell as its program shows it: 3.0 as 3, a day as 2026-03-01, yes and no as words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "对" if value else "错"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.hour or value.minute else "%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("_x000D_", "").strip()
