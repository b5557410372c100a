"""Reading the tables that units keep."""

import csv
import io
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from quizapp.core.spreadsheets import Row, Sheet, read_xlsx
from quizapp.core.uploads import UnreadableFile
from quizapp.ledgers.checking import check_cells
from quizapp.ledgers.columns import Column
from quizapp.ledgers.files import read_ledger
from quizapp.ledgers.found import LedgerReading
from quizapp.ledgers.tables import read_tables
from quizapp.ledgers.writing import Value, write_ledger, write_template
from tests.ledgers.fake import COLUMNS


def read(*sheets: list[list[str]], remembered: dict[str, str] | None = None) -> LedgerReading:
    """Sheets of rows, empty ones passed over as workbooks do."""
    found = [
        Sheet(
            f"表{number}",
            tuple(Row(place, tuple(cells)) for place, cells in enumerate(rows, 1) if any(cells)),
        )
        for number, rows in enumerate(sheets, start=1)
    ]
    return read_tables(found, COLUMNS, remembered or {})


def told(reading: LedgerReading) -> list[tuple[str, str]]:
    return [(note.where, note.reason.partition("，")[0]) for note in reading.notes]


REAL = [
    ["某镇2026年宣传活动台账", "", "", "", ""],
    ["填报单位：某镇", "", "2026年3月", "", ""],
    ["序号", "活动 名称*", "时间", "参加人数（人）", "备注"],
    ["1", "甲", "2026.3.1", "120", "老张"],
    ["2", "乙", "2026.3.2", "30", ""],
    ["", "合 计", "", "150", ""],
    ["", "", "", "", ""],
    ["序号", "活动 名称*", "时间", "参加人数（人）", "备注"],
    ["3", "丙", "2026.3.3", "", ""],
    ["4", "", "", "", ""],
    ["5", "", "", "", ""],
    ["填表人：张三", "", "审核人：李四", "", ""],
]


def test_a_real_table_gives_its_rows_in_order_and_tells_of_all_others() -> None:
    reading = read(REAL)
    assert [(row.where, *row.cells.values()) for row in reading.rows] == [
        ("表1 第4行", "甲", "2026.3.1", "120", ""),
        ("表1 第5行", "乙", "2026.3.2", "30", ""),
        ("表1 第9行", "丙", "2026.3.3", "", ""),
    ]
    assert told(reading) == [
        ("表1 第1行至第2行", "表头之前的说明"),
        ("表1 第6行", "合计或小计"),
        ("表1", "没有认出“备注”列"),
        ("表1 第10行至第11行", "没有台账的内容"),
        ("表1 第12行", "表尾的说明或签署"),
    ]
    assert [(one.heading, one.sample) for one in reading.unknown_headings] == [("备注", "老张")]
    assert reading.heading_rows == 2


def test_a_sum_told_in_the_column_of_numbers_is_no_row() -> None:
    reading = read(
        [["序号", "名称", "日期", "人数"], ["1", "甲", "2026.3.1", "120"], ["合计", "", "", "120"]]
    )
    assert [row.where for row in reading.rows] == ["表1 第2行"]
    assert told(reading) == [("表1 第3行", "合计或小计")]


def test_each_sheet_is_read_under_its_own_heading() -> None:
    reading = read([["名称", "日期"], ["甲", "2026-3-1"]], [["日期", "标题"], ["2026-3-2", "乙"]])
    assert [(row.where, row.cells["活动名称"], row.cells["日期"]) for row in reading.rows] == [
        ("表1 第2行", "甲", "2026-3-1"),
        ("表2 第2行", "乙", "2026-3-2"),
    ]


def test_a_heading_of_two_lines_is_read_as_one() -> None:
    reading = read(
        [["序号", "名称", "时间", "规模"], ["序号", "名称", "时间", "参加人数"], ["1", "甲", "2026-3-1", "9"]]
    )
    assert [row.cells["人数"] for row in reading.rows] == ["9"]
    assert reading.unknown_headings == ()


def test_of_two_columns_that_mean_the_same_the_first_counts_and_the_other_is_told() -> None:
    reading = read([["活动名称", "标题", "日期"], ["甲", "甲甲", "2026-3-1"]])
    assert reading.rows[0].cells["活动名称"] == "甲"
    assert told(reading) == [("表1", "“标题”列与前面的列意思相同")]


def test_what_people_said_of_a_heading_goes_before_what_we_think() -> None:
    table = [["主题", "活动名称", "日期"], ["甲", "不对", "2026-3-1"]]
    assert read(table).rows[0].cells["活动名称"] == "不对"
    remembered = {"主题": "活动名称", "活动名称": ""}
    assert read(table, remembered=remembered).rows[0].cells["活动名称"] == "甲"


def test_a_sheet_without_a_known_heading_is_offered_and_read_once_one_column_is_named() -> None:
    table = [["表", ""], ["主题", "哪天"], ["甲", "2026-3-1"]]
    reading = read(table)
    assert reading.rows == ()
    assert [(one.heading, one.sample) for one in reading.unknown_headings] == [
        ("主题", "甲"),
        ("哪天", "2026-3-1"),
    ]
    assert told(reading)[0] == ("全文", "没有找到台账的内容。表头应有“活动名称”“日期”等列。")
    again = read(table, remembered={"主题": "活动名称"})
    assert [row.cells["活动名称"] for row in again.rows] == ["甲"]
    assert ("表1", "没有找到“日期”列。如果是别的名称") in told(again)


def test_a_cell_that_could_not_be_read_is_a_problem_until_somebody_fills_it() -> None:
    sheet = Sheet("表", (Row(1, ("活动名称", "日期")), Row(2, ("甲", ""), ((1, "是图片。请改为文字"),))))
    row = read_tables([sheet], COLUMNS, {}).rows[0]
    assert check_cells(COLUMNS, row.cells, row.faults)[1] == {"日期": "这一格是图片。请改为文字。"}
    assert check_cells(COLUMNS, {**row.cells, "日期": "2026-3-1"}, row.faults)[1] == {}


def test_choices_are_taken_in_their_own_spelling() -> None:
    cells = {"活动名称": "甲", "日期": "2026-3-1", "类别": "应急 演练"}
    assert check_cells(COLUMNS, cells, {}) == ({**cells, "人数": "", "类别": "应急演练"}, {})
    assert "没有“展览”这一项" in check_cells(COLUMNS, {**cells, "类别": "展览"}, {})[1]["类别"]


def workbook(rows: list[list[object]], merged: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_merged_cells_hold_for_every_row_that_they_cover() -> None:
    content = workbook(
        [["活动名称", "日期", "人数"], ["甲", date(2026, 3, 1), 1200], ["乙", None, 30]], merged="B2:B3"
    )
    reading = read_ledger(content, COLUMNS, {})
    assert [tuple(row.cells.values()) for row in reading.rows] == [
        ("甲", "2026-03-01", "1200", ""),
        ("乙", "2026-03-01", "30", ""),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_whatever_parts_its_cells(delimiter: str, encoding: str) -> None:
    lines = [("名称", "活动日期", "参加人数"), ("甲, 乙; 丙", "2026-3-1", "1,200")]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(lines)
    reading = read_ledger(buffer.getvalue().encode(encoding), COLUMNS, {})
    assert [tuple(row.cells.values()) for row in reading.rows] == [("甲, 乙; 丙", "2026-3-1", "1,200", "")]


def test_what_is_no_table_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnreadableFile, match="请提供"):
        read_ledger(b"%PDF-1.7", COLUMNS, {})
    reading = read_ledger("今天天气很好。\n".encode(), COLUMNS, {})
    assert (len(reading.rows), sum(note.rows for note in reading.notes)) == (0, 1)


def test_what_is_written_is_read_again_as_it_was() -> None:
    rows: list[dict[str, Value]] = [
        {"活动名称": "=1+1", "日期": date(2026, 3, 1), "人数": 1200, "类别": "讲座"},
        {"活动名称": "第二行\n两行", "日期": "2026-03-02", "人数": 0},
    ]
    reading = read_ledger(write_ledger(COLUMNS, rows), COLUMNS, {})
    assert [tuple(row.cells.values()) for row in reading.rows] == [
        ("=1+1", "2026-03-01", "1200", "讲座"),
        ("第二行\n两行", "2026-03-02", "0", ""),
    ]
    assert reading.notes == ()


def test_the_template_has_headings_hints_lists_and_a_sample_that_is_not_read() -> None:
    long = tuple(f"选项{number}" for number in range(300))
    content = write_template((*COLUMNS, Column("单位", choices=long)))
    reading = read_ledger(content, COLUMNS, {})
    assert reading.rows == ()
    assert ("台账 第2行", "示例行") in told(reading)
    assert reading.unknown_headings == ()
    book = load_workbook(io.BytesIO(content))
    sheet, notes = book["台账"], book["填写说明"]
    assert [cell.value for cell in sheet[1]] == ["序号", "活动名称*", "日期*", "人数", "类别", "单位"]
    assert [cell.value for cell in sheet[2]] == ["示例", "进村宣讲", "2026-03-01", "120", "讲座", ""]
    assert [notes.cell(3, column).value for column in (1, 2, 3)] == ["日期", "是", "如 2026-03-01。"]
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists == {"E2:E20001": "'填写说明'!$H$2:$H$3", "F2:F20001": "'填写说明'!$I$2:$I$301"}
    assert notes["I301"].value == "选项299"


def test_a_row_written_below_the_sample_is_read() -> None:
    book = load_workbook(io.BytesIO(write_template(COLUMNS)))
    book["台账"].append([None, "甲", "2026-3-1", "12", "讲座"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert [row.cells["活动名称"] for row in read_ledger(buffer.getvalue(), COLUMNS, {}).rows] == ["甲"]


WORDS = st.sampled_from(
    ["", "序号", "活动名称", "名称", "日期", "时间", "人数", "类别", "备注", "合计", "小计：", "示例", "1",
     "甲", "2026-3-1", "填表人：张三", "第1页", "讲座", "表", "填写说明"]
)  # fmt: skip
CELLS = st.one_of(WORDS, st.text(max_size=8))


@given(
    st.lists(st.lists(st.lists(CELLS, max_size=6), max_size=14), max_size=3), st.dictionaries(WORDS, WORDS)
)
def test_of_any_sheets_every_row_is_found_or_noted_or_a_heading(
    sheets: list[list[list[str]]], remembered: dict[str, str]
) -> None:
    reading = read(*sheets, remembered=remembered)
    filled = sum(1 for rows in sheets for cells in rows if any(cells))
    assert len(reading.rows) + sum(note.rows for note in reading.notes) + reading.heading_rows == filled
    assert all(note.reason.endswith("。") for note in reading.notes)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    with suppress(UnreadableFile):
        reading = read_ledger(text.encode(), COLUMNS, {})
        assert all(set(row.cells) == {column.name for column in COLUMNS} for row in reading.rows)


def test_a_written_workbook_keeps_numbers_and_dates_as_such() -> None:
    content = write_ledger(COLUMNS, [{"活动名称": "甲", "日期": date(2026, 3, 1), "人数": 7}])
    sheet = load_workbook(io.BytesIO(content))["台账"]
    assert [sheet.cell(2, column).data_type for column in (1, 2, 3)] == ["s", "d", "n"]
    assert read_xlsx(content)[0].rows[1].cells == ("甲", "2026-03-01", "7")
