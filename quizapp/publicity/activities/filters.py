"""The filters of the list of activities, as they stand in its address."""

from collections.abc import Mapping
from typing import Any

from quizapp.core.addressing import find_day, find_number, write_day
from quizapp.core.wording import read_choice, read_words
from quizapp.publicity.activities.queries import Filters, Order
from quizapp.publicity.months import last_day, read_month
from quizapp.publicity.workflow import State


def read_filters(args: Mapping[str, str]) -> Filters:
    """What an address asks for; what nobody understands narrows nothing."""
    month = read_month(args.get("month", ""))
    return Filters(
        state=read_choice(State, args.get("state")),
        kind_id=find_number(args.get("kind")),
        unit_id=find_number(args.get("unit")),
        begins_from=month or find_day(args.get("from")),
        begins_until=last_day(month) if month else find_day(args.get("to")),
        words=read_words(args.get("words")),
        order=read_choice(Order, args.get("order")) or Order.DAY,
        descending=args.get("sort") != "up",
    )


def write_filters(filters: Filters) -> dict[str, Any]:
    """The same for an address; None for what narrows nothing."""
    return {
        "state": filters.state,
        "kind": filters.kind_id,
        "unit": filters.unit_id,
        "from": write_day(filters.begins_from),
        "to": write_day(filters.begins_until),
        "words": filters.words or None,
        "order": filters.order if filters.order is not Order.DAY else None,
        "sort": None if filters.descending else "up",
    }


def is_narrowed(filters: Filters) -> bool:
    """Whether the filters leave something out."""
    kept = write_filters(filters)
    return any(kept[name] for name in ("state", "kind", "unit", "from", "to", "words"))
