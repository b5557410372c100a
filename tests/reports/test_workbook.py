import io
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from quizapp.reports.counts import DEFINITIONS, CampaignCounts, Counts
from quizapp.reports.workbook import write_counts
from tests.conftest import NOON

SOME = Counts(9, 4, 3, 3, 1, 2, 2, Decimal(100), Decimal(150))


def test_the_workbook_holds_the_numbers_of_the_screen() -> None:
    counts = CampaignCounts(SOME, [("大厅", SOME), ("=1+1", Counts())], [(date(2026, 3, 10), SOME)])
    book = load_workbook(io.BytesIO(write_counts("安全月", counts, NOON)))
    assert book.sheetnames == ["合计", "按渠道", "按日", "口径"]
    row = [9, 4, 75, 3, 1, 2, 66.7, 66.7]
    assert [cell.value for cell in book["合计"][2]] == ["安全月", *row]
    assert [cell.value for cell in book["按日"][2]] == ["2026-03-10", *row]
    assert [cell.value for cell in book["按渠道"][3]] == ["=1+1", 0, 0, "—", 0, 0, 0, "—", "—"]


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    counts = CampaignCounts(SOME, [("=HYPERLINK(1)", SOME)], [])
    book = load_workbook(io.BytesIO(write_counts("=1+1", counts, NOON)))
    assert book["按渠道"]["A2"].data_type == "s"
    assert book["合计"]["A2"].data_type == "s"


def test_the_definitions_stand_in_the_workbook_with_the_cut_off() -> None:
    book = load_workbook(io.BytesIO(write_counts("安全月", CampaignCounts(SOME, [], []), NOON)))
    rows = [tuple(cell.value for cell in row) for row in book["口径"].iter_rows(min_row=2)]
    assert rows[:-2] == [(definition.name, definition.meaning) for definition in DEFINITIONS]
    assert "各行相加可能多于合计" in str(rows[-2][1])
    assert rows[-1] == ("统计截至", "2026-03-10 12:00（北京时间）。每日从 0 时起算。")
