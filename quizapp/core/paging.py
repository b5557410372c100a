"""A long list, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func

from quizapp.extensions import db

Item = TypeVar("Item")

#: Rows of a page.
PAGE_SIZE = 50


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some of a list's rows. ``number`` is 1 for the first page; ``total`` counts all rows."""

    items: Sequence[Item]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """The number of the last page, 1 where the list is empty."""
        return max(1, -(-self.total // self.size))


def read_page(
    statement: Select[*tuple[Any, ...]], number: int, size: int = PAGE_SIZE, total: int | None = None
) -> Page[Any]:
    """The rows of one page of an ordered select; beyond the last, the last. ``total`` where it is known."""
    if total is None:
        counted = statement.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
        total = db.session.scalar(counted) or 0
    number = min(max(1, number), max(1, -(-total // size)))
    rows = db.session.execute(statement.limit(size).offset((number - 1) * size)).all()
    return Page([row[0] if len(row) == 1 else row for row in rows], number, total, size)


def slice_page(rows: Sequence[Item], number: int, size: int = PAGE_SIZE) -> Page[Item]:
    """The same of rows that are there already."""
    number = min(max(1, number), max(1, -(-len(rows) // size)))
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)
