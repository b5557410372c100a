"""The annual report as plain values: one frozen object that screen, docx, xlsx and year close share."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from quizapp.reports.figures.indicators import Indicator


@dataclass(frozen=True)
class Evidence:
    """One record behind a figure, as it stood at the cut-off."""

    #: "activity", "movement", "release", "campaign", "entry" or "figure" (what a derived one is made of).
    subject: str
    #: The record's own number, or the key of a figure.
    reference: str
    day: date | None
    #: Name of the unit it counts for; empty for what belongs to the whole.
    unit: str
    title: str
    #: What it adds to the figure (of a derived one: the other figure's value).
    amount: Decimal


@dataclass(frozen=True)
class Figure:
    """One indicator of one year."""

    indicator: Indicator
    #: None while a number that must be entered is wanting, or a share is of nothing.
    value: Decimal | None
    #: By the house style, with its measure: 10万余件; 未填报 where there is no value.
    printed: str
    #: The rule in words: what is counted and what is not.
    rule: str
    #: The same indicator a year before; the closed figure where that year is closed.
    last_year: Decimal | None = None
    #: (name of a unit directly under the bureau, or the bureau's own, what it and those beneath it add).
    by_unit: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class Check:
    """A rule between figures: a sentence that says how it holds or why it doesn't."""

    holds: bool
    sentence: str


@dataclass(frozen=True)
class AnnualReport:
    """All figures of one year."""

    year: int
    #: The bureau's name, e.g. 某县应急管理局.
    owner: str
    #: What was recorded after this moment is not in it.
    cut_off: datetime
    figures: tuple[Figure, ...]
    checks: tuple[Check, ...] = ()
    #: When the year was closed; None while it is open.
    closed_at: datetime | None = None
    #: What became known of the year before after it was closed, a sentence a figure.
    corrections: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Figure:
        """The figure of an indicator's key. Raises KeyError."""
        for figure in self.figures:
            if figure.indicator.key == key:
                return figure
        raise KeyError(key)
