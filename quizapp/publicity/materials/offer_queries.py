"""Every select of what a movement can be of: units to give to, activities to hand out at."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select

from quizapp.accounts.models import Unit, UnitDescent, User
from quizapp.accounts.queries import in_tree_order, units_beneath, units_within_reach
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.staff import RECORDERS
from quizapp.publicity.workflow import State


def list_receivers(actor: User, unit: Unit) -> list[tuple[Unit, int]]:
    """The open units to which a unit may issue, in the order of the tree with their depth.

    They are within the actor's reach, and neither the unit itself nor above it.
    """
    above = select(UnitDescent.ancestor_id).where(UnitDescent.descendant_id == unit.id)
    found = db.session.scalars(
        select(Unit)
        .where(Unit.id.in_(units_within_reach(actor, *RECORDERS)), Unit.id.not_in(above), ~Unit.closed)
        .order_by(Unit.id)
    ).all()
    return in_tree_order(found)


def list_above(unit: Unit) -> Sequence[Unit]:
    """The units above a unit, the nearest first, whoever reaches them."""
    return db.session.scalars(
        select(Unit)
        .join(UnitDescent, UnitDescent.ancestor_id == Unit.id)
        .where(UnitDescent.descendant_id == unit.id, UnitDescent.depth > 0)
        .order_by(UnitDescent.depth)
    ).all()


def list_activities_of(unit: Unit, until: date, at_most: int) -> Sequence[Activity]:
    """The activities of a unit and those beneath it that begin by a day and stand, the latest first."""
    return db.session.scalars(_activities_by(unit, until).limit(at_most)).all()


def find_activity_of(unit: Unit, activity_id: int) -> Activity | None:
    """An activity of a unit or of one beneath it."""
    return db.session.scalar(
        select(Activity).where(Activity.id == activity_id, Activity.unit_id.in_(units_beneath(unit.id)))
    )


def find_activity_named(unit: Unit, title: str, day: date) -> Activity | None:
    """Of the activities of a unit and those beneath it that bear a title, the last that began by a day."""
    return db.session.scalar(_activities_by(unit, day).where(Activity.title == title).limit(1))


def list_activities_on(unit: Unit, day: date) -> Sequence[Activity]:
    """The activities of a unit itself on a day."""
    held = _activities_by(unit, day).where(Activity.unit_id == unit.id, Activity.ends_on >= day)
    return db.session.scalars(held).all()


def _activities_by(unit: Unit, day: date) -> Select[Activity]:
    return (
        select(Activity)
        .where(
            Activity.unit_id.in_(units_beneath(unit.id)),
            Activity.begins_on <= day,
            Activity.state != State.VOIDED,
        )
        .order_by(Activity.begins_on.desc(), Activity.id.desc())
    )
