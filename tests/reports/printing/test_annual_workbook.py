"""The annual workbook, read back."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from quizapp.reports.figures.annual import Check, Evidence, Figure
from quizapp.reports.figures.formulas import Entered
from quizapp.reports.figures.indicators import BUILT_IN, Indicator
from quizapp.reports.printing import workbook
from quizapp.reports.printing.workbook import write_annual_workbook
from tests.reports.printing.reporting import VALUES, figure, report

BY_UNIT = (("东风镇", Decimal(200)), ("=1+1", Decimal(112)))


def drills(**more: object) -> Figure:
    indicator = next(one for one in BUILT_IN if one.key == "drills")
    return figure(indicator, Decimal(312), **more)


def rows_of(content: bytes, name: str) -> list[tuple[Any, ...]]:
    sheet = load_workbook(io.BytesIO(content))[name]
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def only(*figures: Figure, **evidence: list[Evidence]) -> bytes:
    return write_annual_workbook(report(figures=figures), evidence)


def test_every_figure_stands_with_its_exact_value_beside_last_years() -> None:
    rows = rows_of(only(drills(last_year=Decimal(250))), "指标")
    assert rows[0][:5] == ("章节", "指标", "数值", "单位", "行文写法")
    assert rows[1] == (
        *("一（五）", "应急演练", 312, "次", "300余次", 250, 62, 24.8),
        *("应急演练的口径", "2025-01-08 10:30"),
    )


def test_what_is_wanting_says_so_and_has_no_change() -> None:
    made = write_annual_workbook(report({**VALUES, "drills": None}), {})
    (row,) = [row for row in rows_of(made, "指标") if row[1] == "应急演练"]
    assert row[2:8] == ("未填报", "次", "未填报", None, None, None)


def test_a_figure_that_was_nought_last_year_has_a_change_and_no_growth() -> None:
    assert rows_of(only(drills(last_year=Decimal(0))), "指标")[1][5:8] == (0, 312, None)


def test_units_stand_in_rows_and_the_figure_at_the_foot() -> None:
    assert rows_of(only(drills(by_unit=BY_UNIT)), "按单位") == [
        ("单位", "应急演练\n（次）"),
        ("东风镇", 200),
        ("=1+1", 112),
        ("合计", 312),
    ]


def test_units_that_do_not_add_up_are_told() -> None:
    indicator = next(one for one in BUILT_IN if one.key == "participants")
    both = figure(indicator, Decimal(10), by_unit=(("甲镇", Decimal(8)), ("乙镇", Decimal("4"))))
    assert rows_of(only(both), "按单位")[-1][0] == (
        "“知识竞赛参与人数”各单位相加为 12，合计为 10。各单位分别去重，同一人可能计入几个单位。"
    )


def test_checks_stand_in_their_sheet() -> None:
    checks = (Check(True, "三类案件相加等于总数。"), Check(False, "占比相加为 99.9。"))
    made = write_annual_workbook(report(checks=checks), {})
    assert rows_of(made, "核对")[1:] == [("相符", "三类案件相加等于总数。"), ("不符", "占比相加为 99.9。")]


def test_the_records_behind_a_figure_stand_in_the_sheet_of_evidence() -> None:
    made = only(
        drills(),
        drills=[
            Evidence("activity", "7", date(2024, 3, 5), "东风镇", "=HYPERLINK(1)", Decimal(2)),
            Evidence("figure", "drills", None, "", "", Decimal("1.5")),
        ],
        other=[Evidence("entry", "1", None, "", "不在报告中", Decimal(1))],
    )
    assert rows_of(made, "依据")[1:] == [
        (
            "应急演练",
            "宣传活动",
            "7",
            datetime.combine(date(2024, 3, 5), time()),
            "东风镇",
            "=HYPERLINK(1)",
            2,
        ),
        ("应急演练", "指标", "应急演练", None, "", "", 1.5),
    ]
    assert load_workbook(io.BytesIO(made))["依据"]["F2"].data_type == "s"


def test_long_evidence_goes_on_in_further_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS_A_SHEET", 2)
    many = [Evidence("activity", str(number), None, "", "", Decimal(1)) for number in range(5)]
    book = load_workbook(io.BytesIO(only(drills(), drills=many)))
    sheets = [name for name in book.sheetnames if name.startswith("依据")]
    assert [[cell.value for cell in book[name]["C"][1:]] for name in sheets] == [
        ["0", "1"],
        ["2", "3"],
        ["4"],
    ]


def charts_of(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart"))
        return [archive.read(name).decode() for name in names]


def test_bars_begin_at_zero_and_bear_their_numbers() -> None:
    charts = charts_of(only(drills(last_year=Decimal(250), by_unit=BY_UNIT)))
    assert len(charts) == 2  # by year, by unit
    assert all('<c:min val="0"/>' in chart and '<c:showVal val="1"/>' in chart for chart in charts)
    assert "<c:v>250.0</c:v>" in charts[0]
    assert "东风镇" in charts[1]


def test_there_is_no_chart_of_nothing() -> None:
    made = write_annual_workbook(report(), {})
    assert charts_of(made) == []
    assert load_workbook(io.BytesIO(made)).sheetnames == ["指标", "按单位", "核对", "依据"]


def test_the_units_of_what_is_no_publicity_have_no_chart() -> None:
    mine = figure(Indicator("own_1", "信访", "件", Entered()), Decimal(3), by_unit=(("甲镇", Decimal(3)),))
    assert charts_of(only(mine)) == []
