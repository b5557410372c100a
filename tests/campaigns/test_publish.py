from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.campaigns import snapshots
from quizapp.campaigns.channels import find
from quizapp.campaigns.models import Campaign, CampaignSnapshot
from quizapp.campaigns.snapshots import BanksTooSmall, PublishedMeanwhile, publish
from quizapp.extensions import db
from quizapp.questions.kinds import Kind
from quizapp.questions.models import QuestionRevision
from quizapp.questions.workflow import State
from tests.factories import BLANK_RULES, make_bank, make_campaign, make_case, make_channel
from tests.pages import Visitor


def test_citizens_see_what_was_published_and_not_what_was_edited_since(
    app: Flask, visitor: Callable[[], Visitor]
) -> None:
    campaign = make_campaign(title="第一版")
    code = make_channel(campaign).code
    campaign.title = "第二版"
    db.session.commit()
    assert "第一版" in visitor().open(f"/q/{code}").text
    publish(campaign)
    db.session.commit()
    assert "第二版" in visitor().open(f"/q/{code}").text


def test_a_snapshot_holds_the_kinds_that_are_drawn(app: Flask) -> None:
    campaign = make_campaign(bank_ids=[make_bank(3, 4, 5).id])
    snapshot = find(make_channel(campaign).code).snapshot
    assert snapshot.number == 1
    assert {kind: snapshot.pool.size(kind) for kind in Kind} == {
        Kind.SINGLE: 3,
        Kind.MULTIPLE: 4,
        Kind.TRUE_FALSE: 5,
        Kind.BLANK: 0,
    }


def test_publishing_marks_the_revisions_as_published(app: Flask) -> None:
    make_campaign(published=False)
    statement = select(QuestionRevision.id).where(QuestionRevision.published_at.is_not(None))
    assert db.session.scalars(statement).all() == []
    publish(db.session.scalars(select(Campaign)).one())
    assert len(db.session.scalars(statement).all()) == 15


def test_banks_that_fall_short_are_named_and_nothing_is_published(app: Flask) -> None:
    campaign = make_campaign(bank_ids=[make_bank(1, 0, 5).id], published=False)
    with pytest.raises(BanksTooSmall, match="单选题还差 1 题，多选题还差 1 题"):
        publish(campaign)
    assert campaign.current_snapshot is None


def test_blank_questions_that_lack_are_named_too(app: Flask) -> None:
    campaign = make_campaign(bank_ids=[make_bank(2, blank=1).id], kinds=BLANK_RULES, published=False)
    with pytest.raises(BanksTooSmall, match="：填空题还差 1 题。请减少题数"):
        publish(campaign)


def test_a_case_is_published_whole_or_not_at_all(app: Flask) -> None:
    bank = make_bank(2, 1, 1)
    whole = make_case(bank, Kind.SINGLE, Kind.MULTIPLE)
    make_case(bank, Kind.SINGLE, Kind.BLANK)  # no blank question is asked
    make_case(bank, Kind.SINGLE, Kind.SINGLE, Kind.SINGLE)  # two single ones are
    for state in (State.DRAFT, State.RECHECK, State.STAGED):
        make_case(bank, Kind.SINGLE, Kind.MULTIPLE, states=[State.REVIEWED, state])
    retired = make_case(bank, Kind.SINGLE, Kind.MULTIPLE, states=[State.RETIRED])
    snapshot = find(make_channel(make_campaign(bank_ids=[bank.id])).code).snapshot
    in_cases = {one.question_id for one in snapshot.revisions.values() if one.case_id}
    assert in_cases == {*(question.id for question in whole), retired[1].id}


def test_cases_alone_can_make_a_paper(app: Flask) -> None:
    bank = make_bank(0, 0, 0)
    make_case(bank, Kind.SINGLE, Kind.SINGLE)
    make_case(bank, Kind.MULTIPLE, Kind.TRUE_FALSE)
    assert make_campaign(bank_ids=[bank.id]).current_snapshot == 1
    short = make_campaign(bank_ids=[bank.id], kinds=BLANK_RULES, published=False)
    with pytest.raises(BanksTooSmall, match="单选题还差 1 题，填空题还差 2 题。案例题要整组抽取"):
        publish(short)


def test_two_publications_at_once_cannot_both_take_a_number(app: Flask) -> None:
    campaign_id = make_campaign().id
    barrier = Barrier(2)
    outcomes: list[str] = []

    def press_publish() -> None:
        with app.app_context():
            campaign = db.session.get(Campaign, campaign_id)
            assert campaign is not None
            if db.engine.dialect.name == "sqlite":
                db.session.rollback()  # as a POST would, it reads and writes under one lock
            barrier.wait()
            try:
                publish(campaign)
                db.session.commit()
                outcomes.append("published")
            except PublishedMeanwhile:
                db.session.rollback()
                outcomes.append("refused")
            except Exception as error:
                db.session.rollback()
                outcomes.append(type(error).__name__)

    threads = [Thread(target=press_publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = db.session.scalars(select(CampaignSnapshot.number).order_by(CampaignSnapshot.number)).all()
    assert outcomes.count("published") == len(numbers) - 1
    assert numbers == list(range(1, len(numbers) + 1))
    if db.engine.dialect.name == "postgresql":
        assert sorted(outcomes) == ["published", "refused"]


def test_only_so_many_snapshots_stay_in_memory(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "KEPT", 2)
    codes = [make_channel().code for _ in range(3)]
    for code in codes:
        find(code)
    kept = app.extensions["campaign_snapshots"].snapshots
    assert len(kept) == 2
    assert find(codes[0]).snapshot.number == 1
