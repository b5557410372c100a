from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.questions.importers.text import read_text
from quizapp.questions.kinds import Difficulty, Kind
from quizapp.questions.parsed import ParsedQuestion
from quizapp.questions.shipped.folder import ShippedBank, read_shipped_bank
from quizapp.questions.shipped.inspecting import inspect_banks
from quizapp.questions.shipped.spread import Share, spread

QUESTION = """1. 某矿的通道由谁管？
A. 甲方
B. 乙方
C. 丙方
D. 丁方
答案:A
解析:通道由甲方管，出事时大家才跑得出去。
依据:《安全生产法》第二条第一款
难度:易
标签:公众
"""
OUTLINE = "article,chapter,items,subject,unasked\n1,第一章 总则,0,目的,只说目的\n2,第一章 总则,0 2,通道,\n"
HEAD = "题库:安全生产法\n章节:第一章 总则\n\n一、单选题\n\n"


@pytest.fixture
def bank_of(tmp_path: Path) -> Callable[..., ShippedBank]:
    """Writes a bank of one law with two articles and reads it."""

    def write(text: str = QUESTION, outline: str = OUTLINE, head: str = HEAD) -> ShippedBank:
        folder = tmp_path / "question_bank" / "work-safety-law"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "01-general.txt").write_text(head + text, encoding="utf-8")
        (folder / "articles.csv").write_text(outline, encoding="utf-8")
        return read_shipped_bank(folder)

    return write


def faults_of(*banks: ShippedBank) -> list[str]:
    """All but those of the whole, which a bank of one question can't meet."""
    return [
        f"{fault.where} {fault.reason}"
        for fault in inspect_banks(banks)
        if fault.where not in ("全部", "全文")
    ]


def test_a_question_that_keeps_every_rule_has_no_fault(bank_of: Callable[..., ShippedBank]) -> None:
    assert faults_of(bank_of()) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("第二条第一款", "第三条第一款", "依据《安全生产法》第三条第一款不存在。"),
        ("《安全生产法》第二条", "《消防法》第二条", "依据《消防法》第二条第一款不存在。"),
        ("第二条第一款", "第二条", "依据《安全生产法》第二条：该条有二款，应写明第几款。"),
        ("第二条第一款", "第二条第三款", "依据《安全生产法》第二条第三款：该条只有二款。"),
        ("第一款", "第二款第三项", "依据《安全生产法》第二条第二款第三项：该款没有这一项。"),
        ("依据:《安全生产法》第二条第一款\n", "", "没有依据。"),
        ("难度:易\n", "", "没有难度。"),
        ("标签:公众\n", "", "标签应为公众、从业人员、企业负责人、执法人员中的一项或几项。"),
        ("标签:公众", "标签:公众、游客", "标签应为公众、从业人员、企业负责人、执法人员中的一项或几项。"),
        ("某矿", "某矿" * 38, "题干有 83 字，最多 80 字。"),
        ("通道由甲方管，出事时大家才跑得出去。", "就是甲方。", "解析有 5 字，应为 15～140 字。"),
        ("丁方", "以上都对", "选项“以上都对”指向别的选项。"),
        ("丁方", "丁" * 41, f"选项“{'丁' * 10}……”有 41 字，最多 40 字。"),
        ("D. 丁方\n", "", "有 3 个选项，应为 4 个。"),
        ("由谁管", "由第几条规定", "题干考的是条款序号。"),
    ],
)
def test_a_fault_is_told(bank_of: Callable[..., ShippedBank], old: str, new: str, reason: str) -> None:
    assert old in QUESTION
    told = faults_of(bank_of(QUESTION.replace(old, new)))
    assert f"第6行 {reason}" in told


def test_a_single_paragraph_is_not_named(bank_of: Callable[..., ShippedBank]) -> None:
    outline = OUTLINE.replace("只说目的", "")
    told = faults_of(bank_of(QUESTION.replace("第二条", "第一条"), outline.replace("通道,", "通道,不必问")))
    assert told == ["第6行 依据《安全生产法》第一条第一款：该条只有一款，不写款。"]


def test_the_chapter_is_that_of_the_main_article(bank_of: Callable[..., ShippedBank]) -> None:
    assert faults_of(bank_of(head=HEAD.replace("总则", "附则"))) == ["第6行 章节应为“第一章 总则”。"]


def test_an_article_has_a_question_or_a_reason(bank_of: Callable[..., ShippedBank]) -> None:
    outline = OUTLINE.replace("只说目的", "").replace("通道,", "通道,不必问")
    assert faults_of(bank_of(outline=outline)) == [
        "第1条 没有试题，也没有写明原因。",
        "第2条 有试题，却写着不出题的原因。",
    ]


def test_questions_that_read_nearly_alike_are_told(bank_of: Callable[..., ShippedBank]) -> None:
    twin = QUESTION.replace("1. 某矿", "2. 某矿山")
    assert faults_of(bank_of(QUESTION + "\n" + twin)) == [
        "第17行 与 work-safety-law/01-general.txt:第6行 相同或很相近。"
    ]


def test_a_bank_that_is_too_small_or_leaves_articles_out_is_told(bank_of: Callable[..., ShippedBank]) -> None:
    told = [fault.reason for fault in inspect_banks([bank_of()])]
    assert "共 1 题，至少要有 600 题。" in told
    assert "2 条中只有 1 条有试题，应达 86%。" in told


def test_what_cannot_be_read_is_told_with_its_line(bank_of: Callable[..., ShippedBank]) -> None:
    assert faults_of(bank_of(QUESTION.replace("答案:A", "答案:")))[0].startswith("第6行 ")


def parsed(
    kind: Kind = Kind.SINGLE,
    options: tuple[str, ...] = ("甲", "乙", "丙", "丁"),
    answer: tuple[int, ...] = (0,),
    difficulty: Difficulty | None = None,
) -> ParsedQuestion:
    return ParsedQuestion("第1行", kind, "题干", options, answer, difficulty=difficulty)


def single(right: int, *lengths: int) -> ParsedQuestion:
    return parsed(options=tuple(str(n) * length for n, length in enumerate(lengths)), answer=(right,))


def shares_of(*questions: ParsedQuestion) -> dict[str, tuple[int, int]]:
    return {share.name: (share.part, share.whole) for share in spread(questions)}


def test_the_right_option_is_longest_only_where_no_other_is_as_long() -> None:
    shares = shares_of(single(0, 5, 4, 4, 4), single(1, 5, 5, 4, 4), single(2, 5, 5, 1, 4))
    assert shares["单选题正确选项最长"] == (1, 3)
    assert shares["单选题正确选项最短"] == (1, 3)


def test_letters_kinds_and_truths_are_counted() -> None:
    two, three = (parsed(kind=Kind.MULTIPLE, answer=answer) for answer in ((0, 3), (0, 1, 2)))
    true = parsed(kind=Kind.TRUE_FALSE, options=("对", "错"), answer=(0,))
    shares = shares_of(single(1, 1, 1, 1, 1), two, three, true, replace(true, answer=(1,), tags=("公众",)))
    assert shares["单选题"] == (1, 5)
    assert shares["多选题"] == (2, 5)
    assert shares["判断题答案为对"] == (1, 2)
    assert shares["单选题正确选项为B"] == (1, 1)
    assert shares["多选题正确选项为A"] == (2, 5)
    assert shares["多选题有2个正确选项"] == (1, 2)
    assert shares["适合公众"] == (1, 5)


def test_difficulties_are_counted() -> None:
    shares = shares_of(*(parsed(difficulty=degree) for degree in (Difficulty.EASY, Difficulty.HARD, None)))
    assert (shares["难度易"], shares["难度中"], shares["难度难"]) == ((1, 3), (0, 3), (1, 3))


def test_a_share_is_within_its_bounds_at_the_bounds() -> None:
    assert [Share("", part, 100, 22, 28).is_within for part in (21, 22, 28, 29)] == [False, True, True, False]
    assert str(Share("单选题", 1, 3, 30, 40)) == "单选题：1/3，33.3%（30%～40%）"


def test_a_question_read_from_a_file_knows_its_line(bank_of: Callable[..., ShippedBank]) -> None:
    assert [one.line for one in bank_of().questions] == [6]
    assert read_text(HEAD + QUESTION).questions[0].where == "第6行"
