from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.attempts.scoring import Answer, Score, is_late, mark, score
from quizapp.campaigns.rules import LateRule, MultipleRule
from quizapp.questions.kinds import Kind
from tests.conftest import NOON
from tests.factories import asked, make_rules

TEN = Decimal(10)
ALL, HALF = MultipleRule.ALL_OR_NOTHING, MultipleRule.HALF_FOR_PART


def answer(kind: Kind, *chosen: int) -> Answer:
    """An answer to a question whose key is the first option, of a multiple one the first two."""
    return Answer(asked(1, kind), frozenset(chosen))


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.TRUE_FALSE])
@pytest.mark.parametrize("rule", [ALL, HALF])
def test_single_and_true_false_are_all_or_nothing(kind: Kind, rule: MultipleRule) -> None:
    assert mark(answer(kind, 0), TEN, rule) == 10
    assert mark(answer(kind, 1), TEN, rule) == 0
    assert mark(answer(kind, 0, 1), TEN, rule) == 0
    assert mark(answer(kind), TEN, rule) == 0


@pytest.mark.parametrize(
    ("chosen", "all_or_nothing", "half_for_part"),
    [
        ((0, 1), 10, 10),
        ((0,), 0, 5),
        ((1,), 0, 5),
        ((), 0, 0),
        ((0, 2), 0, 0),
        ((0, 1, 2), 0, 0),
        ((2, 3), 0, 0),
    ],
)
def test_multiple_is_scored_by_its_rule(
    chosen: tuple[int, ...], all_or_nothing: int, half_for_part: int
) -> None:
    assert mark(answer(Kind.MULTIPLE, *chosen), TEN, ALL) == all_or_nothing
    assert mark(answer(Kind.MULTIPLE, *chosen), TEN, HALF) == half_for_part


def test_a_paper_adds_up() -> None:
    """10 + 0 of two single, 10 of 20 for a part, 10 for true/false: 30 of 50, just the 60% to pass."""
    answers = [
        answer(Kind.SINGLE, 0),
        answer(Kind.SINGLE, 1),
        answer(Kind.MULTIPLE, 1),
        answer(Kind.TRUE_FALSE, 0),
    ]
    result = score(answers, make_rules([1], multiple_rule=HALF), late=False)
    assert result == Score(points=Decimal(30), full=Decimal(50), passed=True, late=False)
    assert not score(answers, make_rules([1], multiple_rule=HALF, pass_percent=61), late=False).passed


def test_a_late_paper_is_scored_as_the_rule_says() -> None:
    answers = [answer(Kind.SINGLE, 0)]
    counted = score(answers, make_rules([1], late_rule=LateRule.COUNT), late=True)
    nought = score(answers, make_rules([1], late_rule=LateRule.ZERO), late=True)
    assert counted == Score(TEN, TEN, passed=True, late=True)
    assert nought == Score(Decimal(0), TEN, passed=False, late=True)


@pytest.mark.parametrize(("seconds", "late"), [(-1, False), (0, False), (10, False), (11, True)])
def test_ten_seconds_of_grace_are_given(seconds: int, late: bool) -> None:
    due: datetime = NOON
    assert is_late(due + timedelta(seconds=seconds), due) is late


choices = st.frozensets(st.integers(0, 3))


@given(
    st.lists(
        st.tuples(st.sampled_from([Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE]), choices),
        min_size=1,
        max_size=20,
    ),
    st.sampled_from(MultipleRule),
)
def test_no_paper_earns_less_than_nothing_or_more_than_all(
    choices: list[tuple[Kind, frozenset[int]]], rule: MultipleRule
) -> None:
    answers = [Answer(asked(n, kind), chosen) for n, (kind, chosen) in enumerate(choices)]
    result = score(answers, make_rules([1], multiple_rule=rule), late=False)
    assert 0 <= result.points <= result.full
    assert result.passed == (result.points / result.full >= Decimal("0.6"))


@given(choices)
def test_half_for_part_never_gives_less_than_all_or_nothing(chosen: frozenset[int]) -> None:
    given_answer = Answer(asked(1, Kind.MULTIPLE), chosen)
    assert mark(given_answer, TEN, HALF) >= mark(given_answer, TEN, ALL)
