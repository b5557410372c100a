"""Two of the staff at once, from threads, and two workers."""

import pytest
from flask import Flask

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.core.jobs.worker import run_next
from quizapp.extensions import db
from quizapp.ledgers import confirming, queries
from quizapp.ledgers.ledger import Ledger
from quizapp.ledgers.standing import ImportState
from tests.factories import make_user
from tests.ledgers.fake import bring, confirm, events, fresh, run_jobs
from tests.racing import AT_ONCE, at_once


@pytest.mark.parametrize("_round", range(3))
def test_a_confirmation_asked_for_at_once_writes_each_row_once(
    app: Flask, ledger: Ledger, _round: int
) -> None:
    actor = make_user(role=Role.PUBLICIST)
    actor_id, import_id = actor.id, bring(actor).id

    def ask(_number: int) -> None:
        confirming.ask_confirmation(queries.get_import(import_id), db.session.get_one(User, actor_id))

    outcomes = at_once(app, ask)
    assert outcomes.count("done") == 1
    assert set(outcomes) <= {"done", "AlreadyUnderWay", "NotInPreview"}
    at_once(app, lambda _number: run_next())
    run_jobs()
    assert fresh(import_id).imported == 3
    assert events() == ["甲", "乙", "甲"]


@pytest.mark.parametrize("_round", range(3))
def test_workers_that_take_up_the_same_confirmation_write_each_row_once(
    app: Flask, ledger: Ledger, _round: int
) -> None:
    actor = make_user(role=Role.PUBLICIST)
    begun = bring(actor, "名称,日期\n" + "".join(f"活动{number},2026-3-1\n" for number in range(450)))
    confirming.ask_confirmation(begun, actor)
    import_id = begun.id
    db.session.commit()

    def work(_number: int) -> None:
        for _ in confirming.confirm_steps(import_id):
            db.session.commit()

    assert at_once(app, work) == ["done"] * AT_ONCE
    begun = fresh(import_id)
    assert (begun.state, begun.imported) == (ImportState.PREVIEW, 450)
    assert events() == [f"活动{number}" for number in range(450)]


def test_an_import_undone_at_once_is_undone_once(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    actor_id, import_id = actor.id, confirm(bring(actor), actor).id

    def ask(_number: int) -> None:
        confirming.ask_undo(queries.get_import(import_id), db.session.get_one(User, actor_id))

    assert at_once(app, ask).count("done") == 1

    def work(_number: int) -> None:
        for _ in confirming.undo_steps(import_id):
            db.session.commit()

    at_once(app, work)
    run_jobs()
    assert (fresh(import_id).state, events()) == (ImportState.UNDONE, [])
