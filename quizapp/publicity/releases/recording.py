"""Recording releases, and changing what is not submitted yet. These add and flush; the view commits."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.publicity.releases.duplicates import key_of_address, key_of_title
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.reviewing.reviewing import EditedMeanwhile, lock_record, step
from quizapp.publicity.workflow import Act, State


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
    release = Release(
        **plan.values(), state=State.DRAFT, recorded_by=actor.id, recorded_at=clock.now(), version=1
    )
    db.session.add(release)
    db.session.flush()
    audit.record("create", "release", release.id)
    return release


def edit_release(release: Release, plan: Plan, seen_version: int) -> None:
    """Change a draft, or what was returned, that still is as the actor saw it.

    The audit entry names the fields that changed. Raises EditedMeanwhile and NotInThisState.
    """
    lock_record(release)
    if release.version != seen_version:
        raise EditedMeanwhile
    values = plan.values()
    changed = [name for name, value in values.items() if getattr(release, name) != value]
    step(release, Act.EDIT)
    for name in changed:
        setattr(release, name, values[name])
    if changed:
        audit.record("edit", "release", release.id, changed)
    db.session.flush()


def complaints(release: Release | Plan) -> list[str]:
    """What is wanting of a release, or of a plan, before it can be submitted, as sentences."""
    if release.day > clock.shanghai_day(clock.now()):
        return ["发布日期还没有到。"]
    return []
