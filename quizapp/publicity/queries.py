"""Selects that are about the part as a whole; each room has its own beside."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from quizapp.accounts.models import Posting, Unit, User
from quizapp.accounts.queries import units_within_reach
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.publicity.activities.models import ActivityKind
from quizapp.publicity.materials.models import Material
from quizapp.publicity.staff import RECORDERS


def has_kinds() -> bool:
    """Whether any kind of activity is on the list."""
    return db.session.scalar(select(ActivityKind.id).limit(1)) is not None


def has_materials() -> bool:
    """Whether any material is on the list."""
    return db.session.scalar(select(Material.id).limit(1)) is not None


def list_own_units(actor: User) -> Sequence[int]:
    """The ids of the units in which the actor records, without those beneath."""
    held = select(Posting.unit_id).where(Posting.user_id == actor.id, Posting.role.in_(RECORDERS))
    return db.session.scalars(held.distinct().order_by(Posting.unit_id)).all()


def reaches(actor: User, unit_id: int, roles: Collection[Role]) -> bool:
    """Whether the actor reaches a unit by one of the roles."""
    held = select(Unit.id).where(Unit.id == unit_id, Unit.id.in_(units_within_reach(actor, *roles)))
    return db.session.scalar(held) is not None


def get_unit(unit_id: int) -> Unit:
    """The unit of a record that the actor may read."""
    return db.session.get_one(Unit, unit_id)
