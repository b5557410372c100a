"""Every select about activities, their kinds and photos."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from quizapp.accounts.models import Unit, User
from quizapp.accounts.queries import units_above, units_beneath, units_within_reach
from quizapp.accounts.roles import Role
from quizapp.campaigns.models import Campaign
from quizapp.core.database import AnyRow
from quizapp.core.paging import Page, read_page
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity, ActivityKind, Photo
from quizapp.publicity.staff import READERS, RECORDERS
from quizapp.publicity.workflow import State


class Order(StrEnum):
    """What a list of activities is sorted by."""

    DAY = "day"
    AUDIENCE = "audience"
    RECORDED = "recorded"


_SORTED_BY = {Order.DAY: Activity.begins_on, Order.AUDIENCE: Activity.audience, Order.RECORDED: Activity.id}


@dataclass(frozen=True)
class Filters:
    """What narrows a list of activities down; days are of their first day, both included."""

    state: State | None = None
    kind_id: int | None = None
    unit_id: int | None = None
    begins_from: date | None = None
    begins_until: date | None = None
    words: str = ""
    order: Order = Order.DAY
    descending: bool = True


@dataclass(frozen=True)
class Totals:
    """Sums over all rows that the filters leave."""

    activities: int
    sessions: int
    audience: int


def list_kinds() -> Sequence[ActivityKind]:
    """The kinds of activities in the order of the list, retired ones among them."""
    return db.session.scalars(select(ActivityKind).order_by(ActivityKind.position, ActivityKind.id)).all()


def get_kind(kind_id: int) -> ActivityKind:
    """A kind of activity. Raises NotFound."""
    kind = db.session.get(ActivityKind, kind_id)
    if kind is None:
        raise NotFound
    return kind


def count_activities_by_kind() -> dict[int, int]:
    """How many activities each kind has, whatever their state."""
    rows = db.session.execute(select(Activity.kind_id, func.count()).group_by(Activity.kind_id))
    return {row[0]: row[1] for row in rows}


def get_activity_for(actor: User, activity_id: int, roles: frozenset[Role] = READERS) -> Activity:
    """An activity of a unit that the actor reaches by one of the roles. Raises NotFound."""
    activity = db.session.scalar(
        select(Activity).where(
            Activity.id == activity_id, Activity.unit_id.in_(units_within_reach(actor, *roles))
        )
    )
    if activity is None:
        raise NotFound
    return activity


def page_of_activities(actor: User, filters: Filters, number: int) -> tuple[Page[AnyRow], Totals]:
    """A page of (activity, kind's name, unit's name) that the actor reads, and the sums over all pages."""
    chosen = _narrowed(actor, filters, select(Activity))
    totals = Totals(
        *db.session.execute(
            chosen.with_only_columns(
                func.count(),
                func.coalesce(func.sum(Activity.sessions), 0),
                func.coalesce(func.sum(Activity.audience), 0),
            )
        ).one()
    )
    ordered = _ordered(chosen, filters).with_only_columns(Activity.id)
    page = read_page(ordered, number, total=totals.activities)
    rows = db.session.execute(_ordered(_with_names(), filters).where(Activity.id.in_(page.items))).all()
    return Page(rows, page.number, page.total, page.size), totals


def count_activities(actor: User, filters: Filters) -> int:
    """How many activities the filters leave."""
    counted: int = db.session.scalar(
        _narrowed(actor, filters, select(Activity)).with_only_columns(func.count())
    )
    return counted


def each_activity(actor: User, filters: Filters, at_most: int) -> Iterator[AnyRow]:
    """(activity, kind's name, unit's name) of all that the filters leave, as sorted, read as they pass."""
    chosen = _ordered(_narrowed(actor, filters, _with_names()), filters).limit(at_most)
    rows: Iterable[AnyRow] = db.session.execute(chosen.execution_options(yield_per=1000))
    yield from rows


def _with_names() -> Select[Activity, str, str]:
    return (
        select(Activity, ActivityKind.name.label("kind"), Unit.name.label("unit"))
        .join(ActivityKind, ActivityKind.id == Activity.kind_id)
        .join(Unit, Unit.id == Activity.unit_id)
    )


def _narrowed(actor: User, filters: Filters, rows: Any) -> Any:
    """Of some rows with activities those that the actor reads and the filters leave."""
    chosen = rows.where(Activity.unit_id.in_(units_within_reach(actor, *READERS)))
    if filters.state:
        chosen = chosen.where(Activity.state == filters.state)
    if filters.kind_id:
        chosen = chosen.where(Activity.kind_id.in_(_kinds_beneath(filters.kind_id)))
    if filters.unit_id:
        chosen = chosen.where(Activity.unit_id.in_(units_beneath(filters.unit_id)))
    if filters.begins_from:
        chosen = chosen.where(Activity.begins_on >= filters.begins_from)
    if filters.begins_until:
        chosen = chosen.where(Activity.begins_on <= filters.begins_until)
    if filters.words:
        said = (
            column.contains(filters.words, autoescape=True) for column in (Activity.title, Activity.place)
        )
        chosen = chosen.where(or_(*said))
    return chosen


def _kinds_beneath(kind_id: int) -> Select[int]:
    return select(ActivityKind.id).where(or_(ActivityKind.id == kind_id, ActivityKind.parent_id == kind_id))


def _ordered(chosen: Any, filters: Filters) -> Any:
    columns = dict.fromkeys((_SORTED_BY[filters.order], Activity.id))
    return chosen.order_by(*(column.desc() if filters.descending else column for column in columns))


def list_to_copy(actor: User, unit_ids: Sequence[int], month: date, until: date) -> Sequence[AnyRow]:
    """(activity, kind's name, unit's name, id of its copy) of a month, of units that the actor records for.

    What was voided, what is of a closed unit and of a retired kind is not copied on.
    """
    copies = select(Activity.copied_from_id, Activity.id.label("copy_id")).subquery()
    return db.session.execute(
        _with_names()
        .add_columns(copies.c.copy_id)
        .join(copies, copies.c.copied_from_id == Activity.id, isouter=True)
        .where(
            Activity.unit_id.in_(unit_ids),
            Activity.unit_id.in_(units_within_reach(actor, *RECORDERS)),
            Activity.begins_on.between(month, until),
            Activity.state != State.VOIDED,
            ~Unit.closed,
            ~ActivityKind.retired,
        )
        .order_by(Activity.begins_on, Activity.id)
    ).all()


def has_same(unit_id: int, begins_on: date, title: str) -> bool:
    """Whether the unit has an activity of this title on the day."""
    same = select(Activity.id).where(
        Activity.unit_id == unit_id, Activity.begins_on == begins_on, Activity.title == title
    )
    return db.session.scalar(same.where(Activity.state != State.VOIDED).limit(1)) is not None


def list_campaigns_to_link(actor: User) -> Sequence[AnyRow]:
    """(id, title) of the campaigns that an activity of the actor's may belong to, the latest first.

    Those of the units that the actor records for, and what units above have published.
    """
    own = Campaign.unit_id.in_(units_within_reach(actor, *RECORDERS))
    from_above = Campaign.unit_id.in_(units_above(actor, *RECORDERS))
    return db.session.execute(
        select(Campaign.id, Campaign.title)
        .where(or_(own, and_(from_above, Campaign.current_snapshot.is_not(None))), ~Campaign.is_sample)
        .order_by(Campaign.opens_at.desc(), Campaign.id.desc())
    ).all()


def find_campaign_title(campaign_id: int | None) -> str | None:
    """The title of the campaign that an activity names."""
    return db.session.scalar(select(Campaign.title).where(Campaign.id == campaign_id))


def list_photos(activity_id: int) -> Sequence[Photo]:
    """The photos of an activity as they were added."""
    return db.session.scalars(
        select(Photo).where(Photo.activity_id == activity_id).order_by(Photo.added_at, Photo.id)
    ).all()


def count_photos(activity_id: int) -> int:
    """How many photos an activity has."""
    counted = select(func.count()).select_from(Photo).where(Photo.activity_id == activity_id)
    return db.session.scalar(counted) or 0


def get_photo_for(actor: User, photo_id: UUID, roles: frozenset[Role] = READERS) -> tuple[Photo, Activity]:
    """A photo and its activity, of a unit that the actor reaches by one of the roles. Raises NotFound."""
    row = db.session.execute(
        select(Photo, Activity)
        .join(Activity, Activity.id == Photo.activity_id)
        .where(Photo.id == photo_id, Activity.unit_id.in_(units_within_reach(actor, *roles)))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]
