"""Kinds of activities, activities and their photos."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, UtcDateTime
from quizapp.publicity.records import STATE_KNOWN, Reviewed

_LISTED = ("sessions", "audience", "title", "place")


class ActivityKind(Base):
    """A kind of activity, from the list that the administrator edits; kinds can stand beneath another."""

    __tablename__ = "activity_kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: What indicators refer to; never changes, however the kind is renamed.
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)
    #: The kind that it counts in too, as the five places of 五进 count in 五进.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("activity_kinds.id"))
    #: Its place in lists.
    position: Mapped[int] = mapped_column(default=0)
    #: No longer offered; its activities stay.
    retired: Mapped[bool] = mapped_column(default=False)


class Activity(Reviewed, Base):
    """宣传活动: one publicity event."""

    __tablename__ = "activities"
    __table_args__ = (
        CheckConstraint(STATE_KNOWN, name="state_known"),
        CheckConstraint("begins_on <= ends_on", name="days_forward"),
        CheckConstraint("sessions >= 1", name="sessions_count"),
        CheckConstraint("audience >= 0", name="audience_counts"),
        # They hold all that the list filters, sorts and sums by, so that it reads only the rows it shows.
        Index("ix_activities_list_by_unit", "unit_id", "begins_on", "state", "kind_id", *_LISTED),
        Index("ix_activities_list_by_state", "state", "begins_on", "unit_id", "kind_id", *_LISTED),
        Index("ix_activities_list_by_kind", "kind_id", "state", "begins_on", "unit_id", *_LISTED),
        Index(None, "begins_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("activity_kinds.id"))
    title: Mapped[str] = mapped_column(String(80))
    #: Shanghai days; it counts in the month and year of its first.
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    #: 场次: how many times it was held.
    sessions: Mapped[int] = mapped_column(default=1)
    place: Mapped[str] = mapped_column(String(80), default="")
    #: Names of partner organisations, as typed.
    partners: Mapped[str] = mapped_column(String(200), default="")
    #: 受众人次: people reached, over all sessions.
    audience: Mapped[int] = mapped_column(default=0)
    description: Mapped[str] = mapped_column(Text, default="")
    #: Names of the laws publicised.
    laws: Mapped[list[str]] = mapped_column(JSON, default=list)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"))
    #: The activity of the month before that it was copied from, at most once.
    copied_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("activities.id", ondelete="SET NULL"), unique=True
    )


class Photo(Base):
    """A photo of an activity, re-encoded; its file and thumbnail stand under VAR_DIR by its id."""

    __tablename__ = "photos"
    __table_args__ = (UniqueConstraint("activity_id", "digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    #: SHA-256 of the picture as we keep it, 64 hex digits.
    digest: Mapped[str] = mapped_column(String(64))
    #: Pixels.
    width: Mapped[int]
    height: Mapped[int]
    added_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
