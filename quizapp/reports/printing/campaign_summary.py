"""The promotional summary of one campaign as docx: a page of text and its tables by channel and by day."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from quizapp.core.clock import shanghai_day
from quizapp.reports.counts import DEFINITIONS, DISTINCT, CampaignCounts, Counts, Definition
from quizapp.reports.figures.house_style import print_approximately
from quizapp.reports.printing.page_setup import STYLE_NAMES, new_document
from quizapp.reports.printing.placeholders import print_day, print_time
from quizapp.reports.printing.tables import add_table, headed
from quizapp.reports.printing.template_text import Style

_COLUMNS = ("scans", "started", "submitted", "participants", "completion_rate", "pass_rate", "mean_score")


@dataclass(frozen=True)
class CampaignSummary:
    """What the summary of a campaign is written from."""

    title: str
    #: The bureau's name.
    owner: str
    opens_at: datetime
    closes_at: datetime
    counts: CampaignCounts
    counted_at: datetime


def write_campaign_summary(summary: CampaignSummary) -> bytes:
    """The summary as docx, on the page of GB/T 9704-2012."""
    title = f"“{summary.title}”活动小结"
    document = new_document(title, summary.owner, summary.counted_at)
    for line in (summary.owner, title):
        document.add_paragraph(line, STYLE_NAMES[Style.TITLE])
    document.add_paragraph("", STYLE_NAMES[Style.BODY])
    for style, text in _text(summary):
        document.add_paragraph(text, STYLE_NAMES[style])
    for heading, first, rows in (
        ("三、各渠道情况", "渠道", summary.counts.by_channel),
        ("四、每日情况", "日期", [(day.isoformat(), counts) for day, counts in summary.counts.by_day]),
    ):
        document.add_paragraph(heading, STYLE_NAMES[Style.FIRST])
        if rows:
            add_table(document, (first, *map(_heading, _shown())), [_row(*row) for row in rows])
        else:
            document.add_paragraph("还没有记录。", STYLE_NAMES[Style.BODY])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _text(summary: CampaignSummary) -> Iterator[tuple[Style, str]]:
    total = summary.counts.total
    yield Style.FIRST, "一、活动概况"
    yield Style.BODY, _held(summary)
    yield Style.BODY, _taken_part(total)
    rates = _rates(total)
    if rates:
        yield Style.BODY, rates
    most = "".join(_most(summary.counts))
    if most:
        yield Style.BODY, most
    yield Style.FIRST, "二、统计口径"
    meanings = "".join(f"{one.name}指{one.meaning}" for one in _shown())
    yield Style.BODY, f"数据截至{print_time(summary.counted_at)}。{meanings}{DISTINCT}"


def _held(summary: CampaignSummary) -> str:
    days = _days(shanghai_day(summary.opens_at), shanghai_day(summary.closes_at))
    channels = len(summary.counts.by_channel)
    through = f"，设扫码渠道{channels}个" if channels else ""
    return (
        f"{days}，{summary.owner}举办“{summary.title}”普法答题活动{through}。群众扫码即可答题，不需要注册。"
    )


def _days(first: date, last: date) -> str:
    """The window of a campaign: the year is not said twice."""
    end = print_day(last).removeprefix(f"{first.year}年")
    return print_day(first) if first == last else f"{print_day(first)}至{end}"


def _taken_part(total: Counts) -> str:
    """The key numbers by the house style."""
    if not total.submitted:
        return f"扫码{print_approximately(total.scans, '次')}，尚没有人提交答卷。"
    late = f"，其中超时{print_approximately(total.late, '人次')}" if total.late else ""
    return (
        f"活动期间扫码{print_approximately(total.scans, '次')}，"
        f"开始答题{print_approximately(total.started, '人次')}，"
        f"提交答卷{print_approximately(total.submitted, '人次')}{late}，"
        f"参与群众{print_approximately(total.participants, '人')}。"
    )


def _rates(total: Counts) -> str:
    """Those that there are: a rate of nothing is left out."""
    said = [
        f"{name}{value}{measure}"
        for name, value, measure in (
            ("完成率", total.completion_rate, "%"),
            ("合格率", total.pass_rate, "%"),
            ("平均分", total.mean_score, "分"),
        )
        if value is not None
    ]
    return f"{'，'.join(said)}。" if said else ""


def _most(counts: CampaignCounts) -> Iterator[str]:
    """The channel and the day with the most participants, where there are several."""
    channel = _greatest(counts.by_channel)
    if channel:
        name, number = channel
        yield f"参与人数最多的渠道是“{name}”，有{print_approximately(number, '人')}。"
    day = _greatest([(print_day(day), of_day) for day, of_day in counts.by_day])
    if day:
        name, number = day
        yield f"参与人数最多的一天是{name}，有{print_approximately(number, '人')}。"


def _greatest(rows: Sequence[tuple[str, Counts]]) -> tuple[str, int] | None:
    """The one row with the most participants; None where there are no two to compare, or two are alike."""
    ranked = sorted(rows, key=lambda row: row[1].participants, reverse=True)[:2]
    if len(ranked) < 2 or ranked[0][1].participants == ranked[1][1].participants:
        return None
    return ranked[0][0], ranked[0][1].participants


def _shown() -> list[Definition]:
    return [one for one in DEFINITIONS if one.attribute in _COLUMNS]


def _heading(definition: Definition) -> str:
    return headed(definition.name, definition.unit)


def _row(name: str, counts: Counts) -> tuple[str, ...]:
    return (name, *(_print(one.value_of(counts)) for one in _shown()))


def _print(value: int | Decimal | None) -> str:
    return "—" if value is None else str(value)
