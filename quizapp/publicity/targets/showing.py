"""The year's plan as the page shows it: a unit each row, those that lag first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.accounts.models import Unit, User
from quizapp.accounts.queries import list_units_for
from quizapp.publicity.activities.models import ActivityKind
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.activities.showing import in_order
from quizapp.publicity.staff import READERS
from quizapp.publicity.targets import queries
from quizapp.publicity.targets.progress import Passed, Standing, add_up, order_laggards_first, stand

#: The row of releases beside the kinds of activities.
RELEASES = "媒体发稿"


@dataclass(frozen=True)
class UnitProgress:
    """A unit with its targets by kind; None is releases."""

    unit: Unit
    standings: Mapping[int | None, Standing]

    @property
    def wanting(self) -> int:
        """How many are wanting by now, over all kinds."""
        return sum(one.wanting for one in self.standings.values())


@dataclass(frozen=True)
class YearProgress:
    """All that a person reads of a year's plan."""

    #: (kind, None for releases; its name) of which anybody has a target.
    kinds: Sequence[tuple[int | None, str]]
    #: Those that lag first.
    units: Sequence[UnitProgress]

    @property
    def lagging(self) -> Sequence[UnitProgress]:
        """The units that lag."""
        return [one for one in self.units if one.wanting]


def name_kinds(kinds: Sequence[ActivityKind]) -> dict[int | None, str]:
    """The names of kinds, each kind after the one above it, releases last."""
    return {**{kind.id: kind.name for kind, _ in in_order(kinds)}, None: RELEASES}


def show_year(actor: User, year: int, passed: Passed, unit_id: int | None = None) -> YearProgress:
    """The plan of a year and its progress, of the units that the actor reads; of one and beneath, if said."""
    kinds = list_kinds()
    parents = {kind.id: kind.parent_id for kind in kinds}
    planned: dict[int, dict[int | None, int]] = defaultdict(dict)
    for target in queries.list_targets(actor, year, unit_id):
        planned[target.unit_id][target.kind_id] = target.planned
    done = queries.count_done(actor, year) if planned else {}
    units = {unit.id: unit for unit, _ in list_units_for(actor, *READERS)}
    shown = {
        one: UnitProgress(
            units[one],
            _stand_all(planned[one], add_up(done.get(one, {}), parents), passed),
        )
        for one in units
        if one in planned
    }
    order = order_laggards_first([(one, progress.standings.values()) for one, progress in shown.items()])
    used = {kind_id for plan in planned.values() for kind_id in plan}
    named = [(kind_id, name) for kind_id, name in name_kinds(kinds).items() if kind_id in used]
    return YearProgress(named, [shown[one] for one in order])


def _stand_all(
    plan: Mapping[int | None, int], done: Mapping[int | None, int], passed: Passed
) -> dict[int | None, Standing]:
    return {kind_id: stand(planned, done.get(kind_id, 0), passed) for kind_id, planned in plan.items()}
