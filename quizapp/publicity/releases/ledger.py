"""The ledger of releases that units keep: imported row by row, and exported as it is filtered."""

from collections.abc import Iterator, Mapping
from datetime import date

from quizapp.accounts.models import User
from quizapp.accounts.queries import list_units_for
from quizapp.core.spreadsheets import MAX_ROWS
from quizapp.ledgers.ledger import Cells, Judge, Judgement, Ledger, Write
from quizapp.ledgers.reading_cells import CellReader, NotUnderstood, Problems
from quizapp.ledgers.values import BadCell, fold_cell, read_day
from quizapp.ledgers.writing import Value
from quizapp.publicity.queries import list_own_units
from quizapp.publicity.releases import queries, recording
from quizapp.publicity.releases.forms import MAX_OUTLET, MAX_TITLE, MAX_TOPIC
from quizapp.publicity.releases.ledger_columns import (
    ADDRESS,
    COLUMNS,
    DAY,
    KIND,
    LEVEL,
    OUTLET,
    STATE,
    TITLE,
    TOPIC,
    UNIT,
    read_address,
    read_kind,
    read_level,
)
from quizapp.publicity.releases.models import Level, ReleaseKind
from quizapp.publicity.releases.recording import Plan
from quizapp.publicity.reviewing import reviewing
from quizapp.publicity.reviewing.drafting import erase_unconfirmed
from quizapp.publicity.staff import READERS, RECORDERS
from quizapp.publicity.unit_names import UnitNames, label_units

_LONGEST = {TITLE: MAX_TITLE, OUTLET: MAX_OUTLET, TOPIC: MAX_TOPIC}


class _Reader:
    """Reads rows into plans, with the units and outlets that a person may name read beforehand."""

    def __init__(self, actor: User) -> None:
        own = list_own_units(actor)
        self._units = UnitNames(list_units_for(actor, *RECORDERS), own[0] if len(own) == 1 else None)
        self._outlets = {fold_cell(outlet): level for outlet, level in queries.list_outlets(actor)}

    def read(self, cells: Cells) -> tuple[Plan | None, Problems]:
        """The plan of a row, and what is wrong with its cells; None where anything is."""
        row = CellReader(cells)
        row.limit(_LONGEST)
        take = row.take
        plan = Plan(
            title=cells[TITLE],
            outlet=cells[OUTLET],
            level=take(LEVEL, lambda text: self._level(text, cells[OUTLET]), Level.COUNTY, even_empty=True),
            kind=take(KIND, read_kind, ReleaseKind.TEXT),
            day=take(DAY, read_day, date.min),
            unit_id=take(UNIT, self._units.find, 0, even_empty=True),
            address=take(ADDRESS, read_address, ""),
            topic=cells[TOPIC],
        )
        is_whole = cells[TITLE] and cells[OUTLET] and cells[DAY] and not row.problems
        return (plan if is_whole else None), row.problems

    def _level(self, text: str, outlet: str) -> Level:
        known = self._outlets.get(fold_cell(outlet))
        if text or known is None:
            if not text:
                raise BadCell("这家媒体还没有登记过，请填写级别。")
            known = read_level(text)
            self._outlets.setdefault(fold_cell(outlet), known)
        return known


def _judging(actor: User) -> Judge:
    reader = _Reader(actor)
    seen: set[str] = set()

    def judge(cells: Cells) -> Judgement:
        plan, problems = reader.read(cells)
        if plan is None:
            return Judgement(tuple(problems))
        keys = {key for key in plan.keys if key}
        cautions = [f"{sentence}这一行会存为草稿，发布后再提交。" for sentence in recording.complaints(plan)]
        if keys & seen:
            cautions.append("与本文件前面的一行网址相同，或者标题和媒体都相同。")
        elif twins := queries.find_twins(actor, plan.keys):
            cautions.append(_caution(twins))
        seen.update(keys)
        return Judgement(cautions=tuple(cautions))

    return judge


def _caution(twins: queries.Twins) -> str:
    if not twins.known:
        return "另有单位登记过同样的发稿，可能重复。"
    release, unit = twins.known[0]
    return f"{unit}已登记过“{release.title}”（{release.outlet}，{release.day}），可能重复。"


def _writing(actor: User) -> Write:
    """A unit's ledger is what it reports: what is complete is handed in, the rest kept as drafts."""
    reader = _Reader(actor)

    def write(cells: Cells) -> int:
        plan, problems = reader.read(cells)
        if plan is None:
            raise NotUnderstood(problems, "请填写标题、媒体和日期。")
        release = recording.record_release(plan, actor)
        if not recording.complaints(release):
            reviewing.submit(release, actor)
        return release.id

    return write


def _erase(release_id: int, actor: User) -> None:
    """Take a release back that an import recorded, as long as nobody confirmed it."""
    if not queries.exists(release_id):
        return  # somebody deleted the draft
    release = queries.get_release_for(actor, release_id, RECORDERS)
    erase_unconfirmed(release)


def export_rows(actor: User, filters: queries.Filters) -> Iterator[Mapping[str, Value]]:
    """The releases that the filters leave as rows of the ledger, at most as many as can be imported."""
    units = label_units(list_units_for(actor, *READERS))
    for release, _ in queries.each_release(actor, filters, MAX_ROWS):
        yield {
            TITLE: release.title,
            OUTLET: release.outlet,
            LEVEL: Level(release.level).label,
            KIND: ReleaseKind(release.kind).label,
            DAY: release.day,
            ADDRESS: release.address,
            TOPIC: release.topic,
            UNIT: units[release.unit_id],
            STATE: release.state_label,
        }


RELEASES = Ledger(
    key="releases",
    name="媒体发稿",
    columns=lambda: COLUMNS,
    roles=RECORDERS,
    judging=_judging,
    writing=_writing,
    erase=_erase,
    list_endpoint="publicity.releases",
)
