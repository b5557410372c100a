"""A figure from its evidence alone, as a closed year is proven. No database here."""

from collections.abc import Iterable
from decimal import Decimal

from quizapp.reports.figures.annual import Evidence
from quizapp.reports.figures.deriving import derive
from quizapp.reports.figures.formulas import Derived, Entered
from quizapp.reports.figures.indicators import Indicator


def recompute(indicator: Indicator, evidence: Iterable[Evidence]) -> Decimal | None:
    """The figure that the evidence gives.

    What is counted is the sum of the amounts; what is entered is its one entry; what is derived follows from
    rows of subject "figure", each referring to another figure by its key. None where a number is wanting.
    """
    formula = indicator.formula
    if isinstance(formula, Derived):
        return derive(formula, {row.reference: row.amount for row in evidence if row.subject == "figure"})
    amounts = [row.amount for row in evidence]
    if isinstance(formula, Entered) and not amounts:
        return None
    return sum(amounts, Decimal(0))
