"""Participants and attempts: the two tables that grow.

Laid out for a distributed PostgreSQL: every key and unique constraint holds the
participant's id, the paper and the answers stand in the attempt's own row, and nothing
else has a foreign key into them.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, Hundredths, UtcDateTime


class Participant(Base):
    """One identity within one campaign."""

    __tablename__ = "participants"

    #: ``identity.participant_id``; the identity itself is not kept.
    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    basis: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


def _once(name: str, *columns: str) -> Index:
    """At most one attempt of a participant bears the mark for the same ``columns``."""
    return Index(
        f"uq_attempts_{name}",
        "participant_id",
        *columns,
        unique=True,
        sqlite_where=text(name),
        postgresql_where=text(name),
    )


class Attempt(Base):
    """One start by one participant. The row is its one possible submission."""

    __tablename__ = "attempts"
    __table_args__ = (
        PrimaryKeyConstraint("participant_id", "id"),
        UniqueConstraint("participant_id", "number"),
        UniqueConstraint("participant_id", "day", "day_number"),
        CheckConstraint(
            "(submitted_at IS NULL) = (answers IS NULL) AND (submitted_at IS NULL) = (score IS NULL)"
            " AND (submitted_at IS NULL) = (submitted_day IS NULL)",
            name="submitted_whole",
        ),
        _once("first_in_campaign"),
        _once("first_in_year", "submitted_year"),
        _once("first_in_day", "submitted_day"),
        _once("first_in_channel", "channel_id"),
        Index(None, "campaign_id", "day"),
        Index(None, "campaign_id", "submitted_day"),
    )

    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    #: Time-ordered (UUIDv7).
    id: Mapped[UUID]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    #: The channel it was started from.
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"))
    #: The publication whose rules and revisions it was drawn by.
    snapshot_number: Mapped[int]
    #: 1, 2, 3… among the participant's attempts.
    number: Mapped[int]
    #: The Shanghai day of its start, and 1, 2, 3… within that day.
    day: Mapped[date]
    day_number: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: After this moment, and the grace, a submission is late.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: After this moment the paper can no longer be submitted.
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: For each question [revision id, [index of the option shown 1st, 2nd…]].
    paper: Mapped[list[tuple[int, list[int]]]] = mapped_column(JSON)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The Shanghai day and year of the submission.
    submitted_day: Mapped[date | None]
    submitted_year: Mapped[int | None]
    #: For each question of the paper the indices, in the revision, of the chosen options; of a blank
    #: question what was typed into its gaps.
    answers: Mapped[list[list[int | str]] | None] = mapped_column(JSON(none_as_null=True))
    score: Mapped[Decimal | None] = mapped_column(Hundredths)
    full_score: Mapped[Decimal | None] = mapped_column(Hundredths)
    passed: Mapped[bool] = mapped_column(default=False)
    late: Mapped[bool] = mapped_column(default=False)
    # Whether it is the participant's first submitted attempt in each: distinct counts are sums of these.
    first_in_campaign: Mapped[bool] = mapped_column(default=False)
    first_in_year: Mapped[bool] = mapped_column(default=False)
    first_in_day: Mapped[bool] = mapped_column(default=False)
    first_in_channel: Mapped[bool] = mapped_column(default=False)
