"""The form of a unit's targets of a year: a number for each kind of activity, and for releases."""

import json
from collections.abc import Mapping

from wtforms import Field, HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional

from quizapp.core.forms import Form
from quizapp.publicity.targets.planning import Plan

MAX_PLANNED = 100_000
_RELEASES = "releases"


class TargetsForm(Form):
    """Made for the kinds of the day by ``targets_form_of``."""

    names: Mapping[int | None, str] = {}
    #: The plan that the person saw, as JSON.
    seen = HiddenField()

    def __init__(self, plan: Plan) -> None:
        super().__init__(data={_field_name(kind_id): planned for kind_id, planned in plan.items()})
        if not self.seen.data:
            self.show_seen(plan)

    def show_seen(self, plan: Plan) -> None:
        """From now on the person has seen this plan."""
        self.seen.data = json.dumps({_field_name(kind_id): planned for kind_id, planned in plan.items()})

    def seen_plan(self) -> dict[int | None, int]:
        """The plan that the person saw, an impossible one where the form doesn't say."""
        try:
            kept = json.loads(self.seen.data or "")
            by_field = {_field_name(kind_id): kind_id for kind_id in self.names}
            return {by_field[name]: int(planned) for name, planned in kept.items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            return {None: -1}

    def plan(self) -> dict[int | None, int]:
        """What the validated form says; kinds left empty or at 0 are not in it."""
        numbers = {kind_id: self[_field_name(kind_id)].data for kind_id in self.names}
        return {kind_id: planned for kind_id, planned in numbers.items() if planned}

    def in_words(self, plan: Plan) -> list[tuple[str, int]]:
        """A plan by the names of its kinds, in their order."""
        return [(name, plan[kind_id]) for kind_id, name in self.names.items() if kind_id in plan]

    def fields(self) -> list[Field]:
        """The numbers, in the order of the kinds."""
        return [self[_field_name(kind_id)] for kind_id in self.names]


def targets_form_of(names: Mapping[int | None, str], planned_before: Plan) -> type[TargetsForm]:
    """The form for these kinds. ``planned_before`` is the plan of the year before, shown as help."""
    fields = {
        _field_name(kind_id): IntegerField(
            f"{name}（{'篇' if kind_id is None else '场'}）",
            [Optional(), NumberRange(0, MAX_PLANNED, f"请填写 0 至 {MAX_PLANNED} 之间的整数。")],
            description=f"上一年计划 {planned_before[kind_id]}" if kind_id in planned_before else "",
            render_kw={"inputmode": "numeric"},
        )
        for kind_id, name in names.items()
    }
    return type("UnitTargetsForm", (TargetsForm,), {"names": names, **fields})


def _field_name(kind_id: int | None) -> str:
    return _RELEASES if kind_id is None else f"kind_{kind_id}"
