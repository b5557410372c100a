"""From draft to confirmed and back. These add and flush; the view commits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity import workflow
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.reviewing import queries
from quizapp.publicity.reviewing.signals import activity_confirmed, record_deleting
from quizapp.publicity.reviewing.subjects import Record, state_of, subject_of
from quizapp.publicity.workflow import Act, State

#: Columns that are read anew once a record is locked.
_DECISIVE = ("state", "version", "unit_id")
_EXTENSION = "record_complaints"


class NotInThisState(QuizError):
    """The record's state doesn't admit it."""

    status = 409
    title = "现在不能这样处理"


class EditedMeanwhile(QuizError):
    """Somebody changed the record since the actor saw it."""

    status = 409
    title = "刚刚有人修改过"
    advice = "刚刚有人修改过这条记录，请看过现在的内容再决定。"


class NotComplete(QuizError):
    """Something is wanting that a reviewer needs."""

    title = "还不能提交"


class OwnWork(QuizError):
    """The reviewer submitted it, and somebody else could decide on it."""

    status = 403
    title = "自己提交的记录要由别人审核"
    advice = "这条记录是您提交的，请另一位审核员审核。"


class HasMovements(QuizError):
    """Materials were handed out at the activity."""

    status = 409
    title = "不能删除"
    advice = "这次活动已有宣传品发放记录，不能删除。请先核对发放记录。"


@dataclass(frozen=True)
class Outcome:
    """How the confirmation of several records went."""

    confirmed: int
    #: Left to others, since the reviewer submitted them.
    own: int
    #: Not waiting any more, or changed since they were seen.
    passed_over: int

    @property
    def sentence(self) -> str:
        """The outcome for the reviewer."""
        if not any((self.confirmed, self.own, self.passed_over)):
            return "没有确认：请先勾选要确认的。"
        parts = [f"已确认 {self.confirmed} 条。"]
        if self.own:
            parts.append(f"{self.own} 条是您自己提交的，请另一位审核员审核。")
        if self.passed_over:
            parts.append(f"{self.passed_over} 条刚被修改过或者已经处理，没有动。")
        return "".join(parts)


def register_complaints(app: Flask, key: str, complaints: Callable[[Any], Sequence[str]]) -> None:
    """Tell what is wanting of a record of a subject before it can be submitted, as sentences."""
    app.extensions.setdefault(_EXTENSION, {})[key] = complaints


def lock_record(record: Record) -> None:
    """Wait for whoever changes the record now. Raises NotFound where it is gone."""
    lock_row(record, *_DECISIVE)


def step(record: Record, act: Act) -> None:
    """Move a record, whose row is locked, to the state that an act leads to. Raises NotInThisState."""
    try:
        after = workflow.after(state_of(record), act)
    except workflow.NotPossibleNow as error:
        raise NotInThisState(str(error)) from error
    if after is not None:
        record.state = after
    record.version += 1


def submit(record: Record, actor: User) -> None:
    """Hand a record in for review; flushes. Raises NotComplete, NotInThisState."""
    lock_record(record)
    complaints = current_app.extensions.get(_EXTENSION, {}).get(subject_of(record).key)
    wanting = list(complaints(record)) if complaints else []
    if wanting:
        raise NotComplete("".join(wanting) + "请先修改，再提交。")
    step(record, Act.SUBMIT)
    record.submitted_by, record.submitted_at = actor.id, clock.now()
    _told("submit", record)


def take_back(record: Record) -> None:
    """Take a record back to mend it, before anybody decided; flushes. Raises NotInThisState."""
    lock_record(record)
    step(record, Act.TAKE_BACK)
    _told("take_back", record)


def confirm(record: Record, actor: User, seen_version: int, seen_movement: int) -> None:
    """Find right what the actor saw: from now on it counts; flushes.

    ``seen_movement`` is the latest movement that there was then: what was handed out since waits for itself.
    By another person than the one who submitted it; where no other reviewer reaches the unit the
    same person may, and it is recorded as 单人审核. Raises OwnWork, EditedMeanwhile, NotInThisState.
    """
    lock_record(record)
    if record.version != seen_version:
        raise EditedMeanwhile
    refuse_own_work(record.submitted_by, record.unit_id, actor)
    _confirm(record, actor, seen_movement)


def confirm_many(records: Sequence[Record], seen: dict[int, int], actor: User, seen_movement: int) -> Outcome:
    """Confirm what still waits as it was seen ({id: version}), leaving one's own work to others; flushes."""
    confirmed = own = 0
    for record in records:
        lock_record(record)
        if record.state != State.SUBMITTED or record.version != seen[record.id]:
            continue
        if _is_left_to_others(record.submitted_by, record.unit_id, actor):
            own += 1
            continue
        _confirm(record, actor, seen_movement)
        confirmed += 1
    return Outcome(confirmed, own, len(seen) - confirmed - own)


def return_record(record: Record, actor: User, seen_version: int, reason: str) -> None:
    """Give a record back to its unit with the reason; flushes. Raises EditedMeanwhile, NotInThisState."""
    lock_record(record)
    if record.version != seen_version:
        raise EditedMeanwhile
    step(record, Act.RETURN)
    record.return_reason = reason
    record.decided_by, record.decided_at = actor.id, clock.now()
    _told("return", record)


def delete(record: Record) -> None:
    """Delete a draft with all that hangs on it; flushes. Raises NotInThisState and HasMovements."""
    lock_record(record)
    step(record, Act.DELETE)
    record_deleting.send(record)
    audit.record("delete", subject_of(record).key, record.id)
    try:
        with db.session.begin_nested():
            db.session.delete(record)
    except IntegrityError as error:
        raise HasMovements from error


def refuse_own_work(submitted_by: int | None, unit_id: int, actor: User) -> None:
    """Raise OwnWork where the actor submitted it and somebody else could decide."""
    if _is_left_to_others(submitted_by, unit_id, actor):
        raise OwnWork


def _is_left_to_others(submitted_by: int | None, unit_id: int, actor: User) -> bool:
    return submitted_by == actor.id and queries.has_other_reviewer(actor, unit_id)


def _confirm(record: Record, actor: User, seen_movement: int) -> None:
    step(record, Act.CONFIRM)
    record.decided_by, record.decided_at = actor.id, clock.now()
    _told("confirm_alone" if record.submitted_by == actor.id else "confirm", record)
    if isinstance(record, Activity):
        activity_confirmed.send(record, actor=actor, seen_movement=seen_movement)


def _told(action: str, record: Record) -> None:
    audit.record(action, subject_of(record).key, record.id)
    db.session.flush()
