"""Sharing a paper's questions out among banks and chapters: fair shares, and their rounding by lot."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from random import Random


def even_shares(sizes: Sequence[int], given: Sequence[int], count: int) -> list[Fraction]:
    """How many of ``count`` each of several givers owes, so that all have given as evenly as they can.

    ``sizes`` is what each holds, ``given`` what each gave before. The shares add up to ``count``, or
    to all there is; those who share the last of it owe equal parts.
    """
    turns = sorted(
        before + turn
        for before, size in zip(given, sizes, strict=True)
        for turn in range(min(size, count + 1))
    )
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


class ShareTable:
    """Shares in rows and columns, made ready once to be rounded many times."""

    def __init__(self, rows: Sequence[Sequence[Fraction]]) -> None:
        self.height, self.width = len(rows), len(rows[0])
        #: Every share counts in parts, of which so many are one.
        self.whole = lcm(*(share.denominator for row in rows for share in row))
        self.parts = [share.numerator * (self.whole // share.denominator) for row in rows for share in row]
        #: Of each line those that it crosses in an open share. The columns come first, then the rows.
        self.ways: list[list[int]] = [[] for _ in range(self.width + self.height)]
        for place, part in enumerate(self.parts):
            if part % self.whole:
                column, row = place % self.width, self.width + place // self.width
                self.ways[column].append(row)
                self.ways[row].append(column)

    def round(self, random: Random) -> list[list[int]]:
        """Round every share down or up by lot, so that sums are rounded too and chances stay.

        The sums of rows and of columns come out rounded down or up as well (whole sums unchanged),
        and each share is on average what it was: 2.3 becomes 3 three times in ten. Dependent rounding
        (Gandhi, Khuller, Parthasarathy, Srinivasan: Dependent rounding and its applications to
        approximation algorithms, J. ACM 53, 2006): along a circle of open shares, or a path that
        ends where a line has no other, something is taken from every second and given to the others.
        """
        parts, ways = self.parts.copy(), [ends.copy() for ends in self.ways]
        while path := self._find_path(ways):
            takers, givers = path[::2], path[1::2]
            up, down = self._room(parts, takers, givers), self._room(parts, givers, takers)
            step = up if random.random() * (up + down) < down else -down
            for place in takers:
                parts[place] += step
            for place in givers:
                parts[place] -= step
            for place in path:
                if parts[place] % self.whole == 0:
                    column, row = place % self.width, self.width + place // self.width
                    ways[column].remove(row)
                    ways[row].remove(column)
        whole = [part // self.whole for part in parts]
        return [whole[row * self.width : (row + 1) * self.width] for row in range(self.height)]

    def _room(self, parts: Sequence[int], takers: Sequence[int], givers: Sequence[int]) -> int:
        """How much each taker can gain and each giver lose until the first of them is whole."""
        gains = [self.whole - parts[place] % self.whole for place in takers]
        return min(gains + [parts[place] % self.whole for place in givers])

    def _find_path(self, ways: Sequence[Sequence[int]]) -> list[int]:
        """Places of open shares, each in one row or column with the next by turns; empty where none is."""
        crossings = [len(ends) for ends in ways]
        if not any(crossings):
            return []
        line = crossings.index(1) if 1 in crossings else crossings.index(max(crossings))
        walk, before = [line], -1
        while ahead := [end for end in ways[line] if end != before]:
            before, line = line, ahead[0]
            if line in walk:
                walk = walk[walk.index(line) :]
                walk.append(line)
                break
            walk.append(line)
        return [
            min(one, other) + (max(one, other) - self.width) * self.width for one, other in pairwise(walk)
        ]
