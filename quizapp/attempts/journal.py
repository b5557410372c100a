"""Writing starts and submissions: plain rows in, committed before the call returns.

The only place of the citizens' path that commits. Constraints decide what may happen
once; who collides with one is written again and sees what the other wrote.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Insert,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from quizapp.attempts.models import Attempt, Participant
from quizapp.core.database import writing
from quizapp.extensions import db

T = TypeVar("T")

#: How often a row is written where another of the same participant wins a race for a constraint.
TRIES = 5


@dataclass(frozen=True)
class NewAttempt:
    """A start to be written. ``None`` limits nothing."""

    participant_id: UUID
    id: UUID
    basis: str
    campaign_id: int
    channel_id: int
    snapshot_number: int
    day: date
    started_at: datetime
    due_at: datetime
    expires_at: datetime
    paper: list[list[object]]
    attempts_a_day: int | None
    attempts_in_all: int | None
    #: An attempt that is due before this moment no longer stands in the way of a new one.
    overdue_before: datetime


@dataclass(frozen=True)
class Submission:
    """A result to be written."""

    participant_id: UUID
    attempt_id: UUID
    channel_id: int
    submitted_at: datetime
    submitted_day: date
    answers: list[list[int | str]]
    score: Decimal
    full_score: Decimal
    passed: bool
    late: bool


def write_start(attempt: NewAttempt) -> int | None:
    """Write a start and return its number; None where an attempt is open or none is left.

    Two statements and one commit. Two starts of one participant at once collide on
    (participant, number); the loser is written again and then finds the other one open.
    """
    return _until_it_stands(lambda: _write_start(attempt))


def write_submission(submission: Submission) -> bool:
    """Write a result; False where the attempt has one already. One statement and one commit.

    A unique index lets one attempt of a participant bear each first mark; where two submit at
    once, the loser is written again and finds the mark taken.
    """
    return _until_it_stands(lambda: _write_submission(submission))


def _until_it_stands(write: Callable[[], T]) -> T:
    for _ in range(TRIES - 1):
        try:
            return write()
        except IntegrityError:
            continue
    return write()


def _write_start(attempt: NewAttempt) -> int | None:
    with writing(db.engine) as connection:
        connection.execute(_participant(connection, attempt))
        return connection.execute(_start(attempt)).scalar()


def _participant(connection: Connection, attempt: NewAttempt) -> Insert:
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = {
        "id": attempt.participant_id,
        "campaign_id": attempt.campaign_id,
        "basis": attempt.basis,
        "created_at": attempt.started_at,
    }
    statement: Insert = dialect.insert(Participant).values(values).on_conflict_do_nothing()
    return statement


def _start(attempt: NewAttempt) -> Any:
    """INSERT … SELECT that numbers the attempt and checks the limits in one statement."""
    own = Attempt.participant_id == attempt.participant_id
    same_day = and_(own, Attempt.day == attempt.day)
    used = select(func.coalesce(func.max(Attempt.number), 0)).where(own).scalar_subquery()
    used_today = select(func.coalesce(func.max(Attempt.day_number), 0)).where(same_day).scalar_subquery()
    is_open = exists().where(
        own,
        Attempt.submitted_at.is_(None),
        Attempt.due_at >= attempt.overdue_before,
        Attempt.expires_at > attempt.started_at,
    )
    values: dict[str, Any] = {
        name: _value(name, getattr(attempt, name))
        for name in (
            "participant_id",
            "id",
            "campaign_id",
            "channel_id",
            "snapshot_number",
            "day",
            "started_at",
            "due_at",
            "expires_at",
            "paper",
        )
    }
    values |= {"number": used + 1, "day_number": used_today + 1}
    values |= {name: literal(False) for name in ("passed", "late", *_MARKS)}
    chosen = select(*(value.label(name) for name, value in values.items())).where(
        ~is_open,
        _within(used, attempt.attempts_in_all),
        _within(used_today, attempt.attempts_a_day),
    )
    return insert(Attempt).from_select(list(values), chosen).returning(Attempt.number)


def _value(name: str, value: object) -> BindParameter[Any]:
    """A value of the column's own type, which a select list doesn't know by itself."""
    return bindparam(None, value, type_=Attempt.__table__.c[name].type)


def _within(used: Any, limit: int | None) -> ColumnElement[bool]:
    return or_(literal(limit is None), used < literal(limit or 0))


_MARKS = ("first_in_campaign", "first_in_year", "first_in_day", "first_in_channel")


def _write_submission(submission: Submission) -> bool:
    statement = (
        update(Attempt)
        .where(
            Attempt.participant_id == submission.participant_id,
            Attempt.id == submission.attempt_id,
            Attempt.submitted_at.is_(None),
        )
        .values(
            submitted_at=submission.submitted_at,
            submitted_day=submission.submitted_day,
            submitted_year=submission.submitted_day.year,
            answers=submission.answers,
            score=submission.score,
            full_score=submission.full_score,
            passed=submission.passed,
            late=submission.late,
            **_first_marks(submission),
        )
    )
    with writing(db.engine) as connection:
        return connection.execute(statement).rowcount == 1


def _first_marks(submission: Submission) -> dict[str, ColumnElement[bool]]:
    """For each mark, whether no other attempt of the participant bears it for the same period or channel."""
    other = aliased(Attempt)
    own = other.participant_id == submission.participant_id
    same = {
        "first_in_campaign": literal(True),
        "first_in_year": other.submitted_year == submission.submitted_day.year,
        "first_in_day": other.submitted_day == submission.submitted_day,
        "first_in_channel": other.channel_id == submission.channel_id,
    }
    return {mark: ~exists().where(own, getattr(other, mark), same[mark]) for mark in _MARKS}
