from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.attempts.scoring import Answer, Score, is_late, mark, score
from quizapp.campaigns.rules import KindRule, LateRule, MultipleRule
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


def blank(*filled: str, points: str = "10", gaps: int = 3, in_order: bool = True) -> Decimal:
    """What a question earns whose gaps want 1, 2, 3…"""
    keys = tuple((str(n),) for n in range(1, gaps + 1))
    question = asked(1, Kind.BLANK, gaps=keys, gaps_in_order=in_order)
    return mark(Answer(question, filled=filled), Decimal(points), ALL)


def test_each_gap_earns_its_share_rounded_half_up_to_hundredths() -> None:
    assert blank("1", "2", "3") == 10
    assert blank("1", "2", "x") == Decimal("6.67")
    assert blank("1", "", "") == Decimal("3.33")
    assert blank("", "", "") == 0
    assert blank("1", "x", points="0.75", gaps=2) == Decimal("0.38")
    assert blank("一", "二", "", points="0.5", gaps=3) == Decimal("0.33")


def test_gaps_count_in_their_order_or_in_any() -> None:
    assert blank("3", "1", "2") == 0
    assert blank("3", "1", "2", in_order=False) == 10
    assert blank("3", "3", "3", in_order=False) == Decimal("3.33")


def test_a_blank_question_without_gaps_earns_nothing() -> None:
    assert blank(gaps=0) == 0


def test_half_of_odd_hundredths_is_kept_in_hundredths() -> None:
    assert mark(answer(Kind.MULTIPLE, 0), Decimal("0.75"), HALF) == Decimal("0.38")


choices = st.frozensets(st.integers(0, 3))
fillings = st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["50000", "５万", "安全"])), max_size=2)
#: 0.5 to 100 in hundredths.
some_points = st.integers(50, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)


@given(
    st.lists(st.tuples(st.sampled_from(Kind), choices, fillings), min_size=1, max_size=20),
    st.sampled_from(MultipleRule),
    some_points,
)
def test_no_paper_earns_less_than_nothing_or_more_than_all(
    given_answers: list[tuple[Kind, frozenset[int], list[str]]], rule: MultipleRule, points: Decimal
) -> None:
    answers = [
        Answer(asked(n, kind), chosen, tuple(filled))
        for n, (kind, chosen, filled) in enumerate(given_answers)
    ]
    kinds = {kind: KindRule(1, points) for kind in Kind}
    result = score(answers, make_rules([1], multiple_rule=rule, kinds=kinds), late=False)
    assert 0 <= result.points <= result.full
    assert result.points == result.points.quantize(Decimal("0.01"))
    assert result.passed == (result.points / result.full >= Decimal("0.6"))


@given(choices)
def test_half_for_part_never_gives_less_than_all_or_nothing(chosen: frozenset[int]) -> None:
    given_answer = Answer(asked(1, Kind.MULTIPLE), chosen)
    assert mark(given_answer, TEN, HALF) >= mark(given_answer, TEN, ALL)
