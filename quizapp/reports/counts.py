"""The counts of a campaign as product.md defines them, and their rates. No database here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True)
class Counts:
    """The counts of one period, channel or campaign. Scores are sums of points."""

    scans: int = 0
    started: int = 0
    #: Of those started in the period, submitted at any time.
    started_and_submitted: int = 0
    submitted: int = 0
    late: int = 0
    participants: int = 0
    passed: int = 0
    score: Decimal = Decimal(0)
    full_score: Decimal = Decimal(0)

    @property
    def completion_rate(self) -> Decimal | None:
        """完成率, in per cent to one decimal; None where nothing was started."""
        return percentage(self.started_and_submitted, self.started)

    @property
    def pass_rate(self) -> Decimal | None:
        """合格率, in per cent to one decimal; None where nothing was submitted."""
        return percentage(self.passed, self.submitted)

    @property
    def mean_score(self) -> Decimal | None:
        """平均分 out of 100, to one decimal; None where nothing was submitted."""
        return percentage(self.score, self.full_score)


@dataclass(frozen=True)
class Definition:
    """One count or rate as screen and export show it; ``attribute`` names it in ``Counts``."""

    name: str
    attribute: str
    unit: str
    meaning: str

    def value_of(self, counts: Counts) -> int | Decimal | None:
        """The number itself; None for a rate of nothing."""
        value: int | Decimal | None = getattr(counts, self.attribute)
        return value


DEFINITIONS = (
    Definition("扫码次数", "scans", "次", "打开渠道页面的次数；预读取和探测不计。"),
    Definition("开始人次", "started", "人次", "开始答题的次数，按开始的时刻归入当日。"),
    Definition("完成率", "completion_rate", "%", "当期开始的答题中，已经提交的比例。"),
    Definition("答题人次", "submitted", "人次", "提交答卷的次数，按提交的时刻归入当日。"),
    Definition("其中超时", "late", "人次", "超过时限才提交的答卷，已计入答题人次。"),
    Definition("参与人数", "participants", "人", "至少提交过一次的不同参与者，目前以手机浏览器区分。"),
    Definition("合格率", "pass_rate", "%", "达到合格线的答题人次占答题人次的比例。"),
    Definition("平均分", "mean_score", "分", "得分合计除以满分合计，折合百分制。"),
)

#: Why rows of 参与人数 need not add up, said wherever they stand in rows.
DISTINCT = "各渠道、各日分别去重：同一人从两个渠道或在两天答题，各计一人，因此各行相加可能多于合计。"


@dataclass(frozen=True)
class CampaignCounts:
    """All counts of a campaign: in all, by channel name and by Shanghai day, ascending."""

    total: Counts
    by_channel: Sequence[tuple[str, Counts]]
    by_day: Sequence[tuple[date, Counts]]


def percentage(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """``part`` of ``whole`` in per cent, half up to one decimal; None of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_ONE_PLACE, ROUND_HALF_UP)
