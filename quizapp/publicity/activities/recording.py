"""Recording activities, and changing what is not submitted yet. These add and flush; the view commits."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.activities.wanting import find_wanting
from quizapp.publicity.reviewing.drafting import edit_draft, record_draft


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
    return record_draft(Activity, plan.values(), actor)


def edit_activity(activity: Activity, plan: Plan, seen_version: int) -> None:
    """Change it where it is not submitted yet. Raises EditedMeanwhile and NotInThisState."""
    edit_draft(activity, plan.values(), seen_version)


def find_complaints(activity: Activity | Plan) -> Mapping[str, str]:
    """What is wanting of an activity, or of a plan, before it can be submitted, by field."""
    today = clock.shanghai_day(clock.now())
    return find_wanting(activity.place, activity.audience, activity.ends_on, today)


def complaints(activity: Activity) -> list[str]:
    """The same as sentences, for review."""
    return list(find_complaints(activity).values())
