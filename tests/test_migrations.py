"""The migrations build what the models say, and go both ways, on both databases."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Column, Connection, MetaData, Table, Uuid, inspect, select

from quizapp import create_app
from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.attempts import tokens
from quizapp.attempts.models import Attempt
from quizapp.attempts.tokens import PaperToken
from quizapp.campaigns.models import Campaign
from quizapp.campaigns.rules import KindRule, Rules
from quizapp.campaigns.snapshots import publish
from quizapp.config import ROOT
from quizapp.core.database import Base, writing
from quizapp.core.sealing import seal
from quizapp.extensions import db
from quizapp.questions.kinds import Kind
from quizapp.questions.models import Bank, Question, QuestionRevision
from quizapp.questions.workflow import State
from tests import factories
from tests.conftest import DATABASES, NOON, SETTINGS
from tests.pages import Page, SeparateClient

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))

PARTICIPANT, SUBMITTED, OPEN = UUID(int=1), UUID(int=2), UUID(int=3)
FIRST_MARKS = ("first_in_campaign", "first_in_year", "first_in_day", "first_in_channel")


@pytest.fixture(params=DATABASES)
def bare_app(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The app on a database of its own that holds no table, inside its context."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'quiz.sqlite3'}"
    else:
        address = own_database(request.getfixturevalue("postgresql_address"))
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": address})
    app.test_client_class = SeparateClient
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def own_database(address: str) -> str:
    """A database beside the one that other tests use, made anew."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS migrations_go_both_ways")
        connection.execute("CREATE DATABASE migrations_go_both_ways")
    return factories.with_driver(address.replace("/postgres?", "/migrations_go_both_ways?"))


def test_migrations_go_up_down_and_up_again_and_agree_with_the_models(bare_app: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    with writing(db.engine) as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []


def test_what_stood_in_the_first_tables_is_kept_drawn_and_shown(bare_app: Flask, noon: datetime) -> None:
    upgrade(revision="0001")
    with writing(db.engine) as connection:
        fill_first_tables(connection)
    upgrade()

    users = db.session.scalars(select(User)).all()
    assert [user.postings_label for user in users] == ["应急管理局组织者"]
    assert [campaign.unit_id for campaign in db.session.scalars(select(Campaign))] == [1]
    assert [bank.law_revised_on for bank in db.session.scalars(select(Bank))] == [None]
    states = db.session.execute(select(Question.state, Question.case_id)).all()
    assert [tuple(row) for row in states] == [(State.REVIEWED, None)] * 2
    for revision in db.session.scalars(select(QuestionRevision)):
        assert (revision.gaps, revision.gaps_in_order, revision.case_stem) == ([], True, "")
        assert (revision.created_by, revision.reviewed_at, revision.reviewed_alone) == (None, None, False)

    shown = hand_in(bare_app, SUBMITTED, q1="1", q2="0")
    assert shown.status == 200
    assert "老单选题" in shown.text
    assert "老解析" in shown.text
    assert "2 分" in shown.text
    scored = hand_in(bare_app, OPEN, q1="0", q2="0")  # of 乙, 甲 in this order 乙 is right
    assert scored.status == 200
    db.session.rollback()  # see what the requests committed
    answers = db.session.execute(select(Attempt.answers, Attempt.score).order_by(Attempt.number)).all()
    assert [row.answers for row in answers] == [[[0], [0]], [[1], [0]]]
    assert [row.score for row in answers] == [2, 5]

    assert publish(db.session.get_one(Campaign, 1)).revision_ids == [1, 2]


def test_the_first_tables_take_what_came_later(bare_app: Flask) -> None:
    upgrade(revision="0001")
    with writing(db.engine) as connection:
        fill_first_tables(connection)
    upgrade()
    factories.make_user("clerk", Role.BANK_EDITOR)
    bank = db.session.scalars(select(Bank)).one()
    blank = factories.make_blank_question(bank, ("甲",))
    case = factories.make_case(bank, Kind.SINGLE, Kind.BLANK)
    assert [one.case_id for one in (blank, *case)] == [None, case[0].id, case[0].id]


def hand_in(app: Flask, attempt: UUID, **answers: str) -> Page:
    """Submit a paper with its token, from a phone without cookies."""
    token = tokens.write_token(PaperToken(1, 1, PARTICIPANT, attempt, NOON + timedelta(hours=24)))
    values = {"token": token, **answers}
    return Page(
        app.test_client().post("/q/OLDCODE/result", data=values, headers={"Origin": "http://localhost"})
    )


def fill_first_tables(connection: Connection) -> None:
    """A bank of two questions, a campaign that asks both, one attempt submitted (2 of 5 points), one open.

    The tables are read from the database: the models have moved on.
    """

    def add(table_name: str, **values: object) -> None:
        ids = [Column(name, Uuid, primary_key=True) for name in values if isinstance(values[name], UUID)]
        table = Table(table_name, MetaData(), *ids, autoload_with=connection)
        connection.execute(table.insert().values(values))

    moment = {"created_at": NOON}
    window = {"opens_at": NOON - timedelta(days=1), "closes_at": NOON + timedelta(days=9)}
    rules = Rules(
        (1,), {Kind.SINGLE: KindRule(1, Decimal(3)), Kind.TRUE_FALSE: KindRule(1, Decimal(2))}
    ).as_dict()
    plan = {"title": "老活动", "notice": "", "rules": rules, **window}
    add("users", username="zhang", display_name="张", password_hash="x", role="organiser",
        must_change_password=False, session_version=1, failed_logins=0, **moment)  # fmt: skip
    add(
        "audit_entries",
        at=NOON,
        actor_id=1,
        action="create",
        subject_type="bank",
        subject_id="1",
        fields=[],
    )
    add("banks", name="老题库", **moment)
    said = {"number": 1, "explanation": "老解析", "citations": [["安全生产法", 1, None, None]], "tags": [],
            "chapter": "", "published_at": NOON, **moment}  # fmt: skip
    asked = (("single", "老单选题", ["甲", "乙"], [1]), ("true_false", "老判断题", ["对", "错"], [0]))
    for number, (kind, stem, options, answer) in enumerate(asked, start=1):
        add("questions", bank_id=1, fingerprint=str(number), current_number=1, **moment)
        add("question_revisions", question_id=number, kind=kind, stem=stem, options=options,
            answer=answer, **said)  # fmt: skip
    add("campaigns", is_sample=False, sealed_key=seal(bytes(32), str(SETTINGS["DATA_KEY"])), edited_at=NOON,
        current_snapshot=1, **plan, **moment)  # fmt: skip
    add("campaign_snapshots", campaign_id=1, number=1, revision_ids=[1, 2], published_at=NOON, **plan)
    add("channels", campaign_id=1, name="广场", code="OLDCODE", **moment)
    add("hourly_scans", channel_id=1, campaign_id=1, hour=NOON, scans=7)
    add("participants", id=PARTICIPANT, campaign_id=1, basis="device", **moment)
    started = {"participant_id": PARTICIPANT, "campaign_id": 1, "channel_id": 1, "snapshot_number": 1,
               "day": NOON.date(), "started_at": NOON, "due_at": NOON + timedelta(hours=1),
               "expires_at": NOON + timedelta(hours=24), "paper": [[1, [1, 0]], [2, [0, 1]]]}  # fmt: skip
    unmarked = dict.fromkeys(("passed", "late", *FIRST_MARKS), False)
    submitted = {"submitted_at": NOON, "submitted_day": NOON.date(), "submitted_year": 2026,
                 "answers": [[0], [0]], "score": 200, "full_score": 500}  # fmt: skip
    add("attempts", id=OPEN, number=2, day_number=2, **started, **unmarked)
    marked = unmarked | dict.fromkeys(FIRST_MARKS, True)
    add("attempts", id=SUBMITTED, number=1, day_number=1, **started, **marked, **submitted)


def test_migrations_are_numbered_and_named() -> None:
    assert VERSIONS
    for number, path in enumerate(VERSIONS, start=1):
        assert path.name.startswith(f"{number:04}_")
        assert len(path.stem) > 5
