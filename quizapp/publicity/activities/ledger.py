"""The ledger of activities that units keep: imported row by row, and exported as it is filtered."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from quizapp.accounts.models import User
from quizapp.accounts.queries import list_units_for
from quizapp.core.spreadsheets import MAX_ROWS
from quizapp.extensions import db
from quizapp.laws.citations import law_name
from quizapp.ledgers.ledger import Cells, Judge, Judgement, Ledger, Write
from quizapp.ledgers.reading_cells import CellReader, NotUnderstood, Problems
from quizapp.ledgers.values import BadCell, read_count, read_day
from quizapp.ledgers.writing import Value
from quizapp.publicity.activities import queries, recording
from quizapp.publicity.activities.forms import (
    MAX_AUDIENCE,
    MAX_DESCRIPTION,
    MAX_LAW,
    MAX_PARTNERS,
    MAX_PLACE,
    MAX_SESSIONS,
    MAX_TITLE,
)
from quizapp.publicity.activities.ledger_columns import (
    AUDIENCE,
    BEGINS,
    DESCRIPTION,
    ENDS,
    KIND,
    LAWS,
    PARTNERS,
    PLACE,
    SESSIONS,
    STATE,
    TITLE,
    UNIT,
    list_columns,
)
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.activities.recording import Plan
from quizapp.publicity.activities.wanting import offer_title
from quizapp.publicity.queries import list_own_units
from quizapp.publicity.reviewing import reviewing
from quizapp.publicity.reviewing.drafting import erase_unconfirmed
from quizapp.publicity.staff import READERS, RECORDERS
from quizapp.publicity.unit_names import UnitNames, label_units

_LONGEST = {
    TITLE: MAX_TITLE,
    PLACE: MAX_PLACE,
    PARTNERS: MAX_PARTNERS,
    DESCRIPTION: MAX_DESCRIPTION,
}


class _Reader:
    """Reads rows into plans, with the kinds and units that a person may choose read beforehand."""

    def __init__(self, actor: User) -> None:
        self._kinds = {kind.name: kind.id for kind in queries.list_kinds() if not kind.retired}
        own = list_own_units(actor)
        self._units = UnitNames(list_units_for(actor, *RECORDERS), own[0] if len(own) == 1 else None)

    def read(self, cells: Cells) -> tuple[Plan | None, Problems]:
        """The plan of a row, and what is wrong with its cells; None where anything is."""
        row = CellReader(cells)
        row.limit(_LONGEST)
        take = row.take
        begins_on = take(BEGINS, read_day, date.min)
        ends_on = take(ENDS, read_day, begins_on)
        sessions = take(SESSIONS, _count_up_to(MAX_SESSIONS), 1)
        audience = take(AUDIENCE, _count_up_to(MAX_AUDIENCE), 0)
        unit_id = take(UNIT, self._units.find, 0, even_empty=True)
        laws: Sequence[str] = take(LAWS, _read_laws, ())
        if ends_on < begins_on:
            row.problems.append((ENDS, "结束日期不能早于开始日期。"))
        if not sessions:
            row.problems.append((SESSIONS, "场次至少是 1。"))
        if row.problems or cells[KIND] not in self._kinds:
            return None, row.problems
        plan = Plan(
            kind_id=self._kinds[cells[KIND]],
            title=cells[TITLE] or offer_title(cells[KIND], cells[PLACE], MAX_TITLE),
            begins_on=begins_on,
            ends_on=ends_on,
            unit_id=unit_id,
            sessions=sessions,
            place=cells[PLACE],
            partners=cells[PARTNERS],
            audience=audience,
            description=cells[DESCRIPTION],
            laws=laws,
        )
        return plan, []


def _count_up_to(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        count = read_count(text)
        if count > most:
            raise BadCell(f"不能超过 {most}。请核对。")
        return count

    return read


def _read_laws(text: str) -> Sequence[str]:
    """《安全生产法》、《突发事件应对法》 and the like as names."""
    names = (law_name(part) for part in re.split(r"[、,，;；/\n]|》\s*《|和", text) if part.strip())
    laws = list(dict.fromkeys(name for name in names if name))
    if any(len(name) > MAX_LAW for name in laws):
        raise BadCell("请只写法律的名称，几部用顿号分开。")
    return laws


def _judging(actor: User) -> Judge:
    reader = _Reader(actor)
    seen: set[tuple[int, date, str]] = set()

    def judge(cells: Cells) -> Judgement:
        plan, problems = reader.read(cells)
        if plan is None:
            return Judgement(tuple(problems))
        cautions = list(recording.find_complaints(plan).values())
        if cautions:
            cautions.append("这一行会存为草稿，补充后再提交。")
        key = (plan.unit_id, plan.begins_on, plan.title)
        if key in seen:
            cautions.append("本文件前面已有同单位、同日期、同名称的一行。")
        elif queries.has_same(*key):
            cautions.append("已有同单位、同日期、同名称的活动，可能重复。")
        seen.add(key)
        return Judgement(cautions=tuple(cautions))

    return judge


def _writing(actor: User) -> Write:
    """A unit's ledger is what it reports: what is complete is handed in, the rest kept as drafts."""
    reader = _Reader(actor)

    def write(cells: Cells) -> int:
        plan, problems = reader.read(cells)
        if plan is None:
            raise NotUnderstood(problems, "请核对活动类型。")
        activity = recording.record_activity(plan, actor)
        if not recording.find_complaints(activity):
            reviewing.submit(activity, actor)
        return activity.id

    return write


def _erase(activity_id: int, actor: User) -> None:
    """Take an activity back that an import recorded, as long as nobody confirmed it."""
    if db.session.get(Activity, activity_id) is None:
        return  # somebody deleted the draft
    activity = queries.get_activity_for(actor, activity_id, RECORDERS)
    erase_unconfirmed(activity)


def export_rows(actor: User, filters: queries.Filters) -> Iterator[Mapping[str, Value]]:
    """The activities that the filters leave as rows of the ledger, at most as many as can be imported."""
    units = label_units(list_units_for(actor, *READERS))
    for activity, kind, _ in queries.each_activity(actor, filters, MAX_ROWS):
        yield {
            KIND: kind,
            TITLE: activity.title,
            BEGINS: activity.begins_on,
            ENDS: activity.ends_on,
            SESSIONS: activity.sessions,
            PLACE: activity.place,
            UNIT: units[activity.unit_id],
            PARTNERS: activity.partners,
            AUDIENCE: activity.audience,
            DESCRIPTION: activity.description,
            LAWS: "、".join(activity.laws),
            STATE: activity.state_label,
        }


ACTIVITIES = Ledger(
    key="activities",
    name="宣传活动",
    columns=list_columns,
    roles=RECORDERS,
    judging=_judging,
    writing=_writing,
    erase=_erase,
    list_endpoint="publicity.activities",
)
