"""The filters of the lists of balances and movements, as they stand in their addresses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from quizapp.core.addressing import read_number
from quizapp.core.wording import read_choice
from quizapp.publicity.materials.list_queries import BalanceFilters, BalanceOrder, Filters, Order
from quizapp.publicity.materials.models import MovementKind

LONGEST_WORDS = 80

Address = dict[str, Any]


def read_filters(args: Mapping[str, str]) -> Filters:
    """What an address asks for of movements; what nobody understands narrows nothing."""
    return Filters(
        kind=read_choice(MovementKind, args.get("kind")),
        unit_id=_number(args.get("unit")),
        material_id=_number(args.get("material")),
        first=read_date(args.get("from")),
        last=read_date(args.get("to")),
        words=_words(args),
        order=read_choice(Order, args.get("order")) or Order.DAY,
        descending=args.get("sort") != "up",
    )


def write_filters(filters: Filters) -> Address:
    """The same for an address; None for what narrows nothing."""
    return {
        "kind": filters.kind,
        "unit": filters.unit_id,
        "material": filters.material_id,
        "from": _text(filters.first),
        "to": _text(filters.last),
        "words": filters.words or None,
        "order": filters.order if filters.order is not Order.DAY else None,
        "sort": None if filters.descending else "up",
    }


def is_narrowed(address: Address) -> bool:
    """Whether the filters of an address leave something out."""
    return any(address.get(name) for name in ("kind", "unit", "material", "from", "to", "words", "category"))


def read_balance_filters(args: Mapping[str, str], today: date) -> BalanceFilters:
    """What an address asks for of balances; today's unless it names a day."""
    return BalanceFilters(
        day=read_date(args.get("day")) or today,
        unit_id=_number(args.get("unit")),
        category=args.get("category", "").replace("\x00", ""),
        words=_words(args),
        order=read_choice(BalanceOrder, args.get("order")) or BalanceOrder.UNIT,
        descending=args.get("sort") == "down",
    )


def write_balance_filters(filters: BalanceFilters, today: date) -> Address:
    """The same for an address; None for what is so anyway."""
    return {
        "day": _text(filters.day) if filters.day != today else None,
        "unit": filters.unit_id,
        "category": filters.category or None,
        "words": filters.words or None,
        "order": filters.order if filters.order is not BalanceOrder.UNIT else None,
        "sort": "down" if filters.descending else None,
    }


def read_date(text: str | None) -> date | None:
    """A day as a date field writes it, None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _words(args: Mapping[str, str]) -> str:
    return args.get("words", "").replace("\x00", "").strip()[:LONGEST_WORDS]


def _number(text: str | None) -> int | None:
    try:
        return read_number(text or "") or None
    except ValueError:
        return None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
