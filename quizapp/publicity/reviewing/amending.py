"""Changes of what is confirmed: proposed with a reason, taking hold when a reviewer confirms them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity.queries import reaches
from quizapp.publicity.reviewing import queries
from quizapp.publicity.reviewing.models import Amendment
from quizapp.publicity.reviewing.reviewing import NotInThisState, lock_record, refuse_own_work, step
from quizapp.publicity.reviewing.subjects import SUBJECTS, Record, subject_of
from quizapp.publicity.staff import REVIEWERS
from quizapp.publicity.workflow import Act

#: The states of an amendment and their names.
STATES = {"submitted": "待审核", "confirmed": "已生效", "returned": "已退回"}


class NothingChanged(QuizError):
    """The amendment says what stands already."""

    title = "没有需要更正的内容"
    advice = "填写的内容与现在的记录相同。请修改要更正的项目，或者返回。"


class AmendmentOpen(QuizError):
    """Another amendment of the record waits for its decision."""

    status = 409
    title = "已有待审核的更正"
    advice = "这条记录已有一份更正等待审核。请等审核后再提出新的更正。"


class Overtaken(QuizError):
    """The record no longer reads as the amendment says it did."""

    status = 409
    title = "记录已经变动"
    advice = "提出更正之后，这条记录又有变动。请退回这份更正，请单位重新提出。"


class BeyondReach(QuizError):
    """It moves the record to a unit that the reviewer doesn't reach."""

    status = 403
    title = "要由上级审核"
    advice = "这份更正要把记录转到您审核范围以外的单位。请上级单位的审核员审核。"


def propose(record: Record, values: Mapping[str, Any], reason: str, actor: User) -> Amendment:
    """Propose other values of some columns; adds and flushes.

    Raises NothingChanged, AmendmentOpen (by the table's own constraint), NotInThisState.
    """
    subject = subject_of(record)
    before = {column: _as_json(getattr(record, column)) for column in subject.columns}
    after = {column: _as_json(values[column]) for column in subject.columns if column in values}
    changes = {column: [before[column], value] for column, value in after.items() if before[column] != value}
    if not changes:
        raise NothingChanged
    return _add(record, changes, False, reason, actor)


def propose_void(record: Record, reason: str, actor: User) -> Amendment:
    """Propose that a record never was; adds and flushes. Raises AmendmentOpen, NotInThisState."""
    return _add(record, {}, True, reason, actor)


def confirm_amendment(amendment: Amendment, actor: User) -> None:
    """Let an amendment take hold; flushes.

    Raises OwnWork, BeyondReach, Overtaken, and NotInThisState where it was decided on already.
    """
    _lock_open(amendment)
    refuse_own_work(amendment.proposed_by, amendment.unit_id, actor)
    _, unit_id = amendment.changes.get("unit_id", [None, amendment.unit_id])
    if not reaches(actor, unit_id, REVIEWERS):
        raise BeyondReach
    subject = SUBJECTS[amendment.subject]
    record = queries.get_subject_record(subject, amendment.subject_id)
    lock_row(record, *subject.columns, "state", "version")
    if any(_as_json(getattr(record, column)) != before for column, (before, _) in amendment.changes.items()):
        raise Overtaken
    step(record, Act.VOID if amendment.voids else Act.AMEND)
    for column, (_, after) in amendment.changes.items():
        setattr(record, column, _from_json(record, column, after))
    _decide(amendment, "confirmed", actor)
    audit.record("amend", subject.key, record.id, list(amendment.changes) or ["state"])


def return_amendment(amendment: Amendment, actor: User, reason: str) -> None:
    """Refuse an amendment with the reason; the record stays. Flushes. Raises NotInThisState."""
    _lock_open(amendment)
    amendment.return_reason = reason
    _decide(amendment, "returned", actor)


def _add(record: Record, changes: dict[str, list[Any]], voids: bool, reason: str, actor: User) -> Amendment:
    lock_record(record)
    subject = subject_of(record)
    if record.state != "confirmed":
        raise NotInThisState(f"{record.state_label}的记录不用更正。请刷新页面，看看它现在的状态。")
    amendment = Amendment(
        subject=subject.key,
        subject_id=record.id,
        unit_id=record.unit_id,
        day=getattr(record, subject.day),
        changes=changes,
        voids=voids,
        reason=reason,
        state="submitted",
        proposed_by=actor.id,
        proposed_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(amendment)
    except IntegrityError as error:
        raise AmendmentOpen from error
    audit.record("propose_amendment", subject.key, record.id, list(changes) or ["state"])
    return amendment


def _lock_open(amendment: Amendment) -> None:
    lock_row(amendment, "state")
    if amendment.state != "submitted":
        raise NotInThisState("这份更正已经处理过了。请刷新页面。")


def _decide(amendment: Amendment, state: str, actor: User) -> None:
    amendment.state, amendment.decided_by, amendment.decided_at = state, actor.id, clock.now()
    audit.record(state, "amendment", amendment.id)
    db.session.flush()


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _from_json(record: Record, column: str, value: Any) -> Any:
    kind = type(record).__table__.c[column].type.python_type
    return date.fromisoformat(value) if kind is date and value is not None else value
