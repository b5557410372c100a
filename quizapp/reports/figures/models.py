"""The registry of indicators, and the numbers that are entered for a year."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, Hundredths, UtcDateTime


class IndicatorRow(Base):
    """指标: how one number of each year is named, obtained and printed."""

    __tablename__ = "indicators"
    __table_args__ = (CheckConstraint("digits >= 1", name="digits_count"),)

    #: What formulas and closed years refer to; never changes.
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)
    measure: Mapped[str] = mapped_column(String(10))
    #: The heading that it stands under; empty where others are only derived from it.
    section: Mapped[str] = mapped_column(String(20), default="")
    #: ``formulas.write_formula``.
    formula: Mapped[dict[str, Any]] = mapped_column(JSON)
    exact: Mapped[bool] = mapped_column(default=True)
    #: Significant digits of an approximate one; None leaves it to the house style.
    digits: Mapped[int | None]
    remark: Mapped[str] = mapped_column(String(200), default="")
    #: Its place in lists.
    position: Mapped[int]
    #: One of ``indicators.BUILT_IN``: only how it prints can change.
    built_in: Mapped[bool] = mapped_column(default=False)
    #: Counted no more; its entries and the closed years stay.
    retired: Mapped[bool] = mapped_column(default=False)


class IndicatorEntry(Base):
    """填报: a number entered for a year; never edited: the latest counts, those before it are its history."""

    __tablename__ = "indicator_entries"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value_counts"),
        CheckConstraint("number >= 1", name="number_counts"),
        # Of two people who enter at once the second is told.
        UniqueConstraint("indicator_key", "year", "number"),
        Index(None, "year", "entered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_key: Mapped[str] = mapped_column(ForeignKey("indicators.key"))
    year: Mapped[int]
    #: 1, 2, 3… among the entries of the indicator and year.
    number: Mapped[int]
    #: None takes back what was entered.
    value: Mapped[Decimal | None] = mapped_column(Hundredths)
    #: Where it comes from; after the year's close, why it changed.
    note: Mapped[str] = mapped_column(String(200), default="")
    #: None where it came from the shell.
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
