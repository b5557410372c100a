"""Every select about targets and what is done for them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, null, or_, select

from quizapp.accounts.models import Posting, Unit, UnitDescent, User
from quizapp.accounts.queries import in_tree_order, units_beneath, units_within_reach
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.releases.models import Release
from quizapp.publicity.staff import KEEPERS, READERS
from quizapp.publicity.targets.models import Target
from quizapp.publicity.workflow import State

#: What is done, by unit and kind of activity; None is releases.
Done = dict[int, dict[int | None, int]]


def list_targets(actor: User, year: int, unit_id: int | None = None) -> Sequence[Target]:
    """The targets of a year of the units that the actor reads; of one and those beneath it, if it is said."""
    chosen = select(Target).where(
        Target.year == year, Target.unit_id.in_(units_within_reach(actor, *READERS))
    )
    if unit_id is not None:
        chosen = chosen.where(Target.unit_id.in_(units_beneath(unit_id)))
    return db.session.scalars(chosen.order_by(Target.id)).all()


def list_years(actor: User) -> Sequence[int]:
    """The years for which the units that the actor reads have targets."""
    years = select(Target.year).where(Target.unit_id.in_(units_within_reach(actor, *READERS)))
    return db.session.scalars(years.distinct().order_by(Target.year)).all()


def count_done(actor: User, year: int) -> Done:
    """Confirmed sessions by kind and confirmed releases of a year, by each unit that the actor reads.

    Those of the units beneath it are among them; of a unit that isn't read, those beneath it that are. Kinds
    stand for themselves alone. Two grouped selects, however many units: by unit, and these along the tree.
    """
    done: Done = defaultdict(dict)
    for unit_id, kind_id, count in db.session.execute(_along_tree(_sessions(actor, year))):
        done[unit_id][kind_id] = int(count)
    for unit_id, _, count in db.session.execute(_along_tree(_releases(actor, year))):
        done[unit_id][None] = int(count)
    return done


def _sessions(actor: User, year: int) -> Select[int, int, int]:
    return (
        select(Activity.unit_id, Activity.kind_id, func.sum(Activity.sessions).label("count"))
        .where(
            Activity.state == State.CONFIRMED,
            Activity.begins_on.between(date(year, 1, 1), date(year, 12, 31)),
            Activity.unit_id.in_(units_within_reach(actor, *READERS)),
        )
        .group_by(Activity.unit_id, Activity.kind_id)
    )


def _releases(actor: User, year: int) -> Select[int, None, int]:
    return (
        select(Release.unit_id, null().label("kind_id"), func.count().label("count"))
        .where(
            Release.state == State.CONFIRMED,
            Release.day.between(date(year, 1, 1), date(year, 12, 31)),
            Release.unit_id.in_(units_within_reach(actor, *READERS)),
        )
        .group_by(Release.unit_id)
    )


def _along_tree(counted: Select[*tuple[Any, ...]]) -> Select[int, Any, Any]:
    """(unit, kind, sum) of each unit above those counted, itself included."""
    held = counted.subquery()
    return (
        select(UnitDescent.ancestor_id, held.c.kind_id, func.sum(held.c.count))
        .join(held, held.c.unit_id == UnitDescent.descendant_id)
        .group_by(UnitDescent.ancestor_id, held.c.kind_id)
    )


def list_units_to_plan(actor: User) -> list[tuple[Unit, int]]:
    """The open units whose targets the actor sets, in the order of the tree, with their depth."""
    units = db.session.scalars(
        select(Unit).where(Unit.id.in_(_planned_by(actor)), ~Unit.closed).order_by(Unit.id)
    ).all()
    return in_tree_order(units)


def get_unit_to_plan(actor: User, unit_id: int) -> Unit:
    """A unit whose targets the actor sets. Raises NotFound."""
    unit = db.session.scalar(select(Unit).where(Unit.id == unit_id, Unit.id.in_(_planned_by(actor))))
    if unit is None:
        raise NotFound
    return unit


def get_target_to_plan(actor: User, target_id: int) -> Target | None:
    """A target that the actor sets; None where it is gone. Raises NotFound where it is another's."""
    target = db.session.get(Target, target_id)
    if target is not None:
        get_unit_to_plan(actor, target.unit_id)
    return target


def list_targets_of(unit_id: int, year: int) -> Sequence[Target]:
    """The targets of a unit and year."""
    return db.session.scalars(_of(unit_id, year)).all()


def lock_targets_of(unit_id: int, year: int) -> Sequence[Target]:
    """The same, once nobody else changes them any more, as they are then."""
    locked = _of(unit_id, year).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(locked).all()


def find_target(unit_id: int, year: int, kind_id: int | None) -> Target | None:
    """The target of a unit, year and kind, None of releases."""
    return db.session.scalar(_of(unit_id, year).where(_is_of_kind(kind_id)))


def list_targets_to_copy(actor: User, year: int) -> Sequence[Target]:
    """The targets of the year before, of open units that the actor plans, that this year lacks."""
    this = select(Target.unit_id, Target.kind_id).where(Target.year == year).subquery()
    lacks = ~(
        select(this.c.unit_id)
        .where(
            this.c.unit_id == Target.unit_id,
            or_(this.c.kind_id == Target.kind_id, this.c.kind_id.is_(None) & Target.kind_id.is_(None)),
        )
        .exists()
    )
    return db.session.scalars(
        select(Target)
        .join(Unit, Unit.id == Target.unit_id)
        .where(Target.year == year - 1, Target.unit_id.in_(_planned_by(actor)), ~Unit.closed, lacks)
        .order_by(Target.id)
    ).all()


def _of(unit_id: int, year: int) -> Select[Target]:
    return select(Target).where(Target.unit_id == unit_id, Target.year == year).order_by(Target.id)


def _is_of_kind(kind_id: int | None) -> ColumnElement[bool]:
    return Target.kind_id.is_(None) if kind_id is None else Target.kind_id == kind_id


def _planned_by(actor: User) -> Select[int]:
    """A unit is planned from above, by a keeper posted over it; the bureau, with none over it, by its own."""
    return (
        select(UnitDescent.descendant_id)
        .join(Posting, Posting.unit_id == UnitDescent.ancestor_id)
        .join(Unit, Unit.id == UnitDescent.descendant_id)
        .where(
            Posting.user_id == actor.id,
            Posting.role.in_(KEEPERS),
            or_(UnitDescent.depth > 0, Unit.parent_id.is_(None)),
        )
    )
