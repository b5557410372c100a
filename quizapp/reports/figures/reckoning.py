"""The figures of a year from its records, and the records behind each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from quizapp.accounts.queries import get_root
from quizapp.core import clock
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.releases.models import Level
from quizapp.reports.figures import queries
from quizapp.reports.figures.annual import AnnualReport, Evidence, Figure
from quizapp.reports.figures.checking import check_figures
from quizapp.reports.figures.closed import find_closed_figures
from quizapp.reports.figures.count_queries import count_year, kind_families, list_branches
from quizapp.reports.figures.counted import Families, UnitAmounts, amounts_by_unit
from quizapp.reports.figures.deriving import derive_all, parts_of
from quizapp.reports.figures.evidence_queries import select_records
from quizapp.reports.figures.formulas import Entered
from quizapp.reports.figures.house_style import print_figure
from quizapp.reports.figures.indicators import Indicator
from quizapp.reports.figures.queries import list_indicators
from quizapp.reports.figures.rules import Names, write_rule

__all__ = ["evidence_of", "for_year", "list_indicators", "names_of"]


@dataclass(frozen=True)
class _Reckoned:
    """One year: the values, and what each unit's own records add to those that are made of records."""

    values: Mapping[str, Decimal | None]
    units: Mapping[str, UnitAmounts]


def for_year(year: int) -> AnnualReport:
    """The figures of a year as its records stand now, whether it is closed or not.

    Beside them stand those of the year before: the closed ones where that year is closed.
    """
    cut_off = clock.now()
    registry = queries.read_registry()
    families, names, branches = kind_families(), names_of(registry.indicators), list_branches()
    reckoned = _reckon(year, registry.indicators, families)
    last_year = find_closed_figures(year - 1)
    if last_year is None:
        last_year = _reckon(year - 1, registry.indicators, families).values

    def figure_of(indicator: Indicator) -> Figure:
        key = indicator.key
        return Figure(
            indicator=indicator,
            value=reckoned.values[key],
            printed=print_figure(indicator, reckoned.values[key]),
            rule=write_rule(indicator.formula, names),
            last_year=last_year.get(key),
            by_unit=branches.fold(reckoned.units[key]) if key in reckoned.units else (),
        )

    figures = tuple(map(figure_of, registry.in_use))
    return AnnualReport(year, get_root().name, cut_off, figures, check_figures(figures))


def _reckon(year: int, indicators: Sequence[Indicator], families: Families) -> _Reckoned:
    counted = replace(count_year(year), entries=queries.latest_values(year))
    formulas = {indicator.key: indicator.formula for indicator in indicators}
    units = amounts_by_unit(formulas, counted, families)
    values: dict[str, Decimal | None] = {key: counted.entries.get(key) for key in formulas}
    values |= {key: sum(amounts.values(), Decimal(0)) for key, amounts in units.items()}
    return _Reckoned(derive_all(formulas, values), units)


def names_of(indicators: Sequence[Indicator]) -> Names:
    """What people call what formulas refer to."""
    return Names(
        kinds={kind.key: kind.name for kind in list_kinds()},
        levels={level.value: level.label for level in Level},
        indicators={indicator.key: indicator.name for indicator in indicators},
    )


def evidence_of(year: int, key: str) -> Iterator[Evidence]:
    """Everything behind a figure as it stands now, by day; read as it is asked for, within one transaction.

    Raises NotFound for an indicator that there isn't.
    """
    registry = queries.read_registry()
    indicator = registry.get(key)
    records = select_records(indicator.formula, year, kind_families())
    if records is not None:
        return records.stream()
    if isinstance(indicator.formula, Entered):
        return iter(queries.entry_as_evidence(year, key))
    return _figures_behind(year, indicator, registry.indicators)


def _figures_behind(year: int, indicator: Indicator, indicators: Sequence[Indicator]) -> Iterator[Evidence]:
    """What a derived figure is made of; a number that is wanting is left out."""
    values = _reckon(year, indicators, kind_families()).values
    names = {one.key: one.name for one in indicators}
    for key in parts_of(indicator.formula):
        value = values.get(key)
        if value is not None:
            yield Evidence("figure", key, None, "", names[key], value)
