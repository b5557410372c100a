import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.questions.blanks import Gaps, read_gaps
from quizapp.questions.kinds import Kind
from quizapp.questions.parsed import Guess, ParsedQuestion, Problem, RawQuestion, UnaskableError
from quizapp.questions.validation import understand


def raw(
    stem: str, answer: str = "", gaps: tuple[str, ...] = (), order: str = "", kind: str = ""
) -> RawQuestion:
    return RawQuestion("第1行", stem, answer=answer, gaps=gaps, gap_order=order, kind=kind)


@pytest.mark.parametrize(
    ("stem", "answer", "shown", "accepted"),
    [
        ("罚款___万元", "五|5", "罚款____万元", (("五", "5"),)),
        ("先（　）后(  )", "报告；救援", "先____后____", (("报告",), ("救援",))),
        ("＿＿和__", "甲、乙", "____和____", (("甲",), ("乙",))),
        ("__和__和__", "甲 乙 丙", "____和____和____", (("甲",), ("乙",), ("丙",))),
        ("地点：____", "甲、乙之间", "地点：____", (("甲、乙之间",),)),
    ],
)
def test_each_gap_of_a_stem_gets_its_accepted_answers(
    stem: str, answer: str, shown: str, accepted: tuple[tuple[str, ...], ...]
) -> None:
    assert read_gaps(raw(stem, answer)) == Gaps(shown, accepted, in_order=True)


def test_a_stem_without_gaps_asks_to_enumerate_in_any_order() -> None:
    read = read_gaps(raw("四级有哪些？", gaps=("一级", "二级", "", "")))
    assert read == Gaps("四级有哪些？____、____", (("一级",), ("二级",)), in_order=False)


def test_a_file_may_say_that_the_order_does_not_count() -> None:
    assert not read_gaps(raw("__和__", "甲；乙", order="不分先后")).in_order


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (raw("__和__", "甲"), "题干有 2 个空，答案却有 1 个"),
        (raw("__"), "没有答案"),
        (raw("__", gaps=("", "甲")), "题干有 1 个空，答案却有 2 个"),
        (raw("__和__", gaps=("", "甲")), "有的空没有答案"),
        (raw("__", "长" * 101), "答案超过 100 字"),
        (raw("哪些？", "；".join("甲乙丙丁戊己庚辛壬癸子")), "超过 10 个空"),
    ],
)
def test_gaps_that_do_not_agree_with_the_answer_say_so(question: RawQuestion, reason: str) -> None:
    with pytest.raises(UnaskableError, match=reason):
        read_gaps(question)


def test_a_stem_with_a_line_to_fill_in_is_taken_for_a_blank_and_said_to_be_a_guess() -> None:
    read = understand(raw("罚款____万元", "五"))
    assert isinstance(read, ParsedQuestion)
    assert (read.kind, read.gaps, read.options, read.guesses) == (Kind.BLANK, (("五",),), (), (Guess.KIND,))


def test_a_named_blank_is_no_guess_and_has_no_options() -> None:
    read = understand(raw("罚款（ ）万元", "五", kind="填空题"))
    assert isinstance(read, ParsedQuestion)
    assert (read.stem, read.guesses) == ("罚款____万元", ())
    refused = understand(RawQuestion("第1行", "（ ）", ("甲", "乙"), "A", kind="填空题"))
    assert isinstance(refused, Problem)
    assert "不应有选项" in refused.reason


@given(st.text(alphabet="_＿（） ()甲", max_size=40), st.text(alphabet="甲|；、, \n", max_size=40))
def test_wild_blanks_are_read_or_refused_in_words(stem: str, answer: str) -> None:
    read = understand(raw(stem, answer, kind="填空"))
    if isinstance(read, ParsedQuestion):
        assert read.stem.count("____") >= len(read.gaps) >= 1
    else:
        assert read.reason
