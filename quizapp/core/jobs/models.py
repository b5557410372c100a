"""The jobs."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, UtcDateTime


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


_IS_OPEN = "state IN ('waiting', 'running')"


class Job(Base):
    """One piece of long work on one subject; of a kind and subject only one is open at a time."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint(
            f"state IN ({', '.join(repr(state.value) for state in JobState)})", name="state_known"
        ),
        Index(
            "uq_jobs_open",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=text(_IS_OPEN),
            postgresql_where=text(_IS_OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    #: The row that it works on, in a table that its kind knows.
    subject_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    #: How often a worker took it up.
    tries: Mapped[int] = mapped_column(default=0)
    #: Why it failed, as a sentence for the person who asked for it.
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When its worker last said that it is alive.
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def waits_since(self, moment: datetime) -> bool:
        """Whether no worker took it up since a moment: perhaps none runs."""
        return self.state == JobState.WAITING and self.created_at < moment

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in {JobState.WAITING, JobState.RUNNING}
