"""A small year in tests, recorded and closed without a browser or a worker process."""

from datetime import UTC, date, datetime
from decimal import Decimal

from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.core.jobs.worker import run_next
from quizapp.extensions import db
from quizapp.reports.closing.closing import ask_close
from quizapp.reports.figures.beginning import ensure_indicators
from quizapp.reports.figures.models import IndicatorEntry
from quizapp.reports.figures.queries import list_entries
from tests.factories import make_activity, make_release

YEAR = 2025
#: 10:00 on 8 January 2026 in Shanghai: the year lies behind.
JANUARY = datetime(2026, 1, 8, 2, 0, tzinfo=UTC)


def enter(key: str, value: int, user: User, note: str = "执法台账", year: int = YEAR) -> None:
    """A number of the bureau's, over the one before."""
    ensure_indicators()
    entry = IndicatorEntry(
        indicator_key=key,
        year=year,
        number=len(list_entries(year, key)) + 1,
        value=Decimal(value),
        note=note,
        entered_by=user.id,
        entered_at=clock.now(),
    )
    db.session.add(entry)
    db.session.commit()


def record_year(user: User) -> None:
    """Three drills, two releases, a licence case of four cases."""
    for month in (1, 6, 12):
        make_activity("drill", day=date(YEAR, month, 1), title=f"{month}月演练", recorder=user)
    for month in (2, 12):
        make_release(day=date(YEAR, month, 28), recorder=user)
    enter("enforcement_cases", 4, user)
    enter("licence_cases", 1, user)


def close(user: User, year: int = YEAR) -> None:
    """Ask for the close and do it, as the worker would."""
    ask_close(year, str(year), user)
    db.session.commit()
    run_jobs()


def run_jobs() -> None:
    """Do every job that waits; the test's own people stay at hand."""
    db.session.rollback()
    people = [one for one in db.session if isinstance(one, User)]
    while run_next():
        pass
    db.session.add_all(people)
