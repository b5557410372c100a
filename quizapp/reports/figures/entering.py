"""Entering the numbers of a year that no record holds. These add and flush; the view commits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.reports.figures import queries
from quizapp.reports.figures.beginning import ensure_indicators
from quizapp.reports.figures.closed import find_closed_figures
from quizapp.reports.figures.house_style import UNFILLED, print_number
from quizapp.reports.figures.models import IndicatorEntry


@dataclass(frozen=True)
class Typed:
    """What somebody typed for an indicator, and the entry that they had before them."""

    key: str
    value: Decimal | None
    note: str
    #: ``IndicatorEntry.number``; 0 where there was none.
    seen: int


class NotEntered(QuizError):
    """Nothing was entered; what is to be done is said of each indicator."""

    status = 409
    title = "没有保存"
    advice = "有几项需要核对，什么都没有保存。"

    def __init__(self, complaints: Mapping[str, str]) -> None:
        super().__init__()
        #: A sentence by indicator.
        self.complaints = complaints


def enter(year: int, typed: Iterable[Typed], user: User | None) -> Sequence[str]:
    """Enter what differs from what was seen; give the keys of it. ``user`` is None at the shell.

    Raises NotEntered where somebody else entered meanwhile, or a closed year is changed without a reason.
    """
    ensure_indicators()
    typed = list(typed)
    seen = queries.list_entries_seen(year, ((one.key, one.seen) for one in typed))
    changed = [one for one in typed if _differs(one, seen.get(one.key))]
    _refuse_overtaken(year, changed)
    _refuse_unexplained(year, changed, seen)
    for one in changed:
        _add(year, one, user)
    return [one.key for one in changed]


def _differs(typed: Typed, seen: IndicatorEntry | None) -> bool:
    if seen is None:
        return typed.value is not None
    return (typed.value, typed.note) != (seen.value, seen.note)


def _refuse_overtaken(year: int, changed: Iterable[Typed]) -> None:
    latest = queries.latest_entries(year)
    overtaken = {
        one.key: _overtaken_by(latest[one.key])
        for one in changed
        if one.key in latest and latest[one.key].number != one.seen
    }
    if overtaken:
        raise NotEntered(overtaken)


def _overtaken_by(entry: IndicatorEntry) -> str:
    value = UNFILLED if entry.value is None else print_number(entry.value)
    return f"这一项刚刚有人改过，现在是 {value}。请核对后重新保存。"


def _refuse_unexplained(year: int, changed: Iterable[Typed], seen: Mapping[str, IndicatorEntry]) -> None:
    if find_closed_figures(year) is None:
        return
    unexplained = {
        one.key: f"{year} 年已经封账。请在来源处写明更正的原因。"
        for one in changed
        if not one.note or (one.key in seen and one.note == seen[one.key].note)
    }
    if unexplained:
        raise NotEntered(unexplained)


def _add(year: int, typed: Typed, user: User | None) -> None:
    entry = IndicatorEntry(
        indicator_key=typed.key,
        year=year,
        number=typed.seen + 1,
        value=typed.value,
        note=typed.note,
        entered_by=user.id if user else None,
        entered_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(entry)
            db.session.flush()
    except IntegrityError as error:
        raise NotEntered({typed.key: "这一项刚刚有人改过。请核对后重新保存。"}) from error
    audit.record("enter", "indicator", f"{typed.key}/{year}", ["value", "note"])
