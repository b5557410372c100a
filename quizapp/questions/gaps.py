"""Whether what somebody typed into the gaps of a blank question is right."""

import re
from collections.abc import Sequence

from quizapp.core.numerals import fold_numerals
from quizapp.questions.folding import fold

_SPACE = re.compile(r"\s+")
#: From one number to another (5~10), and a minus before a number, however the dash is drawn.
_RANGE = re.compile(r"(?<=[0-9%])[-~‐-―−]+(?=-?[0-9])")
_MINUS = re.compile(r"[‐-―−](?=[0-9])")
#: Neither letters nor digits, but for decimal points, minus, shares and comparisons.
_MARKS = re.compile(r"(?:(?!(?<=[0-9])\.[0-9]|-[0-9])[^\w%‰+<=>±×÷≤≥≈]|_)+")


def fold_filled(text: str) -> str:
    """What a typed answer says, whatever its width, case, spaces, punctuation and way of writing numbers.

    Decimal points, minus, % and signs of comparison stay; between two digits other marks leave
    a space, so that 1、2 is not 12. Where nothing but marks was typed, those are what it says.
    """
    folded = fold_numerals(_SPACE.sub("", fold(text)))
    folded = _MINUS.sub("-", _RANGE.sub("-", folded))
    return _MARKS.sub(_keep_apart, folded) or folded


def _keep_apart(marks: re.Match[str]) -> str:
    before, after = marks.string[: marks.start()][-1:], marks.string[marks.end() :][:1]
    return " " if before.isdecimal() and after.isdecimal() else ""


def matches(accepted: Sequence[str], filled: str) -> bool:
    """Whether a typed answer is one of a gap's accepted answers; an empty one never is."""
    said = fold_filled(filled)
    return bool(said) and said in map(fold_filled, accepted)


def match_gaps(
    gaps: Sequence[Sequence[str]], in_order: bool, filled: Sequence[str]
) -> tuple[int | None, ...]:
    """For each typed answer the gap that it rightly fills, None where it fills none.

    ``filled`` holds at most as many answers as there are gaps. In order, each belongs to the gap of its
    place. In any order, as many as can be are matched to gaps of their own; saying the same
    again fills no second gap, unless no other answer would do there either.
    """
    if in_order:
        pairs = enumerate(zip(gaps, filled, strict=False))
        return tuple(place if matches(accepted, text) else None for place, (accepted, text) in pairs)
    keys = [frozenset(map(fold_filled, accepted)) for accepted in gaps]
    said = [fold_filled(text) for text in filled]
    holders: dict[int, int] = {}
    for place, text in enumerate(said):
        allowed = max(1, keys.count(frozenset({text})))
        if text and said[:place].count(text) < allowed:
            _seat(place, said, keys, holders, set())
    seats = {place: gap for gap, place in holders.items()}
    return tuple(seats.get(place) for place in range(len(said)))


def _seat(
    place: int, said: Sequence[str], keys: Sequence[frozenset[str]], holders: dict[int, int], tried: set[int]
) -> bool:
    """Find a gap for an answer, moving others to other gaps of theirs (Kuhn's algorithm)."""
    for gap, key in enumerate(keys):
        if said[place] in key and gap not in tried:
            tried.add(gap)
            if gap not in holders or _seat(holders[gap], said, keys, holders, tried):
                holders[gap] = place
                return True
    return False


def count_right(gaps: Sequence[Sequence[str]], in_order: bool, filled: Sequence[str]) -> int:
    """How many gaps are filled rightly."""
    return sum(gap is not None for gap in match_gaps(gaps, in_order, filled))
