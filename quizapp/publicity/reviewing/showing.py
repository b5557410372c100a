"""What an amendment changes, in the words of staff."""

from typing import Any

from quizapp.accounts.queries import list_units
from quizapp.campaigns.queries import titles_of_campaigns
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.releases.models import Level, ReleaseKind
from quizapp.publicity.reviewing.models import Amendment
from quizapp.publicity.reviewing.subjects import SUBJECTS


def words_of_changes(amendment: Amendment) -> list[tuple[str, str, str]]:
    """(what, before, after) of each column that an amendment changes, in the order of the form."""
    subject = SUBJECTS[amendment.subject]
    return [
        (name, _words(amendment.subject, column, before), _words(amendment.subject, column, after))
        for column, name in subject.columns.items()
        if column in amendment.changes
        for before, after in [amendment.changes[column]]
    ]


def _words(subject: str, column: str, value: Any) -> str:
    if value is None or value in ("", []):
        return "（空）"
    if isinstance(value, list):
        return "、".join(value)
    if (subject, column) == ("release", "kind"):
        return ReleaseKind(value).label
    if column == "level":
        return Level(value).label
    names = _NAMES.get(column)
    return names().get(value, str(value)) if names else str(value)


_NAMES = {
    "unit_id": lambda: {unit.id: unit.name for unit, _ in list_units()},
    "kind_id": lambda: {kind.id: kind.name for kind in list_kinds()},
    "campaign_id": titles_of_campaigns,
}
