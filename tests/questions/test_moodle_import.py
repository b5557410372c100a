import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.questions.importers.aiken import is_aiken, read_aiken
from quizapp.questions.importers.gift import is_gift, read_gift
from quizapp.questions.kinds import Kind

AIKEN = "Which law?\nSecond line\nA) First\nB. Second\nmore\nANSWER: B\n\nLost\nA) x\n"


def test_aiken_is_read_and_an_unfinished_question_is_named() -> None:
    assert is_aiken(AIKEN)
    parsed = read_aiken(AIKEN)
    [question] = parsed.questions
    assert question.stem == "Which law?\nSecond line"
    assert question.options == ("First", "Second\nmore")
    assert question.answer == (1,)
    assert [(problem.where, problem.rejects) for problem in parsed.problems] == [("第8行", True)]


def test_gift_choices_truths_and_comments_are_read() -> None:
    parsed = read_gift(
        "// a comment\n$CATEGORY: x\n"
        "::Q1:: [html]Between <b>orange</b> and green\\: {\n\n=yellow # good\n~red\n~blue\n}\n\n"
        "Colours {~%50%a ~%-100%b ~%50%c}\n\nThe sky is blue.{T#no#yes####Because.}\n\n{FALSE}\n"
    )
    single, multiple, true_false = parsed.questions
    assert (single.kind, single.where) == (Kind.SINGLE, "第3行")
    assert single.stem == "Between orange and green:"
    assert single.options == ("yellow", "red", "blue")
    assert single.answer == (0,)
    assert (multiple.kind, multiple.answer) == (Kind.MULTIPLE, (0, 2))
    assert (true_false.kind, true_false.answer) == (Kind.TRUE_FALSE, (0,))
    assert true_false.explanation == "Because."
    assert [problem.reason for problem in parsed.problems] == ["没有题干。"]


@pytest.mark.parametrize(
    ("body", "name"),
    [("{}", "问答"), ("{#3:1}", "数值"), ("{=a -> b =c -> d}", "匹配"), ("{=frog =cat}", "填空")],
)
def test_gift_kinds_that_cannot_be_scored_are_rejected_by_name(body: str, name: str) -> None:
    assert read_gift(f"Question {body}").problems[0].reason == f"{name}题不能自动评分，暂不支持。"


def test_an_answer_without_braces_is_rejected() -> None:
    assert not is_gift("just text")
    assert "花括号" in read_gift("just text").problems[0].reason


@given(st.text(alphabet="{}=~#\\:% \nab->T[]<>$/", max_size=120))
def test_wild_gift_is_read_without_an_error_and_the_counts_agree(text: str) -> None:
    parsed = read_gift(text)
    assert parsed.found == parsed.good + parsed.warned + parsed.rejected


@given(st.text(alphabet="ABC.) \nANSWER: x", max_size=120))
def test_wild_aiken_is_read_without_an_error_and_the_counts_agree(text: str) -> None:
    parsed = read_aiken(text)
    assert parsed.found == parsed.good + parsed.warned + parsed.rejected
