"""Campaigns, their published snapshots, channels and scans."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, UtcDateTime


class Campaign(Base):
    """One quiz drive as its organiser edits it; citizens see its latest snapshot."""

    __tablename__ = "campaigns"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="window_forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The unit that runs it.
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    title: Mapped[str] = mapped_column(String(60))
    notice: Mapped[str] = mapped_column(Text)
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: ``Rules.as_dict``.
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: 演示: never counts in a year's figures.
    is_sample: Mapped[bool] = mapped_column(default=False)
    #: The random key under which participants' ids are derived, sealed by the data key.
    sealed_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Number of the latest snapshot, None before the first publication.
    current_snapshot: Mapped[int | None]


class CampaignSnapshot(Base):
    """What one publication said; never changed, so that any paper can be scored and shown again."""

    __tablename__ = "campaign_snapshots"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    #: 1 for the first publication.
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(60))
    notice: Mapped[str] = mapped_column(Text)
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: Ids of the revisions that may be drawn.
    revision_ids: Mapped[list[int]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Channel(Base):
    """One QR code of a campaign: a venue, a poster, a media outlet."""

    __tablename__ = "channels"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    #: What stands in the address: ``/q/<code>``.
    code: Mapped[str] = mapped_column(String(10), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HourlyScans(Base):
    """How often a channel's page was opened within one hour."""

    __tablename__ = "hourly_scans"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id"], ["channels.id"]),
        Index(None, "campaign_id", "hour"),
    )

    channel_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaigns.id"), primary_key=True, autoincrement=False
    )
    #: Start of the hour, UTC.
    hour: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    scans: Mapped[int]
