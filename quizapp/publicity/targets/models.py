"""Targets."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base

_OF_RELEASES = text("kind_id IS NULL")


class Target(Base):
    """How many sessions of a kind, or releases, a unit and those beneath it should reach in a year."""

    __tablename__ = "targets"
    __table_args__ = (
        CheckConstraint("planned > 0", name="planned_counts"),
        Index(
            "uq_targets_kind",
            "year",
            "unit_id",
            "kind_id",
            unique=True,
            sqlite_where=text("kind_id IS NOT NULL"),
            postgresql_where=text("kind_id IS NOT NULL"),
        ),
        Index(
            "uq_targets_releases",
            "year",
            "unit_id",
            unique=True,
            sqlite_where=_OF_RELEASES,
            postgresql_where=_OF_RELEASES,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    #: Kind of activity; None for releases.
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("activity_kinds.id"))
    #: Sessions, or releases.
    planned: Mapped[int]
