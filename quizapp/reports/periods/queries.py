"""Every select of the monthly and quarterly table: one grouped statement a source."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from quizapp.accounts.models import UnitDescent
from quizapp.attempts.models import Attempt
from quizapp.campaigns.models import Campaign
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials.models import Material, Movement, MovementKind
from quizapp.publicity.releases.models import Release
from quizapp.publicity.workflow import State
from quizapp.reports.periods.spans import Span

#: What each source adds to a unit: the column's key and its number.
Sums = Mapping[int, Mapping[str, int]]


def _within(column: Any, span: Span) -> ColumnElement[bool]:
    return and_(column >= span.first_day, column <= span.last_day)


def sum_activities(span: Span, units: Select[int]) -> Sums:
    """Sessions and audience of confirmed activities that begin in the period, by unit."""
    return _by_unit(
        select(
            Activity.unit_id,
            func.sum(Activity.sessions).label("sessions"),
            func.sum(Activity.audience).label("audience"),
        )
        .where(
            Activity.state == State.CONFIRMED,
            _within(Activity.begins_on, span),
            Activity.unit_id.in_(units),
        )
        .group_by(Activity.unit_id)
    )


def sum_handed_out(span: Span, units: Select[int], categories: Mapping[str, str]) -> Sums:
    """What was handed out at confirmed activities in the period, by unit; ``categories`` by column."""
    sums = [
        func.sum(case((Material.category == category, -Movement.quantity), else_=0)).label(column)
        for column, category in categories.items()
    ]
    return _by_unit(
        select(Movement.unit_id, *sums)
        .join(Material, Material.id == Movement.material_id)
        .join(Activity, Activity.id == Movement.activity_id)
        .where(
            Movement.kind == MovementKind.HANDED_OUT,
            Movement.confirmed_at.is_not(None),
            _within(Movement.day, span),
            Activity.state == State.CONFIRMED,
            Movement.unit_id.in_(units),
        )
        .group_by(Movement.unit_id)
    )


def count_releases(span: Span, units: Select[int]) -> Sums:
    """Confirmed releases that appeared in the period, by unit."""
    return _by_unit(
        select(Release.unit_id, func.count().label("releases"))
        .where(Release.state == State.CONFIRMED, _within(Release.day, span), Release.unit_id.in_(units))
        .group_by(Release.unit_id)
    )


def count_participants(span: Span, units: Select[int]) -> Sums:
    """Participants whose first submission of the year lies in the period, by the campaign's unit."""
    return _by_unit(
        select(Campaign.unit_id, func.count().label("participants"))
        .join(Attempt, Attempt.campaign_id == Campaign.id)
        .where(
            Attempt.first_in_year,
            Attempt.submitted_year == span.year,
            _within(Attempt.submitted_day, span),
            Campaign.is_sample.is_(False),
            Campaign.unit_id.in_(units),
        )
        .group_by(Campaign.unit_id)
    )


def _by_unit(statement: Select[*tuple[Any, ...]]) -> Sums:
    rows = db.session.execute(statement).mappings()
    return {
        row["unit_id"]: {name: int(value or 0) for name, value in row.items() if name != "unit_id"}
        for row in rows
    }


def nearest_of(unit_ids: list[int]) -> dict[int, int]:
    """For each unit beneath some the nearest of them above it, or itself."""
    rows = db.session.execute(
        select(UnitDescent.descendant_id, UnitDescent.ancestor_id)
        .where(UnitDescent.ancestor_id.in_(unit_ids))
        .order_by(UnitDescent.depth.desc())
    )
    # Of several the last, which is the nearest.
    return {row.descendant_id: row.ancestor_id for row in rows}
