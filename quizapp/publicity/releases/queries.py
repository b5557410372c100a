"""Every select about releases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, union

from quizapp.accounts.models import Unit, User
from quizapp.accounts.queries import units_beneath, units_within_reach
from quizapp.accounts.roles import Role
from quizapp.core.database import AnyRow
from quizapp.core.paging import Page, read_page
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.staff import READERS
from quizapp.publicity.workflow import State

#: Outlets are known from so many releases recorded last: the media of many years.
LATE = 5000
#: So many releases that may be the same are named.
MOST_TWINS = 10


class Order(StrEnum):
    """What a list of releases is sorted by."""

    DAY = "day"
    OUTLET = "outlet"
    RECORDED = "recorded"


_SORTED_BY = {Order.DAY: Release.day, Order.OUTLET: Release.outlet, Order.RECORDED: Release.id}


@dataclass(frozen=True)
class Filters:
    """What narrows a list of releases down; both days are included."""

    state: State | None = None
    level: Level | None = None
    kind: ReleaseKind | None = None
    unit_id: int | None = None
    day_from: date | None = None
    day_until: date | None = None
    #: Only those that may be the same as another.
    repeated: bool = False
    words: str = ""
    order: Order = Order.DAY
    descending: bool = True


@dataclass(frozen=True)
class Twins:
    """Releases that may be the same as one."""

    #: (release, unit's name) of those that the actor reads.
    known: Sequence[AnyRow]
    #: Another unit has one that the actor doesn't read.
    elsewhere: bool

    def __bool__(self) -> bool:
        return bool(self.known) or self.elsewhere


def get_release_for(actor: User, release_id: int, roles: frozenset[Role] = READERS) -> Release:
    """A release of a unit that the actor reaches by one of the roles. Raises NotFound."""
    release = db.session.scalar(
        select(Release).where(
            Release.id == release_id, Release.unit_id.in_(units_within_reach(actor, *roles))
        )
    )
    if release is None:
        raise NotFound
    return release


def exists(release_id: int) -> bool:
    """Whether a release is there still."""
    return db.session.scalar(select(Release.id).where(Release.id == release_id)) is not None


def page_of_releases(actor: User, filters: Filters, number: int) -> tuple[Page[AnyRow], dict[Level, int]]:
    """A page of (release, unit's name) that the actor reads, and how many of each level all pages hold."""
    totals = count_by_level(actor, filters)
    ordered = _ordered(_narrowed(actor, filters, select(Release.id)), filters)
    page = read_page(ordered, number, total=sum(totals.values()))
    rows = db.session.execute(_ordered(_with_units(), filters).where(Release.id.in_(page.items))).all()
    return Page(rows, page.number, page.total, page.size), totals


def count_by_level(actor: User, filters: Filters) -> dict[Level, int]:
    """How many releases of each level the filters leave."""
    counted = _narrowed(actor, filters, select(Release.level, func.count())).group_by(Release.level)
    return {Level(level): count for level, count in db.session.execute(counted)}


def each_release(actor: User, filters: Filters, at_most: int) -> Iterator[AnyRow]:
    """(release, unit's name) of all that the filters leave, as sorted, read as they pass."""
    chosen = _ordered(_narrowed(actor, filters, _with_units()), filters).limit(at_most)
    yield from db.session.execute(chosen.execution_options(yield_per=1000))


def list_outlets(actor: User) -> Sequence[tuple[str, Level]]:
    """Outlets of late with the level that each was given last, by name.

    Those of confirmed releases of any unit, since what stands in the media is public, and of all releases
    that the actor reads.
    """
    late = select(Release).order_by(Release.id.desc()).limit(LATE).subquery()
    known = or_(late.c.state == State.CONFIRMED, late.c.unit_id.in_(units_within_reach(actor, *READERS)))
    last = select(func.max(late.c.id)).where(known, late.c.state != State.VOIDED).group_by(late.c.outlet)
    rows = db.session.execute(
        select(Release.outlet, Release.level).where(Release.id.in_(last)).order_by(Release.outlet)
    )
    return [(row.outlet, Level(row.level)) for row in rows]


def find_twins(actor: User, keys: tuple[str | None, str], but_for: int | None = None) -> Twins:
    """The releases that may be the same by their keys, the earliest first; ``but_for`` is left out.

    What was voided is none.
    """
    readable = Release.unit_id.in_(units_within_reach(actor, *READERS))
    twins = select(Release.id).where(
        _is_twin(keys), Release.state != State.VOIDED, Release.id != (but_for or 0)
    )
    known = db.session.execute(
        _with_units().where(Release.id.in_(twins), readable).order_by(Release.id).limit(MOST_TWINS)
    ).all()
    elsewhere = db.session.scalar(twins.where(~readable).limit(1)) is not None
    return Twins(known, elsewhere)


def list_repeated(releases: Sequence[Release]) -> set[int]:
    """The ids of those, of some releases, that may be the same as another."""
    standing = [one for one in releases if one.state != State.VOIDED]
    repeated = {
        key
        for column, keys in (
            (Release.address_key, {one.address_key for one in standing if one.address_key}),
            (Release.title_key, {one.title_key for one in standing}),
        )
        for key in db.session.scalars(_repeated(column).where(column.in_(keys)))
    }
    return {one.id for one in standing if {one.address_key, one.title_key} & repeated}


def _is_twin(keys: tuple[str | None, str]) -> ColumnElement[bool]:
    address_key, title_key = keys
    same_title = Release.title_key == title_key
    return or_(Release.address_key == address_key, same_title) if address_key else same_title


def _repeated(column: Any) -> Any:
    """The keys that more than one release has."""
    standing = select(column).where(column.is_not(None), Release.state != State.VOIDED)
    return standing.group_by(column).having(func.count() > 1)


def _with_units() -> Select[Release, str]:
    return select(Release, Unit.name.label("unit")).join(Unit, Unit.id == Release.unit_id)


def _narrowed(actor: User, filters: Filters, chosen: Any) -> Any:
    conditions: list[ColumnElement[bool]] = [Release.unit_id.in_(units_within_reach(actor, *READERS))]
    for column, value in (
        (Release.state, filters.state),
        (Release.level, filters.level),
        (Release.kind, filters.kind),
    ):
        if value:
            conditions.append(column == value)
    if filters.unit_id:
        conditions.append(Release.unit_id.in_(units_beneath(filters.unit_id)))
    if filters.day_from:
        conditions.append(Release.day >= filters.day_from)
    if filters.day_until:
        conditions.append(Release.day <= filters.day_until)
    # What no index narrows is found first, in one pass over the table or the keys, whatever the reach.
    if filters.words:
        said = (Release.title, Release.outlet, Release.topic)
        found = or_(*(column.contains(filters.words, autoescape=True) for column in said))
        conditions.append(Release.id.in_(select(Release.id).where(found)))
    if filters.repeated:
        conditions += [Release.state != State.VOIDED, Release.id.in_(_all_repeated())]
    return chosen.where(*conditions)


def _all_repeated() -> Any:
    """The ids of the releases that may be the same as another, whatever their unit."""
    keys = (Release.address_key, Release.title_key)
    return union(*(select(Release.id).where(key.in_(_repeated(key))) for key in keys))


def _ordered(chosen: Any, filters: Filters) -> Any:
    columns = dict.fromkeys((_SORTED_BY[filters.order], Release.id))
    return chosen.order_by(*(column.desc() if filters.descending else column for column in columns))
