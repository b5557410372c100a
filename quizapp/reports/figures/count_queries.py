"""Every select that adds up a year's records: one for each sort of record, whatever the indicators are."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from quizapp.accounts.models import Unit, UnitDescent
from quizapp.accounts.queries import get_root
from quizapp.attempts.models import Attempt
from quizapp.campaigns.models import Campaign
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity, ActivityKind
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.materials.models import Material, Movement, MovementKind
from quizapp.publicity.releases.models import Release
from quizapp.publicity.workflow import State
from quizapp.reports.figures.counted import Branches, Counted, Families

_NOT_CONFIRMED = tuple(state for state in State if state is not State.CONFIRMED)


def activities_of(year: int) -> ColumnElement[bool]:
    """The activities that count in a year."""
    return and_(Activity.state == State.CONFIRMED, _within(Activity.begins_on, year))


def releases_of(year: int) -> ColumnElement[bool]:
    """The releases that count in a year."""
    return and_(Release.state == State.CONFIRMED, _within(Release.day, year))


def handed_out_in(year: int) -> ColumnElement[bool]:
    """The movements that count in a year: confirmed ones, of an activity that is and stays confirmed.

    A correction is a movement of the same kind and day, of the opposite sign. The few activities that are
    not confirmed are looked up, not the many that are.
    """
    others = select(Activity.id).where(Activity.state.in_(_NOT_CONFIRMED))
    return and_(
        Movement.kind == MovementKind.HANDED_OUT,
        _within(Movement.day, year),
        Movement.confirmed_at.is_not(None),
        Movement.activity_id.not_in(others),
    )


def participants_of(year: int) -> ColumnElement[bool]:
    """The attempts that are their participant's first in a year."""
    return and_(Attempt.first_in_year, Attempt.submitted_year == year)


def _within(column: Any, year: int) -> ColumnElement[bool]:
    return and_(column >= date(year, 1, 1), column <= date(year, 12, 31))


def count_year(year: int) -> Counted:
    """Add up all records of a year that count; what is entered is not here."""
    activities = db.session.execute(
        select(
            ActivityKind.key,
            Activity.unit_id,
            func.sum(Activity.sessions).label("sessions"),
            func.sum(Activity.audience).label("audience"),
        )
        .join(ActivityKind, ActivityKind.id == Activity.kind_id)
        .where(activities_of(year))
        .group_by(ActivityKind.key, Activity.unit_id)
    ).all()
    return Counted(
        sessions={(row.key, row.unit_id): int(row.sessions) for row in activities},
        audience={(row.key, row.unit_id): int(row.audience) for row in activities},
        materials=_count_materials(year),
        releases=_count_releases(year),
        participants=_count_participants(year),
    )


def _count_materials(year: int) -> dict[tuple[str, int], int]:
    rows = db.session.execute(
        select(Material.category, Movement.unit_id, func.sum(-Movement.quantity).label("handed_out"))
        .join(Material, Material.id == Movement.material_id)
        .where(handed_out_in(year))
        .group_by(Material.category, Movement.unit_id)
    )
    return {(row.category, row.unit_id): int(row.handed_out) for row in rows}


def _count_releases(year: int) -> dict[tuple[str, int], int]:
    rows = db.session.execute(
        select(Release.level, Release.unit_id, func.count().label("releases"))
        .where(releases_of(year))
        .group_by(Release.level, Release.unit_id)
    )
    return {(row.level, row.unit_id): row.releases for row in rows}


def _count_participants(year: int) -> dict[int, int]:
    rows = db.session.execute(
        select(Campaign.unit_id, func.count().label("participants"))
        .select_from(Attempt)
        .join(Campaign, Campaign.id == Attempt.campaign_id)
        .where(participants_of(year), ~Campaign.is_sample)
        .group_by(Campaign.unit_id)
    )
    return {row.unit_id: row.participants for row in rows}


def kind_families() -> Families:
    """For each kind of activity itself and those beneath it, retired ones too."""
    kinds = {kind.id: kind for kind in list_kinds()}
    families: dict[str, set[str]] = {kind.key: set() for kind in kinds.values()}
    for kind in kinds.values():
        above, passed = kind.id, set[int]()
        while above in kinds and above not in passed:
            passed.add(above)
            families[kinds[above].key].add(kind.key)
            above = kinds[above].parent_id or 0
    return {key: frozenset(family) for key, family in families.items()}


def list_branches() -> Branches:
    """The bureau's own and the units directly under it, in the order they were made; which unit is whose."""
    root = get_root()
    tops = db.session.scalars(select(Unit).where(Unit.parent_id == root.id).order_by(Unit.id)).all()
    top = aliased(Unit)
    descents = db.session.execute(
        select(UnitDescent.descendant_id, UnitDescent.ancestor_id)
        .join(top, top.id == UnitDescent.ancestor_id)
        .where(top.parent_id == root.id)
    )
    return Branches(
        names=((root.id, f"{root.name}（本级）"), *((unit.id, unit.name) for unit in tops)),
        closed=frozenset(unit.id for unit in tops if unit.closed),
        branch_of={root.id: root.id, **{row.descendant_id: row.ancestor_id for row in descents}},
    )
