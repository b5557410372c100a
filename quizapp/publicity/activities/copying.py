"""Copying last month's activities as drafts into this one. These add and flush; the view commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.months import same_day
from quizapp.publicity.workflow import State

#: What a copy says as its original does; audience and photos are results, and every month's own.
_COPIED = ("kind_id", "title", "sessions", "place", "unit_id", "partners", "description", "campaign_id")


@dataclass(frozen=True)
class Copied:
    """How the copying of several activities went."""

    copied: int
    #: Copied before, perhaps by somebody else in the same moment.
    repeated: int

    @property
    def sentence(self) -> str:
        """The outcome for the person who asked."""
        done = f"已复制 {self.copied} 条为草稿，请补填受众人次和照片后提交。" if self.copied else ""
        again = f"{self.repeated} 条以前已经复制过，没有重复复制。" if self.repeated else ""
        return f"{done}{again}" or "没有复制：请至少勾选一条。"


def copy_activities(originals: Sequence[Activity], month: date, actor: User) -> Copied:
    """Copy activities into a month, on the same day of it, each at most once; adds and flushes."""
    copied = sum(_copy(original, month, actor) for original in originals)
    return Copied(copied, len(originals) - copied)


def _copy(original: Activity, month: date, actor: User) -> bool:
    """Whether it was copied now: the table's own constraint says whether it was before."""
    begins_on = same_day(original.begins_on, month)
    copy = Activity(
        **{name: getattr(original, name) for name in _COPIED},
        laws=list(original.laws),
        begins_on=begins_on,
        ends_on=begins_on + (original.ends_on - original.begins_on),
        copied_from_id=original.id,
        state=State.DRAFT,
        recorded_by=actor.id,
        recorded_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(copy)
    except IntegrityError:
        return False
    audit.record("create", "activity", copy.id, ["copied_from_id"])
    return True
