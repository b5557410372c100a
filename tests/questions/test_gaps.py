import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.questions.gaps import count_right, fold_filled, match_gaps, matches


@pytest.mark.parametrize(
    "filled",
    ["50000", "五万", "5万", " 5 万 ", "５００００", "50,000", "50，000", "5 0 0 0 0", "“五万”", "五万。"],
)
def test_a_number_is_right_however_it_is_written(filled: str) -> None:
    assert matches(["50000"], filled)
    assert matches(["五万"], filled)


@pytest.mark.parametrize(
    ("accepted", "filled"),
    [
        ("安全第一、预防为主", "安全第一预防为主"),
        ("安全生产法", "《安全生产法》"),
        ("GB/T", "ｇｂ t"),
        ("第二十一条", "第21条"),
        ("百分之五", "5 %"),
        ("-5", "－5"),
        ("5~10", "5—10"),
        ("√", "√"),
    ],
)
def test_width_case_spaces_and_punctuation_do_not_matter(accepted: str, filled: str) -> None:
    assert matches([accepted], filled)


@pytest.mark.parametrize(
    ("accepted", "filled"),
    [
        ("15", "1.5"),
        ("5", "-5"),
        ("5", "5%"),
        ("12", "1、2"),
        ("510", "5~10"),
        ("≥18", "≤18"),
        ("安全", "安全生产"),
        ("安全", ""),
        ("", ""),
        ("安全", "。"),
    ],
)
def test_what_says_something_else_is_wrong(accepted: str, filled: str) -> None:
    assert not matches([accepted], filled)


def test_in_order_each_answer_belongs_to_its_place() -> None:
    gaps = [["甲", "A"], ["乙"], ["丙"]]
    assert match_gaps(gaps, True, ["a", "丙", "丙"]) == (0, None, 2)
    assert count_right(gaps, True, ["乙", "甲", "丙"]) == 1


def test_in_any_order_each_answer_fills_one_gap() -> None:
    gaps = [["甲", "A"], ["乙"], ["丙"]]
    assert match_gaps(gaps, False, ["丙", "甲", "丁"]) == (2, 0, None)
    assert count_right(gaps, False, ["甲", "A", "乙"]) == 2


def test_an_answer_makes_way_where_it_fits_elsewhere() -> None:
    assert match_gaps([["甲", "乙"], ["甲"]], False, ["甲", "乙"]) == (1, 0)


def test_the_same_twice_is_not_rewarded_twice() -> None:
    assert count_right([["甲", "乙"], ["甲", "乙"]], False, ["甲", "甲"]) == 1
    assert count_right([["甲"], ["乙"]], False, ["甲", " 甲 "]) == 1
    assert count_right([["甲"], ["甲"]], False, ["甲", "甲"]) == 2  # nothing else would be right


answers = st.lists(st.sampled_from(["甲", "乙", "丙", "5", "五", ""]), max_size=4)


@given(
    st.lists(st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), min_size=1, max_size=3), max_size=4), answers
)
def test_in_any_order_never_counts_less_than_the_best_without_repeats(
    gaps: list[list[str]], filled: list[str]
) -> None:
    """Compared with trying every assignment of the different answers to gaps."""
    filled = filled[: len(gaps)]
    different = list(dict.fromkeys(text for text in filled if text))

    def best(left: list[str], free: frozenset[int]) -> int:
        if not left:
            return 0
        takes = [1 + best(left[1:], free - {n}) for n in free if left[0] in gaps[n]]
        return max([best(left[1:], free), *takes])

    found = count_right(gaps, False, filled)
    most = best(different, frozenset(range(len(gaps))))
    single = [gap[0] for gap in gaps if len(set(gap)) == 1]
    alike = len(set(single)) < len(single)  # two gaps that want the same one thing
    assert found == most or (found > most and alike)


@given(st.text(), st.text())
def test_folding_never_fails_and_all_right_is_right(accepted: str, filled: str) -> None:
    assert matches([accepted], accepted) is bool(fold_filled(accepted))
    assert isinstance(matches([accepted], filled), bool)
