from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from quizapp.accounts.roles import Role
from quizapp.attempts import journal
from quizapp.campaigns.editing import Plan, edit_campaign
from quizapp.campaigns.models import Channel
from quizapp.campaigns.rules import LateRule, MultipleRule
from quizapp.campaigns.snapshots import publish
from quizapp.extensions import db
from quizapp.questions import editing, reviewing
from quizapp.questions.kinds import Kind
from quizapp.questions.models import Question, QuestionRevision
from tests.factories import (
    BLANK_RULES,
    make_bank,
    make_blank_question,
    make_campaign,
    make_case,
    make_channel,
    make_rules,
    make_user,
    parsed_question,
)
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
    edit_campaign(
        campaign, Plan("新名称", "新说明", campaign.opens_at, campaign.closes_at, stricter, campaign.unit_id)
    )
    publish(campaign)
    db.session.commit()
    chosen = {**answers_of(stored_attempts()[0]), "q1": []}
    page = person.submit(form, **chosen)
    assert "✓ 合格" in page.text
    assert "安全生产月答题" in page.text


def test_a_result_shows_what_was_asked_after_its_question_was_edited_and_retired(visitor: NewVisitor) -> None:
    channel = make_channel()
    code = channel.code
    person = visitor()
    page = person.submit(person.open(f"/q/{code}").form("/paper"))
    page = person.submit(page.form("/result"), **answers_of(stored_attempts()[0]))
    asked_before = page.text
    revision_id = stored_attempts()[0].paper[0][0]
    editor = make_user("li", Role.BANK_EDITOR)
    revision = db.session.get_one(QuestionRevision, revision_id)
    question = db.session.get_one(Question, revision.question_id)
    editing.revise_question(question, parsed_question(Kind.SINGLE, 99), editor.id, 1)
    reviewing.retire(question, editor)
    db.session.commit()
    assert revision.stem in asked_before
    assert person.open(f"/q/{code}/result/1").text == asked_before


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


def make_mixed_channel() -> Channel:
    """1 single at 10 and 2 blank at 5 (one in any order); a case takes the single and one blank question."""
    bank = make_bank(0, 0, 0, blank=1)
    make_case(bank, Kind.SINGLE, Kind.BLANK, stem="某厂仓库起火。")
    return make_channel(bank_ids=[bank.id], kinds=BLANK_RULES)


def test_a_blank_and_a_case_are_answered_scored_and_shown(visitor: NewVisitor) -> None:
    """5 of 5 for 五 万 and 《安全》, 10 for the single, 2.5 of 5 for one gap of two."""
    person = visitor()
    paper = begin(person, make_mixed_channel().code)
    assert [len(paper.form("/result").values[f"q{n}"]) for n in (1, 3)] == [2, 2]
    assert paper.text.count("某厂仓库起火。") == 1
    assert "案例材料（第 2–3 题）" in paper.text
    single = answers_of(stored_attempts()[0])["q2"]
    page = person.submit(paper.form("/result"), q1=[" 五 万\0", "《安全》"], q2=single, q3=["5万", "平安"])
    for words in (
        "17.5 分 / 满分 20 分",
        "某厂仓库起火。",
        "第 1 题 · 填空 · ✓ 答对 · 得 5 分",
        "您填了“五 万” ✓ 正确 正确答案：50000 或 五万元",
        "第 3 题 · 填空 · △ 部分答对 · 得 2.5 分",
        "第 2 空 您填了“平安” ✗ 不正确 正确答案：安全",
        "答对 2 题，共 3 题",
    ):
        assert words in page.text
    attempt = stored_attempts()[0]
    assert attempt.answers == [["五 万", "《安全》"], [0], ["5万", "平安"]]
    assert attempt.score == Decimal("17.5")
    assert person.open(person.address).text == page.text


def test_gaps_left_open_are_shown_as_not_answered(visitor: NewVisitor) -> None:
    person = visitor()
    page = person.submit(begin(person, make_mixed_channel().code).form("/result"))
    assert page.text.count("✗ 未作答") == 3
    assert page.text.count("您没有填 ✗ 正确答案：") == 4
    assert stored_attempts()[0].answers == [["", ""], [], ["", ""]]


def test_in_any_order_each_accepted_answer_is_shown_once(visitor: NewVisitor) -> None:
    bank = make_bank(1, 0, 0)
    for _ in range(2):
        make_blank_question(bank, ("甲",), ("乙", "二"), ("丙",), in_order=False)
    person = visitor()
    paper = begin(person, make_channel(bank_ids=[bank.id], kinds=BLANK_RULES).code)
    assert "填空（顺序不限）" in paper.text
    assert "（1） ____，（2） ____，（3） ____" in paper.text
    page = person.submit(paper.form("/result"), q2=["丙", "丙", "二"])
    shown = page.text.split("第 2 题")[1].split("第 3 题")[0]
    assert "您填了“丙” ✓ 正确 正确答案：丙" in shown
    assert "您填了“丙” ✗ 不正确 正确答案：甲" in shown
    assert "您填了“二” ✓ 正确 正确答案：乙 或 二" in shown
    assert "得 3.33 分" in shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["50000"], ["50000", ""]),
        (["a", "b", "c"], ["a", "b"]),
        (["\0", "x" * 101], ["", "x" * 100]),
        (["<b>&'\"\u2028😀", ""], ["<b>&'\"\u2028😀", ""]),
    ],
)
def test_what_is_typed_is_kept_within_bounds(visitor: NewVisitor, typed: list[str], kept: list[str]) -> None:
    person = visitor()
    form = begin(person, make_mixed_channel().code).form("/result")
    page = person.submit(form, q1=typed)
    assert page.status == 200
    assert "<b>&" not in page.response.get_data(as_text=True)
    assert (stored_attempts()[0].answers or [])[0] == kept


def test_a_paper_holds_no_accepted_answer(visitor: NewVisitor) -> None:
    html = begin(visitor(), make_mixed_channel().code).response.get_data(as_text=True)
    for secret in ("50000", "五万元", "安全"):
        assert secret not in html.split("</style>")[1].split('id="paper"')[1]


def test_what_is_typed_stands_in_no_log(
    visitor: NewVisitor, app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    person = visitor()
    form = begin(person, make_mixed_channel().code).form("/result")
    monkeypatch.setattr(journal, "_first_marks", lambda _submission: {"day_number": text("no_such_column")})
    assert person.submit(form, q1=["不可外传", ""]).status == 500
    assert "no_such_column" in caplog.text
    assert "不可外传" not in caplog.text
    assert "\\u4e0d" not in caplog.text


def test_the_walk_costs_as_many_statements_as_ever(app: Flask, visitor: NewVisitor) -> None:
    """Scan 1; start 1 and two that write; submit 1, one that writes, 1 to show it; the result 2."""
    code = make_mixed_channel().code
    begin(visitor(), code)  # reads the snapshot into memory
    statements: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement.split()[0])

    person = visitor()
    try:
        page = person.submit(person.open(f"/q/{code}").form("/paper"))
        started = [one for one in statements if one != "BEGIN"]
        statements.clear()
        person.submit(page.form("/result"))
        submitted = [one for one in statements if one != "BEGIN"]
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert started == ["SELECT", "SELECT", "INSERT", "INSERT"]
    assert submitted == ["SELECT", "UPDATE", "SELECT", "SELECT", "SELECT"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(
        st.sampled_from(["q1", "q2", "q3", "q4", "q0", "q99", "token2", "q"]),
        st.lists(
            st.one_of(st.integers(-5, 50).map(str), st.text(max_size=8), st.just("9" * 5000)), max_size=6
        ),
    )
)
def test_wild_answers_never_break_the_submit(
    app: Flask, visitor: NewVisitor, values: dict[str, list[str]]
) -> None:
    for code, full in ((make_channel().code, 50), (make_mixed_channel().code, 20)):
        person = visitor()
        page = person.submit(begin(person, code).form("/result"), **values)
        assert page.status == 200
        attempt = stored_attempts()[-1]
        assert attempt.score is not None
        assert 0 <= attempt.score <= full
