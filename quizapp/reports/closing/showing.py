"""What the report's pages show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from quizapp.accounts.queries import names_of_users
from quizapp.core import clock
from quizapp.core.database import AnyRow
from quizapp.core.jobs.models import Job
from quizapp.core.jobs.queries import find_latest_job
from quizapp.errors import NotFound
from quizapp.publicity.reviewing.subjects import Subject
from quizapp.reports.closing import change_queries, queries
from quizapp.reports.closing.changes import Change, changes_behind
from quizapp.reports.closing.closing import CLOSE_JOB, has_ended
from quizapp.reports.closing.happened import list_changes
from quizapp.reports.closing.issuing import recount, report_of_now
from quizapp.reports.closing.models import ClosedFile, YearClose
from quizapp.reports.closing.recounting import Recount
from quizapp.reports.closing.screen_text import ScreenLine, lines_on_screen
from quizapp.reports.figures.annual import AnnualReport, Figure
from quizapp.reports.figures.formulas import Entered
from quizapp.reports.figures.showing import is_known_year, year_at_hand, years_offered

#: So many records that nobody confirmed are named before a close; beyond, only their count.
_NAMED = 20


@dataclass(frozen=True)
class AnnualPage:
    """A year's report on screen."""

    report: AnnualReport
    lines: Sequence[ScreenLine]
    missing: Sequence[Figure]
    years: Sequence[int]
    has_ended: bool
    close: YearClose | None
    job: Job | None
    files: Sequence[ClosedFile] = ()
    closed_by: str = ""
    recount: Recount = field(default_factory=Recount)
    changes: Sequence[Change] = ()

    @property
    def is_under_way(self) -> bool:
        """Whether the worker is closing the year."""
        return self.close is not None and self.close.closed_at is None

    def changes_of(self, key: str) -> Sequence[Change]:
        """What can have moved a figure since the close."""
        return changes_behind(
            key, {one.indicator.key: one.indicator for one in self.report.figures}, self.changes
        )


def show_annual(year: int) -> AnnualPage:
    """The report of a year, closed or open. Raises NotFound for a year that is none of ours."""
    check_year(year)
    close = queries.find_close(year)
    closed = queries.find_closed_report(year)
    report = closed or report_of_now(year)
    template = queries.find_template_of(close) if close and closed else queries.find_template_content()
    return AnnualPage(
        report=report,
        lines=lines_on_screen(report, template),
        missing=missing_of(report),
        years=years_offered(year, _today()),
        has_ended=has_ended(year, clock.now()),
        close=close,
        job=find_latest_job((CLOSE_JOB,), year),
        files=queries.list_files(year) if closed else (),
        closed_by=names_of_users([close.closed_by]).get(close.closed_by, "") if close else "",
        recount=recount(closed) if closed else Recount(),
        changes=list_changes(year, closed.cut_off) if closed else (),
    )


def check_year(year: int) -> None:
    """Raise NotFound for a year before there were records, or one that has not begun."""
    if not is_known_year(year, _today()):
        raise NotFound


def latest_year() -> int:
    """The year whose report somebody is after now."""
    return year_at_hand(_today())


def _today() -> date:
    return clock.shanghai_day(clock.now())


def missing_of(report: AnnualReport) -> list[Figure]:
    """The figures that the bureau has still to enter."""
    return [
        figure
        for figure in report.figures
        if figure.value is None and isinstance(figure.indicator.formula, Entered)
    ]


@dataclass(frozen=True)
class Unfinished:
    """What a close would leave out."""

    waiting: Sequence[change_queries.Waiting]
    #: The first records of each kind: the kind, and rows of id, title, day, state, unit.
    named: Sequence[tuple[Subject, Sequence[AnyRow]]]
    amendments: int
    movements: int
    missing: Sequence[Figure]
    #: How many records of a kind are named at most.
    most: int = _NAMED

    @property
    def anything(self) -> bool:
        """Whether there is something to finish first."""
        return bool(self.waiting or self.amendments or self.movements or self.missing)


def show_unfinished(year: int) -> Unfinished:
    """What of a year is not confirmed, not decided or not entered."""
    waiting = change_queries.count_waiting(year)
    kinds = {one.subject.key: one.subject for one in waiting}
    return Unfinished(
        waiting=waiting,
        named=[(kind, change_queries.list_waiting(year, kind, _NAMED)) for kind in kinds.values()],
        amendments=change_queries.count_open_amendments(year),
        movements=change_queries.count_unconfirmed_movements(year),
        missing=missing_of(report_of_now(year)),
    )
