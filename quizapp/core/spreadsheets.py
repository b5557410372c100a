"""Workbooks as plain rows of text, read within bounds by a child process."""

import json
import signal
import subprocess
import sys
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from quizapp.core.uploads import TOO_BIG, UnreadableFile

#: Of a whole file, beside the first of each sheet: titles, notes and the heading.
MAX_ROWS = 20_000
FREE_ROWS = 10
MAX_COLUMNS = 40
MAX_CELL = 4_000
#: Of a whole file: 20,000 questions of 400 each. What is held stays below 200 MB.
MAX_CHARACTERS = 12_000_000
#: Cells that merged areas may give to the rows below their first.
MAX_FILLED = 400_000

_CHILD = Path(__file__).with_name("workbook_child.py")
_DAMAGED = "工作簿已经损坏或内容不规范。请用 WPS 或 Office 打开，另存为 xlsx 后重试。"


@dataclass(frozen=True)
class Row:
    """One row that is not empty: its number as the program shows it, and its cells' text."""

    number: int
    cells: tuple[str, ...]
    #: Columns whose cell is empty here and not in the file, and why: ``(3, "是图片")``.
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows, and what of it was not read."""

    name: str
    rows: tuple[Row, ...]
    omissions: tuple[str, ...] = ()


def read_xlsx(content: bytes) -> list[Sheet]:
    """The sheets of a workbook. Raises UnreadableFile."""
    return _read(content, "xlsx")


def read_xls(content: bytes) -> list[Sheet]:
    """The sheets of an old workbook. Raises UnreadableFile."""
    return _read(content, "xls")


def read_delimited(text: str, delimiter: str) -> list[Sheet]:
    """Text whose cells a comma or a tab parts, as one sheet without a name. Raises UnreadableFile."""
    return _read(text.encode(), "delimited", delimiter)


def _read(content: bytes, kind: str, *more: str) -> list[Sheet]:
    bounds = {
        "rows": MAX_ROWS,
        "free": FREE_ROWS,
        "columns": MAX_COLUMNS,
        "cell": MAX_CELL,
        "characters": MAX_CHARACTERS,
    }
    command = [sys.executable, "-I", str(_CHILD), kind, json.dumps(bounds), *more]
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own file
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as child:
            sheets = _gather(child.stdout or ())
    if child.returncode:
        raise UnreadableFile(TOO_BIG if child.returncode == -signal.SIGXCPU else _DAMAGED)
    return sheets


def _gather(lines: Iterable[bytes]) -> list[Sheet]:
    """The sheets that the lines of ``sheet_lines.Report`` tell of."""
    sheets: list[_Sheet] = []
    for line in lines:
        try:
            subject, *words = json.loads(line)
        except ValueError:  # the child ended amid a line
            raise UnreadableFile(_DAMAGED) from None
        if subject == "refused":
            raise UnreadableFile(*words)
        if subject == "sheet":
            sheets.append(_Sheet(*words))
        else:
            getattr(sheets[-1], subject)(*words)
    return [Sheet(sheet.name, tuple(sheet.rows), tuple(sheet.omissions)) for sheet in sheets]


class _Sheet:
    """A sheet as its lines come in; each method takes the line of its name."""

    def __init__(self, name: str, unread: str) -> None:
        self.name = name
        self.rows: list[Row] = []
        self.omissions = [unread] if unread else []

    def omission(self, sentence: str) -> None:
        """Something was not read."""
        self.omissions.append(sentence)

    def row(self, number: int, cells: list[str], faults: list[tuple[int, str]]) -> None:
        """A row that holds something."""
        self.rows.append(Row(number, tuple(cells), tuple((column, fault) for column, fault in faults)))

    def merged(self, areas: list[tuple[int, int, int]]) -> None:
        """What the first cell of a merged area says holds for each row that it covers."""
        numbers = [row.number for row in self.rows]
        left = MAX_FILLED
        for top, bottom, column in areas:
            start, end = bisect_left(numbers, top), bisect_right(numbers, bottom)
            if start == end or numbers[start] != top or column >= len(self.rows[start].cells):
                continue
            text = self.rows[start].cells[column]
            left -= end - start
            if left < 0:
                return
            for place in range(start + 1, end):
                self.rows[place] = _filled(self.rows[place], column, text)


def _filled(row: Row, column: int, text: str) -> Row:
    cells = [*row.cells, *[""] * (column + 1 - len(row.cells))]
    cells[column] = text
    return replace(row, cells=tuple(cells))
