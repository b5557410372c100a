"""What a newer version of a law does to the questions that rest on the older one."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.config import ROOT
from quizapp.core.jobs.queue import enqueue_daily
from quizapp.extensions import db
from quizapp.laws.citations import Citation
from quizapp.laws.importing import digest_of, import_law, read_law_file, settle_dates
from quizapp.laws.models import LawVersion
from quizapp.questions import queries, reviewing
from quizapp.questions.editing import add_question
from quizapp.questions.kinds import Kind
from quizapp.questions.models import Bank, Question
from quizapp.questions.signals import questions_withdrawn
from quizapp.questions.watch import watching
from quizapp.questions.watch.models import LawBasis, Recheck
from quizapp.questions.watch.queries import list_open_rechecks
from quizapp.questions.watch.touching import Touch
from quizapp.questions.workflow import State
from tests.factories import PASSWORD, make_bank, make_user, parsed_question
from tests.pages import Visitor
from tests.questions.importing import run_jobs

LAWS = ROOT.parent / "shared" / "laws"

OLD = """中华人民共和国消防演练法
2010年1月1日通过
第一条 为了做好消防演练工作，制定本法。
第二条 学校每学期至少组织一次消防演练，演练情况应当记录在案。
第三条 任何单位和个人发现火情都应当立即报警，不得谎报火警。
第四条 宾馆应当在客房内张贴疏散路线图。
第五条 本法自2010年5月1日起施行。
"""
#: 第二条 is reworded, 第三条 moved, 第四条 dropped, a new one put before 第三条.
NEW = """中华人民共和国消防演练法
2020年1月1日修订
第一条 为了做好消防演练工作，制定本法。
第二条 学校每学期至少组织两次消防演练，演练情况应当记录在案。
第三条 乡镇人民政府应当为演练提供场地，所需经费列入预算。
第四条 任何单位和个人发现火情都应当立即报警，不得谎报火警。
第五条 本法自2020年5月1日起施行。
"""


def load(text: str, actor: User | None = None) -> LawVersion:
    content = text.encode()
    statute = read_law_file(content)
    version = import_law(
        statute, digest_of(content), *settle_dates(statute, None, None), actor.id if actor else None
    )
    db.session.commit()
    return version


def question_on(bank: Bank, article: int, law: str = "消防演练法", state: State = State.REVIEWED) -> Question:
    parsed = replace(parsed_question(Kind.SINGLE, article), citations=(Citation(law, article),))
    question = add_question(bank, parsed, state)
    db.session.commit()
    return question


def touches(question: Question) -> list[Touch]:
    return [
        one.touch for recheck in list_open_rechecks(question.id) for one in watching.read_touched(recheck)
    ]


def test_a_newer_version_puts_in_doubt_just_the_questions_whose_article_changed(app: Flask) -> None:
    load(OLD)
    bank = make_bank(0, 0, 0)
    questions = {article: question_on(bank, article) for article in range(1, 5)}
    withdrawn: list[tuple[int, ...]] = []
    receiver: Callable[[tuple[int, ...]], None] = withdrawn.append
    with questions_withdrawn.connected_to(receiver):
        load(NEW)
    assert {article: touches(question) for article, question in questions.items()} == {
        1: [],
        2: [Touch.REWORDED],
        3: [Touch.MOVED],
        4: [Touch.GONE],
    }
    assert [questions[article].state for article in range(1, 5)] == [
        "reviewed",
        "recheck",
        "recheck",
        "recheck",
    ]
    assert withdrawn == [tuple(questions[article].id for article in (2, 3, 4))]
    drawable = queries.list_drawable_revisions([bank.id])
    assert [asked.question_id for asked in drawable] == [questions[1].id]


def test_a_question_found_right_is_drawn_again_and_follows_the_newer_version(app: Flask) -> None:
    load(OLD)
    question = question_on(make_bank(0, 0, 0), 2)
    version = load(NEW)
    reviewer = make_user("shen", Role.REVIEWER)
    [recheck] = list_open_rechecks(question.id)
    watching.settle(recheck, question, reviewer)
    db.session.commit()
    assert question.state == State.REVIEWED
    assert (recheck.outcome, recheck.decided_by) == ("right", reviewer.id)
    assert db.session.scalars(select(LawBasis.version_id)).all() == [version.id]


def test_a_question_on_two_laws_is_drawn_again_when_it_is_right_under_both(app: Flask) -> None:
    other_old, other_new = (text.replace("消防演练法", "火灾救援法") for text in (OLD, NEW))
    for text in (OLD, other_old):
        load(text)
    cited = (Citation("消防演练法", 2), Citation("火灾救援法", 2))
    parsed = replace(parsed_question(Kind.SINGLE, 2), citations=cited)
    question = add_question(make_bank(0, 0, 0), parsed, State.REVIEWED)
    for text in (NEW, other_new):
        load(text)
    reviewer = make_user("shen", Role.REVIEWER)
    for left, state in ((1, State.RECHECK), (0, State.REVIEWED)):
        watching.settle(list_open_rechecks(question.id)[0], question, reviewer)
        db.session.commit()
        assert (len(list_open_rechecks(question.id)), question.state) == (left, state)


def test_a_draft_that_a_newer_version_touches_is_not_drawn_by_its_review_alone(app: Flask) -> None:
    load(OLD)
    question = question_on(make_bank(0, 0, 0), 2, state=State.DRAFT)
    load(NEW)
    reviewer = make_user("shen", Role.REVIEWER)
    reviewing.review(question, reviewer, 1)
    assert question.state == State.RECHECK
    watching.settle(list_open_rechecks(question.id)[0], question, reviewer)
    assert question.state == State.REVIEWED


@pytest.mark.parametrize("article", [3, 4])
def test_a_question_whose_article_moved_or_is_gone_cannot_stay_as_it_is(app: Flask, article: int) -> None:
    load(OLD)
    question = question_on(make_bank(0, 0, 0), article)
    load(NEW)
    with pytest.raises(watching.CitationGone):
        watching.settle(list_open_rechecks(question.id)[0], question, make_user("shen", Role.REVIEWER))


def test_a_moved_article_gives_a_revision_with_the_new_number_that_waits_for_review(app: Flask) -> None:
    load(OLD)
    question = question_on(make_bank(0, 0, 0), 3)
    load(NEW)
    editor = make_user("li", Role.BANK_EDITOR)
    [recheck] = list_open_rechecks(question.id)
    watching.renumber(recheck, question, editor)
    db.session.commit()
    revision = queries.get_revision(question.id, 2)
    assert revision.citations == [["消防演练法", 4, None, None]]
    assert (question.state, recheck.outcome) == (State.DRAFT, "mended")


def test_retiring_a_question_ends_its_recheck(app: Flask) -> None:
    load(OLD)
    question = question_on(make_bank(0, 0, 0), 4)
    load(NEW)
    reviewing.retire(question, make_user("shen", Role.REVIEWER))
    db.session.commit()
    assert db.session.scalars(select(Recheck.outcome)).all() == ["retired"]


def test_an_older_text_is_for_reference_and_puts_nothing_in_doubt(app: Flask) -> None:
    load(NEW)
    question = question_on(make_bank(0, 0, 0), 4)
    load(OLD)
    assert touches(question) == []
    assert question.state == State.REVIEWED


def test_the_first_text_of_a_law_names_the_citations_that_it_does_not_have(app: Flask) -> None:
    bank = make_bank(0, 0, 0)
    known, unknown = question_on(bank, 2), question_on(bank, 88)
    load(NEW)
    assert (touches(known), touches(unknown)) == ([], [Touch.MISSING])
    assert unknown.state == State.RECHECK


def test_a_shipped_bank_says_which_revision_it_follows(app: Flask) -> None:
    bank = make_bank(0, 0, 0)
    bank.law_revised_on = date(2020, 1, 1)
    question = question_on(bank, 4)
    load(OLD)
    load(NEW)
    assert touches(question) == []
    assert question.state == State.REVIEWED


def test_where_the_older_text_is_not_loaded_every_question_is_to_be_looked_at(app: Flask) -> None:
    bank = make_bank(0, 0, 0)
    bank.law_revised_on = date(2010, 1, 1)
    question = question_on(bank, 2)
    load(NEW)
    assert touches(question) == [Touch.UNKNOWN]


def test_until_the_newer_version_is_in_force_questions_are_drawn_and_then_no_more(
    app: Flask, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(datetime(2020, 4, 29, 12, tzinfo=UTC))
    load(OLD)
    question = question_on(make_bank(0, 0, 0), 2)
    load(NEW)
    assert (touches(question), question.state) == ([Touch.REWORDED], State.REVIEWED)
    question_id = question.id
    for moment, state in (
        (datetime(2020, 4, 30, 12, tzinfo=UTC), State.REVIEWED),
        (datetime(2020, 4, 30, 16, tzinfo=UTC), State.RECHECK),  # midnight in Shanghai
    ):
        set_clock(moment)
        enqueue_daily()
        enqueue_daily()
        db.session.commit()
        run_jobs()
        assert db.session.get_one(Question, question_id).state == state


def test_a_still_newer_version_takes_over_what_is_open(app: Flask) -> None:
    load(OLD)
    question = question_on(make_bank(0, 0, 0), 2)
    load(NEW)
    load(NEW.replace("2020年", "2025年").replace("两次", "三次"))
    outcomes = db.session.scalars(select(Recheck.outcome).order_by(Recheck.id)).all()
    assert outcomes == ["superseded", None]
    assert touches(question) == [Touch.REWORDED]


def statute(name: str) -> str:
    path: Path = LAWS / name
    if not path.is_file():
        assert os.environ.get("CI") != "true", f"{path} is missing"
        pytest.skip("the statutes are not on this machine")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("article", "touch", "new"),
    [
        (42, Touch.MOVED, 63),  # four grades of warning
        (66, Touch.REWORDED, 98),  # civil liability
        (69, Touch.REWORDED, 103),  # state of emergency
    ],
)
def test_the_real_revision_of_the_emergency_response_law_names_the_questions(
    app: Flask, article: int, touch: Touch, new: int
) -> None:
    load(statute("突发事件应对法-2007.md"))
    question = question_on(make_bank(0, 0, 0), article, law="突发事件应对法")
    load(statute("突发事件应对法-2024.md"))
    [recheck] = list_open_rechecks(question.id)
    [touched] = watching.read_touched(recheck)
    assert (touched.touch, touched.new) == (touch, new)


def test_the_list_is_worked_off_on_its_pages(visitor: Callable[[], Visitor]) -> None:
    load(OLD)
    bank = make_bank(0, 0, 0)
    for article in (2, 3, 4):
        question_on(bank, article)
    version_id = load(NEW).id
    make_user("li", Role.BANK_EDITOR)
    person = visitor()
    person.log_in("li", PASSWORD)
    assert "消防演练法" in person.open("/rechecks").text
    page = person.open(f"/law-versions/{version_id}/rechecks")
    assert "只变条号 1 有修改 1 已删去 1" in page.text
    assert "现在是第四条" in page.text
    page = person.submit(page.form("/settle"))
    assert "仍然正确，已恢复抽题" in page.text
    page = person.open(f"/law-versions/{version_id}/rechecks?touch=moved")
    page = person.submit(page.form("/rechecks/renumber"))
    assert "依据已全部改为新条号" in page.text
    assert "✓ 已修改" in page.text
    assert person.open(f"/law-versions/{version_id}/rechecks?touch=gone").text.count("修改试题") == 1


def test_a_question_may_be_found_right_before_the_newer_version_is_in_force(
    app: Flask, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(datetime(2020, 4, 29, 12, tzinfo=UTC))
    load(OLD)
    question = question_on(make_bank(0, 0, 0), 2)
    load(NEW)
    watching.settle(list_open_rechecks(question.id)[0], question, make_user("shen", Role.REVIEWER))
    db.session.commit()
    question_id = question.id
    set_clock(datetime(2020, 5, 2, 12, tzinfo=UTC))
    enqueue_daily()
    db.session.commit()
    run_jobs()
    assert db.session.get_one(Question, question_id).state == State.REVIEWED
