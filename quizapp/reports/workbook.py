"""The counts of a campaign as xlsx."""

import io
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from quizapp.core.clock import shanghai_text
from quizapp.reports.counts import DEFINITIONS, CampaignCounts, Counts

HEADINGS = (
    "扫码次数",
    "开始人次",
    "完成率（%）",
    "答题人次",
    "其中超时",
    "参与人数",
    "合格率（%）",
    "平均分",
)


def write_counts(title: str, counts: CampaignCounts, counted_at: datetime) -> bytes:
    """A workbook of three sheets of counts and one of definitions. Text is never read as a formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        _sheet(book.add_worksheet("合计"), bold, "活动", [(title, counts.total)])
        _sheet(book.add_worksheet("按渠道"), bold, "渠道", counts.by_channel)
        by_day = [(day.isoformat(), of_day) for day, of_day in counts.by_day]
        _sheet(book.add_worksheet("按日"), bold, "日期", by_day)
        _definitions(book.add_worksheet("口径"), bold, counted_at)
    return buffer.getvalue()


def _sheet(sheet: Worksheet, bold: Format, first: str, rows: Iterable[tuple[str, Counts]]) -> None:
    for column, heading in enumerate((first, *HEADINGS)):
        sheet.write_string(0, column, heading, bold)
    for number, (name, counts) in enumerate(rows, start=1):
        sheet.write_string(number, 0, name)
        for column, value in enumerate(_cells(counts), start=1):
            if value is None:
                sheet.write_string(number, column, "—")
            else:
                sheet.write_number(number, column, float(value))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, len(HEADINGS), 12)
    sheet.freeze_panes(1, 1)


def _cells(counts: Counts) -> tuple[int | Decimal | None, ...]:
    return (
        counts.scans,
        counts.started,
        counts.completion_rate,
        counts.submitted,
        counts.late,
        counts.participants,
        counts.pass_rate,
        counts.mean_score,
    )


def _definitions(sheet: Worksheet, bold: Format, counted_at: datetime) -> None:
    sheet.write_string(0, 0, "指标", bold)
    sheet.write_string(0, 1, "口径", bold)
    rows = (*DEFINITIONS, ("统计截至", f"{shanghai_text(counted_at)}（北京时间）。每日从 0 时起算。"))
    for number, (name, meaning) in enumerate(rows, start=1):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, meaning)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
