"""Every select about activities, their kinds and photos."""

from collections.abc import Sequence

from sqlalchemy import select

from quizapp.extensions import db
from quizapp.publicity.activities.models import ActivityKind


def list_kinds() -> Sequence[ActivityKind]:
    """The kinds of activities in the order of the list, retired ones among them."""
    return db.session.scalars(select(ActivityKind).order_by(ActivityKind.position, ActivityKind.id)).all()
