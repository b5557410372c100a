"""What happened to a closed year's records after its cut-off, and which figures it concerns.

No database here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from quizapp.reports.figures.deriving import parts_of
from quizapp.reports.figures.formulas import Entered, OfActivities, OfMaterials, OfReleases
from quizapp.reports.figures.indicators import Indicator


@dataclass(frozen=True)
class Change:
    """One record that came, went or changed."""

    #: "activity", "release", "movement" or "entry".
    subject: str
    #: The record's own number.
    reference: int
    #: 更正, 作废, 补充确认, 补充填报.
    act: str
    title: str
    reason: str
    who: str
    at: datetime
    #: Keys of kinds of activities, levels of outlets, categories of materials, or the indicator's key:
    #: what formulas choose by, as it was and as it is.
    marks: frozenset[str]
    #: The amendment that says so, where one does.
    amendment_id: int | None = None


def concerns(indicator: Indicator, change: Change) -> bool:
    """Whether a change can have moved an indicator that is made of records."""
    match indicator.formula:
        case OfActivities(kinds=kinds):
            return change.subject == "activity" and (not kinds or not change.marks.isdisjoint(kinds))
        case OfMaterials(category=category):
            return change.subject in {"movement", "activity"} and category in change.marks
        case OfReleases(levels=levels):
            return change.subject == "release" and (not levels or not change.marks.isdisjoint(levels))
        case Entered():
            return change.subject == "entry" and indicator.key in change.marks
    return False


def changes_behind(
    key: str, indicators: Mapping[str, Indicator], changes: Iterable[Change]
) -> tuple[Change, ...]:
    """The changes that can have moved a figure, also through the figures it is made of."""
    behind, waiting = set[str](), [key]
    while waiting:
        one = waiting.pop()
        if one in indicators and one not in behind:
            behind.add(one)
            waiting += parts_of(indicators[one].formula)
    return tuple(
        change for change in changes if any(concerns(indicators[one], change) for one in sorted(behind))
    )
