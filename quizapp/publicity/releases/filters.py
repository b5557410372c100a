"""The filters of the list of releases, as they stand in its address."""

from collections.abc import Mapping
from typing import Any

from quizapp.core.addressing import find_day, find_number, write_day
from quizapp.core.wording import read_choice, read_words
from quizapp.publicity.months import last_day, read_month
from quizapp.publicity.releases.models import Level, ReleaseKind
from quizapp.publicity.releases.queries import Filters, Order
from quizapp.publicity.workflow import State


def read_filters(args: Mapping[str, str]) -> Filters:
    """What an address asks for; what nobody understands narrows nothing."""
    month = read_month(args.get("month", ""))
    return Filters(
        state=read_choice(State, args.get("state")),
        level=read_choice(Level, args.get("level")),
        kind=read_choice(ReleaseKind, args.get("kind")),
        unit_id=find_number(args.get("unit")),
        day_from=month or find_day(args.get("from")),
        day_until=last_day(month) if month else find_day(args.get("to")),
        repeated=args.get("repeated") == "1",
        words=read_words(args.get("words")),
        order=read_choice(Order, args.get("order")) or Order.DAY,
        descending=args.get("sort") != "up",
    )


def write_filters(filters: Filters) -> dict[str, Any]:
    """The same for an address; None for what narrows nothing."""
    return {
        "state": filters.state,
        "level": filters.level,
        "kind": filters.kind,
        "unit": filters.unit_id,
        "from": write_day(filters.day_from),
        "to": write_day(filters.day_until),
        "repeated": "1" if filters.repeated else None,
        "words": filters.words or None,
        "order": filters.order if filters.order is not Order.DAY else None,
        "sort": None if filters.descending else "up",
    }


def is_narrowed(filters: Filters) -> bool:
    """Whether the filters leave something out."""
    return any(value for name, value in write_filters(filters).items() if name not in {"order", "sort"})
