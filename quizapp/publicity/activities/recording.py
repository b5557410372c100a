"""Recording activities, and changing what is not submitted yet. These add and flush; the view commits."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.activities.wanting import find_wanting
from quizapp.publicity.reviewing.reviewing import EditedMeanwhile, lock_record, step
from quizapp.publicity.workflow import Act, State


@dataclass(frozen=True)
class Plan:
    """What a person says of an activity; the days are of Shanghai."""

    kind_id: int
    title: str
    begins_on: date
    ends_on: date
    unit_id: int
    sessions: int = 1
    place: str = ""
    partners: str = ""
    audience: int = 0
    description: str = ""
    laws: Sequence[str] = ()
    campaign_id: int | None = None

    def values(self) -> dict[str, Any]:
        """By column."""
        return {**asdict(self), "laws": list(self.laws)}


def record_activity(plan: Plan, actor: User) -> Activity:
    """Record an activity as a draft."""
    activity = Activity(
        **plan.values(), state=State.DRAFT, recorded_by=actor.id, recorded_at=clock.now(), version=1
    )
    db.session.add(activity)
    db.session.flush()
    audit.record("create", "activity", activity.id)
    return activity


def edit_activity(activity: Activity, plan: Plan, seen_version: int) -> None:
    """Change a draft, or what was returned, that still is as the actor saw it.

    The audit entry names the fields that changed. Raises EditedMeanwhile and NotInThisState.
    """
    lock_record(activity)
    if activity.version != seen_version:
        raise EditedMeanwhile
    values = plan.values()
    changed = [name for name, value in values.items() if getattr(activity, name) != value]
    step(activity, Act.EDIT)
    for name in changed:
        setattr(activity, name, values[name])
    if changed:
        audit.record("edit", "activity", activity.id, changed)
    db.session.flush()


def find_complaints(activity: Activity | Plan) -> Mapping[str, str]:
    """What is wanting of an activity, or of a plan, before it can be submitted, by field."""
    today = clock.shanghai_day(clock.now())
    return find_wanting(activity.place, activity.audience, activity.ends_on, today)


def complaints(activity: Activity) -> list[str]:
    """The same as sentences, for review."""
    return list(find_complaints(activity).values())
