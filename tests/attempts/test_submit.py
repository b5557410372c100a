from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.campaigns.editing import Plan, edit_campaign
from quizapp.campaigns.rules import LateRule, MultipleRule
from quizapp.campaigns.snapshots import publish
from quizapp.extensions import db
from tests.factories import make_campaign, make_channel, make_rules
from tests.pages import Page, Visitor
from tests.playing import answers_of, stored_attempts

NewVisitor = Callable[[], Visitor]
SetClock = Callable[[datetime], None]


def begin(person: Visitor, code: str) -> Page:
    return person.submit(person.open(f"/q/{code}").form("/paper"))


def test_a_right_paper_earns_all_and_shows_why(visitor: NewVisitor) -> None:
    code = make_channel().code
    person = visitor()
    paper = begin(person, code)
    page = person.submit(paper.form("/result"), **answers_of(stored_attempts()[0]))
    for words in ("50 分 / 满分 50 分", "✓ 合格", "答对 4 题，共 4 题", "解析", "依据：《安全生产法》第"):
        assert words in page.text
    attempt = stored_attempts()[0]
    assert attempt.answers == [[0], [0], [0, 1], [0]]
    assert (attempt.score, attempt.full_score) == (Decimal(50), Decimal(50))
    assert (attempt.passed, attempt.late) == (True, False)


def test_half_points_are_kept_and_shown(visitor: NewVisitor) -> None:
    code = make_channel(multiple_rule=MultipleRule.HALF_FOR_PART, pass_percent=20).code
    person = visitor()
    paper = begin(person, code)
    chosen = answers_of(stored_attempts()[0])
    page = person.submit(paper.form("/result"), q3=chosen["q3"][:1])
    assert "10 分 / 满分 50 分" in page.text
    assert "△ 部分答对" in page.text
    assert page.text.count("✗ 未作答") == 3
    assert stored_attempts()[0].score == Decimal(10)


def test_an_empty_paper_is_kept_and_earns_nothing(visitor: NewVisitor) -> None:
    code = make_channel().code
    person = visitor()
    page = person.submit(begin(person, code).form("/result"))
    assert "✗ 未合格" in page.text
    assert stored_attempts()[0].answers == [[], [], [], []]


def test_second_submit_returns_the_first_result(visitor: NewVisitor) -> None:
    code = make_channel().code
    person = visitor()
    form = begin(person, code).form("/result")
    first = person.submit(form, **answers_of(stored_attempts()[0]))
    again = person.submit(form)
    assert again.text == first.text
    assert stored_attempts()[0].score == 50


def test_a_submit_leads_to_the_result_of_its_own_attempt(visitor: NewVisitor) -> None:
    code = make_channel().code
    person = visitor()
    first = begin(person, code).form("/result")
    person.submit(first, **answers_of(stored_attempts()[0]))
    person.submit(begin(person, code).form("/result"))
    assert person.address == f"/q/{code}/result/2"
    assert "50 分 / 满分" in person.submit(first).text
    assert person.address == f"/q/{code}/result/1"


def test_a_phone_whose_cookies_vanished_still_submits_and_sees_the_result(
    visitor: NewVisitor, app: Flask
) -> None:
    code = make_channel().code
    form = begin(visitor(), code).form("/result")
    page = Visitor(app.test_client()).submit(form, **answers_of(stored_attempts()[0]))
    assert page.status == 200
    assert "50 分 / 满分 50 分" in page.text


def test_nobody_else_can_open_a_result(visitor: NewVisitor) -> None:
    code = make_channel().code
    person, stranger = visitor(), visitor()
    person.submit(begin(person, code).form("/result"))
    assert "您的得分" in person.open(f"/q/{code}/result/1").text
    assert "开始答题" in stranger.open(f"/q/{code}/result/1").text
    begin(stranger, code)
    page = stranger.open(f"/q/{code}/result/1")
    assert page.status == 404
    assert "没有这次答题的记录" in page.text


@pytest.mark.parametrize("token", ["", "x", "WzEsMSwi.abc"])
def test_a_token_that_is_not_ours_is_refused(client: FlaskClient, app: Flask, token: str) -> None:
    code = make_channel().code
    response = client.post(f"/q/{code}/result", data={"token": token})
    assert response.status_code == 400
    assert "重新扫码" in response.get_data(as_text=True)


def test_an_altered_token_is_refused(visitor: NewVisitor) -> None:
    code = make_channel().code
    person = visitor()
    form = begin(person, code).form("/result")
    token = form.values["token"][0]
    body, _, signature = token.rpartition(".")
    other = signature.translate(str.maketrans("Ab", "bA"))[::-1]  # the last digit's spare bits mean nothing
    for altered in (f"{body}.{other}", f"A{body[1:]}.{signature}", f"{token}x", body):
        assert person.submit(form, token=altered).status == 400
    assert stored_attempts()[0].submitted_at is None


def test_a_reader_who_takes_an_hour_still_submits(
    visitor: NewVisitor, noon: datetime, set_clock: SetClock
) -> None:
    code = make_channel(minutes=None).code
    person = visitor()
    form = begin(person, code).form("/result")
    set_clock(noon + timedelta(hours=1))
    assert "超时" not in person.submit(form).text
    assert stored_attempts()[0].late is False


@pytest.mark.parametrize(
    ("rule", "score", "words"),
    [(LateRule.COUNT, 50, "成绩照常计算"), (LateRule.ZERO, 0, "按规则记零分")],
)
def test_a_late_paper_is_kept_marked_and_scored_as_the_rule_says(
    visitor: NewVisitor, noon: datetime, set_clock: SetClock, rule: LateRule, score: int, words: str
) -> None:
    code = make_channel(minutes=10, late_rule=rule).code
    person = visitor()
    form = begin(person, code).form("/result")
    set_clock(noon + timedelta(minutes=10, seconds=11))
    page = person.submit(form, **answers_of(stored_attempts()[0]))
    assert "超时提交" in page.text
    assert words in page.text
    attempt = stored_attempts()[0]
    assert (attempt.late, attempt.score) == (True, Decimal(score))
    assert attempt.answers == [[0], [0], [0, 1], [0]]


def test_a_paper_within_the_grace_is_not_late(
    visitor: NewVisitor, noon: datetime, set_clock: SetClock
) -> None:
    code = make_channel(minutes=10).code
    person = visitor()
    form = begin(person, code).form("/result")
    set_clock(noon + timedelta(minutes=10, seconds=10))
    person.submit(form)
    assert stored_attempts()[0].late is False


def test_who_started_in_time_may_submit_after_the_campaign_closed(
    visitor: NewVisitor, noon: datetime, set_clock: SetClock
) -> None:
    campaign = make_campaign(closes_at=noon + timedelta(minutes=1), minutes=10)
    code = make_channel(campaign).code
    person = visitor()
    form = begin(person, code).form("/result")
    set_clock(noon + timedelta(minutes=9))
    assert "您的得分" in person.submit(form).text
    assert stored_attempts()[0].late is False


def test_an_expired_paper_says_what_to_do(visitor: NewVisitor, noon: datetime, set_clock: SetClock) -> None:
    code = make_channel(minutes=10).code
    person = visitor()
    form = begin(person, code).form("/result")
    set_clock(noon + timedelta(hours=24, seconds=1))
    page = person.submit(form)
    assert page.status == 410
    assert "已经过期" in page.text
    assert "重新扫码" in page.text
    assert stored_attempts()[0].submitted_at is None


def test_an_old_paper_is_scored_and_shown_by_the_publication_it_was_drawn_by(
    visitor: NewVisitor, app: Flask
) -> None:
    campaign = make_campaign()
    code = make_channel(campaign).code
    person = visitor()
    form = begin(person, code).form("/result")
    stricter = make_rules(campaign.rules["bank_ids"], pass_percent=100)
    edit_campaign(campaign, Plan("新名称", "新说明", campaign.opens_at, campaign.closes_at, stricter))
    publish(campaign)
    db.session.commit()
    chosen = {**answers_of(stored_attempts()[0]), "q1": []}
    page = person.submit(form, **chosen)
    assert "✓ 合格" in page.text
    assert "安全生产月答题" in page.text


def test_first_marks_are_set_once_in_campaign_year_day_and_channel(
    visitor: NewVisitor, set_clock: SetClock
) -> None:
    start = datetime.fromisoformat("2026-12-31T20:00:00+08:00")
    set_clock(start)
    campaign = make_campaign()
    here, there = make_channel(campaign, "甲").code, make_channel(campaign, "乙").code
    person = visitor()
    plays = [(0, here), (1, here), (2, there), (5, here)]
    for hours, code in plays:
        set_clock(start + timedelta(hours=hours))
        person.submit(begin(person, code).form("/result"))
    marks = [
        (a.first_in_campaign, a.first_in_year, a.first_in_day, a.first_in_channel) for a in stored_attempts()
    ]
    assert marks == [
        (True, True, True, True),
        (False, False, False, False),
        (False, False, False, True),
        (False, True, True, False),
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(
        st.sampled_from(["q1", "q2", "q3", "q4", "q0", "q99", "token2", "q"]),
        st.lists(st.one_of(st.integers(-5, 50).map(str), st.text(max_size=8)), max_size=6),
    )
)
def test_wild_answers_never_break_the_submit(
    app: Flask, visitor: NewVisitor, values: dict[str, list[str]]
) -> None:
    code = make_channel().code
    person = visitor()
    page = person.submit(begin(person, code).form("/result"), **values)
    assert page.status == 200
    attempt = stored_attempts()[-1]
    assert attempt.score is not None
    assert 0 <= attempt.score <= 50
