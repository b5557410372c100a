"""Keeping the list of kinds of activities. These add and flush; the view commits."""

from uuid import uuid4

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity.activities import queries
from quizapp.publicity.activities.models import ActivityKind


class KindNameTaken(QuizError):
    """Another kind has this name."""

    status = 409
    title = "名称重复"
    advice = "已有同名的活动类型，可能已停用。请换一个名称，或者恢复已有的类型。"


class NotBeneath(QuizError):
    """Kinds stand one level deep."""

    status = 409
    title = "不能归入"
    advice = "只能归入没有上级的类型；下面还有类型的，不能再归入别的类型。"


def add_kind(name: str, parent_id: int | None) -> ActivityKind:
    """Add a kind at the end of the list. Its key is made once, and never changes.

    Raises KindNameTaken, by the table's own constraint, and NotBeneath.
    """
    kinds = _lock_list()
    last = max((kind.position for kind in kinds), default=-1)
    kind = ActivityKind(key=uuid4().hex, name=name, position=last + 1)
    _place(kind, parent_id, kinds)
    _flush_named(kind)
    kind.key = f"kind-{kind.id}"
    db.session.flush()
    audit.record("create", "activity_kind", kind.id)
    return kind


def edit_kind(kind: ActivityKind, name: str, parent_id: int | None, retired: bool) -> None:
    """Rename a kind, put it beneath another, retire it or offer it again. Raises as ``add_kind`` does."""
    kinds = _lock_list()
    before = (kind.name, kind.parent_id, kind.retired)
    _place(kind, parent_id, kinds)
    kind.name, kind.retired = name, retired
    _flush_named(kind)
    fields = zip(("name", "parent_id", "retired"), before, strict=True)
    changed = [field for field, value in fields if getattr(kind, field) != value]
    if changed:
        audit.record("edit", "activity_kind", kind.id, changed)


def move_kind(kind: ActivityKind, step: int) -> None:
    """Move a kind up (-1) or down (1) past its neighbour of the same level; at the end it stays."""
    beside = [one for one in _lock_list() if one.parent_id == kind.parent_id]
    place = beside.index(kind)
    if not 0 <= place + step < len(beside):
        return
    beside.insert(place + step, beside.pop(place))
    for one, position in zip(beside, sorted(one.position for one in beside), strict=True):
        one.position = position
    audit.record("move", "activity_kind", kind.id, ["position"])
    db.session.flush()


def _lock_list() -> list[ActivityKind]:
    """The whole list in its order; one change of it at a time, so that no two make a ring."""
    kinds = list(queries.list_kinds())
    if kinds:
        lock_row(min(kinds, key=lambda kind: kind.id), "name")
    for kind in kinds:
        db.session.refresh(kind)
    return sorted(kinds, key=lambda kind: (kind.position, kind.id))


def _place(kind: ActivityKind, parent_id: int | None, kinds: list[ActivityKind]) -> None:
    if parent_id == kind.parent_id:
        return
    others = [one for one in kinds if one is not kind]
    tops = {one.id for one in others if one.parent_id is None}
    holds_others = any(one.parent_id == kind.id for one in others if one.parent_id)
    if parent_id is not None and (parent_id not in tops or holds_others):
        raise NotBeneath
    kind.parent_id = parent_id


def _flush_named(kind: ActivityKind) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(kind)
            db.session.flush()
    except IntegrityError as error:
        raise KindNameTaken from error
