"""Every select of what is still open before a year is closed, and of what changed after."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select

from quizapp.accounts.models import Unit
from quizapp.core.database import AnyRow
from quizapp.extensions import db
from quizapp.publicity.activities.models import ActivityKind
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.materials.models import Material, Movement, MovementKind
from quizapp.publicity.reviewing.models import Amendment
from quizapp.publicity.reviewing.subjects import SUBJECTS, Subject
from quizapp.publicity.workflow import State
from quizapp.reports.figures.models import IndicatorEntry

#: So many of each sort are listed; beyond, only the counts tell.
MOST = 200
_OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)


@dataclass(frozen=True)
class Waiting:
    """Records of a kind and state that are not counted, because nobody confirmed them."""

    subject: Subject
    state: State
    count: int

    @property
    def label(self) -> str:
        """E.g. 宣传活动：待审核."""
        return f"{self.subject.label}：{self.state.label}"


def _in_year(column: Any, year: int) -> ColumnElement[bool]:
    return and_(column >= date(year, 1, 1), column <= date(year, 12, 31))


def count_waiting(year: int) -> list[Waiting]:
    """How many records of a year are not confirmed, by kind and state."""
    waiting = []
    for subject in SUBJECTS.values():
        model = subject.model
        counted = (
            select(model.state, func.count().label("number"))
            .where(model.state.in_(_OPEN), _in_year(getattr(model, subject.day), year))
            .group_by(model.state)
        )
        counts = {row.state: row.number for row in db.session.execute(counted)}
        waiting += [Waiting(subject, state, counts[state]) for state in _OPEN if state in counts]
    return waiting


def list_waiting(year: int, subject: Subject, limit: int) -> Sequence[AnyRow]:
    """(id, title, day, state, unit) of the first records of a year that are not confirmed."""
    model, day = subject.model, getattr(subject.model, subject.day)
    return db.session.execute(
        select(model.id, model.title, day.label("day"), model.state, Unit.name.label("unit"))
        .join(Unit, Unit.id == model.unit_id)
        .where(model.state.in_(_OPEN), _in_year(day, year))
        .order_by(day, model.id)
        .limit(limit)
    ).all()


def count_open_amendments(year: int) -> int:
    """How many amendments of a year's records wait for a decision."""
    return _count(Amendment, Amendment.state == "submitted", _in_year(Amendment.day, year))


def count_unconfirmed_movements(year: int) -> int:
    """How many times something was handed out in a year that nobody confirmed."""
    return _count(
        Movement,
        Movement.kind == MovementKind.HANDED_OUT,
        Movement.confirmed_at.is_(None),
        _in_year(Movement.day, year),
    )


def _count(model: type[Any], *conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def list_amendments(year: int, since: datetime) -> Sequence[Amendment]:
    """Amendments that took hold after a moment, of records that counted in a year or were moved into it."""
    moved = or_(
        *(cast(Amendment.changes, String).contains(f'"{subject.day}"') for subject in SUBJECTS.values())
    )
    found = db.session.scalars(
        select(Amendment)
        .where(
            Amendment.state == "confirmed",
            Amendment.decided_at > since,
            or_(_in_year(Amendment.day, year), moved),
        )
        .order_by(Amendment.decided_at.desc(), Amendment.id.desc())
        .limit(MOST)
    ).all()
    return [one for one in found if one.day.year == year or _day_after(one).startswith(f"{year}-")]


def _day_after(amendment: Amendment) -> str:
    _, after = amendment.changes.get(SUBJECTS[amendment.subject].day, ["", ""])
    return str(after)


def list_confirmed(year: int, since: datetime, subject: Subject) -> Sequence[Any]:
    """Records of a year that were confirmed after a moment, the latest first."""
    model = subject.model
    return db.session.scalars(
        select(model)
        .where(
            model.state.in_((State.CONFIRMED, State.VOIDED)),
            _in_year(getattr(model, subject.day), year),
            model.decided_at > since,
        )
        .order_by(model.decided_at.desc(), model.id.desc())
        .limit(MOST)
    ).all()


def list_records(subject: Subject, record_ids: Iterable[int]) -> dict[int, Any]:
    """Records by their number."""
    model: Any = subject.model
    return {one.id: one for one in db.session.scalars(select(model).where(model.id.in_(set(record_ids))))}


def list_movements(year: int, since: datetime) -> Sequence[AnyRow]:
    """(Movement, its material's name, category) of what was handed out and confirmed after a moment."""
    return db.session.execute(
        select(Movement, Material.name, Material.category)
        .join(Material, Material.id == Movement.material_id)
        .where(
            Movement.kind == MovementKind.HANDED_OUT,
            _in_year(Movement.day, year),
            Movement.confirmed_at > since,
        )
        .order_by(Movement.confirmed_at.desc(), Movement.id.desc())
        .limit(MOST)
    ).all()


def list_entries(year: int, since: datetime) -> Sequence[IndicatorEntry]:
    """Numbers entered for a year after a moment, the latest first."""
    return db.session.scalars(
        select(IndicatorEntry)
        .where(IndicatorEntry.year == year, IndicatorEntry.entered_at > since)
        .order_by(IndicatorEntry.entered_at.desc(), IndicatorEntry.id.desc())
        .limit(MOST)
    ).all()


def keys_of_kinds() -> dict[int, frozenset[str]]:
    """For each kind of activity its key and those of the kinds that it counts in too."""
    kinds = {kind.id: kind for kind in list_kinds()}

    def keys(kind_id: int) -> Iterator[str]:
        kind: ActivityKind | None = kinds[kind_id]
        while kind is not None:
            yield kind.key
            kind = kinds.get(kind.parent_id) if kind.parent_id else None

    return {kind_id: frozenset(keys(kind_id)) for kind_id in kinds}


def categories_handed_out(activity_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """For each activity the categories of what was handed out at it."""
    rows = db.session.execute(
        select(Movement.activity_id.label("activity_id"), Material.category.label("category"))
        .join(Material, Material.id == Movement.material_id)
        .where(Movement.activity_id.in_(set(activity_ids)))
        .distinct()
    )
    found: dict[int, frozenset[str]] = {}
    for row in rows:
        found[row.activity_id] = found.get(row.activity_id, frozenset()) | {row.category}
    return found
