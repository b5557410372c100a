"""Taking questions out of running campaigns."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select, update

from quizapp.accounts.models import AuditEntry
from quizapp.campaigns import snapshots
from quizapp.campaigns.channels import find
from quizapp.campaigns.models import Campaign, CampaignSnapshot
from quizapp.campaigns.snapshots import publish, republish_without
from quizapp.extensions import db
from quizapp.questions.kinds import Kind
from quizapp.questions.models import Question
from quizapp.questions.queries import list_drawable_revisions
from quizapp.questions.workflow import State
from tests.factories import PASSWORD, make_bank, make_campaign, make_case, make_channel, make_user
from tests.pages import Visitor
from tests.playing import answers_of, stored_attempts

NewVisitor = Callable[[], Visitor]


def question_ids(bank_id: int, kind: Kind) -> list[int]:
    return [one.question_id for one in list_drawable_revisions([bank_id]) if one.kind is kind]


def held(campaign: Campaign) -> set[int]:
    """The questions of the campaign's current snapshot."""
    with db.engine.connect() as connection:
        snapshot = snapshots.get(connection, campaign.id, campaign.current_snapshot or 0)
    return {one.question_id for one in snapshot.revisions.values()}


def test_every_running_campaign_that_holds_a_question_goes_on_without_it(
    app: Flask, noon: datetime, set_clock: Callable[[datetime], None]
) -> None:
    bank = make_bank()
    one, other = question_ids(bank.id, Kind.SINGLE)[:2]
    running, coming = (make_campaign(bank_ids=[bank.id], opens_at=noon + timedelta(days=n)) for n in (-1, 1))
    planned = make_campaign(bank_ids=[bank.id], published=False)
    closed = make_campaign(bank_ids=[bank.id], closes_at=noon + timedelta(minutes=1))
    elsewhere = make_campaign()
    set_clock(noon + timedelta(minutes=1))
    before = held(running)
    assert republish_without([one, other]) == (running, coming)
    db.session.commit()
    assert [c.current_snapshot for c in (running, coming, planned, closed, elsewhere)] == [2, 2, None, 1, 1]
    assert held(running) == held(coming) == before - {one, other}
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "republish")).all()
    assert [entry.subject_id for entry in entries] == [str(running.id), str(coming.id)]
    assert republish_without([one]) == ()


def test_a_case_leaves_whole(app: Flask) -> None:
    bank = make_bank()
    case = make_case(bank, Kind.SINGLE, Kind.MULTIPLE)
    campaign = make_campaign(bank_ids=[bank.id])
    before = held(campaign)
    republish_without([case[1].id])
    db.session.commit()
    assert before - held(campaign) == {question.id for question in case}


def test_an_old_revision_leaves_with_its_question(app: Flask) -> None:
    bank = make_bank()
    [question_id] = question_ids(bank.id, Kind.SINGLE)[:1]
    campaign = make_campaign(bank_ids=[bank.id])
    db.session.execute(update(Question).where(Question.id == question_id).values(current_number=2))
    republish_without([question_id])
    db.session.commit()
    assert question_id not in held(campaign)


def test_edits_that_wait_for_publication_go_on_waiting(app: Flask, visitor: NewVisitor) -> None:
    make_user("zhang")
    organiser = visitor()
    organiser.log_in("zhang", PASSWORD)
    bank = make_bank()
    campaign = make_campaign(bank_ids=[bank.id])
    code = make_channel(campaign).code
    form = organiser.open(f"/campaigns/{campaign.id}/edit").forms[-1]
    organiser.submit(form, title="新名称", multiple_rule="all_or_nothing", late_rule="count")
    republish_without(question_ids(bank.id, Kind.SINGLE)[:1])
    db.session.commit()
    assert "安全生产月答题" in visitor().open(f"/q/{code}").text
    page = organiser.open(f"/campaigns/{campaign.id}")
    assert "有修改还没有发布" in page.text
    organiser.submit(page.form("/publish"))
    assert "新名称" in visitor().open(f"/q/{code}").text


def test_a_paper_already_started_is_scored_and_shown_as_it_was(app: Flask, visitor: NewVisitor) -> None:
    bank = make_bank(2, 1, 1)
    code = make_channel(make_campaign(bank_ids=[bank.id])).code
    person = visitor()
    paper = person.submit(person.open(f"/q/{code}").form("/paper"))
    republish_without(question_ids(bank.id, Kind.SINGLE))
    db.session.commit()
    again = person.submit(person.open(f"/q/{code}").form("/paper"))
    assert again.form("/result").values == paper.form("/result").values
    page = person.submit(paper.form("/result"), **answers_of(stored_attempts()[0]))
    assert "50 分 / 满分 50 分" in page.text
    assert "单选试题 1" in page.text


def test_a_campaign_that_falls_short_goes_on_with_what_it_has_and_says_so(
    app: Flask, visitor: NewVisitor
) -> None:
    make_user("zhang")
    organiser = visitor()
    organiser.log_in("zhang", PASSWORD)
    bank = make_bank(2, 1, 1)
    campaign = make_campaign(bank_ids=[bank.id])
    code = make_channel(campaign).code
    address = f"/campaigns/{campaign.id}"
    assert "题库试题不足" not in organiser.open(address).text
    republish_without(question_ids(bank.id, Kind.SINGLE) + question_ids(bank.id, Kind.TRUE_FALSE))
    db.session.commit()
    page = organiser.open(address)
    assert "题库试题不足：单选题还差 2 题，判断题还差 1 题。" in page.text
    person = visitor()
    landing = person.open(f"/q/{code}")
    assert "1 题 满分 20 分" in landing.text
    assert "12 分 达到即为合格" in landing.text
    paper = person.submit(landing.form("/paper"))
    assert (
        "20 分 / 满分 20 分" in person.submit(paper.form("/result"), **answers_of(stored_attempts()[0])).text
    )
    assert "题库试题不足" not in organiser.submit(page.form("/publish")).text  # as they are still reviewed


def test_a_campaign_without_any_question_starts_nothing_but_lets_open_papers_be(
    app: Flask, visitor: NewVisitor
) -> None:
    bank = make_bank(2, 1, 1)
    code = make_channel(make_campaign(bank_ids=[bank.id])).code
    early, late = visitor(), visitor()
    form = early.open(f"/q/{code}").form("/paper")
    early.submit(form)
    republish_without([one.question_id for one in list_drawable_revisions([bank.id])])
    db.session.commit()
    page = late.submit(form, device=late.open(f"/q/{code}").form("/paper").values["device"])
    assert page.status == 409
    assert "暂时没有试题" in page.text
    assert "提交答卷" in early.submit(form).text
    assert len(stored_attempts()) == 1


@pytest.mark.parametrize("first", [False, True])
def test_a_publication_under_way_cannot_bring_a_doubted_question_back(app: Flask, first: bool) -> None:
    """It read the banks before the question's state changed; or it is the campaign's first."""
    if db.engine.dialect.name == "sqlite":
        return  # one writer at a time
    bank = make_bank()
    [question_id] = question_ids(bank.id, Kind.SINGLE)[:1]
    campaign_id = make_campaign(bank_ids=[bank.id], published=not first).id
    has_read, doubts = Event(), Event()
    failures: list[BaseException] = []

    def press_publish() -> None:
        with app.app_context():
            campaign = db.session.get_one(Campaign, campaign_id)
            publish(campaign)
            has_read.set()
            doubts.wait()
            time.sleep(0.5)  # the other one has nothing to wait for but this commit
            db.session.commit()

    def doubt() -> None:
        with app.app_context():
            has_read.wait()
            question = db.session.get_one(Question, question_id)
            question.state = State.RECHECK
            db.session.flush()
            doubts.set()
            republish_without([question_id])
            db.session.commit()

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=run, args=(act,)) for act in (press_publish, doubt)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    db.session.expire_all()
    assert failures == []
    assert question_id not in held(db.session.get_one(Campaign, campaign_id))


def test_snapshots_keep_their_numbers_without_gaps(app: Flask) -> None:
    bank = make_bank()
    campaign = make_campaign(bank_ids=[bank.id])
    for question_id in question_ids(bank.id, Kind.SINGLE)[:3]:
        republish_without([question_id])
    db.session.commit()
    numbers = db.session.scalars(select(CampaignSnapshot.number).order_by(CampaignSnapshot.number)).all()
    assert numbers == [1, 2, 3, 4]
    assert find(make_channel(campaign).code).snapshot.number == 4
