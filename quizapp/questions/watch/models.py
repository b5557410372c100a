"""The version of a law that a question follows, and what is to be checked again."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, UtcDateTime


class Outcome(StrEnum):
    """How a re-check ended."""

    RIGHT = "right"
    MENDED = "mended"
    RETIRED = "retired"
    #: A still newer version opened another one.
    SUPERSEDED = "superseded"


class LawBasis(Base):
    """The version of a law under which a question was last known to be right."""

    __tablename__ = "law_bases"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    law_id: Mapped[int] = mapped_column(ForeignKey("laws.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("law_versions.id"), index=True)


class Recheck(Base):
    """A question to be looked at again under a newer version of a law that it cites."""

    __tablename__ = "rechecks"
    __table_args__ = (
        UniqueConstraint("question_id", "version_id"),
        CheckConstraint(
            f"outcome IN ({', '.join(repr(outcome.value) for outcome in Outcome)})", name="outcome_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    #: The newer version.
    version_id: Mapped[int] = mapped_column(ForeignKey("law_versions.id"), index=True)
    #: The version that the question followed; None where it isn't loaded and nothing could be compared.
    old_version_id: Mapped[int | None] = mapped_column(ForeignKey("law_versions.id"))
    #: ``touching.Touched.as_dict`` of each cited article that changed.
    touched: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None while it is open.
    outcome: Mapped[str | None] = mapped_column(String(12))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
