"""Sharing a paper's questions out among banks and chapters: fair shares, and their rounding by lot."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from random import Random
from typing import TypeAlias

#: A row or a column of a table: which of the two, and its number.
_Line: TypeAlias = tuple[bool, int]
#: A place of a table: row and column.
_Cell: TypeAlias = tuple[int, int]


def even_shares(sizes: Sequence[int], given: Sequence[int], count: int) -> list[Fraction]:
    """How many of ``count`` each of several givers owes, so that all have given as evenly as they can.

    ``sizes`` is what each holds, ``given`` what each gave before. The shares add up to ``count``, or
    to all there is; those who share the last of it owe equal parts.
    """
    turns = sorted(before + turn for before, size in zip(given, sizes, strict=True) for turn in range(size))
    if count >= len(turns):
        return [Fraction(size) for size in sizes]
    last = turns[count]  # the turn that not all can have
    sure = [min(size, max(0, last - before)) for before, size in zip(given, sizes, strict=True)]
    waiting = [before <= last < before + size for before, size in zip(given, sizes, strict=True)]
    part = Fraction(count - sum(sure), sum(waiting))
    return [share + part * waits for share, waits in zip(sure, waiting, strict=True)]


def proportional_shares(sizes: Sequence[int], count: int) -> list[Fraction]:
    """How many of ``count`` each owes in proportion to what it holds; all of it where count is more."""
    held = sum(sizes)
    return [Fraction(size * min(count, held), held) if held else Fraction(0) for size in sizes]


def round_shares(table: Sequence[Sequence[Fraction]], random: Random) -> list[list[int]]:
    """Round every share of a table down or up by lot, so that sums are rounded too and chances stay.

    The sums of rows and of columns come out rounded down or up as well (whole sums unchanged), and
    each share is on average what it was: 2.3 becomes 3 three times in ten. Dependent rounding
    (Gandhi, Khuller, Parthasarathy, Srinivasan: Dependent rounding and its applications to
    approximation algorithms, J. ACM 53, 2006): along a circle of open shares, or a path that ends
    where a row or column has no other, something is taken from every second and given to the others.
    """
    whole = lcm(*(share.denominator for row in table for share in row))
    parts = {
        (row, column): share.numerator * (whole // share.denominator)
        for row, shares in enumerate(table)
        for column, share in enumerate(shares)
    }
    ways: dict[_Line, set[_Line]] = defaultdict(set)
    for cell in (cell for cell, part in parts.items() if part % whole):
        _open(ways, cell)
    while path := _find_path(ways):
        takers, givers = path[::2], path[1::2]
        up = _room(parts, whole, takers, givers)
        down = _room(parts, whole, givers, takers)
        step = up if random.randrange(up + down) < down else -down
        for place, cell in enumerate(path):
            parts[cell] += -step if place % 2 else step
            if not parts[cell] % whole:
                _close(ways, cell)
    return [
        [parts[row, column] // whole for column in range(len(shares))] for row, shares in enumerate(table)
    ]


def _room(parts: dict[_Cell, int], whole: int, takers: Sequence[_Cell], givers: Sequence[_Cell]) -> int:
    """How much each taker can gain and each giver lose until the first of them is whole."""
    return min([whole - parts[cell] % whole for cell in takers] + [parts[cell] % whole for cell in givers])


def _open(ways: dict[_Line, set[_Line]], cell: _Cell) -> None:
    row, column = (True, cell[0]), (False, cell[1])
    ways[row].add(column)
    ways[column].add(row)


def _close(ways: dict[_Line, set[_Line]], cell: _Cell) -> None:
    row, column = (True, cell[0]), (False, cell[1])
    for line, end in ((row, column), (column, row)):
        ways[line].remove(end)
        if not ways[line]:
            del ways[line]


def _find_path(ways: dict[_Line, set[_Line]]) -> list[_Cell]:
    """Open shares, each in one row or column with the next by turns; empty where none is open."""
    if not ways:
        return []
    walk = [next((line for line, ends in ways.items() if len(ends) == 1), next(iter(ways)))]
    before: _Line | None = None
    while ahead := next((line for line in ways[walk[-1]] if line != before), None):
        before = walk[-1]
        if ahead in walk:
            walk = [*walk[walk.index(ahead) :], ahead]
            break
        walk.append(ahead)
    return [(one[1], other[1]) if one[0] else (other[1], one[1]) for one, other in pairwise(walk)]
