"""Selects over the tree of units, for its pages and its changes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from quizapp.accounts.models import Unit, UnitDescent, UnitKind, User
from quizapp.accounts.queries import in_tree_order, units_beneath, units_within_reach
from quizapp.accounts.roles import Role
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db

#: Kinds that others usually stand beneath.
_KINDS_ABOVE = (UnitKind.BUREAU, UnitKind.TOWNSHIP, UnitKind.DEPARTMENT)

#: Units that others stand above, in selects that speak of both.
_child = aliased(Unit)


def _managed(actor: User) -> ColumnElement[bool]:
    if actor.holds_in_bureau({Role.ADMINISTRATOR}):
        return true()
    return Unit.id.in_(units_within_reach(actor, Role.ADMINISTRATOR))


def select_units_for(
    actor: User, words: str = "", kind: UnitKind | None = None, closed: bool | None = None
) -> Select[Unit]:
    """The units that an administrator reaches, narrowed down to a part of a name, a kind, closed or not."""
    chosen = select(Unit).where(_managed(actor))
    if words:
        chosen = chosen.where(Unit.name.icontains(words, autoescape=True))
    if kind is not None:
        chosen = chosen.where(Unit.kind == kind)
    return chosen if closed is None else chosen.where(Unit.closed.is_(closed))


def select_children_for(actor: User, parent: Unit) -> Select[Unit]:
    """The units directly beneath one that an administrator reaches."""
    return select(Unit).where(_managed(actor), Unit.parent_id == parent.id)


def select_tops_for(actor: User) -> Select[Unit]:
    """The units that an administrator reaches without reaching the one above them."""
    reached = units_within_reach(actor, Role.ADMINISTRATOR)
    return select(Unit).where(_managed(actor), or_(Unit.parent_id.is_(None), Unit.parent_id.not_in(reached)))


def list_parents_for(
    actor: User, unit: Unit | None = None, wanted: int | None = None
) -> list[tuple[Unit, int]]:
    """Where an administrator may put a unit, new or old, in the order of the tree, with their depth.

    Open units of the kinds that have others beneath them, or that have some already; and ``wanted``, or
    the present parent, whatever it is. Never the unit itself and what is beneath it.
    """
    present = unit.parent_id if unit else wanted
    has_children = exists().where(_child.parent_id == Unit.id)
    fits = or_(Unit.kind.in_(_KINDS_ABOVE), has_children)
    chosen = select_units_for(actor).where(or_(Unit.id == present, ~Unit.closed & fits))
    if unit is not None:
        chosen = chosen.where(Unit.id.not_in(units_beneath(unit.id)))
    return in_tree_order(db.session.scalars(chosen.order_by(Unit.id)).all())


def reaches_above(actor: User, unit: Unit) -> bool:
    """Whether the actor administers the unit above too, or the unit is the bureau, which has none."""
    above = units_within_reach(actor, Role.ADMINISTRATOR).where(UnitDescent.descendant_id == unit.parent_id)
    return unit.is_root or db.session.scalar(above.limit(1)) is not None


def get_unit_to_place_for(actor: User, unit_id: int) -> Unit:
    """A unit that an administrator may move, close or delete: they reach that above it. Raises NotFound."""
    found: Unit | None = db.session.scalar(
        select_units_for(actor).where(
            Unit.id == unit_id, Unit.parent_id.in_(units_within_reach(actor, Role.ADMINISTRATOR))
        )
    )
    if found is None:
        raise NotFound
    return found


def list_path_for(actor: User, unit: Unit) -> Sequence[Unit]:
    """The unit after all that stand above it, so far as an administrator reaches them."""
    return db.session.scalars(
        select(Unit)
        .join(UnitDescent, UnitDescent.ancestor_id == Unit.id)
        .where(UnitDescent.descendant_id == unit.id, _managed(actor))
        .order_by(UnitDescent.depth.desc())
    ).all()


def paths_of(unit_ids: Iterable[int]) -> dict[int, list[str]]:
    """The names above each of some units, the highest first; the bureau's, above all, left out."""
    rows = db.session.execute(
        select(UnitDescent.descendant_id, Unit.name)
        .join(Unit, Unit.id == UnitDescent.ancestor_id)
        .where(
            UnitDescent.descendant_id.in_(list(unit_ids)),
            UnitDescent.depth > 0,
            Unit.parent_id.is_not(None),
        )
        .order_by(UnitDescent.descendant_id, UnitDescent.depth.desc())
    )
    paths: dict[int, list[str]] = defaultdict(list)
    for unit_id, name in rows:
        paths[unit_id].append(name)
    return paths


def count_beneath(unit_ids: Iterable[int]) -> dict[int, int]:
    """How many units are beneath each of some units, at any depth."""
    rows: Sequence[AnyRow] = db.session.execute(
        select(UnitDescent.ancestor_id, func.count())
        .where(UnitDescent.ancestor_id.in_(list(unit_ids)))
        .group_by(UnitDescent.ancestor_id)
    ).all()
    return {unit_id: count - 1 for unit_id, count in rows}


def is_beneath(unit_id: int, ancestor_id: int) -> bool:
    """Whether a unit is another, or beneath it at any depth."""
    return db.session.get(UnitDescent, (ancestor_id, unit_id), populate_existing=True) is not None


def descents_through(parent_id: int, unit_id: int) -> Select[int, int, int]:
    """The pairs that come of putting a unit, with all beneath it, beneath a parent and all above that."""
    above, below = aliased(UnitDescent), aliased(UnitDescent)
    return (
        select(above.ancestor_id, below.descendant_id, above.depth + below.depth + literal(1))
        .join(below, true())  # each pair of one above and one below
        .where(above.descendant_id == parent_id, below.ancestor_id == unit_id)
    )
