"""Starting an attempt."""

import secrets
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from flask import current_app

from quizapp.attempts import journal, queries
from quizapp.attempts.identity import Basis, participant_id
from quizapp.attempts.journal import NewAttempt
from quizapp.attempts.papers import OpenAttempt, store_paper
from quizapp.attempts.scoring import GRACE
from quizapp.campaigns import snapshots
from quizapp.campaigns.channels import FoundChannel
from quizapp.campaigns.drawing import draw_paper
from quizapp.campaigns.snapshots import Snapshot
from quizapp.core import clock
from quizapp.core.database import reading
from quizapp.core.identifiers import time_ordered_uuid
from quizapp.errors import QuizError
from quizapp.extensions import db

#: Without a time limit a paper is due when the campaign closes, and never sooner than this after its start.
UNTIMED = timedelta(hours=1)

_random: Random = secrets.SystemRandom()


class NothingToAsk(QuizError):
    """Every question of the campaign was taken out."""

    status = 409
    title = "暂时没有试题"
    advice = "这个活动的试题正在复核，请过一段时间再来。"


class NoAttemptsLeft(QuizError):
    """The participant has used every attempt that the rules allow."""

    status = 403
    title = "答题次数已用完"


def start(found: FoundChannel, device: str) -> tuple[OpenAttempt, Snapshot]:
    """The participant's open attempt, new or resumed, with the publication it was drawn by.

    Raises NoAttemptsLeft, or NothingToAsk where no question is left. Tapping twice, or coming
    back, gives the same attempt.
    """
    snapshot = found.snapshot
    participant = participant_id(snapshot.campaign_key, Basis.DEVICE, device)
    now = clock.now()
    attempt = OpenAttempt(
        participant_id=participant,
        id=time_ordered_uuid(now),
        started_at=now,
        due_at=due_at(snapshot, now),
        expires_at=now + timedelta(hours=current_app.config["PAPER_HOURS"]),
        paper=draw_paper(snapshot.rules, snapshot.pool, _random),
    )
    if attempt.paper and journal.write_start(_row(attempt, found)) is not None:
        return attempt, snapshot
    return resume(participant, snapshot) or _refuse(snapshot)


def resume(participant: UUID, snapshot: Snapshot) -> tuple[OpenAttempt, Snapshot] | None:
    """The participant's attempt that can still be submitted, with the publication it was drawn by."""
    with reading(db.engine) as connection:
        found = queries.find_open_attempt(connection, participant, clock.now())
        if found is None:
            return None
        attempt, number = found
        return attempt, snapshots.get(connection, snapshot.campaign_id, number)


def due_at(snapshot: Snapshot, started_at: datetime) -> datetime:
    """The moment by which a paper is to be submitted."""
    if snapshot.rules.minutes is not None:
        return started_at + timedelta(minutes=snapshot.rules.minutes)
    return max(snapshot.closes_at, started_at + UNTIMED)


def _row(attempt: OpenAttempt, found: FoundChannel) -> NewAttempt:
    return NewAttempt(
        participant_id=attempt.participant_id,
        id=attempt.id,
        basis=Basis.DEVICE,
        campaign_id=found.snapshot.campaign_id,
        channel_id=found.channel_id,
        snapshot_number=found.snapshot.number,
        day=clock.shanghai_day(attempt.started_at),
        started_at=attempt.started_at,
        due_at=attempt.due_at,
        expires_at=attempt.expires_at,
        paper=store_paper(attempt.paper),
        attempts_a_day=found.snapshot.rules.attempts_a_day,
        attempts_in_all=found.snapshot.rules.attempts_in_all,
        overdue_before=attempt.started_at - GRACE,
    )


def _refuse(snapshot: Snapshot) -> "tuple[OpenAttempt, Snapshot]":
    if not snapshot.asked.question_count:
        raise NothingToAsk
    rules = snapshot.rules
    limits = []
    if rules.attempts_a_day is not None:
        limits.append(f"每天 {rules.attempts_a_day} 次")
    if rules.attempts_in_all is not None:
        limits.append(f"总共 {rules.attempts_in_all} 次")
    tomorrow = "如果总次数没有用完，明天可以再来。" if rules.attempts_a_day is not None else "感谢您的参与。"
    raise NoAttemptsLeft(f"这个活动每人可以答题{'、'.join(limits)}，您已经用完。{tomorrow}")
