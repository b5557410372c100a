"""Setting targets. These add and flush; the view commits."""

from collections.abc import Iterable, Mapping

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import Unit, User
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.targets import queries
from quizapp.publicity.targets.models import Target

#: A unit's plan of a year by kind of activity; None is releases.
Plan = Mapping[int | None, int]


class PlannedMeanwhile(QuizError):
    """Somebody set targets of the unit since the actor saw them."""

    status = 409
    title = "刚刚有人修改过"
    advice = "刚刚有人修改过这份计划，请看过现在的内容再保存。"


class AlreadyPlanned(QuizError):
    """The unit has a target of this kind and year."""

    status = 409
    title = "已有计划"
    advice = "这个单位这一年已有这一类的计划。要改数量，请在普法责任清单中修改。"


def plan_of(unit: Unit, year: int) -> dict[int | None, int]:
    """The targets of a unit and year by kind."""
    return {target.kind_id: target.planned for target in queries.list_targets_of(unit.id, year)}


def set_targets(unit: Unit, year: int, plan: Plan, seen: Plan) -> None:
    """Make a unit's targets of a year those of ``plan``, where they are still as the actor saw them.

    A kind that ``plan`` doesn't name, or names with 0, has no target any more. Flushes. Raises
    PlannedMeanwhile: of two who set what was not there the table's own constraints tell the second.
    """
    before = {target.kind_id: target for target in queries.lock_targets_of(unit.id, year)}
    if {kind_id: target.planned for kind_id, target in before.items()} != dict(seen):
        raise PlannedMeanwhile
    try:
        with db.session.begin_nested():
            changed = [
                _set(before.get(kind_id), unit.id, year, kind_id, plan.get(kind_id, 0))
                for kind_id in before.keys() | plan.keys()
            ]
    except IntegrityError as error:
        raise PlannedMeanwhile from error
    if any(changed):
        audit.record("plan", "unit", unit.id, [str(year)])


def add_target(unit_id: int, year: int, kind_id: int | None, planned: int) -> Target:
    """Add one target; flushes. Raises AlreadyPlanned, by the table's own constraint."""
    target = Target(year=year, unit_id=unit_id, kind_id=kind_id, planned=planned)
    _add([target])
    audit.record("plan", "unit", unit_id, [str(year)])
    return target


def remove_target(target: Target) -> None:
    """Take one target back; flushes."""
    audit.record("unplan", "unit", target.unit_id, [str(target.year)])
    db.session.delete(target)
    db.session.flush()


def copy_targets(year: int, actor: User) -> int:
    """Set what this year lacks as it was the year before, for the units that the actor plans; how many.

    Flushes. Raises AlreadyPlanned where somebody else does it in the same moment.
    """
    offered = {kind.id for kind in list_kinds() if not kind.retired} | {None}
    copies = [
        Target(year=year, unit_id=target.unit_id, kind_id=target.kind_id, planned=target.planned)
        for target in queries.list_targets_to_copy(actor, year)
        if target.kind_id in offered
    ]
    _add(copies)
    for unit_id in sorted({copy.unit_id for copy in copies}):
        audit.record("plan", "unit", unit_id, [str(year)])
    return len(copies)


def _set(target: Target | None, unit_id: int, year: int, kind_id: int | None, planned: int) -> bool:
    """Whether it changes anything."""
    if target is None:
        if planned:
            db.session.add(Target(year=year, unit_id=unit_id, kind_id=kind_id, planned=planned))
        return bool(planned)
    if planned == target.planned:
        return False
    if planned:
        target.planned = planned
    else:
        db.session.delete(target)
    return True


def _add(targets: Iterable[Target]) -> None:
    try:
        with db.session.begin_nested():
            db.session.add_all(targets)
    except IntegrityError as error:
        raise AlreadyPlanned from error
