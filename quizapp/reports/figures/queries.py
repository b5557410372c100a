"""Every select of the registry of indicators and of what is entered for a year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import Select, func, select

from quizapp.accounts.models import Unit, User
from quizapp.accounts.queries import units_within_reach
from quizapp.accounts.roles import Role
from quizapp.core.clock import shanghai_day
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.materials.models import Material
from quizapp.reports.figures.annual import Evidence
from quizapp.reports.figures.formulas import read_formula
from quizapp.reports.figures.indicators import BUILT_IN, Indicator
from quizapp.reports.figures.models import IndicatorEntry, IndicatorRow

#: Stands where an entry doesn't say where it comes from.
ENTERED_UNSAID = "未注明来源"

_BUILT_IN = {indicator.key: indicator for indicator in BUILT_IN}


@dataclass(frozen=True)
class Registry:
    """Every indicator in its order, retired ones among them."""

    indicators: tuple[Indicator, ...]
    retired: frozenset[str]

    @property
    def in_use(self) -> tuple[Indicator, ...]:
        """Those that are not retired."""
        return tuple(one for one in self.indicators if one.key not in self.retired)

    def get(self, key: str) -> Indicator:
        """The indicator of a key. Raises NotFound."""
        found = next((one for one in self.indicators if one.key == key), None)
        if found is None:
            raise NotFound
        return found


def read_registry() -> Registry:
    """The registry; a built-in indicator is in it also before its row is."""
    rows = list_rows()
    kept = {row.key for row in rows}
    missing = (one for one in BUILT_IN if one.key not in kept)
    retired = frozenset(row.key for row in rows if row.retired)
    return Registry((*missing, *map(read_row, rows)), retired)


def list_indicators() -> tuple[Indicator, ...]:
    """The indicators in use, in their order."""
    return read_registry().in_use


def list_rows() -> Sequence[IndicatorRow]:
    """The registry as it is kept, in its order."""
    return db.session.scalars(select(IndicatorRow).order_by(IndicatorRow.position, IndicatorRow.key)).all()


def read_row(row: IndicatorRow) -> Indicator:
    """An indicator from its row; what a built-in one counts is ours to say."""
    own = Indicator(
        row.key,
        row.name,
        row.measure,
        read_formula(row.formula),
        row.section,
        row.exact,
        row.digits,
        row.remark,
    )
    built_in = _BUILT_IN.get(row.key)
    return replace(own, formula=built_in.formula) if built_in else own


def get_row_for(actor: User, key: str, *roles: Role) -> IndicatorRow:
    """An indicator's row, to somebody who has one of the roles in the bureau. Raises NotFound."""
    bureau = select(Unit.id).where(Unit.parent_id.is_(None), Unit.id.in_(units_within_reach(actor, *roles)))
    row = db.session.scalar(select(IndicatorRow).where(IndicatorRow.key == key, bureau.exists()))
    if row is None:
        raise NotFound
    return row


def keys_of_own() -> frozenset[str]:
    """Keys of the indicators that are the bureau's own."""
    return frozenset(row.key for row in list_rows() if not row.built_in)


def next_position() -> int:
    """Where a new indicator stands: after all others."""
    return (db.session.scalar(select(func.max(IndicatorRow.position))) or 0) + 1


def list_categories() -> Sequence[str]:
    """The categories of materials, each once."""
    return db.session.scalars(select(Material.category).distinct().order_by(Material.category)).all()


def latest_entries(year: int) -> Mapping[str, IndicatorEntry]:
    """What counts of a year's entries, by indicator."""
    entries = db.session.scalars(_latest(year)).all()
    return {entry.indicator_key: entry for entry in entries}


def latest_values(year: int) -> Mapping[str, Decimal | None]:
    """The numbers that were entered last for a year, by indicator."""
    return {key: entry.value for key, entry in latest_entries(year).items()}


def _latest(year: int) -> Select[IndicatorEntry]:
    last = (
        select(IndicatorEntry.indicator_key, func.max(IndicatorEntry.number).label("number"))
        .where(IndicatorEntry.year == year)
        .group_by(IndicatorEntry.indicator_key)
        .subquery()
    )
    return (
        select(IndicatorEntry)
        .join(
            last,
            (last.c.indicator_key == IndicatorEntry.indicator_key) & (last.c.number == IndicatorEntry.number),
        )
        .where(IndicatorEntry.year == year)
    )


def list_entries(year: int, key: str) -> Sequence[IndicatorEntry]:
    """The entries of an indicator and year, the latest first."""
    return db.session.scalars(
        select(IndicatorEntry)
        .where(IndicatorEntry.indicator_key == key, IndicatorEntry.year == year)
        .order_by(IndicatorEntry.number.desc())
    ).all()


def list_entries_seen(year: int, seen: Iterable[tuple[str, int]]) -> Mapping[str, IndicatorEntry]:
    """Those entries of a year that a form was filled in on, by indicator; each is (key, number)."""
    wanted = set(seen)
    found = db.session.scalars(
        select(IndicatorEntry).where(
            IndicatorEntry.year == year, IndicatorEntry.indicator_key.in_({key for key, _ in wanted})
        )
    )
    return {entry.indicator_key: entry for entry in found if (entry.indicator_key, entry.number) in wanted}


def entry_as_evidence(year: int, key: str) -> Sequence[Evidence]:
    """The entry that counts, none where nothing is entered."""
    entry = latest_entries(year).get(key)
    if entry is None or entry.value is None:
        return ()
    day = shanghai_day(entry.entered_at)
    return (Evidence("entry", str(entry.id), day, "", entry.note or ENTERED_UNSAID, entry.value),)
