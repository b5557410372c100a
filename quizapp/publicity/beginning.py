"""Filling the lists of a new installation."""

from quizapp.extensions import db
from quizapp.publicity import queries
from quizapp.publicity.activities.models import ActivityKind
from quizapp.publicity.kinds import ACTIVITY_KINDS, MATERIALS
from quizapp.publicity.materials.models import Material


def ensure_lists() -> None:
    """The kinds of activities and the materials that every bureau begins with; adds and flushes.

    A list that holds anything is left alone.
    """
    if not queries.has_kinds():
        kinds: dict[str, ActivityKind] = {}
        for position, (key, name, parent) in enumerate(ACTIVITY_KINDS):
            above = kinds[parent].id if parent else None
            kinds[key] = ActivityKind(key=key, name=name, parent_id=above, position=position)
            db.session.add(kinds[key])
            db.session.flush()
    if not queries.has_materials():
        db.session.add_all(
            Material(name=name, measure=measure, category=category) for name, measure, category in MATERIALS
        )
        db.session.flush()
