"""An annual report by hand, of values whose printed forms are those of the reference."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from quizapp.reports.figures.annual import AnnualReport, Figure
from quizapp.reports.figures.house_style import print_figure
from quizapp.reports.figures.indicators import BUILT_IN, Indicator

#: 2025-01-08 10:30 in Shanghai.
CUT_OFF = datetime(2025, 1, 8, 2, 30, tzinfo=UTC)

VALUES = {
    key: Decimal(value)
    for key, value in {
        "study_sessions": "25",
        "study_attendance": "1043",
        "general_hazards": "13245",
        "major_hazards": "152",
        "case_meetings": "7",
        "enforcement_cases": "646",
        "licence_cases": "212",
        "licence_share": "32.8",
        "inspection_cases": "358",
        "inspection_share": "55.4",
        "penalty_cases": "76",
        "penalty_share": "11.8",
        "cases_per_officer": "12.4",
        "mine_inspections": "202",
        "mine_hazards": "1392",
        "listed_enterprises": "3",
        "chemical_hazards": "648",
        "industry_hazards": "957",
        "model_cases_reported": "6",
        "model_cases_adopted": "3",
        "commended_reports": "5",
        "items_handed_out": "103482",
        "leaflets_handed_out": "31250",
        "participants": "3021",
        "releases": "143",
        "model_stations": "4",
        "standard_stations": "5",
        "drills": "312",
        "trainings": "23",
        "volunteer_services": "318",
        "irrigated_area": "300",
        "relief_funds": "247",
        "relief_clothing": "2620",
        "enforcement_officers": "52",
    }.items()
}


def figure(indicator: Indicator, value: Decimal | None, **more: object) -> Figure:
    """One figure, printed by the house style."""
    made = Figure(indicator, value, print_figure(indicator, value), f"{indicator.name}的口径")
    return replace(made, **more)  # type: ignore[arg-type]


def report(
    values: Mapping[str, Decimal | None] = VALUES, more: tuple[Figure, ...] = (), **fields: object
) -> AnnualReport:
    """The report of 2024; ``more`` are figures of the bureau's own."""
    figures = tuple(figure(one, values.get(one.key)) for one in BUILT_IN)
    made = AnnualReport(2024, "某县应急管理局", CUT_OFF, (*figures, *more))
    return replace(made, **fields)  # type: ignore[arg-type]
