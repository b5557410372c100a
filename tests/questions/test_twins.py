from hypothesis import given
from hypothesis import strategies as st

from quizapp.questions.twins import NEAR, Twins, shingles

STEM = "生产经营单位应当对从业人员进行安全生产教育和培训"
OPTIONS = ("每年一次", "上岗之前", "从不进行")


def test_a_question_with_a_word_changed_is_near_whatever_the_order_of_its_options() -> None:
    twins = Twins({7: (STEM, OPTIONS), 8: ("矿山企业应当设置专职安全生产管理人员", ("对", "错"))})
    assert twins.find((f"{STEM}吗？", OPTIONS[::-1])) == 7


def test_the_same_stem_with_other_options_is_another_question() -> None:
    twins = Twins({7: ("下列说法正确的是", OPTIONS)})
    assert twins.find(("下列说法正确的是", ("报警", "灭火", "逃生"))) is None


def test_of_several_the_nearest_is_found() -> None:
    twins = Twins({1: (f"{STEM}并且考试", OPTIONS), 2: (STEM, OPTIONS), 3: (STEM, OPTIONS)})
    assert twins.find((STEM, OPTIONS)) == 2


def test_an_empty_bank_has_no_twin() -> None:
    assert Twins({}).find((STEM, OPTIONS)) is None


@given(
    st.lists(
        st.text(alphabet="安全生产应急救援", min_size=1, max_size=12), min_size=1, max_size=15, unique=True
    ),
    st.text(alphabet="安全生产应急救援", min_size=1, max_size=12),
)
def test_what_is_found_is_the_nearest_by_comparing_with_all(stems: list[str], stem: str) -> None:
    pieces = shingles(stem, ())

    def nearness(other: str) -> float:
        others = shingles(other, ())
        return len(pieces & others) / len(pieces | others)

    best = max(nearness(other) for other in stems)
    found = Twins(dict(enumerate((other, ()) for other in stems))).find((stem, ()))
    if found is None:
        assert best < NEAR
    else:
        assert nearness(stems[found]) == best >= NEAR
