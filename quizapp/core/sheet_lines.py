"""What the child process of ``spreadsheets`` tells its parent: JSON lines on stdout, within bounds.

``["sheet", name, why it isn't read]``, ``["row", number, cells, [[column, fault]…]]``,
``["merged", [[top, bottom, column]…]]``, ``["omission", sentence]``; ``["refused", sentence]`` ends all.
"""

import json
import sys
from typing import Any

from quizapp.core.cells import clean

#: Why a sheet is passed over.
HIDDEN = "工作表是隐藏的，没有读取。需要时请取消隐藏。"
NO_TABLE = "不是表格，没有读取。"
CELL_COST = 16


class EncryptedWorkbook(Exception):
    """The workbook asks for a password."""


class Report:
    """What goes to the parent, within bounds.

    ``rows`` of the file, beside the ``free`` first of each sheet, which are titles and headings; ``columns``;
    ``cell``: characters of one; ``characters`` of the file, where each cell counts ``CELL_COST`` more.
    """

    def __init__(self, bounds: dict[str, int]) -> None:
        self.bounds = bounds
        self.rows_left = bounds["rows"]
        self.characters_left = bounds["characters"]
        self.free_left = 0
        self.omissions: dict[str, tuple[int, int]] = {}

    def say(self, *line: Any) -> None:
        """Write one line."""
        sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")

    def begin(self, name: str, unread: str = "") -> None:
        """Open a sheet; ``unread`` says why it is passed over."""
        self.free_left = self.bounds["free"]
        self.say("sheet", clean(name), unread)

    def row(
        self, number: int, cells: dict[int, str], faults: dict[int, str], is_hidden: bool = False
    ) -> None:
        """Write a row that holds something."""
        columns, longest = self.bounds["columns"], self.bounds["cell"]
        if cells and max(cells) >= columns:
            self._omit(f"超过 {columns} 列，多出的列没有读取。", number)
            cells = {column: text for column, text in cells.items() if column < columns}
        if any(len(text) > longest for text in cells.values()):
            self._omit(f"有单元格超过 {longest} 字，已截断。", number)
            cells = {column: text[:longest] for column, text in cells.items()}
        faults = {column: fault for column, fault in faults.items() if column < columns}
        if not (cells or faults) or not self._has_room(number, [*cells.values(), *faults.values()]):
            return
        if is_hidden:
            self._omit("是隐藏的，也已读取。", number)
        width = max((*cells, *faults)) + 1
        self.say("row", number, [cells.get(column, "") for column in range(width)], sorted(faults.items()))

    def _has_room(self, number: int, texts: list[str]) -> bool:
        size = sum(map(len, texts)) + CELL_COST * len(texts)
        if self.rows_left <= 0 and self.free_left <= 0:
            self._omit(f"超出一个文件 {self.bounds['rows']} 行的限度，没有读取。请拆成几个文件。", number)
            return False
        if size > self.characters_left:
            self._omit("超出一个文件的字数限度，没有读取。请拆成几个文件。", number)
            return False
        self.characters_left -= size
        if self.free_left > 0:
            self.free_left -= 1
        else:
            self.rows_left -= 1
        return True

    def end(self, merged: list[tuple[int, int, int]]) -> None:
        """Close a sheet."""
        if merged:
            self.say("merged", merged)
        for reason, (first, count) in self.omissions.items():
            self.say("omission", f"第 {first} 行{f'等 {count} 行' if count > 1 else ''}{reason}")
        self.omissions = {}

    def _omit(self, reason: str, number: int) -> None:
        first, count = self.omissions.get(reason, (number, 0))
        self.omissions[reason] = (first, count + 1)
