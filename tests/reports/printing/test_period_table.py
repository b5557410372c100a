import io
from decimal import Decimal

import docx
from openpyxl import load_workbook

from quizapp.reports.printing.period_table import PeriodTable, write_period_document, write_period_workbook
from tests.reports.printing.reporting import CUT_OFF

TABLE = PeriodTable(
    title="普法宣传工作统计表",
    owner="某县应急管理局",
    period="2024年第一季度",
    cut_off=CUT_OFF,
    columns=(("宣传活动", "场"), ("受众人次", "人次")),
    rows=(("东风镇 <&>", (Decimal(12), Decimal("340.0000"))), ("=1+1", (3, None))),
    total=(15, 340),
    notes=("只计已确认的记录。", "空白为没有填报。"),
)
CELLS = [
    ("单位", "宣传活动\n（场）", "受众人次"),
    ("东风镇 <&>", 12, 340),
    ("=1+1", 3, None),
    ("合计", 15, 340),
]


def test_the_document_lies_and_holds_the_table_with_its_origin_and_notes() -> None:
    document = docx.Document(io.BytesIO(write_period_document(TABLE)))
    (table,) = document.tables
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [
        tuple("" if cell is None else str(cell) for cell in row) for row in CELLS
    ]
    section = document.sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "普法宣传工作统计表"
    assert "统计单位：某县应急管理局    统计期：2024年第一季度    数据截至：2025-01-08 10:30" in texts
    assert texts[-2:] == ["注：1. 只计已确认的记录。", "2. 空白为没有填报。"]


def test_its_heading_is_repeated_on_each_page_and_no_row_is_split() -> None:
    (table,) = docx.Document(io.BytesIO(write_period_document(TABLE))).tables
    assert [("w:tblHeader" in row._tr.xml, "w:cantSplit" in row._tr.xml) for row in table.rows] == [
        (True, True),
        *[(False, True)] * 3,
    ]


def test_the_workbook_holds_the_same_as_numbers() -> None:
    sheet = load_workbook(io.BytesIO(write_period_workbook(TABLE)))["统计表"]
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == TABLE.title
    assert rows[2:6] == CELLS
    assert sheet["A5"].data_type == "s"
    assert [row[0] for row in rows[7:]] == ["注：1. 只计已确认的记录。", "2. 空白为没有填报。"]


def test_one_note_bears_no_number_and_no_unit_is_no_fault() -> None:
    bare = PeriodTable("表", "局", "2024年3月", CUT_OFF, (("活动", "场"),), (), (0,), ("一句。",))
    document = docx.Document(io.BytesIO(write_period_document(bare)))
    assert document.paragraphs[-1].text == "注：一句。"
    assert len(document.tables[0].rows) == 2
