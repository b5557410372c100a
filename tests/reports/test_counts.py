from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from quizapp.campaigns import scans
from quizapp.extensions import db
from quizapp.reports.counts import Counts, percentage
from quizapp.reports.queries import count_campaign
from tests.factories import make_campaign, make_channel
from tests.pages import Visitor
from tests.playing import answers_of, attempt_on

NewVisitor = Callable[[], Visitor]
SetClock = Callable[[datetime], None]


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (1, 2001, "0.0"), (5, 5, "100.0"), (0, 5, "0.0")],
)
def test_rates_round_half_up_to_one_decimal(part: int, whole: int, rate: str) -> None:
    assert percentage(part, whole) == Decimal(rate)


def test_a_rate_of_nothing_is_none() -> None:
    assert Counts().completion_rate is None
    assert Counts().pass_rate is None
    assert Counts().mean_score is None


def test_a_campaign_nobody_scanned_counts_nothing(app: Flask) -> None:
    counts = count_campaign(make_channel(name="大厅").campaign_id)
    assert counts.total == Counts()
    assert list(counts.by_channel) == [("大厅", Counts())]
    assert list(counts.by_day) == []


def test_counts_by_day_and_channel_as_reckoned_by_hand(
    app: Flask, visitor: NewVisitor, set_clock: SetClock
) -> None:
    """Two people, two channels, a start before midnight in Shanghai and its submit after it."""
    evening = datetime.fromisoformat("2026-03-10T23:50:00+08:00")
    first_day, second_day = date(2026, 3, 10), date(2026, 3, 11)
    set_clock(evening)
    campaign = make_campaign(minutes=15)
    hall, station = make_channel(campaign, "大厅").code, make_channel(campaign, "车站").code
    li, wang = visitor(), visitor()

    paper = li.submit(li.open(f"/q/{hall}").form("/paper"))
    li.submit(paper.form("/result"), **answers_of(attempt_on(paper)))  # 10 March, hall, 50 of 50
    paper = wang.submit(wang.open(f"/q/{hall}").form("/paper"))
    set_clock(evening + timedelta(minutes=26))
    answers = answers_of(attempt_on(paper), wrong=[1, 3, 4])
    wang.submit(paper.form("/result"), **answers)  # 11 March, late, 10 of 50
    paper = li.submit(li.open(f"/q/{station}").form("/paper"))
    answers = answers_of(attempt_on(paper), wrong=[1])
    li.submit(paper.form("/result"), **answers)  # 11 March, station, 40 of 50
    wang.submit(wang.open(f"/q/{station}").form("/paper"))  # started and left

    scans.counter().flush()
    db.session.rollback()  # a reader on SQLite sees what stood when its transaction began
    counts = count_campaign(campaign.id)
    assert counts.total == Counts(
        scans=4,
        started=4,
        started_and_submitted=3,
        submitted=3,
        late=1,
        participants=2,
        passed=2,
        score=Decimal(100),
        full_score=Decimal(150),
    )
    assert counts.total.completion_rate == Decimal("75.0")
    assert counts.total.pass_rate == Decimal("66.7")
    assert counts.total.mean_score == Decimal("66.7")
    assert list(counts.by_channel) == [
        ("大厅", Counts(2, 2, 2, 2, 1, 2, 1, Decimal(60), Decimal(100))),
        ("车站", Counts(2, 2, 1, 1, 0, 1, 1, Decimal(40), Decimal(50))),
    ]
    assert list(counts.by_day) == [
        (first_day, Counts(2, 2, 2, 1, 0, 1, 1, Decimal(50), Decimal(50))),
        (second_day, Counts(2, 2, 1, 2, 1, 2, 1, Decimal(50), Decimal(100))),
    ]


def test_another_campaign_is_not_counted(app: Flask, visitor: NewVisitor) -> None:
    ours, theirs = make_channel(), make_channel()
    person = visitor()
    person.submit(person.submit(person.open(f"/q/{theirs.code}").form("/paper")).form("/result"))
    scans.counter().flush()
    db.session.rollback()
    assert count_campaign(ours.campaign_id).total == Counts()
    assert count_campaign(theirs.campaign_id).total.submitted == 1
