"""The one clock of the system, and the days of Asia/Shanghai.

Times are kept in UTC and aware. Tests move time by replacing :func:`now`,
so callers write ``clock.now()`` and never import the function itself.
"""

from datetime import UTC, date, datetime, timedelta, timezone

#: China has kept one offset without daylight saving since 1991, so a fixed
#: offset is exact and needs no time-zone database on a bare machine.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def shanghai_day(moment: datetime) -> date:
    """The calendar day, beginning at 00:00 Asia/Shanghai, that holds a moment."""
    return moment.astimezone(SHANGHAI).date()


def hour_start(moment: datetime) -> datetime:
    """The start of the hour that holds a moment, in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def shanghai_text(moment: datetime) -> str:
    """A moment as people here read it, e.g. ``2026-03-01 09:30``."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
