"""The reports of closed years: the year close, which is built on figures, says here where they are found."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from flask import Flask, current_app

from quizapp.reports.figures.annual import AnnualReport

#: For a year the report that it was closed with; None of a year that is open.
FindClosed = Callable[[int], AnnualReport | None]

_EXTENSION = "closed_reports"


def register_closed_reports(app: Flask, find: FindClosed) -> None:
    """Let what a year was closed with stand where that year is looked back at."""
    app.extensions[_EXTENSION] = find


def find_closed_report(year: int) -> AnnualReport | None:
    """The frozen report of a closed year; None of a year that is open."""
    find: FindClosed | None = current_app.extensions.get(_EXTENSION)
    return find(year) if find else None


def find_closed_figures(year: int) -> Mapping[str, Decimal | None] | None:
    """The frozen values of a closed year by indicator; None of a year that is open."""
    report = find_closed_report(year)
    return {one.indicator.key: one.value for one in report.figures} if report else None
