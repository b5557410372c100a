"""Confirming what was handed out: only then it counts. These add and flush; the view commits."""

from collections.abc import Sequence

from sqlalchemy import update

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.core.locking import lock_row
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials import queries
from quizapp.publicity.materials.models import Movement
from quizapp.publicity.reviewing.queries import has_other_reviewer
from quizapp.publicity.reviewing.reviewing import Outcome


def confirm_with_activity(activity: Activity, actor: User, seen_movement: int) -> None:
    """Confirm what was handed out at an activity together with it (a receiver of ``activity_confirmed``).

    What was recorded after ``seen_movement``, which the reviewer didn't see, waits. What a unit above it
    handed out waits for that unit's reviewer, one's own for another; a correction goes with what it takes
    back.
    """
    is_left = has_other_reviewer(actor, activity.unit_id)
    db.session.execute(
        update(Movement)
        .where(Movement.id.in_(queries.movements_to_confirm(activity, actor, seen_movement, is_left)))
        .values(confirmed_by=actor.id, confirmed_at=clock.now())
    )


def confirm_movements(movements: Sequence[Movement], seen: int, actor: User) -> Outcome:
    """Confirm what was added to a confirmed activity, leaving one's own work to others; flushes.

    ``seen`` is how many were ticked: those that don't wait any more are passed over.
    """
    confirmed = own = 0
    for movement in movements:
        lock_row(movement, "confirmed_at")
        if movement.confirmed_at is not None:
            continue
        is_own = movement.recorded_by == actor.id
        if is_own and has_other_reviewer(actor, movement.unit_id):
            own += 1
            continue
        movement.confirmed_by, movement.confirmed_at = actor.id, clock.now()
        audit.record("confirm_alone" if is_own else "confirm", "movement", movement.id)
        confirmed += 1
    db.session.flush()
    return Outcome(confirmed, own, seen - confirmed - own)
