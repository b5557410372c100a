"""Making, moving and closing units. These add and flush; the view commits."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit, queries, unit_queries
from quizapp.accounts.models import Unit, UnitDescent, UnitKind
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
    queries.lock_tree()
    unit = Unit()
    _write(unit, {"parent_id": plan.parent.id, **_decided(plan)})
    db.session.add(UnitDescent(ancestor_id=unit.id, descendant_id=unit.id, depth=0))
    db.session.flush()
    _descend_from(plan.parent.id, unit.id)
    audit.record("create", "unit", unit.id)
    return unit


def edit_unit(unit: Unit, plan: UnitPlan) -> None:
    """Rename, move or close a unit; the bureau keeps its kind and place, and is never closed.

    Raises UnitNameTaken, and NotThere for a place beneath the unit itself.
    """
    queries.lock_tree()
    db.session.refresh(unit)
    values = {"parent_id": plan.parent.id, **_decided(plan)}
    if unit.is_root:
        values = {"name": plan.name, "headcount": plan.headcount}
    changed = [name for name, value in values.items() if getattr(unit, name) != value]
    moves = "parent_id" in changed
    if moves and unit_queries.is_beneath(plan.parent.id, unit.id):
        raise NotThere
    _write(unit, {name: values[name] for name in changed})
    if moves:
        _leave_ancestors(unit.id)
        _descend_from(plan.parent.id, unit.id)
    if changed:
        audit.record("edit", "unit", unit.id, changed)


def count_heads(unit: Unit, headcount: int | None) -> None:
    """Enter a unit's headcount, which is all that its own administrator decides of it."""
    if unit.headcount != headcount:
        unit.headcount = headcount
        db.session.flush()
        audit.record("edit", "unit", unit.id, ["headcount"])


def remove_unit(unit: Unit) -> None:
    """Delete a unit at which nothing stands yet. Raises UnitInUse, by the tables' own constraints."""
    queries.lock_tree()
    try:
        with db.session.begin_nested():
            db.session.execute(delete(UnitDescent).where(UnitDescent.descendant_id == unit.id))
            db.session.delete(unit)
    except IntegrityError as error:
        raise UnitInUse from error
    audit.record("delete", "unit", unit.id)


def _decided(plan: UnitPlan) -> dict[str, Any]:
    return {"name": plan.name, "kind": plan.kind, "headcount": plan.headcount, "closed": plan.closed}


def _write(unit: Unit, values: dict[str, Any]) -> None:
    """Set and flush, undoing just that where another unit has the name."""
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(unit, name, value)
            db.session.add(unit)
    except IntegrityError as error:
        raise UnitNameTaken from error


def _leave_ancestors(unit_id: int) -> None:
    """Cut a unit, with all beneath it, off from what was above it."""
    beneath = queries.units_beneath(unit_id)
    cut = delete(UnitDescent).where(
        UnitDescent.descendant_id.in_(beneath), UnitDescent.ancestor_id.not_in(beneath)
    )
    db.session.execute(cut.execution_options(synchronize_session=False))


def _descend_from(parent_id: int, unit_id: int) -> None:
    """Put a unit, with all beneath it, beneath another and all above that."""
    columns = ["ancestor_id", "descendant_id", "depth"]
    db.session.execute(
        insert(UnitDescent).from_select(columns, unit_queries.descents_through(parent_id, unit_id))
    )
