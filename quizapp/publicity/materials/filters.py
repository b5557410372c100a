"""The filters of the lists of balances and movements, as they stand in their addresses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from quizapp.core.addressing import find_day, find_number, write_day
from quizapp.core.wording import read_choice, read_words
from quizapp.publicity.materials.list_queries import BalanceFilters, BalanceOrder, Filters, Order
from quizapp.publicity.materials.models import MovementKind

Address = dict[str, Any]


def read_filters(args: Mapping[str, str]) -> Filters:
    """What an address asks for of movements; what nobody understands narrows nothing."""
    return Filters(
        kind=read_choice(MovementKind, args.get("kind")),
        unit_id=find_number(args.get("unit")),
        material_id=find_number(args.get("material")),
        first=find_day(args.get("from")),
        last=find_day(args.get("to")),
        words=read_words(args.get("words")),
        order=read_choice(Order, args.get("order")) or Order.DAY,
        descending=args.get("sort") != "up",
    )


def write_filters(filters: Filters) -> Address:
    """The same for an address; None for what narrows nothing."""
    return {
        "kind": filters.kind,
        "unit": filters.unit_id,
        "material": filters.material_id,
        "from": write_day(filters.first),
        "to": write_day(filters.last),
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
        day=find_day(args.get("day")) or today,
        unit_id=find_number(args.get("unit")),
        category=read_words(args.get("category")),
        words=read_words(args.get("words")),
        order=read_choice(BalanceOrder, args.get("order")) or BalanceOrder.UNIT,
        descending=args.get("sort") == "down",
    )


def write_balance_filters(filters: BalanceFilters, today: date) -> Address:
    """The same for an address; None for what is so anyway."""
    return {
        "day": write_day(filters.day) if filters.day != today else None,
        "unit": filters.unit_id,
        "category": filters.category or None,
        "words": filters.words or None,
        "order": filters.order if filters.order is not BalanceOrder.UNIT else None,
        "sort": "down" if filters.descending else None,
    }
