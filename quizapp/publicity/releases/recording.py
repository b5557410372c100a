"""Recording releases, and changing what is not submitted yet. These add and flush; the view commits."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.publicity.releases.duplicates import key_of_address, key_of_title
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.reviewing.drafting import edit_draft, record_draft


@dataclass(frozen=True)
class Plan:
    """What a person says of a release; ``day`` is the Shanghai day on which it appeared."""

    title: str
    outlet: str
    level: Level
    kind: ReleaseKind
    day: date
    unit_id: int
    address: str = ""
    topic: str = ""

    def values(self) -> dict[str, Any]:
        """By column."""
        return asdict(self)

    @property
    def keys(self) -> tuple[str | None, str]:
        """By which it is the same as another: the keys of its address, and of its title and outlet."""
        return key_of_address(self.address), key_of_title(self.title, self.outlet)


def record_release(plan: Plan, actor: User) -> Release:
    """Record a release as a draft."""
    return record_draft(Release, plan.values(), actor)


def edit_release(release: Release, plan: Plan, seen_version: int) -> None:
    """Change it where it is not submitted yet. Raises EditedMeanwhile and NotInThisState."""
    edit_draft(release, plan.values(), seen_version)


def complaints(release: Release | Plan) -> list[str]:
    """What is wanting of a release, or of a plan, before it can be submitted, as sentences."""
    if release.day > clock.shanghai_day(clock.now()):
        return ["发布日期还没有到。"]
    return []
