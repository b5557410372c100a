"""Progress against a year's plan, and who lags. Plain values; no database here.

A target lags when fewer are done than should be by now: the plan times the share of the year that has passed,
rounded down. The day under way has not passed. So nobody lags on 1 January, a plan of one lags only once the
year is over, and of a past year whatever is wanting of the plan. A coming year has no laggards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Passed:
    """How much of a year has passed, in whole days."""

    days: int
    of: int

    @property
    def percent(self) -> Decimal:
        """In per cent, half up to one decimal."""
        return _percent(self.days, self.of)


@dataclass(frozen=True)
class Standing:
    """One target and what is done for it: sessions, or releases."""

    planned: int
    done: int
    #: What should be done by now.
    due: int

    @property
    def percent(self) -> Decimal:
        """What is done of the plan, in per cent, half up to one decimal; above 100 where more is done."""
        return _percent(self.done, self.planned)

    @property
    def wanting(self) -> int:
        """How many are wanting of what should be done by now, 0 where it doesn't lag."""
        return max(0, self.due - self.done)

    @property
    def lags(self) -> bool:
        """落后."""
        return self.wanting > 0

    @property
    def left(self) -> int:
        """How many are wanting of the whole plan."""
        return max(0, self.planned - self.done)


def passed_of(year: int, today: date) -> Passed:
    """How much of a year has passed before ``today``, a Shanghai day."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    whole = (after - first).days
    return Passed(min(max((today - first).days, 0), whole), whole)


def stand(planned: int, done: int, passed: Passed) -> Standing:
    """How a target stands when so much of its year has passed."""
    return Standing(planned, done, planned * passed.days // passed.of)


def add_up(counted: Mapping[int | None, int], parents: Mapping[int, int | None]) -> dict[int | None, int]:
    """What is done by kind, with what is done of the kinds beneath it; ``parents`` names the kind above each.

    Releases, which None stands for, have no kind and stay as they are.
    """
    sums: dict[int | None, int] = {None: counted.get(None, 0), **dict.fromkeys(parents, 0)}
    for kind_id, count in counted.items():
        above, seen = kind_id, set[int]()
        while above is not None and above not in seen:
            seen.add(above)
            sums[above] = sums.get(above, 0) + count
            above = parents.get(above)
    return sums


def order_laggards_first(wanting: Sequence[tuple[int, Iterable[Standing]]]) -> list[int]:
    """Units from the one with most wanting to those with nothing, otherwise as they came."""
    total = {unit_id: sum(one.wanting for one in standings) for unit_id, standings in wanting}
    return sorted(total, key=lambda unit_id: -total[unit_id])


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
