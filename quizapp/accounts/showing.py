"""What the list of units shows: the tree opened at one unit, or what a search finds in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from quizapp.accounts import queries, unit_queries
from quizapp.accounts.models import Unit, UnitKind, User
from quizapp.accounts.roles import Role
from quizapp.core.paging import Page, read_page
from quizapp.extensions import db

#: In the place of a kind: units of any that are closed.
CLOSED = "closed"
#: The columns that the list sorts by; by default units stand in the order they were made.
ORDERS = {"name": Unit.name, "kind": Unit.kind, "headcount": Unit.headcount}


@dataclass(frozen=True)
class UnitFilter:
    """What the address asks for."""

    words: str = ""
    #: A kind's value, or CLOSED.
    kind: str | None = None
    #: The unit at which the tree is opened; None for the highest.
    under: int | None = None
    order: str | None = None
    is_down: bool = False

    @property
    def is_search(self) -> bool:
        """Whether units are looked for in the whole tree."""
        return bool(self.words or self.kind)

    def address(self) -> dict[str, Any]:
        """The same as an address holds it."""
        return {
            "words": self.words or None,
            "kind": self.kind,
            "under": None if self.is_search else self.under,
            "order": self.order,
            "sort": "down" if self.is_down else None,
        }


@dataclass(frozen=True)
class ShownUnits:
    """A page of units with what stands beside them."""

    page: Page[Unit]
    #: The opened unit after those above it; empty where units are searched.
    path: Sequence[Unit]
    #: How many units are beneath each.
    beneath: dict[int, int]
    #: The names above each, where units are searched.
    above: dict[int, list[str]]


def show_units(actor: User, wanted: UnitFilter, number: int) -> ShownUnits:
    """A page of the units that an administrator reaches. Raises NotFound where ``under`` is beyond reach."""
    path: Sequence[Unit] = ()
    if wanted.is_search:
        closed = True if wanted.kind == CLOSED else None
        kind = None if closed or wanted.kind is None else UnitKind(wanted.kind)
        chosen = unit_queries.select_units_for(actor, wanted.words, kind, closed)
    else:
        path, chosen = _open_tree(actor, wanted.under)
    page = read_page(_ordered(chosen, wanted), number)
    ids = [unit.id for unit in [*path, *page.items]]
    above = unit_queries.paths_of(ids) if wanted.is_search else {}
    return ShownUnits(page, path, unit_queries.count_beneath(ids), above)


def _open_tree(actor: User, under: int | None) -> tuple[Sequence[Unit], Select[Unit]]:
    """The way to a unit and those directly beneath it; where the actor has several highest ones, these."""
    tops = unit_queries.select_tops_for(actor)
    if under is not None:
        opened = queries.get_unit_for(actor, under, Role.ADMINISTRATOR)
    else:
        highest = db.session.scalars(tops.limit(2)).all()
        if len(highest) != 1:
            return (), tops
        opened = highest[0]
    return unit_queries.list_path_for(actor, opened), unit_queries.select_children_for(actor, opened)


def _ordered(chosen: Select[Unit], wanted: UnitFilter) -> Select[Unit]:
    column = ORDERS.get(wanted.order or "")
    if column is None:
        return chosen.order_by(Unit.id)
    return chosen.order_by((column.desc() if wanted.is_down else column.asc()).nulls_last(), Unit.id)
