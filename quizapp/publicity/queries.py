"""Selects that are about the part as a whole; each room has its own beside."""

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.publicity.activities.models import ActivityKind
from quizapp.publicity.materials.models import Material


def has_kinds() -> bool:
    """Whether any kind of activity is on the list."""
    return db.session.scalar(select(ActivityKind.id).limit(1)) is not None


def has_materials() -> bool:
    """Whether any material is on the list."""
    return db.session.scalar(select(Material.id).limit(1)) is not None
