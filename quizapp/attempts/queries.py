"""Every select of the part. All run on the citizens' own connection, by key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from quizapp.attempts.models import Attempt
from quizapp.attempts.papers import OpenAttempt, read_paper
from quizapp.core.database import AnyRow

_OPEN = select(
    Attempt.participant_id,
    Attempt.id,
    Attempt.snapshot_number,
    Attempt.started_at,
    Attempt.due_at,
    Attempt.expires_at,
    Attempt.paper,
)

_WHOLE = select(
    Attempt.participant_id,
    Attempt.id,
    Attempt.campaign_id,
    Attempt.snapshot_number,
    Attempt.number,
    Attempt.channel_id,
    Attempt.due_at,
    Attempt.paper,
    Attempt.submitted_at,
    Attempt.answers,
    Attempt.score,
    Attempt.full_score,
    Attempt.passed,
    Attempt.late,
)


def find_open_attempt(
    connection: Connection, participant_id: UUID, now: datetime
) -> tuple[OpenAttempt, int] | None:
    """The participant's latest attempt that can still be submitted, with its snapshot's number."""
    row = connection.execute(
        _OPEN.where(
            Attempt.participant_id == participant_id,
            Attempt.submitted_at.is_(None),
            Attempt.expires_at > now,
        )
        .order_by(Attempt.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    attempt = OpenAttempt(
        row.participant_id,
        row.id,
        row.started_at,
        row.due_at,
        row.expires_at,
        read_paper(row.paper),
    )
    return attempt, row.snapshot_number


def find_attempt(connection: Connection, participant_id: UUID, attempt_id: UUID) -> AnyRow | None:
    """An attempt by its key."""
    return connection.execute(
        _WHOLE.where(Attempt.participant_id == participant_id, Attempt.id == attempt_id)
    ).one_or_none()


def find_submitted_attempt(connection: Connection, participant_id: UUID, number: int) -> AnyRow | None:
    """A participant's attempt by its number, once it is submitted."""
    return connection.execute(
        _WHOLE.where(
            Attempt.participant_id == participant_id,
            Attempt.number == number,
            Attempt.submitted_at.is_not(None),
        )
    ).one_or_none()


def find_latest_submitted_number(connection: Connection, participant_id: UUID) -> int | None:
    """The number of a participant's latest submitted attempt."""
    return connection.scalar(
        select(func.max(Attempt.number)).where(
            Attempt.participant_id == participant_id, Attempt.submitted_at.is_not(None)
        )
    )
