"""Months, and the same day of another one."""

import re
from calendar import monthrange
from datetime import date, timedelta

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def read_month(text: str) -> date | None:
    """The first day of 2026-03; None for anything else."""
    found = _MONTH.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


def last_day(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_before(day: date) -> date:
    """The first day of the month before a day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def same_day(day: date, month: date) -> date:
    """The same day of another month, its last one where it is shorter."""
    return min(month.replace(day=1) + timedelta(days=day.day - 1), last_day(month))
