"""Amendments of what is confirmed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, UtcDateTime

_IS_OPEN = text("state = 'submitted'")


class Amendment(Base):
    """更正: a change of a confirmed record, with its reason; it takes hold when a reviewer confirms it."""

    __tablename__ = "amendments"
    __table_args__ = (
        CheckConstraint("subject IN ('activity', 'release')", name="subject_known"),
        CheckConstraint("state IN ('submitted', 'confirmed', 'returned')", name="state_known"),
        # Of one record only one is open.
        Index(
            "uq_amendments_open",
            "subject",
            "subject_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index(None, "subject", "subject_id"),
        Index(None, "unit_id", "state"),
        Index(None, "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[int]
    #: The record's unit, for reach.
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    #: The day that decides in which year the record counts, before the change.
    day: Mapped[date]
    #: ``{column: [before, after]}`` as JSON holds it; empty where the record is voided.
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    #: It never was: the record is voided.
    voids: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    proposed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Why it was returned.
    return_reason: Mapped[str] = mapped_column(Text, default="")
