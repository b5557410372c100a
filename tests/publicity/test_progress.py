"""Progress against a year's plan, by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.publicity.targets.progress import (
    Passed,
    Standing,
    add_up,
    order_laggards_first,
    passed_of,
    stand,
)


@pytest.mark.parametrize(
    ("year", "today", "days", "of", "percent"),
    [
        (2026, date(2026, 1, 1), 0, 365, "0.0"),
        (2026, date(2026, 1, 2), 1, 365, "0.3"),
        (2026, date(2026, 7, 2), 182, 365, "49.9"),
        (2026, date(2026, 12, 31), 364, 365, "99.7"),
        (2024, date(2024, 12, 31), 365, 366, "99.7"),
        (2025, date(2026, 1, 1), 365, 365, "100.0"),
        (2025, date(2030, 1, 1), 365, 365, "100.0"),
        (2027, date(2026, 12, 31), 0, 365, "0.0"),
    ],
)
def test_so_much_of_a_year_has_passed(year: int, today: date, days: int, of: int, percent: str) -> None:
    passed = passed_of(year, today)
    assert (passed.days, passed.of, passed.percent) == (days, of, Decimal(percent))


@pytest.mark.parametrize(
    ("planned", "done", "passed", "wanting", "percent"),
    [
        (4, 0, Passed(0, 365), 0, "0.0"),  # 1 January
        (4, 0, Passed(91, 365), 0, "0.0"),  # 0.997 are due, which is none
        (4, 0, Passed(92, 365), 1, "0.0"),  # 1.008 are due
        (4, 1, Passed(92, 365), 0, "25.0"),
        (12, 3, Passed(182, 365), 2, "25.0"),  # 5.98 are due
        (1, 0, Passed(364, 365), 0, "0.0"),  # a plan of one has all the year
        (1, 0, Passed(365, 365), 1, "0.0"),
        (3, 1, Passed(365, 365), 2, "33.3"),
        (3, 2, Passed(365, 365), 1, "66.7"),
        (2, 5, Passed(365, 365), 0, "250.0"),
        (100, 0, Passed(0, 365), 0, "0.0"),  # a coming year
    ],
)
def test_a_target_lags_where_less_is_done_than_is_due(
    planned: int, done: int, passed: Passed, wanting: int, percent: str
) -> None:
    standing = stand(planned, done, passed)
    assert (standing.wanting, standing.lags, standing.percent) == (wanting, wanting > 0, Decimal(percent))


@given(st.integers(1, 100_000), st.integers(0, 200_000), st.integers(0, 366), st.sampled_from([365, 366]))
def test_no_more_is_wanting_by_now_than_of_the_whole_plan(
    planned: int, done: int, days: int, of: int
) -> None:
    standing = stand(planned, done, Passed(min(days, of), of))
    assert 0 <= standing.wanting <= standing.left <= planned
    assert standing.wanting == 0 or not done >= planned


def test_what_is_done_counts_in_the_kinds_above_and_releases_in_none() -> None:
    parents = {1: None, 2: 1, 3: 2, 4: None}
    assert add_up({2: 5, 3: 7, 4: 1, None: 9}, parents) == {1: 12, 2: 12, 3: 7, 4: 1, None: 9}
    assert add_up({}, parents) == {1: 0, 2: 0, 3: 0, 4: 0, None: 0}


def test_a_ring_of_kinds_counts_each_once() -> None:
    assert add_up({1: 2}, {1: 2, 2: 1}) == {1: 2, 2: 2, None: 0}


def test_the_unit_with_most_wanting_comes_first_and_the_others_as_they_came() -> None:
    standings = [
        (7, [Standing(5, 5, 5)]),
        (8, [Standing(5, 4, 5), Standing(5, 9, 5)]),
        (9, [Standing(5, 3, 5)]),
        (6, []),
    ]
    assert order_laggards_first(standings) == [9, 8, 7, 6]
