"""The counts of a campaign as xlsx. Its library is imported at the first export, not at each start."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from quizapp.core.clock import shanghai_text
from quizapp.reports.counts import DEFINITIONS, DISTINCT, CampaignCounts, Counts, Definition

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


def write_counts(title: str, counts: CampaignCounts, counted_at: datetime) -> bytes:
    """A workbook of three sheets of counts and one of definitions. Text is never read as a formula."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        _sheet(book.add_worksheet("合计"), bold, "活动", [(title, counts.total)])
        _sheet(book.add_worksheet("按渠道"), bold, "渠道", counts.by_channel)
        by_day = [(day.isoformat(), of_day) for day, of_day in counts.by_day]
        _sheet(book.add_worksheet("按日"), bold, "日期", by_day)
        _definitions(book.add_worksheet("口径"), bold, counted_at)
    return buffer.getvalue()


def _sheet(sheet: "Worksheet", bold: "Format", first: str, rows: Iterable[tuple[str, Counts]]) -> None:
    for column, heading in enumerate((first, *map(_heading, DEFINITIONS))):
        sheet.write_string(0, column, heading, bold)
    for number, (name, counts) in enumerate(rows, start=1):
        sheet.write_string(number, 0, name)
        for column, definition in enumerate(DEFINITIONS, start=1):
            value = definition.value_of(counts)
            if value is None:
                sheet.write_string(number, column, "—")
            else:
                sheet.write_number(number, column, float(value))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, len(DEFINITIONS), 12)
    sheet.freeze_panes(1, 1)


def _heading(definition: Definition) -> str:
    return f"{definition.name}（%）" if definition.unit == "%" else definition.name


def _definitions(sheet: "Worksheet", bold: "Format", counted_at: datetime) -> None:
    sheet.write_string(0, 0, "指标", bold)
    sheet.write_string(0, 1, "口径", bold)
    rows = [(definition.name, definition.meaning) for definition in DEFINITIONS]
    rows.append(("去重", DISTINCT))
    rows.append(("统计截至", f"{shanghai_text(counted_at)}（北京时间）。每日从 0 时起算。"))
    for number, (name, meaning) in enumerate(rows, start=1):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, meaning)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
