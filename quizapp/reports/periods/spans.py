"""Months and quarters, as staff choose them. No database here."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_QUARTERS = "一二三四"


class Length(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {Length.MONTH: "月报", Length.QUARTER: "季报"}[self]

    @property
    def months(self) -> int:
        """How many months it lasts."""
        return 1 if self is Length.MONTH else 3

    @property
    def last(self) -> int:
        """The number of the year's last."""
        return 12 // self.months


@dataclass(frozen=True)
class Span:
    """One month or quarter of a year; ``number`` is 1 for the first."""

    year: int
    length: Length
    number: int

    @property
    def first_day(self) -> date:
        """Its first Shanghai day."""
        return date(self.year, (self.number - 1) * self.length.months + 1, 1)

    @property
    def last_day(self) -> date:
        """Its last Shanghai day."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Span":
        """The one after it."""
        if self.number == self.length.last:
            return Span(self.year + 1, self.length, 1)
        return Span(self.year, self.length, self.number + 1)

    @property
    def short_label(self) -> str:
        """Within its year: 3月 or 一季度."""
        return f"{self.number}月" if self.length is Length.MONTH else f"{_QUARTERS[self.number - 1]}季度"

    @property
    def label(self) -> str:
        """2026年3月, or 2026年第一季度."""
        of_year = f"第{self.short_label}" if self.length is Length.QUARTER else self.short_label
        return f"{self.year}年{of_year}"


def span_of(day: date, length: Length) -> Span:
    """The month or quarter that holds a day."""
    return Span(day.year, length, (day.month - 1) // length.months + 1)


def spans_of(year: int, length: Length) -> tuple[Span, ...]:
    """All of a year."""
    return tuple(Span(year, length, number) for number in range(1, length.last + 1))
