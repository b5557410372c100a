"""What every reviewed record has: its unit, its state, and who brought it there."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import UtcDateTime
from quizapp.publicity.workflow import State

#: A check of every such table.
STATE_KNOWN = f"state IN ({', '.join(repr(state.value) for state in State)})"


class Reviewed:
    """The columns of a record that is submitted and confirmed (a mixin of its table)."""

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    state: Mapped[str] = mapped_column(String(10), default=State.DRAFT)
    #: Why it was returned last; kept while it is mended.
    return_reason: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Who confirmed or returned it.
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Rises with each change, so that nobody decides on what they didn't see.
    version: Mapped[int] = mapped_column(default=1)

    @property
    def state_label(self) -> str:
        """Its state in Chinese."""
        return State(self.state).label
