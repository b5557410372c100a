from collections import Counter
from fractions import Fraction
from math import ceil, floor
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizapp.campaigns.sharing import ShareTable, even_shares, proportional_shares

HALF = Fraction(1, 2)
shares = st.fractions(0, 5, max_denominator=12)
tables = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(shares, min_size=columns, max_size=columns), min_size=1, max_size=5)
)


def test_what_cannot_be_parted_evenly_is_owed_in_equal_parts() -> None:
    assert even_shares([9, 9], [0, 0], 3) == [3 * HALF, 3 * HALF]
    assert even_shares([9, 9, 9], [0, 0, 0], 4) == [Fraction(4, 3)] * 3


def test_who_holds_little_gives_all_and_the_others_share_the_rest() -> None:
    assert even_shares([20, 20, 1], [0, 0, 0], 9) == [4, 4, 1]
    assert even_shares([2, 0], [0, 0], 5) == [2, 0]


def test_who_gave_before_waits_until_the_others_have_given_as_much() -> None:
    assert even_shares([4, 4], [3, 0], 3) == [0, 3]
    assert even_shares([4, 4], [3, 0], 4) == [HALF, 7 * HALF]


def test_proportional_shares_follow_what_is_held() -> None:
    assert proportional_shares([30, 10], 2) == [3 * HALF, HALF]
    assert proportional_shares([2, 1], 9) == [2, 1]
    assert proportional_shares([0, 0], 3) == [0, 0]


def test_an_open_share_becomes_more_as_often_as_its_part_says() -> None:
    """2.3 of a chapter and 1.7 of another are 2 and 2 seven times in ten, else 3 and 1."""
    row = [Fraction(23, 10), Fraction(17, 10)]
    outcomes = Counter(tuple(ShareTable([row]).round(Random(seed))[0]) for seed in range(4000))
    assert set(outcomes) == {(2, 2), (3, 1)}
    assert 1120 < outcomes[3, 1] < 1280


def test_kinds_and_chapters_are_both_kept_where_each_cell_is_open() -> None:
    """Two kinds of one question each over two equal chapters: never both from the same chapter."""
    table = ShareTable([[HALF, HALF], [HALF, HALF]])
    seen = Counter(str(table.round(Random(seed))) for seed in range(400))
    assert set(seen) == {"[[1, 0], [0, 1]]", "[[0, 1], [1, 0]]"}
    assert min(seen.values()) > 150


@given(tables, st.integers())
def test_shares_and_their_sums_are_rounded_down_or_up(table: list[list[Fraction]], seed: int) -> None:
    rounded = ShareTable(table).round(Random(seed))
    sums = [(sum(whole), sum(row)) for whole, row in zip(rounded, table, strict=True)]
    sums += [
        (sum(whole), sum(column))
        for whole, column in zip(zip(*rounded, strict=True), zip(*table, strict=True), strict=True)
    ]
    cells = [pair for whole, row in zip(rounded, table, strict=True) for pair in zip(whole, row, strict=True)]
    assert all(floor(share) <= whole <= ceil(share) for whole, share in [*cells, *sums])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=5), st.integers(0, 30))
def test_even_shares_add_up_and_none_exceeds_what_is_held(givers: list[tuple[int, int]], count: int) -> None:
    sizes, before = zip(*givers, strict=True)
    owed = even_shares(sizes, before, count)
    assert sum(owed) == min(count, sum(sizes))
    assert all(0 <= share <= size for share, size in zip(owed, sizes, strict=True))
