"""What the pages of figures show: a year's figures, and one with all that stands behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import url_for

from quizapp.accounts.models import User
from quizapp.campaigns.queries import ORGANISERS
from quizapp.core import clock
from quizapp.core.paging import Page
from quizapp.errors import NotFound
from quizapp.reports.figures import queries
from quizapp.reports.figures.annual import AnnualReport, Evidence, Figure
from quizapp.reports.figures.closed import find_closed_report
from quizapp.reports.figures.count_queries import kind_families, list_branches
from quizapp.reports.figures.deriving import parts_of
from quizapp.reports.figures.evidence_queries import select_records, units_of_branch
from quizapp.reports.figures.formulas import Entered
from quizapp.reports.figures.house_style import print_exactly
from quizapp.reports.figures.models import IndicatorEntry
from quizapp.reports.figures.reckoning import for_year
from quizapp.reports.figures.showing import Bar, is_known_year, make_bars

#: The page of each sort of record, and what its number is called there.
_PLACES = {
    "activity": ("publicity.activity", "activity_id"),
    "movement": ("publicity.movement", "movement_id"),
    "release": ("publicity.release", "release_id"),
    "campaign": ("reports.counts", "campaign_id"),
}


@dataclass(frozen=True)
class YearOnScreen:
    """The figures of a year; of a closed one those that it was closed with."""

    report: AnnualReport
    is_closed: bool
    #: What the records say now, exactly, of each figure that was closed otherwise.
    recounted: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> list[Figure]:
        """Those that the bureau has still to enter."""
        return [
            one
            for one in self.report.figures
            if one.value is None and isinstance(one.indicator.formula, Entered)
        ]


def open_year(year: int) -> YearOnScreen:
    """A year's figures. Raises NotFound for a year that has not begun or lies too far back."""
    if not is_known_year(year, clock.shanghai_day(clock.now())):
        raise NotFound("没有这一年度的数据。请从年度列表中选择。")
    now, closed = for_year(year), find_closed_report(year)
    if closed is None:
        return YearOnScreen(now, is_closed=False)
    then = {figure.indicator.key: figure for figure in closed.figures}
    added = tuple(figure for figure in now.figures if figure.indicator.key not in then)
    recounted = {
        figure.indicator.key: _exactly(figure)
        for figure in now.figures
        if _counts_otherwise(figure, then.get(figure.indicator.key, figure))
    }
    return YearOnScreen(replace(closed, figures=(*closed.figures, *added)), True, recounted)


def _counts_otherwise(now: Figure, then: Figure) -> bool:
    """Whether a figure is another than it was closed with, by the same formula."""
    return now.value != then.value and now.indicator.formula == then.indicator.formula


def _exactly(figure: Figure) -> str:
    return figure.printed if figure.value is None else print_exactly(figure.indicator, figure.value)


@dataclass(frozen=True)
class OpenedFigure:
    """One figure and all that stands behind it."""

    year: YearOnScreen
    figure: Figure
    bars: Sequence[Bar]
    #: Whose records are shown, by its bar; None for all.
    branch: Bar | None
    #: The records themselves; None for a figure that isn't made of records.
    records: Page[Evidence] | None
    #: What a derived figure is made of.
    parts: Sequence[Figure] = ()
    #: What was entered, the latest first.
    entries: Sequence[IndicatorEntry] = ()

    @property
    def is_entered(self) -> bool:
        """Whether it is a number that the bureau enters."""
        return isinstance(self.figure.indicator.formula, Entered)


def open_figure(year: int, key: str, branch_id: int | None, page: int) -> OpenedFigure:
    """A figure with a page of its records, of one branch or all. Raises NotFound."""
    shown = open_year(year)
    figures = {one.indicator.key: one for one in shown.report.figures}
    figure = figures.get(key)
    if figure is None:
        raise NotFound("这个指标没有启用。请从指标列表中选择。")
    branches = list_branches()
    unit_ids = None if branch_id is None else units_of_branch(branch_id, branches)
    if branch_id is not None and unit_ids is None:
        raise NotFound
    bars = make_bars(figure.indicator, branches.names, figure.by_unit)
    records = select_records(figure.indicator.formula, year, kind_families(), unit_ids)
    is_entered = isinstance(figure.indicator.formula, Entered)
    return OpenedFigure(
        shown,
        figure,
        bars,
        branch=next((bar for bar in bars if branch_id is not None and bar.branch_id == branch_id), None),
        records=records.page(page) if records else None,
        parts=[figures[part] for part in parts_of(figure.indicator.formula) if part in figures],
        entries=queries.list_entries(year, key) if is_entered else (),
    )


def address_of(evidence: Evidence, actor: User) -> str | None:
    """Where a record's own page is; None where there is none that the actor may open."""
    endpoint, argument = _PLACES[evidence.subject]
    if evidence.subject == "campaign" and not actor.holds(ORGANISERS):
        return None
    number: dict[str, Any] = {argument: int(evidence.reference)}
    return url_for(endpoint, **number)
