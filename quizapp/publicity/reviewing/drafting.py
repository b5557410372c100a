"""Recording drafts, and changing what is not submitted yet. These add and flush; the view commits."""

from collections.abc import Mapping
from typing import Any, TypeVar

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.releases.models import Release
from quizapp.publicity.reviewing.reviewing import EditedMeanwhile, delete, lock_record, step, take_back
from quizapp.publicity.reviewing.subjects import Record, subject_of
from quizapp.publicity.workflow import Act, State

AnyRecord = TypeVar("AnyRecord", Activity, Release)


class TooLateToErase(QuizError):
    """The record counts already."""

    status = 409
    title = "不能撤销"
    advice = "这条记录已经确认，不能撤销导入。有误请在它的页面提出更正。"


def record_draft(model: type[AnyRecord], values: Mapping[str, Any], actor: User) -> AnyRecord:
    """Record something as a draft."""
    record = model(**values, state=State.DRAFT, recorded_by=actor.id, recorded_at=clock.now(), version=1)
    db.session.add(record)
    db.session.flush()
    audit.record("create", subject_of(record).key, record.id)
    return record


def edit_draft(record: Record, values: Mapping[str, Any], seen_version: int) -> None:
    """Change a draft, or what was returned, that still is as the actor saw it.

    The audit entry names the fields that changed. Raises EditedMeanwhile and NotInThisState.
    """
    lock_record(record)
    if record.version != seen_version:
        raise EditedMeanwhile
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    step(record, Act.EDIT)
    for name in changed:
        setattr(record, name, values[name])
    if changed:
        audit.record("edit", subject_of(record).key, record.id, changed)
    db.session.flush()


def erase_unconfirmed(record: Record) -> None:
    """Take a record back that an import recorded, as long as nobody confirmed it. Raises TooLateToErase."""
    lock_record(record)
    if record.state not in {State.DRAFT, State.SUBMITTED, State.RETURNED}:
        raise TooLateToErase
    if record.state == State.SUBMITTED:
        take_back(record)
    delete(record)
