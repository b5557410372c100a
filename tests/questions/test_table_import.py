import pytest

from quizapp.core.spreadsheets import Row, Sheet
from quizapp.questions.importers.columns import MEANINGS, plain_heading, recognise_columns
from quizapp.questions.importers.table import read_sheets
from quizapp.questions.kinds import Difficulty, Kind
from quizapp.questions.parsed import Guess, ParsedQuestions, UnknownColumn

PAIR = ("题干", "选项A", "选项B", "答案")


def keys(parsed: ParsedQuestions) -> list[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    """Stem, options and answer of each question."""
    return [(question.stem, question.options, question.answer) for question in parsed.questions]


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
        ("【题干】", "题干"),
        ("题干必填", "题干"),
        ("选项（1）", "选项1"),
        ("Ａ．", "a"),
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


@pytest.mark.parametrize(
    "heading",
    [
        "选项A",
        "选项 Ａ",
        "备选项A",
        "备选答案A",
        "答案A",
        "A",
        "A选项",
        "Ａ．",
        "选项1",
        "选项一",
        "选项A（必填）&#10;",
    ],
)
def test_the_column_of_an_option_has_many_names(heading: str) -> None:
    assert recognise_columns(["题干", heading, "正确答案"]).options == (1,)


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("答案（多个用逗号隔开）", "answer"),
        ("答案，多个用顿号隔开", "answer"),
        ("题干\n500字以内", "stem"),
        ("难度（易/中/难）", "difficulty"),
        ("Question", "stem"),
    ],
)
def test_notes_in_a_heading_do_not_hide_what_it_means(heading: str, meaning: str) -> None:
    assert recognise_columns([heading]).by_meaning == {meaning: 0}


def test_gaps_stand_in_columns_of_their_own() -> None:
    headings = ("题干", "空 1", "空2", "空3", "单空分数", "是否有序")
    rows = [("先__后__", "报告", "救援|抢救", "", "2.5", "是"), ("有哪些？", "一", "二", "", "2", "否")]
    parsed = read_sheets([sheet(headings, *rows, name="填空题")])
    assert parsed.problems == ()
    assert [(question.kind, question.gaps, question.gaps_in_order) for question in parsed.questions] == [
        (Kind.BLANK, (("报告",), ("救援", "抢救")), True),
        (Kind.BLANK, (("一",), ("二",)), False),
    ]


def test_a_name_that_names_no_kind_leaves_it_to_a_guess() -> None:
    parsed = read_sheets([sheet(PAIR, ("问", "甲", "乙", "A"), name="单选、多选")])
    assert parsed.questions[0].guesses == (Guess.KIND,)


@pytest.mark.parametrize(
    "rows",
    [
        [("题干", "选项内容", "是否正确"), ("问", "甲", "否"), ("", "乙", "是"), ("", "丙", "√")],
        [("题干", "选项", "答案"), ("问", "A.甲", "BC"), ("", "B.乙", ""), ("", "C.丙", "")],
        [("题干", "选项", "答案"), ("问", "甲", "乙|丙"), ("问", "乙", "乙|丙"), ("问", "丙", "乙|丙")],
        [("题干", "选项", "答案"), ("问", "甲", ""), ("", "乙", "√"), ("", "丙", "1")],
        [("题干", "选项", "答案"), ("问", "甲", "B"), ("", "乙", "C"), ("", "丙", "")],
        [
            ("题干", "选项1", "是否正确1", "选项2", "是否正确2", "选项3", "是否正确3"),
            ("问", "甲", "否", "乙", "是", "丙", "1"),
        ],
        [
            ("题干", "选项A", "是否答案", "选项B", "是否答案", "选项C", "是否答案"),
            ("问", "甲", "", "乙", "T", "丙", "Y"),
        ],
        [("题干", "选项", "选项", "选项", "答案"), ("问", "甲", "乙", "丙", "BC")],
        [("题干", "答案"), ("问\nA.甲\nB.乙\nC.丙", "BC")],
        [("题干", "选项", "", "", "答案"), ("", "A", "B", "C", ""), ("问", "A.甲", "B.乙", "C.丙", "BC")],
    ],
)
def test_options_may_be_laid_out_in_many_ways(rows: list[tuple[str, ...]]) -> None:
    parsed = read_sheets([sheet(*rows)])
    assert keys(parsed) == [("问", ("甲", "乙", "丙"), (1, 2))]
    assert parsed.problems == ()


def test_options_in_rows_follow_their_letters() -> None:
    headings = ("题干", "选项", "选项内容", "答案")
    parsed = read_sheets(
        [
            sheet(
                headings,
                ("问", "B", "乙", "B"),
                ("", "A", "甲", ""),
                ("二", "A", "丙", "A"),
                ("", "B", "丁", ""),
            )
        ]
    )
    assert keys(parsed) == [("问", ("甲", "乙"), (1,)), ("二", ("丙", "丁"), (0,))]


def test_what_each_option_explains_is_kept() -> None:
    headings = ("题干", "选项", "答案", "解析")
    parsed = read_sheets([sheet(headings, ("问", "甲", "A", "甲对"), ("", "乙", "", "乙错"))])
    assert parsed.questions[0].explanation == "甲对\n乙错"


def test_true_and_false_may_stand_in_a_row_each() -> None:
    headings = ("题干", "题型", "选项", "答案")
    parsed = read_sheets([sheet(headings, ("问", "判断", "对", "错"), ("", "", "错", ""))])
    assert keys(parsed) == [("问", ("对", "错"), (1,))]


def test_a_mark_that_is_neither_right_nor_wrong_rejects_its_question() -> None:
    headings = ("题干", "选项1", "是否正确1", "选项2", "是否正确2")
    parsed = read_sheets([sheet(headings, ("一", "甲", "大概", "乙", "是"), ("二", "甲", "否", "", "是"))])
    assert [problem.reason[:10] for problem in parsed.problems] == [
        "没有读懂“是否正确”",
        "标为正确的选项是空白",
    ]
    assert all(problem.raw for problem in parsed.problems)


@pytest.mark.parametrize(
    "cell", ["A.甲 B.乙", "A、甲B、乙", "（A）甲（B）乙", "A 甲  B 乙", "甲｜乙", "甲||乙", "甲；乙"]
)
def test_one_cell_may_part_its_options_in_many_ways(cell: str) -> None:
    assert keys(read_sheets([sheet(("题干", "选项", "答案"), ("问", cell, "B"))])) == [
        ("问", ("甲", "乙"), (1,))
    ]


def test_an_option_missing_between_two_signs_moves_no_letter() -> None:
    [problem] = read_sheets([sheet(("题干", "选项", "答案"), ("问", "甲||丙|丁", "C"))]).problems
    assert problem.reason == "有空白选项。"


def test_rows_between_questions_name_kinds_repeat_headings_and_titles() -> None:
    parsed = read_sheets(
        [
            sheet(
                ("某局题库",),
                PAIR,
                ("一、单选题（共1题）",),
                ("问", "甲", "乙", "A"),
                ("某局题库",),
                PAIR,
                ("二、判断题", "", "", ""),
                ("对吗", "", "", "A"),
                ("第 1 页 共 1 页",),
            )
        ]
    )
    assert [(question.kind, question.guesses) for question in parsed.questions] == [
        (Kind.SINGLE, ()),
        (Kind.TRUE_FALSE, ()),
    ]
    assert [problem.where for problem in parsed.problems] == ["Sheet1 第1行", "Sheet1 第5行", "Sheet1 第9行"]
    assert parsed.rejected == 0


def test_tables_with_headings_of_their_own_may_follow_one_another() -> None:
    parsed = read_sheets([sheet(PAIR, ("问", "甲", "乙", "A"), ("题目", "正误"), ("对吗", "×"))])
    assert keys(parsed) == [("问", ("甲", "乙"), (0,)), ("对吗", ("对", "错"), (1,))]


def test_rows_that_only_bear_a_number_are_told_together() -> None:
    rows = [("1", "对吗", "判断", "对"), ("2", "", "判断", ""), ("3", "", "判断", "")]
    parsed = read_sheets([sheet(("序号", "题干", "题型", "答案"), *rows)])
    assert (parsed.found, parsed.good) == (1, 1)
    assert [problem.where for problem in parsed.problems] == ["Sheet1 第3行至第4行"]


def test_a_row_with_a_stray_option_is_a_rejected_question() -> None:
    [problem] = read_sheets([sheet(PAIR, ("", "å"))]).problems[:1]
    assert problem.rejects
    assert problem.raw is not None
    assert problem.raw.options == ("å",)


def test_questions_of_one_case_share_its_number() -> None:
    rows = [("某矿", "一", "甲", "乙", "A"), ("某矿", "二", "甲", "乙", "B"), ("某厂", "三", "甲", "乙", "B")]
    parsed = read_sheets([sheet(("案例材料", *PAIR), *rows)])
    assert [(question.case, question.case_stem) for question in parsed.questions] == [
        (1, "某矿"),
        (1, "某矿"),
        (2, "某厂"),
    ]


def test_every_column_of_tags_counts() -> None:
    parsed = read_sheets([sheet(("题干", "答案", "题目分类", "知识点"), ("对吗", "对", "火灾", "报警"))])
    assert parsed.questions[0].tags == ("火灾", "报警")


def test_a_cell_that_could_not_be_read_rejects_its_question() -> None:
    rows = (
        Row(1, ("序号", *PAIR)),
        Row(2, ("", "问", "甲", "", "A"), ((3, "是图片"),)),
        Row(3, ("", "问", "甲", "乙", "A"), ((0, "是图片"),)),
    )
    parsed = read_sheets([Sheet("题", rows)])
    assert (parsed.good, parsed.rejected) == (1, 1)
    assert parsed.problems[0].reason == "D列是图片。"


def test_columns_that_are_not_used_are_offered_with_a_sample() -> None:
    parsed = read_sheets(
        [sheet(("题干", "答案", "所属范围", "", "题目"), ("对吗", "对", "学校", "某", "另"))]
    )
    assert parsed.unknown_columns == (
        UnknownColumn("Sheet1", "所属范围", "学校"),
        UnknownColumn("Sheet1", "D列", "某"),
        UnknownColumn("Sheet1", "题目", "另"),
    )
    assert len(parsed.problems) == 3


def test_what_a_person_said_of_a_heading_is_remembered() -> None:
    strange = sheet(("问什么", "答什么", "备注"), ("对吗", "对", "x"), ("错吗", "错", ""))
    parsed = read_sheets([strange])
    assert parsed.found == 0
    assert [column.heading for column in parsed.unknown_columns] == ["问什么", "答什么", "备注"]
    remembered = {"问什么": "stem", "答什么": "answer", "备注": "ignore"}
    again = read_sheets([strange], remembered)
    assert (again.good, again.problems, again.unknown_columns) == (2, (), ())


def test_what_a_person_said_goes_before_what_a_heading_means() -> None:
    columns = recognise_columns(["题目", "题干", "a列", "", "答案"], {"题目": "ignore", "d列": "explanation"})
    assert (columns.by_meaning["stem"], columns.by_meaning["explanation"]) == (1, 3)


@pytest.mark.parametrize("meaning", MEANINGS)
def test_every_meaning_can_be_remembered(meaning: str) -> None:
    columns = recognise_columns(["题干", "某列", "答案", "选项"], {"某列": meaning})
    assert 1 not in columns.unknown
    assert MEANINGS[meaning]


def test_a_row_whose_answer_is_a_is_not_offered_as_the_heading() -> None:
    rows = (
        ("考什么", "甲", "乙", "钥匙"),
        ("走哪里？", "楼梯", "电梯", "A"),
        ("打哪个？", "119", "114", "A"),
    )
    parsed = read_sheets([sheet(*rows)])
    assert [column.heading for column in parsed.unknown_columns] == ["考什么", "甲", "乙", "钥匙"]


def test_stem_and_options_may_share_a_column_that_says_so() -> None:
    rows = (("题号", "试题内容及选项", "答案"), ("1", "先断？\nA.电\nB.水", "A"))
    assert keys(read_sheets([sheet(*rows)])) == [("先断？", ("电", "水"), (0,))]


def test_the_cell_of_a_gap_holds_several_accepted_answers() -> None:
    rows = (("题干", "空1", "空2"), ("急救（），火警（）。", "120；一二〇", "119|火警\n消防"))
    [question] = read_sheets([sheet(*rows)]).questions
    assert question.gaps == (("120", "一二〇"), ("119", "火警", "消防"))


@pytest.mark.parametrize("basis", ["安全生产法第五十四条", "依据：中华人民共和国安全生产法第54条"])
def test_a_basis_may_name_its_law_without_book_marks(basis: str) -> None:
    parsed = read_sheets([sheet((*PAIR, "所属条款"), ("题", "甲", "乙", "A", basis))])
    assert [list(map(str, one.citations)) for one in parsed.questions] == [["《安全生产法》第五十四条"]]
    assert parsed.problems == ()
