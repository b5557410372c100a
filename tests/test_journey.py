"""The whole walk through HTTP: plan, publish, hang out a code, scan, answer, submit, count, download."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask
from openpyxl import load_workbook

from quizapp.campaigns import scans
from tests.factories import PASSWORD, make_bank, make_user
from tests.pages import Visitor
from tests.playing import answers_of, attempt_on

PLAN = {
    "title": "安全生产月",
    "notice": "县应急管理局主办。",
    "opens_at": "2026-03-01T08:00",
    "closes_at": "2026-03-31T18:00",
    "single_count": "2",
    "single_points": "10",
    "multiple_count": "2",
    "multiple_points": "15",
    "true_false_count": "1",
    "true_false_points": "5",
    "multiple_rule": "half_for_part",
    "late_rule": "count",
    "minutes": "10",
    "attempts_a_day": "1",
    "pass_percent": "60",
}


def test_from_plan_to_counts(
    app: Flask,
    visitor: Callable[[], Visitor],
    noon: datetime,
    set_clock: Callable[[datetime], None],
) -> None:
    bank = make_bank(10, 10, 10)
    make_user("zhang")
    organiser = visitor()
    organiser.log_in("zhang", PASSWORD)
    form = organiser.open("/campaigns/new").forms[-1]
    page = organiser.submit(form, **PLAN, bank_ids=str(bank.id))
    page = organiser.submit(page.form("/publish"))
    campaign_address = organiser.address
    codes = []
    for name in ("大厅", "车站"):
        page = organiser.submit(organiser.open(campaign_address).form("/channels"), name=name)
        codes.append(page.text.split("/q/")[1][:6])

    # Four people; 55 points a paper, 33 to pass. Wrong ones lose 10, 10, 15, 15, 5.
    plays = [
        (codes[0], noon, []),  # 55
        (codes[0], noon, [1, 2]),  # 35, passes
        (codes[1], noon, [3, 4]),  # 25
        (codes[1], noon + timedelta(days=1), [1, 2, 3, 4, 5]),  # 0
    ]
    people = []
    for number, (code, moment, wrong) in enumerate(plays):
        set_clock(moment)
        person = visitor()
        paper = person.submit(person.open(f"/q/{code}").form("/paper"))
        page = person.submit(paper.form("/result"), **answers_of(attempt_on(paper), wrong))
        assert f"{[55, 35, 25, 0][number]} 分 / 满分 55 分" in page.text
        people.append(person)
    refused = people[-1].submit(people[-1].open(f"/q/{codes[1]}").form("/paper"))
    assert "答题次数已用完" in refused.text
    set_clock(noon + timedelta(days=2))
    people[0].submit(people[0].open(f"/q/{codes[1]}").form("/paper"))  # a third day, started only

    scans.counter().flush()
    page = organiser.open(f"{campaign_address}/counts")
    for words in (
        "扫码次数 6 次",
        "开始人次 5 人次",
        "答题人次 4 人次",
        "参与人数 4 人",
        "完成率 80.0 %",
        "合格率 50.0 %",
        "平均分 52.3 分",  # 115 of 220
        "大厅 2 2 100.0% 2 0 2 100.0% 81.8",  # 90 of 110
        "车站 4 3 66.7% 2 0 2 0.0% 22.7",  # 25 of 110
        "2026-03-10 3 3 100.0% 3 0 3 66.7% 69.7",  # 115 of 165
        "2026-03-11 2 1 100.0% 1 0 1 0.0% 0.0",
        "2026-03-12 1 1 0.0% 0 0 0 — —",
    ):
        assert words in page.text, words
    export = organiser.submit(page.form("/counts.xlsx")).response
    assert "attachment" in export.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(export.data))["合计"]
    assert [cell.value for cell in sheet[2]] == ["安全生产月", 6, 5, 80, 4, 0, 4, 50, 52.3]
