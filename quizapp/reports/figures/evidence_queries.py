"""Every select that lists the records behind a figure, of one sort each, by their day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, literal, select

from quizapp.accounts.models import Unit
from quizapp.accounts.queries import units_beneath
from quizapp.attempts.models import Attempt
from quizapp.campaigns.models import Campaign
from quizapp.core.clock import shanghai_day
from quizapp.core.database import AnyRow
from quizapp.publicity.activities.models import Activity, ActivityKind
from quizapp.publicity.materials.models import Material, Movement
from quizapp.publicity.releases.models import Release
from quizapp.reports.figures.annual import Evidence
from quizapp.reports.figures.count_queries import activities_of, handed_out_in, participants_of, releases_of
from quizapp.reports.figures.counted import Branches, Families, kinds_counted
from quizapp.reports.figures.formulas import (
    Amount,
    Formula,
    OfActivities,
    OfMaterials,
    OfParticipants,
    OfReleases,
)

#: The units whose records are wanted; None for all.
UnitIds = Select[int] | Collection[int] | None


@dataclass(frozen=True)
class Records:
    """The records behind a figure, to be read whole or by the page."""

    #: As ``Evidence.subject``.
    subject: str
    #: Rows of (reference, day, unit, title, amount), by day.
    statement: Select[Any]

    def read(self, row: AnyRow) -> Evidence:
        """A row of the statement as evidence."""
        day = shanghai_day(row.day) if isinstance(row.day, datetime) else row.day
        return Evidence(self.subject, str(row.reference), day, row.unit, row.title, Decimal(row.amount))


def select_records(
    formula: Formula, year: int, families: Families, unit_ids: UnitIds = None
) -> Records | None:
    """The records of a year that a formula counts; None for one that isn't made of records."""
    match formula:
        case OfActivities():
            return Records("activity", _select_activities(formula, year, families, unit_ids))
        case OfMaterials():
            return Records("movement", _select_movements(formula, year, unit_ids))
        case OfReleases():
            return Records("release", _select_releases(formula, year, unit_ids))
        case OfParticipants():
            return Records("campaign", _select_campaigns(year, unit_ids))
    return None


def units_of_branch(branch_id: int, branches: Branches) -> UnitIds:
    """The units that count in a branch; None where there is no such branch."""
    root_id = branches.names[0][0]
    if branch_id == root_id:
        return [root_id]
    return units_beneath(branch_id) if any(branch_id == known for known, _ in branches.names) else None


def _select_activities(
    formula: OfActivities, year: int, families: Families, unit_ids: UnitIds
) -> Select[Any]:
    chosen = (
        select(*_columns(Activity, Activity.begins_on, Activity.title, _amount_of(formula.amount)))
        .join(Unit, Unit.id == Activity.unit_id)
        .where(activities_of(year))
        .order_by(Activity.begins_on, Activity.id)
    )
    keys = kinds_counted(formula.kinds, families)
    if keys is not None:
        kinds = select(ActivityKind.id).where(ActivityKind.key.in_(keys))
        chosen = chosen.where(Activity.kind_id.in_(kinds))
    return _of_units(chosen, Activity, unit_ids)


def _select_movements(formula: OfMaterials, year: int, unit_ids: UnitIds) -> Select[Any]:
    title = Material.name + "：" + Activity.title
    chosen = (
        select(*_columns(Movement, Movement.day, title, -Movement.quantity))
        .join(Unit, Unit.id == Movement.unit_id)
        .join(Material, Material.id == Movement.material_id)
        .join(Activity, Activity.id == Movement.activity_id)
        .where(handed_out_in(year), Material.category == formula.category)
        .order_by(Movement.day, Movement.id)
    )
    return _of_units(chosen, Movement, unit_ids)


def _select_releases(formula: OfReleases, year: int, unit_ids: UnitIds) -> Select[Any]:
    title = Release.title + "（" + Release.outlet + "）"
    chosen = (
        select(*_columns(Release, Release.day, title, literal(1)))
        .join(Unit, Unit.id == Release.unit_id)
        .where(releases_of(year))
        .order_by(Release.day, Release.id)
    )
    if formula.levels:
        chosen = chosen.where(Release.level.in_(formula.levels))
    return _of_units(chosen, Release, unit_ids)


def _select_campaigns(year: int, unit_ids: UnitIds) -> Select[Any]:
    """One row for each campaign: who took part is not told."""
    counted = (
        select(Attempt.campaign_id, func.count().label("participants"))
        .where(participants_of(year))
        .group_by(Attempt.campaign_id)
        .subquery()
    )
    chosen = (
        select(*_columns(Campaign, Campaign.opens_at, Campaign.title, counted.c.participants))
        .join(counted, counted.c.campaign_id == Campaign.id)
        .join(Unit, Unit.id == Campaign.unit_id)
        .where(~Campaign.is_sample)
        .order_by(Campaign.opens_at, Campaign.id)
    )
    return _of_units(chosen, Campaign, unit_ids)


def _amount_of(amount: Amount) -> Any:
    return Activity.sessions if amount is Amount.SESSIONS else Activity.audience


def _columns(model: Any, day: Any, title: Any, amount: Any) -> tuple[Any, ...]:
    return (
        model.id.label("reference"),
        day.label("day"),
        Unit.name.label("unit"),
        title.label("title"),
        amount.label("amount"),
    )


def _of_units(chosen: Select[Any], model: Any, unit_ids: UnitIds) -> Select[Any]:
    return chosen if unit_ids is None else chosen.where(model.unit_id.in_(unit_ids))
