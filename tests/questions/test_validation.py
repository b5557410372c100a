from dataclasses import replace

import pytest

from quizapp.laws.citations import Citation
from quizapp.questions.kinds import Difficulty, Kind
from quizapp.questions.parsed import ParsedQuestion, Problem, RawQuestion
from quizapp.questions.validation import understand

SINGLE = RawQuestion(where="第1行", stem="问？", options=("甲", "乙", "丙"), answer="B")


def understood(raw: RawQuestion) -> ParsedQuestion:
    outcome = understand(raw)
    assert isinstance(outcome, ParsedQuestion), outcome
    return outcome


def test_everything_optional_is_read() -> None:
    raw = replace(
        SINGLE,
        explanation=" 因为。 ",
        basis="《安全生产法》第三条",
        difficulty="中",
        tags="公众、从业人员 公众",
    )
    question = understood(raw)
    assert question.explanation == "因为。"
    assert question.citations == (Citation("安全生产法", 3),)
    assert question.difficulty is Difficulty.MEDIUM
    assert question.tags == ("公众", "从业人员")
    assert question.remarks == ()


@pytest.mark.parametrize(
    ("answer", "options", "kind"),
    [
        ("B", ("甲", "乙"), Kind.SINGLE),
        ("AB", ("甲", "乙"), Kind.MULTIPLE),
        ("对", (), Kind.TRUE_FALSE),
    ],
)
def test_where_nothing_names_the_kind_the_answer_does(
    answer: str, options: tuple[str, ...], kind: Kind
) -> None:
    assert understood(replace(SINGLE, answer=answer, options=options)).kind is kind


@pytest.mark.parametrize(
    ("kind", "named"),
    [("单选题", Kind.SINGLE), ("一、单项选择题(共20题)", Kind.SINGLE), ("", Kind.SINGLE)],
)
def test_a_heading_names_the_kind(kind: str, named: Kind) -> None:
    assert understood(replace(SINGLE, kind=kind)).kind is named


@pytest.mark.parametrize(
    ("options", "answer", "key"),
    [
        ((), "对", (0,)),
        ((), "×", (1,)),
        (("正确", "错误"), "A", (0,)),
        (("错误", "正确"), "A", (1,)),
        (("对", "错"), "错", (1,)),
    ],
)
def test_true_false_is_read_with_and_without_options(
    options: tuple[str, ...], answer: str, key: tuple[int, ...]
) -> None:
    question = understood(replace(SINGLE, kind="判断题", options=options, answer=answer))
    assert question.options == ("对", "错")
    assert question.answer == key


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"stem": " "}, "没有题干"),
        ({"stem": "长" * 501}, "题干超过"),
        ({"answer": ""}, "没有答案"),
        ({"answer": "丁"}, "没有读懂答案"),
        ({"answer": "D"}, "不存在的选项"),
        ({"options": ("甲",), "answer": "A"}, "至少要有两个选项"),
        ({"options": ("甲", "甲 ", "丙")}, "两个选项相同"),
        ({"options": ("甲", " ")}, "空白选项"),
        ({"options": ("甲", "乙" * 201)}, "选项超过"),
        ({"options": tuple("甲乙丙丁戊己庚辛壬")}, "选项超过 8 个"),
        ({"explanation": "长" * 2001}, "解析超过"),
        ({"kind": "单选题", "answer": "AB"}, "只能有一个答案"),
        ({"kind": "多选题", "answer": "A"}, "至少要有两个答案"),
        ({"kind": "判断题", "options": (), "answer": "C"}, "应为“对”或“错”"),
        ({"kind": "判断题", "answer": "对"}, "一对一错"),
        ({"kind": "二、简答题"}, "简答题不能自动评分"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(changes: dict[str, object], reason: str) -> None:
    outcome = understand(replace(SINGLE, **changes))  # type: ignore[arg-type]
    assert isinstance(outcome, Problem)
    assert outcome.rejects
    assert outcome.where == "第1行"
    assert reason in outcome.reason


@pytest.mark.parametrize(
    ("changes", "remark"),
    [({"basis": "安全法三条"}, "依据没有读懂"), ({"difficulty": "五星"}, "难度没有读懂")],
)
def test_what_is_optional_and_unclear_is_remarked(changes: dict[str, str], remark: str) -> None:
    question = understood(replace(SINGLE, **changes))  # type: ignore[arg-type]
    assert len(question.remarks) == 1
    assert remark in question.remarks[0]
