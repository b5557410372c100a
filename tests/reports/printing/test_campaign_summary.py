import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import docx

from quizapp.reports.counts import CampaignCounts, Counts
from quizapp.reports.printing.campaign_summary import CampaignSummary, write_campaign_summary
from tests.reports.printing.reading import texts

TOTAL = Counts(13245, 4012, 3900, 3950, 23, 3021, 2963, Decimal(75600), Decimal(94500))
HALL = Counts(9000, 3000, 2900, 2950, 20, 2040, 2000, Decimal(50000), Decimal(62500))
SUMMARY = CampaignSummary(
    title="安全生产月 <学法>",
    owner="某县应急管理局",
    opens_at=datetime(2026, 5, 31, 16, 0, tzinfo=UTC),  # 1 June in Shanghai
    closes_at=datetime(2026, 6, 30, 15, 59, tzinfo=UTC),
    counts=CampaignCounts(
        TOTAL,
        [("政务大厅", HALL), ("广场", Counts())],
        [(date(2026, 6, 2), HALL), (date(2026, 6, 3), Counts())],
    ),
    counted_at=datetime(2026, 7, 1, 2, 5, tzinfo=UTC),
)


def test_the_key_numbers_stand_by_the_house_style() -> None:
    text = "\n".join(texts(write_campaign_summary(SUMMARY)))
    for said in (
        "2026年6月1日至6月30日，某县应急管理局举办“安全生产月 <学法>”普法答题活动，设扫码渠道2个。",
        "扫码1.3万余次，开始答题4000余人次，提交答卷3900余人次，其中超时23人次，参与群众3000余人。",
        "完成率97.2%，合格率75.0%，平均分80.0分。",
        "参与人数最多的渠道是“政务大厅”，有2000余人。参与人数最多的一天是2026年6月2日，有2000余人。",
        "数据截至2026年7月1日10时05分。",
        "各行相加可能多于合计。",
    ):
        assert said in text


def test_channels_and_days_have_a_table_each() -> None:
    by_channel, by_day = docx.Document(io.BytesIO(write_campaign_summary(SUMMARY))).tables
    assert [cell.text for cell in by_channel.rows[0].cells][:3] == ["渠道", "扫码次数\n（次）", "开始人次"]
    assert [cell.text for cell in by_channel.rows[1].cells] == [
        *("政务大厅", "9000", "3000", "96.7", "2950", "2040", "67.8", "80.0"),
    ]
    assert [cell.text for cell in by_day.rows[2].cells] == ["2026-06-03", "0", "0", "—", "0", "0", "—", "—"]


def test_a_campaign_that_nobody_has_answered_claims_nothing() -> None:
    empty = replace(SUMMARY, counts=CampaignCounts(Counts(scans=8), [], []), closes_at=SUMMARY.opens_at)
    lines = texts(write_campaign_summary(empty))
    assert not docx.Document(io.BytesIO(write_campaign_summary(empty))).tables
    assert "扫码8次，尚没有人提交答卷。" in lines
    assert not [line for line in lines if "最多" in line or line.startswith("完成率")]
    assert any(line.startswith("2026年6月1日，某县应急管理局举办") for line in lines)


def test_two_alike_have_no_first() -> None:
    alike = CampaignCounts(TOTAL, [("甲", HALL), ("乙", HALL)], [(date(2026, 6, 2), HALL)])
    assert not any("最多" in line for line in texts(write_campaign_summary(replace(SUMMARY, counts=alike))))


def test_a_window_over_new_year_names_both_years() -> None:
    over = replace(SUMMARY, closes_at=datetime(2027, 1, 5, tzinfo=UTC))
    assert any("2026年6月1日至2027年1月5日" in line for line in texts(write_campaign_summary(over)))
