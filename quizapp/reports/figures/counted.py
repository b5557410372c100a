"""What a year's records add up to, and what of it belongs to an indicator. No database here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quizapp.reports.figures.deriving import in_order
from quizapp.reports.figures.formulas import (
    Amount,
    Derived,
    Formula,
    OfActivities,
    OfMaterials,
    OfParticipants,
    OfReleases,
    Operation,
)

#: For each kind of activity, by its key, the keys of itself and of those beneath it.
Families = Mapping[str, frozenset[str]]
Rows = Iterable[tuple[int, int]] | Iterable[tuple[int, Decimal]]
#: What the records of each unit itself add to a figure.
UnitAmounts = Mapping[int, Decimal]


@dataclass(frozen=True)
class Counted:
    """Sums over the records of one year that count, by what formulas choose by and by unit."""

    #: By kind and unit.
    sessions: Mapping[tuple[str, int], int] = field(default_factory=dict)
    audience: Mapping[tuple[str, int], int] = field(default_factory=dict)
    #: Handed out, by category and unit.
    materials: Mapping[tuple[str, int], int] = field(default_factory=dict)
    #: By the outlet's level and unit.
    releases: Mapping[tuple[str, int], int] = field(default_factory=dict)
    participants: Mapping[int, int] = field(default_factory=dict)
    #: The latest number entered, by indicator.
    entries: Mapping[str, Decimal | None] = field(default_factory=dict)

    def rows_of(self, formula: Formula, families: Families) -> Iterable[tuple[int, int]] | None:
        """(unit, amount) of what a formula counts; None for one that isn't made of records."""
        match formula:
            case OfActivities(kinds=kinds, amount=amount):
                sums = self.sessions if amount is Amount.SESSIONS else self.audience
                return _chosen(sums, kinds_counted(kinds, families))
            case OfMaterials(category=category):
                return _chosen(self.materials, {category})
            case OfReleases(levels=levels):
                return _chosen(self.releases, frozenset(levels) or None)
            case OfParticipants():
                return self.participants.items()
        return None


def amounts_by_unit(
    formulas: Mapping[str, Formula], counted: Counted, families: Families
) -> dict[str, UnitAmounts]:
    """For each indicator that is made of records what each unit's own add; sums of such are among them."""
    units: dict[str, UnitAmounts] = {}
    for key in in_order(formulas):
        formula = formulas[key]
        rows: Rows | None = counted.rows_of(formula, families)
        if rows is None and isinstance(formula, Derived) and formula.operation is Operation.SUM:
            rows = _rows_of_sum(formula, units)
        if rows is not None:
            units[key] = _add(rows)
    return units


def _rows_of_sum(formula: Derived, units: Mapping[str, UnitAmounts]) -> list[tuple[int, Decimal]] | None:
    if any(key not in units for key in formula.parts):
        return None
    return [row for key in formula.parts for row in units[key].items()]


def _add(rows: Rows) -> UnitAmounts:
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for unit_id, amount in rows:
        sums[unit_id] += amount
    return dict(sums)


def kinds_counted(kinds: Sequence[str], families: Families) -> frozenset[str] | None:
    """Keys of the kinds that count, those beneath among them; None where all do."""
    if not kinds:
        return None
    return frozenset().union(*(families.get(key, frozenset({key})) for key in kinds))


def _chosen(
    sums: Mapping[tuple[str, int], int], wanted: frozenset[str] | set[str] | None
) -> Iterator[tuple[int, int]]:
    return ((unit_id, amount) for (mark, unit_id), amount in sums.items() if wanted is None or mark in wanted)


@dataclass(frozen=True)
class Branches:
    """The units directly under the bureau, each with all beneath it, and the bureau's own."""

    #: (id, name) in the order that they are shown, the bureau's own first.
    names: Sequence[tuple[int, str]]
    #: Of those no longer open only what has records is shown.
    closed: frozenset[int]
    #: For each unit the branch that it counts in.
    branch_of: Mapping[int, int]

    def fold(self, units: UnitAmounts) -> tuple[tuple[str, Decimal], ...]:
        """What each branch adds to a figure."""
        sums = _add((self.branch_of[unit_id], amount) for unit_id, amount in units.items())
        return tuple(
            (name, sums.get(branch, Decimal(0)))
            for branch, name in self.names
            if sums.get(branch) or branch not in self.closed
        )
