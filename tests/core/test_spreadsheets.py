import io
import zipfile
from datetime import date
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from quizapp.core import spreadsheets
from quizapp.core.cells import NO_VALUE, show_number
from quizapp.core.spreadsheets import Sheet, read_delimited, read_xls, read_xlsx
from quizapp.core.uploads import UnreadableFile
from tests import packages
from tests.packages import package, row, text


def workbook(*rows: list[Any], name: str = "单选题") -> Workbook:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for values in rows:
        sheet.append(values)
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


def read_one(content: bytes) -> Sheet:
    [sheet] = read_xlsx(content)
    return sheet


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (3.0, "General", "3"),
        (0.1 + 0.2, "", "0.3"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (7, "000", "007"),
        (46082, "yyyy-mm-dd", "2026-03-01"),
        (46082.5, "yyyy/m/d h:mm", "2026-03-01 12:00"),
        (46082, '[$-804]yyyy"年"m"月"d"日";@', "2026年3月1日"),
        (46082, 'yyyy"年"m"月"', "2026年3月"),
        (0.75, "h:mm", "18:00"),
        (5, '0"分"', "5"),
        (-1.0, "yyyy-mm-dd", "-1"),
    ],
)
def test_numbers_are_shown_by_their_format(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


def test_the_parts_of_rich_text_are_joined_and_reading_aids_left_out() -> None:
    runs = '<r><t>安全</t></r><r><rPr/><t xml:space="preserve">生产 </t></r>'
    item = f'<si>{runs}<rPh sb="0" eb="1"><t>あん</t></rPh></si>'
    read = read_one(package(row('<c t="s"><v>0</v></c>'), sharedStrings=packages.strings(item)))
    assert read.rows[0].cells == ("安全生产",)


def test_signs_that_nobody_sees_are_gone() -> None:
    read = read_one(package(row(text("一_x000D_&#10;二\u200b_x0007__x005F_"))))
    assert read.rows[0].cells == ("一\n二_",)


def test_a_format_of_the_file_shows_its_numbers() -> None:
    styles = packages.styles("0%", 'yyyy"年"m"月"d"日"')
    cells = '<c s="0"><v>0.8</v></c>', '<c s="1"><v>46082</v></c>', '<c s="9"><v>2</v></c>'
    assert read_one(package(row(*cells), styles=styles)).rows[0].cells == ("80%", "2026年3月1日", "2")


def test_strict_workbooks_and_those_with_prefixes_are_read() -> None:
    written = packages.parts(packages.sheet(row(text("甲"))))
    strict = {
        name: part.replace(packages.MAIN, packages.STRICT).replace(
            packages.RELATIONS, packages.STRICT_RELATIONS
        )
        for name, part in written.items()
    }
    assert read_one(packages.packed(strict)).rows[0].cells == ("甲",)
    prefixed = (
        f'<x:worksheet xmlns:x="{packages.MAIN}"><x:sheetData><x:row r="4"><x:c r="B4" t="str"><x:v>甲</x:v>'
        "</x:c></x:row></x:sheetData></x:worksheet>"
    )
    [read] = read_one(packages.packed(written | {packages.SHEET: prefixed})).rows
    assert (read.number, read.cells) == (4, ("", "甲"))


def test_odd_names_of_parts_are_found() -> None:
    written = packages.parts(packages.sheet(row(text("甲"))))
    odd = {name.replace("/", "\\").replace("sheet1", "Sheet1"): part for name, part in written.items()}
    assert read_one(packages.packed(odd)).rows[0].cells == ("甲",)


def test_what_a_cell_could_not_tell_is_a_fault_of_its_row() -> None:
    cells = (
        "<c><f>A1+1</f></c>",
        '<c t="e"><v>#REF!</v></c>',
        '<c t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
        '<c t="str"><f>""</f><v></v></c>',
        "<c><f>1+1</f><v>2</v></c>",
    )
    [read] = read_one(package(row(*cells))).rows
    assert read.cells == ("", "", "", "", "2")
    assert [column for column, _ in read.faults] == [0, 1, 2]
    assert read.faults[0][1] == NO_VALUE
    assert "#REF!" in read.faults[1][1]
    assert "图片" in read.faults[2][1]


def test_a_merged_cell_holds_for_the_rows_that_it_covers() -> None:
    rows = [row(text("题"), text("甲")), row("<c/>", text("乙")), row("<c/>", text("丙"))]
    read = read_one(package(*rows, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'))
    assert [one.cells for one in read.rows] == [("题", "甲"), ("题", "乙"), ("", "丙")]


def test_hidden_rows_are_read_and_told() -> None:
    read = read_one(package(row(text("甲")), f'<row hidden="1">{text("乙")}</row>'))
    assert len(read.rows) == 2
    assert read.omissions == ("第 2 行是隐藏的，也已读取。",)


def test_a_sheet_without_cells_has_no_rows() -> None:
    assert read_one(package()) == Sheet("单选题", ())


def test_a_chart_is_told_and_not_read() -> None:
    written = packages.parts(packages.sheet())
    chart = {name: part.replace('/worksheet"', '/chartsheet"') for name, part in written.items()}
    assert read_one(packages.packed(chart)).omissions == ("不是表格，没有读取。",)


def test_rows_beyond_the_bounds_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "FREE_ROWS", 1)
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 2)
    read = read_one(package(*[row(text(str(n))) for n in range(6)]))
    assert [one.number for one in read.rows] == [1, 2, 3]
    assert read.omissions == ("第 4 行等 3 行超出一个文件 2 行的限度，没有读取。请拆成几个文件。",)


def test_old_workbooks_show_formats_merges_and_hidden_rows_alike() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("题")
    sheet.write_merge(0, 1, 0, 0, "章")
    sheet.write(1, 1, 0.5, xlwt.easyxf(num_format_str="0%"))
    sheet.write(2, 1, date(2026, 3, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.row(2).hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    [read] = read_xls(buffer.getvalue())
    assert [one.cells for one in read.rows] == [("章",), ("章", "50%"), ("", "2026-03-01")]
    assert read.omissions == ("第 3 行是隐藏的，也已读取。",)


def test_a_cell_at_the_far_end_of_an_old_sheet_does_no_harm() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("题")
    sheet.write(0, 0, "题干")
    sheet.write(65_535, 255, "x")
    buffer = io.BytesIO()
    book.save(buffer)
    [read] = read_xls(buffer.getvalue())
    assert [one.cells for one in read.rows] == [("题干",)]
    assert read.omissions == ("第 65536 行超过 40 列，多出的列没有读取。",)


def test_an_old_workbook_with_a_password_says_so() -> None:
    book = xlwt.Workbook()
    book.add_sheet("题")
    buffer = io.BytesIO()
    book.save(buffer)
    interface, password = b"\xe1\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\xb0\x04"  # records of BIFF8
    assert buffer.getvalue().count(interface) == 1
    with pytest.raises(UnreadableFile, match="密码"):
        read_xls(buffer.getvalue().replace(interface, password))


def test_delimited_text_is_one_sheet_whose_rows_bear_their_line() -> None:
    [read] = read_delimited('题干,答案\n"一,\n二",A\n三,B\n', ",")
    assert [(one.number, one.cells) for one in read.rows] == [
        (1, ("题干", "答案")),
        (2, ("一,\n二", "A")),
        (4, ("三", "B")),
    ]
