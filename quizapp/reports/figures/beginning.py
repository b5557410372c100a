"""Filling the registry of a new installation, and what an upgrade adds to it."""

from quizapp.extensions import db
from quizapp.reports.figures import queries
from quizapp.reports.figures.formulas import write_formula
from quizapp.reports.figures.indicators import BUILT_IN
from quizapp.reports.figures.models import IndicatorRow


def ensure_indicators() -> None:
    """Write the built-in indicators that are missing; adds and flushes. What is there is left alone."""
    kept = {row.key for row in queries.list_rows()}
    db.session.add_all(
        IndicatorRow(
            key=one.key,
            name=one.name,
            measure=one.measure,
            section=one.section,
            formula=write_formula(one.formula),
            exact=one.exact,
            digits=one.digits,
            remark=one.remark,
            position=position,
            built_in=True,
        )
        for position, one in enumerate(BUILT_IN)
        if one.key not in kept
    )
    db.session.flush()
