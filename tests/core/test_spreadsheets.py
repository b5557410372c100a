import io
import zipfile
from datetime import date
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from quizapp.core import spreadsheets
from quizapp.core.spreadsheets import read_xls, read_xlsx
from quizapp.core.uploads import UnreadableFile


def workbook(*rows: list[Any], name: str = "单选题") -> Workbook:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for row in rows:
        sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cells_are_read_as_their_program_shows_them() -> None:
    row = ["题", 3.0, 2.5, True, date(2026, 3, 1), None, " 空 "]
    [sheet] = read_xlsx(saved(workbook(row)))
    assert sheet.name == "单选题"
    assert sheet.rows[0].cells == ("题", "3", "2.5", "对", "2026-03-01", "", "空")


def test_empty_rows_keep_the_numbers_of_the_others() -> None:
    book = workbook(["a"])
    book["单选题"]["A5"] = "b"
    [sheet] = read_xlsx(saved(book))
    assert [(row.number, row.cells[0]) for row in sheet.rows] == [(1, "a"), (5, "b")]


def test_a_wrong_size_in_the_file_loses_no_row() -> None:
    source = io.BytesIO(saved(workbook(["a"], ["b"], ["c"])))
    changed = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                assert b'ref="A1:A3"' in content
                content = content.replace(b'ref="A1:A3"', b'ref="A1:A1"')
            new.writestr(entry, content)
    [sheet] = read_xlsx(changed.getvalue())
    assert len(sheet.rows) == 3


def test_a_cell_at_the_far_end_of_a_sheet_does_no_harm() -> None:
    book = workbook(["题干"], ["一"])
    book["单选题"]["XFD1048576"] = "x"
    [sheet] = read_xlsx(saved(book))
    assert [row.cells[0] for row in sheet.rows] == ["题干", "一"]


def test_hidden_sheets_are_named_and_not_read() -> None:
    book = workbook(["a"])
    hidden = book.create_sheet("旧题")
    hidden.append(["b"])
    hidden.sheet_state = "hidden"
    sheets = read_xlsx(saved(book))
    assert sheets[1].name == "旧题"
    assert sheets[1].rows == ()
    assert "隐藏" in sheets[1].omissions[0]


def test_what_lies_beyond_the_bounds_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "FREE_ROWS", 1)
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 1)
    monkeypatch.setattr(spreadsheets, "MAX_COLUMNS", 2)
    monkeypatch.setattr(spreadsheets, "MAX_CELL", 3)
    [sheet] = read_xlsx(saved(workbook(["a", "b", "c"], ["long one", "b"], ["d"])))
    assert [row.cells for row in sheet.rows] == [("a", "b"), ("lon", "b")]
    assert [
        words for omission in sheet.omissions for words in ("列", "已截断", "第 3 行起") if words in omission
    ]
    assert len(sheet.omissions) == 3


def test_an_old_workbook_is_read_alike() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("判断题")
    for column, value in enumerate(["题", 3.0, True]):
        sheet.write(1, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    [read] = read_xls(buffer.getvalue())
    assert read.name == "判断题"
    assert [(row.number, row.cells) for row in read.rows] == [(2, ("题", "3", "对"))]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" * 100])
def test_a_damaged_workbook_is_told_in_a_sentence(content: bytes) -> None:
    for read in (read_xlsx, read_xls):
        with pytest.raises(UnreadableFile, match="损坏"):
            read(content)
