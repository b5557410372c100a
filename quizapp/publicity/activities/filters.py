"""The filters of the list of activities, as they stand in its address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from quizapp.core.addressing import read_number
from quizapp.core.wording import read_choice
from quizapp.publicity.activities.months import last_day, read_month
from quizapp.publicity.activities.queries import Filters, Order
from quizapp.publicity.workflow import State

LONGEST_WORDS = 80


def read_filters(args: Mapping[str, str]) -> Filters:
    """What an address asks for; what nobody understands narrows nothing."""
    month = read_month(args.get("month", ""))
    return Filters(
        state=read_choice(State, args.get("state")),
        kind_id=_number(args.get("kind")),
        unit_id=_number(args.get("unit")),
        begins_from=month or _day(args.get("from")),
        begins_until=last_day(month) if month else _day(args.get("to")),
        words=args.get("words", "").replace("\x00", "").strip()[:LONGEST_WORDS],
        order=read_choice(Order, args.get("order")) or Order.DAY,
        descending=args.get("sort") != "up",
    )


def write_filters(filters: Filters) -> dict[str, Any]:
    """The same for an address; None for what narrows nothing."""
    return {
        "state": filters.state,
        "kind": filters.kind_id,
        "unit": filters.unit_id,
        "from": _text(filters.begins_from),
        "to": _text(filters.begins_until),
        "words": filters.words or None,
        "order": filters.order if filters.order is not Order.DAY else None,
        "sort": None if filters.descending else "up",
    }


def is_narrowed(filters: Filters) -> bool:
    """Whether the filters leave something out."""
    kept = write_filters(filters)
    return any(kept[name] for name in ("state", "kind", "unit", "from", "to", "words"))


def _number(text: str | None) -> int | None:
    try:
        return read_number(text or "") or None
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
