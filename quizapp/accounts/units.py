"""Making, moving and closing units. These add and flush; the view commits."""

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit, queries
from quizapp.accounts.models import Unit, UnitDescent, UnitKind
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db


class UnitNameTaken(QuizError):
    """Another unit beneath the same one has this name."""

    status = 409
    title = "单位名称重复"
    advice = "同一上级单位下已有同名单位。请换一个名称，或者使用已有的单位。"


class NotThere(QuizError):
    """A unit can't be moved beneath itself."""

    status = 409
    title = "不能移到这里"
    advice = "单位不能移到自己或自己的下级之下，应急管理局不能移动。请另选上级单位。"


class UnitInUse(QuizError):
    """Something stands at the unit or beneath it."""

    status = 409
    title = "不能删除这个单位"
    advice = "这个单位已经有下级单位、人员或者记录，不能删除。不再使用的单位可以停用。"


@dataclass(frozen=True)
class UnitPlan:
    """What staff decide of a unit."""

    name: str
    kind: UnitKind
    parent: Unit
    headcount: int | None = None
    closed: bool = False


def ensure_root(name: str) -> Unit:
    """The bureau, made where it is missing."""
    root = queries.find_root()
    if root is None:
        root = Unit(name=name, kind=UnitKind.BUREAU)
        db.session.add(root)
        db.session.flush()
        db.session.add(UnitDescent(ancestor_id=root.id, descendant_id=root.id, depth=0))
        db.session.flush()
        audit.record("create", "unit", root.id)
    return root


def create_unit(plan: UnitPlan) -> Unit:
    """Add a unit beneath its parent. Raises UnitNameTaken, by the table's own constraint."""
    _lock_tree()
    unit = Unit(
        parent_id=plan.parent.id,
        name=plan.name,
        kind=plan.kind,
        headcount=plan.headcount,
        closed=plan.closed,
    )
    _flush_named(unit)
    ascents = [(plan.parent.id, 0), *_above(plan.parent.id)]
    db.session.add(UnitDescent(ancestor_id=unit.id, descendant_id=unit.id, depth=0))
    db.session.add_all(
        UnitDescent(ancestor_id=ancestor, descendant_id=unit.id, depth=depth + 1)
        for ancestor, depth in ascents
    )
    db.session.flush()
    audit.record("create", "unit", unit.id)
    return unit


def edit_unit(unit: Unit, plan: UnitPlan) -> None:
    """Rename, move or close a unit. Raises UnitNameTaken and NotThere."""
    _lock_tree()
    is_root = unit.parent_id is None
    if not is_root and plan.parent.id != unit.parent_id:
        _move(unit, plan.parent)
    values = {"name": plan.name, "kind": plan.kind, "headcount": plan.headcount, "closed": plan.closed}
    if is_root:
        values = {"name": plan.name, "headcount": plan.headcount}
    changed = [name for name, value in values.items() if getattr(unit, name) != value]
    for name in changed:
        setattr(unit, name, values[name])
    _flush_named(unit)
    if changed:
        audit.record("edit", "unit", unit.id, changed)


def remove_unit(unit: Unit) -> None:
    """Delete a unit at which nothing stands yet. Raises UnitInUse, by the tables' own constraints."""
    _lock_tree()
    try:
        with db.session.begin_nested():
            db.session.execute(delete(UnitDescent).where(UnitDescent.descendant_id == unit.id))
            db.session.delete(unit)
            db.session.flush()
    except IntegrityError as error:
        raise UnitInUse from error
    audit.record("delete", "unit", unit.id)


def _lock_tree() -> None:
    """One change of the tree at a time, so that two moves can't make a ring."""
    lock_row(queries.get_root(), "name")


def _above(unit_id: int) -> list[tuple[int, int]]:
    return [(ancestor, depth) for ancestor, depth in queries.list_ascents(unit_id) if depth]


def _move(unit: Unit, parent: Unit) -> None:
    descents = queries.list_descents(unit.id)
    moved = [descendant for descendant, _ in descents]
    if parent.id in moved:
        raise NotThere
    old = [ancestor for ancestor, _ in _above(unit.id)]
    db.session.execute(
        delete(UnitDescent).where(UnitDescent.ancestor_id.in_(old), UnitDescent.descendant_id.in_(moved))
    )
    unit.parent_id = parent.id
    _flush_named(unit)
    db.session.add_all(
        UnitDescent(ancestor_id=ancestor, descendant_id=descendant, depth=above + 1 + below)
        for ancestor, above in queries.list_ascents(parent.id)
        for descendant, below in descents
    )
    db.session.flush()
    audit.record("move", "unit", unit.id, ["parent_id"])


def _flush_named(unit: Unit) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(unit)
            db.session.flush()
    except IntegrityError as error:
        raise UnitNameTaken from error
