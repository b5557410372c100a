"""What is written comes back the same, whatever stands in it."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from quizapp.core.spreadsheets import read_xlsx
from quizapp.laws.citations import Citation
from quizapp.questions.asking import AskedRevision
from quizapp.questions.exporters.exported import Exported, in_groups, meaning_of
from quizapp.questions.exporters.formats import FORMATS
from quizapp.questions.folding import fold
from quizapp.questions.importers.files import read_file
from quizapp.questions.kinds import GAP, TRUE_FALSE_OPTIONS, Difficulty, Kind
from quizapp.questions.parsed import ParsedQuestions

#: Signs of every format, beginnings of options, numbers, fields and headings, and plain words.
PIECES = st.sampled_from(
    [
        *"{}=~#\\:%<>&*[]()（）|；;、,，。.-+@'\"/$ \t甲乙丙aZ9",
        "A.",
        "B) ",
        "C、",
        "1.",
        "（2）",
        "第3题",
        "答案:",
        "解析：",
        "题型:",
        "案例:",
        "案例完",
        "章节:",
        "题库:",
        "一、单选题",
        "ANSWER: A",
        "//",
        "####",
        "->",
        "::",
        "%50%",
        "[html]",
        "&amp;",
        "<br>",
        "]]>",
        "$CATEGORY: x",
        "(AB)",
        "\u3000",
        " " * 8,
        "\\n",
    ]
)


def text_of(pieces: list[str]) -> str:
    return "".join(pieces).strip()


LINES = st.lists(PIECES, min_size=1, max_size=6).map(text_of).filter(bool)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join).filter(lambda text: len(text) < 150)
WORDS = LINES.map(lambda text: " ".join(text.split()))
TAGS = WORDS.map(lambda text: re.sub(r"[\s、，,；;|]", "", text)).filter(bool)
CITATIONS = st.builds(
    Citation,
    st.sampled_from(["安全生产法", "突发事件应对法", "消防法<1>&"]),
    st.integers(1, 200),
    st.none() | st.integers(1, 20),
)


def stem_without_gaps(stem: str) -> str:
    return re.sub(r"[_＿]{2,}|[（(][\s_＿]*[）)]|【\s*】", "-", stem)


def is_truth(options: Sequence[str]) -> bool:
    return tuple(options) == TRUE_FALSE_OPTIONS


@st.composite
def questions(draw: st.DrawFn) -> AskedRevision:
    kind = draw(st.sampled_from(Kind))
    fields: dict[str, Any] = {
        "explanation": draw(st.just("") | TEXTS),
        "citations": tuple(draw(st.lists(CITATIONS, max_size=2, unique=True))),
        "difficulty": draw(st.none() | st.sampled_from(Difficulty)),
        "tags": tuple(draw(st.lists(TAGS, max_size=2, unique=True))),
        "chapter": draw(st.just("") | WORDS),
    }
    stem = draw(TEXTS)
    options: tuple[str, ...] = ()
    answer: tuple[int, ...] = ()
    if kind is Kind.TRUE_FALSE:
        options, answer = TRUE_FALSE_OPTIONS, (draw(st.integers(0, 1)),)
    elif kind is Kind.BLANK:
        count = draw(st.integers(1, 3))
        stem = stem_without_gaps(stem) + "、".join([GAP] * count)
        accepted = st.lists(WORDS, min_size=1, max_size=2, unique=True)
        fields["gaps"] = tuple(tuple(draw(accepted)) for _ in range(count))
        fields["gaps_in_order"] = count == 1 or draw(st.booleans())
    else:
        options = tuple(draw(st.lists(TEXTS, min_size=2, max_size=4, unique_by=fold)))
        right = st.sets(st.integers(0, len(options) - 1), min_size=2 if kind is Kind.MULTIPLE else 1)
        answer = tuple(sorted(draw(right)))[: None if kind is Kind.MULTIPLE else 1]
    return AskedRevision(0, 0, kind, stem, options, answer, **fields)


@st.composite
def banks(draw: st.DrawFn) -> list[AskedRevision]:
    """Questions of which some share a case, and then its chapter."""
    drawn = draw(st.lists(questions(), min_size=1, max_size=4))
    cases = {0: "", 1: draw(TEXTS), 2: draw(TEXTS)}
    placed = [(draw(st.sampled_from([0, 0, 1, 2])), question) for question in drawn]
    chapters = {1: draw(WORDS), 2: ""}
    return [
        replace(
            question,
            case_id=case or None,
            case_stem=cases[case],
            chapter=chapters.get(case, question.chapter),
            question_id=number,
        )
        for number, (case, question) in enumerate(placed, start=1)
    ]


def bytes_of(exported: Exported) -> bytes:
    return exported.content if isinstance(exported.content, bytes) else exported.content.encode()


def exchange(name: str, asked: Sequence[AskedRevision], bank: str = "某县题库") -> ParsedQuestions:
    return read_file(bytes_of(FORMATS[name].write(asked, bank)))


def in_order(asked: Sequence[AskedRevision]) -> list[tuple[AskedRevision, int]]:
    """What should come back: each question with the number of its case."""
    return [(member.question, group.case) for group in in_groups(asked) for member in group.members]


def wholly(question: Any) -> tuple[object, ...]:
    return (*meaning_of(question), question.chapter, question.case_stem)


def check_same(expected: Sequence[tuple[AskedRevision, int]], parsed: ParsedQuestions) -> None:
    assert [problem for problem in parsed.problems if "的试题相同" not in problem.reason] == []
    assert [wholly(question) for question in parsed.questions] == [wholly(one) for one, _ in expected]
    assert regrouped(question.case for question in parsed.questions) == regrouped(
        case for _, case in expected
    )
    assert parsed.bank == "某县题库"


def regrouped(cases: Any) -> list[int]:
    """Numbers of cases from 1 in their order, whatever questions were left out before."""
    numbers: dict[int, int] = {0: 0}
    return [numbers.setdefault(case, len(numbers)) for case in cases]


def holds(name: str, question: AskedRevision) -> bool:
    """Whether a format of others has a place for a question."""
    arrows = any("->" in answer for accepted in question.gaps for answer in accepted)
    return len(question.gaps) <= 1 and not (name == "gift" and arrows)


@given(banks())
def test_our_workbook_brings_everything_back(asked: list[AskedRevision]) -> None:
    check_same(in_order(asked), exchange("xlsx", asked))


@given(banks(), st.none() | st.dates())
def test_our_text_brings_everything_back(asked: list[AskedRevision], revised_on: date | None) -> None:
    exported = FORMATS["text"].write(asked, "某县题库", revised_on)
    parsed = read_file(bytes_of(exported))
    assert exported.omitted == ()
    check_same(in_order(asked), parsed)
    assert parsed.law_revised_on == revised_on


@pytest.mark.parametrize("name", ["gift", "moodle-xml"])
@given(banks())
def test_formats_of_moodle_bring_back_all_that_they_can_hold(name: str, asked: list[AskedRevision]) -> None:
    held = [(question, case) for question, case in in_order(asked) if holds(name, question)]
    exported = FORMATS[name].write(asked, "某县题库")
    assert any("没有写入" in sentence for sentence in exported.omitted) == (len(held) < len(asked))
    if held:
        check_same(held, read_file(bytes_of(exported)))


@given(banks())
def test_aiken_holds_single_choices_and_truths_in_one_line_each(asked: list[AskedRevision]) -> None:
    exported = FORMATS["aiken"].write(asked, "某县题库")
    flat = [
        replace(question, stem=flatten(question.stem), options=tuple(map(flatten, question.options)))
        for question in asked
        if question.kind in {Kind.SINGLE, Kind.TRUE_FALSE} and not question.case_stem
    ]
    read = read_file(bytes_of(exported)).questions if exported.content else ()
    brought = [(one.kind, one.stem, one.options, one.answer) for one in read]
    expected = [(one.kind, one.stem, one.options, one.answer) for one in flat]
    confused = [one for one in expected if one not in brought]
    assert brought == [one for one in expected if one in brought]
    assert bool(confused) == any("标记混淆" in sentence for sentence in exported.omitted)


def flatten(text: str) -> str:
    return " ".join(line.strip() for line in text.split("\n")).strip()


def single(stem: str, *options: str, **fields: Any) -> AskedRevision:
    return AskedRevision(0, 0, Kind.SINGLE, stem, options or ("甲", "乙"), (0,), **fields)


def blank(stem: str, *gaps: tuple[str, ...]) -> AskedRevision:
    return AskedRevision(0, 0, Kind.BLANK, stem, (), (), gaps=gaps)


def test_aiken_tells_what_it_leaves_out() -> None:
    asked = [
        single("好", explanation="因为"),
        blank(f"空{GAP}", ("甲",)),
        single("案例题", case_id=1, case_stem="材料"),
        single("ANSWER: A"),
        single("两\n行"),
    ]
    exported = FORMATS["aiken"].write(asked, "某县题库", date(2024, 6, 28))
    assert exported.content == "好\nA. 甲\nB. 乙\nANSWER: A\n\n两 行\nA. 甲\nB. 乙\nANSWER: A\n"
    assert exported.omitted == (
        "第 2 题是多选题或填空题，Aiken 只能容纳单选题和判断题，没有写入。",
        "第 3 题属于案例，Aiken 不能容纳案例材料，没有写入。",
        "第 4 题的文字会与 Aiken 的标记混淆，没有写入。",
        "第 5 题有换行，Aiken 不能容纳，已改为空格。",
        "解析在 Aiken 中没有位置，没有写入。",
        "这种格式没有法律版本的位置，没有写入。",
    )


def test_gift_writes_weights_comments_and_categories() -> None:
    question = AskedRevision(
        0,
        0,
        Kind.MULTIPLE,
        "甲{乙}",
        ("a=b", "%50%c", "d"),
        (0, 1),
        explanation="一\n二",
        citations=(Citation("安全生产法", 3),),
        tags=("公众",),
        chapter="总则",
    )
    exported = FORMATS["gift"].write([question], "某县题库")
    assert exported.content == (
        "// 题库:某县题库\n\n"
        "$CATEGORY: $course$/top/总则\n\n"
        "// 依据:《安全生产法》第三条\n"
        "// [tag:公众]\n"
        "::第1题::[plain]甲\\{乙\\} {\n"
        "~%50%a\\=b\n"
        "~%50%%50%c\n"
        "~%-100%d\n"
        "####一\\n二\n"
        "}\n"
    )
    assert exported.omitted == ("依据写在注释里：本系统能读回，其他系统会略过。",)


@pytest.mark.parametrize("name", ["gift", "moodle-xml"])
def test_a_star_of_an_answer_stays_a_star(name: str) -> None:
    asked = blank(f"2 的符号是{GAP}", ("*", "乘\\*号", "|", "；"))
    assert exchange(name, [asked]).questions[0].gaps == asked.gaps


@pytest.mark.parametrize("name", FORMATS)
def test_no_question_at_all_gives_a_file_nonetheless(name: str) -> None:
    assert FORMATS[name].write([], "").omitted == ()


def test_a_cell_that_looks_like_a_formula_is_written_as_text() -> None:
    asked = single("=1+1", "+86", "-1", "@a", "=HYPERLINK(1)", explanation="=cmd|x")
    exported = FORMATS["xlsx"].write([asked], "=题库")
    [sheet] = read_xlsx(bytes_of(exported))
    assert "=1+1" in sheet.rows[1].cells
    cells = [cell for row in load_workbook(io.BytesIO(bytes_of(exported)))["试题"] for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert wholly(read_file(bytes_of(exported)).questions[0]) == wholly(asked)


def test_questions_of_a_case_come_together_where_the_first_one_stands() -> None:
    asked = [
        single("一", case_id=7, case_stem="材料"),
        single("二"),
        single("三", case_id=7, case_stem="材料"),
        single("四", case_stem="没有编号的材料"),
    ]
    groups = in_groups(asked)
    assert [(group.case, [one.question.stem for one in group.members]) for group in groups] == [
        (1, ["一", "三"]),
        (0, ["二"]),
        (2, ["四"]),
    ]
    assert [one.place for group in groups for one in group.members] == [1, 2, 3, 4]


def test_many_places_are_counted_rather_than_named() -> None:
    exported = FORMATS["aiken"].write([blank(f"空{GAP}", ("甲",))] * 30, "")
    assert "、20 等 30 题是多选题或填空题" in exported.omitted[0]


def test_our_text_reads_like_what_staff_write_and_escapes_only_what_needs_it() -> None:
    asked = [
        single("3.5 米", "甲", "乙", explanation="要点：\n1. 一\n2. 二", chapter="总则"),
        single("题\n答案:对", "甲", "乙\n第二行"),
        replace(blank(f"空{GAP}和{GAP}", ("甲", "甲；方"), ("乙",)), gaps_in_order=False),
        single("问", case_id=1, case_stem="材料\n\n其一"),
    ]
    assert FORMATS["text"].write(asked, "某县题库", date(2024, 6, 28)).content == (
        "题库:某县题库\n法律版本:2024-06-28\n\n章节:总则\n\n"
        "1. 3.5 米\nA. 甲\nB. 乙\n题型:单选\n答案:A\n解析:\\要点：\n\\1. 一\n\\2. 二\n\n"
        "章节:\n\n"
        "2. \\题\n\\答案:对\nA. 甲\nB. 乙\n\\第二行\n题型:单选\n答案:A\n\n"
        f"3. 空{GAP}和{GAP}\n题型:填空\n答案:甲|甲\\；方；乙\n顺序:不分先后\n\n"
        "案例:材料\n\\\n其一\n\n"
        "4. 问\nA. 甲\nB. 乙\n题型:单选\n答案:A\n\n案例完\n"
    )


def test_a_case_of_two_chapters_is_told_in_our_text() -> None:
    asked = [
        single("一", case_id=1, case_stem="材料", chapter="甲"),
        single("二", case_id=1, case_stem="材料"),
    ]
    assert "第 2 题写成文本后再读会有不同" in FORMATS["text"].write(asked, "").omitted[0]
    assert FORMATS["xlsx"].write(asked, "").omitted == ()


@pytest.mark.parametrize("name", ["xlsx", "text"])
def test_options_that_begin_with_their_own_letters_keep_them(name: str) -> None:
    asked = single("题", "A. 甲", "B. 乙")
    assert exchange(name, [asked]).questions[0].options == asked.options
