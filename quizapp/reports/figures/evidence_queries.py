"""Every select that lists the records behind a figure, of one sort each, by their day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select

from quizapp.accounts.models import Unit
from quizapp.accounts.queries import units_beneath
from quizapp.attempts.models import Attempt
from quizapp.campaigns.models import Campaign
from quizapp.core.clock import shanghai_day
from quizapp.core.database import AnyRow
from quizapp.core.paging import Page, read_page
from quizapp.extensions import db
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
Conditions = tuple[ColumnElement[bool], ...]
#: So many rows of evidence are held at a time.
_AT_ONCE = 1000


@dataclass(frozen=True)
class Records:
    """The records behind a figure, to be read whole or by the page, by day."""

    #: As ``Evidence.subject``.
    subject: str
    #: Their table, and its column by which they stand in order.
    model: Any
    day: Any
    #: Which of the table's rows they are.
    conditions: Conditions
    #: Rows of (reference, day, unit, title, amount), before any condition.
    shown: Select[Any]

    def stream(self) -> Iterator[Evidence]:
        """All of them, read as they are asked for."""
        statement = self._in_order(self.shown.where(*self.conditions))
        return map(self._read, db.session.execute(statement.execution_options(yield_per=_AT_ONCE)))

    def page(self, number: int) -> Page[Evidence]:
        """Some of them: what is shown of a record is looked up for those of the page alone."""
        page = read_page(self._in_order(select(self.model.id).where(*self.conditions)), number)
        rows = db.session.execute(self._in_order(self.shown.where(self.model.id.in_(page.items))))
        return replace(page, items=[self._read(row) for row in rows])

    def _in_order(self, statement: Select[Any]) -> Select[Any]:
        return statement.order_by(self.day, self.model.id)

    def _read(self, row: AnyRow) -> Evidence:
        day = shanghai_day(row.day) if isinstance(row.day, datetime) else row.day
        return Evidence(self.subject, str(row.reference), day, row.unit, row.title, Decimal(row.amount))


def select_records(
    formula: Formula, year: int, families: Families, unit_ids: UnitIds = None
) -> Records | None:
    """The records of a year that a formula counts; None for one that isn't made of records."""
    match formula:
        case OfActivities():
            records = _activities(formula, year, families)
        case OfMaterials():
            records = _movements(formula, year)
        case OfReleases():
            records = _releases(formula, year)
        case OfParticipants():
            records = _campaigns(year)
        case _:
            return None
    if unit_ids is None:
        return records
    return replace(records, conditions=(*records.conditions, records.model.unit_id.in_(unit_ids)))


def units_of_branch(branch_id: int, branches: Branches) -> UnitIds:
    """The units that count in a branch; None where there is no such branch."""
    root_id = branches.names[0][0]
    if branch_id == root_id:
        return [root_id]
    return units_beneath(branch_id) if any(branch_id == known for known, _ in branches.names) else None


def _activities(formula: OfActivities, year: int, families: Families) -> Records:
    amount = Activity.sessions if formula.amount is Amount.SESSIONS else Activity.audience
    shown = _shown(Activity, Activity.begins_on, Activity.title, amount)
    conditions: Conditions = (activities_of(year),)
    keys = kinds_counted(formula.kinds, families)
    if keys is not None:
        kinds = select(ActivityKind.id).where(ActivityKind.key.in_(keys))
        conditions += (Activity.kind_id.in_(kinds),)
    return Records("activity", Activity, Activity.begins_on, conditions, shown)


def _movements(formula: OfMaterials, year: int) -> Records:
    """Each says what was handed out and where."""
    shown = (
        _shown(Movement, Movement.day, Material.name + "：" + Activity.title, -Movement.quantity)
        .join(Material, Material.id == Movement.material_id)
        .join(Activity, Activity.id == Movement.activity_id)
    )
    materials = select(Material.id).where(Material.category == formula.category)
    conditions = (handed_out_in(year), Movement.material_id.in_(materials))
    return Records("movement", Movement, Movement.day, conditions, shown)


def _releases(formula: OfReleases, year: int) -> Records:
    shown = _shown(Release, Release.day, Release.title + "（" + Release.outlet + "）", literal(1))
    conditions: Conditions = (releases_of(year),)
    if formula.levels:
        conditions += (Release.level.in_(formula.levels),)
    return Records("release", Release, Release.day, conditions, shown)


def _campaigns(year: int) -> Records:
    """One for each campaign: who took part is not told."""
    counted = (
        select(Attempt.campaign_id, func.count().label("participants"))
        .where(participants_of(year))
        .group_by(Attempt.campaign_id)
        .subquery()
    )
    shown = _shown(Campaign, Campaign.opens_at, Campaign.title, counted.c.participants).join(
        counted, counted.c.campaign_id == Campaign.id
    )
    conditions = (~Campaign.is_sample, Campaign.id.in_(select(counted.c.campaign_id)))
    return Records("campaign", Campaign, Campaign.opens_at, conditions, shown)


def _shown(model: Any, day: Any, title: Any, amount: Any) -> Select[Any]:
    return select(
        model.id.label("reference"),
        day.label("day"),
        Unit.name.label("unit"),
        title.label("title"),
        amount.label("amount"),
    ).join(Unit, Unit.id == model.unit_id)
