import pytest

from quizapp.core.spreadsheets import Row, Sheet
from quizapp.questions.importers.columns import plain_heading, recognise_columns
from quizapp.questions.importers.table import read_sheets
from quizapp.questions.kinds import Difficulty, Kind


def sheet(*rows: tuple[str, ...], name: str = "Sheet1") -> Sheet:
    return Sheet(name, tuple(Row(n, cells) for n, cells in enumerate(rows, start=1) if any(cells)))


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("题目（必填）", "题目"),
        ("正确答案 (勿删)", "正确答案"),
        ("选项  D", "选项d"),
        ("选项Ａ&#10;（必填）", "选项a"),
        ("*题干*", "题干"),
    ],
)
def test_headings_are_known_without_what_people_add(heading: str, plain: str) -> None:
    assert plain_heading(heading) == plain


def test_columns_are_recognised_by_meaning_in_any_order() -> None:
    columns = recognise_columns(["序号", "答案", "选项B", "选项 A", "试题内容", "所属范围"])
    assert columns.by_meaning == {"number": 0, "answer": 1, "stem": 4}
    assert columns.options == (3, 2)
    assert columns.unknown == {5: "所属范围"}
    assert columns.are_questions


def test_a_row_is_read_with_all_that_it_says() -> None:
    headings = ("题干", "题型", "选项A", "选项B", "选项C", "答案", "解析", "难度", "标签", "依据", "章节")
    row = ("问？", "多选题", "甲", "乙", "", "A、B", "因为", "3", "公众", "《安全生产法》第三条", "第一章")
    parsed = read_sheets([sheet(headings, row)])
    [question] = parsed.questions
    assert parsed.problems == ()
    assert question.where == "Sheet1 第2行"
    assert question.kind is Kind.MULTIPLE
    assert question.options == ("甲", "乙")
    assert question.answer == (0, 1)
    assert question.difficulty is Difficulty.MEDIUM
    assert question.tags == ("公众",)
    assert str(question.citations[0]) == "《安全生产法》第三条"
    assert question.chapter == "第一章"


def test_the_heading_may_stand_below_notes_which_are_reported() -> None:
    parsed = read_sheets([sheet(("某局题库",), ("填写说明：……",), ("题干", "答案"), ("对吗", "对"))])
    assert parsed.good == 1
    assert [problem.where for problem in parsed.problems] == ["Sheet1 第1行", "Sheet1 第2行"]


def test_the_name_of_the_sheet_gives_the_kind() -> None:
    parsed = read_sheets([sheet(("试题", "对/错"), ("一", "A"), ("二", "B"), name="判断")])
    assert [(question.kind, question.answer) for question in parsed.questions] == [
        (Kind.TRUE_FALSE, (0,)),
        (Kind.TRUE_FALSE, (1,)),
    ]


@pytest.mark.parametrize("cell", ["甲|乙|丙", "A. 甲\nB. 乙\nC. 丙", "甲 | 乙 | 丙"])
def test_options_may_share_one_cell(cell: str) -> None:
    [question] = read_sheets([sheet(("题干", "选项", "答案"), ("问", cell, "C"))]).questions
    assert question.options == ("甲", "乙", "丙")
    assert question.answer == (2,)


@pytest.mark.parametrize(
    ("answer", "key"), [("乙", (1,)), ("1,3", (0, 2)), ("甲|丙", (0, 2)), ("ac", (0, 2))]
)
def test_answers_may_be_numbers_or_the_options_own_text(answer: str, key: tuple[int, ...]) -> None:
    headings = ("题干", "选项A", "选项B", "选项C", "答案")
    [question] = read_sheets([sheet(headings, ("问", "甲", "乙", "丙", answer))]).questions
    assert question.answer == key


def test_a_bad_row_is_named_and_the_good_ones_stay() -> None:
    headings = ("题干", "选项A", "选项B", "答案")
    parsed = read_sheets(
        [sheet(headings, ("一", "甲", "乙", "A"), ("", "甲", "乙", "A"), ("三", "甲", "乙", "D"))]
    )
    assert (parsed.found, parsed.good, parsed.rejected) == (3, 1, 2)
    assert [problem.where for problem in parsed.problems] == ["Sheet1 第3行", "Sheet1 第4行"]


def test_columns_that_are_not_used_are_told_where_they_hold_something() -> None:
    parsed = read_sheets([sheet(("题干", "答案", "出题人", "备注"), ("对吗", "对", "张三", ""))])
    assert [problem.reason for problem in parsed.problems] == ["没有认出“出题人”列，其中内容没有使用。"]


def test_a_sheet_without_a_heading_is_told() -> None:
    parsed = read_sheets([sheet(("甲", "乙"), ("丙", "丁"))])
    assert parsed.found == 0
    assert "没有认出表头" in parsed.problems[0].reason


def test_essays_are_rejected_by_name() -> None:
    essays = sheet(("题干", "答案"), ("谈谈", "略"), name="简答题")
    assert [problem.reason[:3] for problem in read_sheets([essays]).problems] == ["简答题"]
