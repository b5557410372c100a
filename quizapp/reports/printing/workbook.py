"""The annual report as xlsx: figures, units, checks, charts, and the records behind every figure.

Rows go to the disk as they are written, so that long evidence takes no memory. XlsxWriter is imported when a
workbook is made, not at each start.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from quizapp.core.clock import shanghai_text
from quizapp.reports.counts import percentage
from quizapp.reports.figures.annual import AnnualReport, Evidence, Figure
from quizapp.reports.figures.formulas import OfParticipants
from quizapp.reports.figures.house_style import UNFILLED, print_number
from quizapp.reports.printing.charts import draw_charts
from quizapp.reports.printing.sheets import (
    Cell,
    Column,
    Formats,
    begin_sheet,
    make_formats,
    write_row,
    write_rows,
)
from quizapp.reports.printing.tables import headed

if TYPE_CHECKING:
    from xlsxwriter import Workbook

#: Fewer than the 1,048,576 that a sheet holds.
ROWS_A_SHEET = 1_000_000

FIGURES, BY_UNIT, CHECKS, EVIDENCE = "指标", "按单位", "核对", "依据"
_SUBJECTS = {
    "activity": "宣传活动",
    "movement": "出入库",
    "release": "媒体发稿",
    "campaign": "竞赛活动",
    "entry": "填报",
    "figure": "指标",
}
_FIGURE_COLUMNS: tuple[Column, ...] = (
    ("章节", 9),
    ("指标", 28),
    ("数值", 12),
    ("单位", 8),
    ("行文写法", 16),
    ("上年", 12),
    ("增减", 12),
    ("增幅（%）", 10),
    ("口径", 60),
    ("数据截至", 18),
)
_CHECK_COLUMNS: tuple[Column, ...] = (("结果", 10), ("说明", 100))
_EVIDENCE_COLUMNS: tuple[Column, ...] = (
    ("指标", 28),
    ("类别", 10),
    ("编号", 16),
    ("日期", 12),
    ("单位", 20),
    ("标题", 50),
    ("数值", 12),
)


def write_annual_workbook(report: AnnualReport, evidence: Mapping[str, Sequence[Evidence]]) -> bytes:
    """The report with its evidence, by the keys of the indicators. Text is never read as a formula."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        title = f"{report.owner}{report.year}年度指标"
        book.set_properties({"title": title, "author": report.owner, "created": report.cut_off})
        formats = make_formats(book)
        sheet = begin_sheet(book, formats, FIGURES, _FIGURE_COLUMNS)
        write_rows(sheet, formats, (_figure_cells(report, figure) for figure in report.figures))
        _write_units(book, formats, report)
        sheet = begin_sheet(book, formats, CHECKS, _CHECK_COLUMNS)
        write_rows(sheet, formats, (("相符" if one.holds else "不符", one.sentence) for one in report.checks))
        draw_charts(book, report, units_of(report), BY_UNIT)
        _write_evidence(book, formats, report, evidence)
    return buffer.getvalue()


def units_of(report: AnnualReport) -> tuple[str, ...]:
    """Every unit that adds to some figure, in the order of the first mention."""
    return tuple(dict.fromkeys(name for figure in report.figures for name, _ in figure.by_unit))


def _figure_cells(report: AnnualReport, figure: Figure) -> Sequence[Cell]:
    value, before = figure.value, figure.last_year
    change = value - before if value is not None and before is not None else None
    return (
        figure.indicator.section,
        figure.indicator.name,
        UNFILLED if value is None else value,
        figure.indicator.measure,
        figure.printed,
        before,
        change,
        percentage(change, before) if change is not None and before else None,
        figure.rule,
        shanghai_text(report.cut_off),
    )


def _write_units(book: "Workbook", formats: Formats, report: AnnualReport) -> None:
    """A row a unit and a column a figure, the figure itself at the foot."""
    divided = [figure for figure in report.figures if figure.by_unit]
    headings = [(headed(one.indicator.name, one.indicator.measure), 14) for one in divided]
    sheet = begin_sheet(book, formats, BY_UNIT, [("单位", 24), *headings])
    shares = [dict(figure.by_unit) for figure in divided]
    row = write_rows(
        sheet, formats, ([unit, *(share.get(unit) for share in shares)] for unit in units_of(report))
    )
    write_row(sheet, formats, row, ["合计", *(figure.value for figure in divided)], formats.total)
    write_rows(sheet, formats, ([note] for note in _notes(divided)), row + 2)


def _notes(divided: Sequence[Figure]) -> Iterator[str]:
    """Why the units of a figure don't add up to it."""
    for figure in divided:
        added = sum(amount for _, amount in figure.by_unit)
        if figure.value is not None and added != figure.value:
            is_distinct = isinstance(figure.indicator.formula, OfParticipants)
            why = "。各单位分别去重，同一人可能计入几个单位" if is_distinct else ""
            name = figure.indicator.name
            yield f"“{name}”各单位相加为 {print_number(added)}，合计为 {print_number(figure.value)}{why}。"


def _write_evidence(
    book: "Workbook", formats: Formats, report: AnnualReport, evidence: Mapping[str, Sequence[Evidence]]
) -> None:
    """The records behind the figures, in as many sheets as they need."""
    number = 1
    sheet = begin_sheet(book, formats, EVIDENCE, _EVIDENCE_COLUMNS)
    row = 1
    for cells in _evidence_rows(report, evidence):
        if row > ROWS_A_SHEET:
            number, row = number + 1, 1
            sheet = begin_sheet(book, formats, f"{EVIDENCE}{number}", _EVIDENCE_COLUMNS)
        write_row(sheet, formats, row, cells)
        row += 1


def _evidence_rows(report: AnnualReport, evidence: Mapping[str, Sequence[Evidence]]) -> Iterator[list[Cell]]:
    names = {figure.indicator.key: figure.indicator.name for figure in report.figures}
    for key, name in names.items():
        for one in evidence.get(key, ()):
            yield [
                name,
                _SUBJECTS.get(one.subject, one.subject),
                names.get(one.reference, one.reference) if one.subject == "figure" else one.reference,
                one.day,
                one.unit,
                one.title,
                one.amount,
            ]
