from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quizapp.laws.citations import Citation
from quizapp.questions.importers.text import read_text
from quizapp.questions.kinds import Difficulty, Kind
from quizapp.questions.parsed import ParsedQuestions, RawQuestion

WHOLE = """题库:安全生产法
章节:第一章 总则

一、单选题

1. 单选题干
第二行
A. 甲
B. 乙
C. 丙
D. 丁
答案:B
解析:因为第一。
因为第二。
依据:《安全生产法》第三条第二款
难度:易
标签:公众、从业人员

二、多选题

2、多选题干
A．甲  B．乙  C．丙
答案：AC

三、判断题

（3）判断题干
【答案】：错
"""


def check_nothing_lost(parsed: ParsedQuestions) -> None:
    assert parsed.found == parsed.good + parsed.warned + parsed.rejected
    assert len(parsed.questions) == parsed.good + parsed.warned


def test_a_file_in_the_convention_is_read_whole() -> None:
    parsed = read_text(WHOLE)
    assert parsed.problems == ()
    assert parsed.bank == "安全生产法"
    single, multiple, true_false = parsed.questions
    assert single.kind is Kind.SINGLE
    assert single.where == "第6行"
    assert single.stem == "单选题干\n第二行"
    assert single.options == ("甲", "乙", "丙", "丁")
    assert single.answer == (1,)
    assert single.explanation == "因为第一。\n因为第二。"
    assert single.citations == (Citation("安全生产法", 3, 2),)
    assert single.difficulty is Difficulty.EASY
    assert single.tags == ("公众", "从业人员")
    assert single.chapter == "第一章 总则"
    assert multiple.kind is Kind.MULTIPLE
    assert multiple.options == ("甲", "乙", "丙")
    assert multiple.answer == (0, 2)
    assert true_false.kind is Kind.TRUE_FALSE
    assert true_false.answer == (1,)


def test_a_bad_question_is_named_and_the_rest_still_loads() -> None:
    parsed = read_text("1. 好\nA. 甲\nB. 乙\n答案:A\n\n2. 坏\nA. 甲\nB. 乙\n\n3. 也好\n答案:对\n")
    assert (parsed.found, parsed.good, parsed.warned, parsed.rejected) == (3, 2, 0, 1)
    assert [(problem.where, problem.reason) for problem in parsed.problems] == [
        ("第6行", "没有答案，请补上。")
    ]


def test_a_repeated_question_is_remarked_whatever_its_width_and_punctuation() -> None:
    parsed = read_text("1. 甲乙，是吗？\n答案:对\n\n2. 甲乙,是吗?\n答案:对\n")
    assert (parsed.good, parsed.warned) == (1, 1)
    assert parsed.problems[0].reason == "与第1行的试题相同。"


def test_lines_before_the_first_question_are_reported() -> None:
    parsed = read_text("某某局题库\n1. 题\n答案:对\n")
    assert [problem.where for problem in parsed.problems] == ["第1行"]
    assert not parsed.problems[0].rejects
    assert parsed.good == 1


def test_a_loose_line_after_a_short_field_is_remarked_and_the_question_stays() -> None:
    parsed = read_text("1. 题\n题型:判断\n这是什么\n答案:对\n")
    assert (parsed.good, parsed.warned) == (0, 1)
    assert parsed.problems[0].reason == "没有读懂这一行：“这是什么”。"


def test_a_stem_numbered_like_a_heading_is_not_taken_for_one() -> None:
    parsed = read_text("一、下列问题中哪个对\nA. 甲\nB. 乙\n答案:A\n")
    assert parsed.problems == ()
    assert parsed.questions[0].stem == "下列问题中哪个对"


def test_a_heading_of_a_kind_that_cannot_be_scored_rejects_what_stands_under_it() -> None:
    parsed = read_text("一、简答题\n1. 谈谈看法\n答案:略\n二、判断题\n2. 题\n答案:对\n")
    assert (parsed.good, parsed.rejected) == (1, 1)
    assert "简答题不能自动评分" in parsed.problems[0].reason


def test_options_may_stand_after_the_name_of_the_kind() -> None:
    parsed = read_text("1. 题\n题型:多选\nA. 甲\nB. 乙\n答案:AB\n")
    assert parsed.good == 1
    assert parsed.questions[0].options == ("甲", "乙")


def test_options_out_of_order_and_fields_given_twice_reject_the_question() -> None:
    parsed = read_text("1. 题\nA. 甲\nC. 丙\n答案:A\n答案:C\n")
    assert parsed.rejected == 1
    assert "选项 C 的位置应为选项 B" in parsed.problems[0].reason
    assert "“答案”出现了两次" in parsed.problems[0].reason


def test_numbered_points_of_an_explanation_stay_in_it() -> None:
    parsed = read_text("1. 题\n答案:对\n解析:两点：\n1. 一\n3. 三\n2. 下一题\n答案:错\n")
    assert [question.stem for question in parsed.questions] == ["题", "下一题"]
    assert parsed.questions[0].explanation == "两点：\n1. 一\n3. 三"


def test_a_case_in_the_convention_ends_where_it_says_so() -> None:
    parsed = read_text(
        "案例:\n材料一段\n\n材料二段\n1. 甲\n答案:对\n2. 乙\n答案:错\n案例完\n3. 丙\n答案:对\n"
        "案例:\n又一材料\n1. 丁\n答案:对\n案例:\n第三份\n1. 戊\n答案:对\n章节:末\n1. 己\n答案:错\n"
    )
    assert parsed.problems == ()
    assert [(question.case, question.case_stem, question.stem) for question in parsed.questions] == [
        (1, "材料一段\n材料二段", "甲"),
        (1, "材料一段\n材料二段", "乙"),
        (0, "", "丙"),
        (2, "又一材料", "丁"),
        (3, "第三份", "戊"),
        (0, "", "己"),
    ]


def test_a_file_names_the_day_of_its_laws_revision_or_is_told_how() -> None:
    assert read_text("题库:库\n法律版本:2024-06-28\n1. 题\n答案:对\n").law_revised_on == date(2024, 6, 28)
    parsed = read_text("法律版本:2024年\n1. 题\n答案:对\n")
    assert parsed.law_revised_on is None
    assert [problem.reason for problem in parsed.problems] == [
        "法律版本没有读懂：“2024年”，应为修订日期，如 2021-06-10。"
    ]


def test_a_file_without_questions_says_so() -> None:
    parsed = read_text("\n\n")
    assert parsed.found == 0
    assert "没有找到试题" in parsed.problems[0].reason


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    parsed = read_text("\ufeff1. 题\r\n答案:对\r\n")
    assert parsed.good == 1
    assert parsed.problems == ()


PIECES = st.sampled_from(
    [
        "1. 题干",
        "2、题干",
        "（3）题干",
        "A. 甲",
        "B．乙 C. 丙",
        "答案:A",
        "答案：对",
        "解析:因为",
        "依据:《安全生产法》第三条",
        "难度:易",
        "一、单选题",
        "二、填空题",
        "章节:第一章",
        "题库:库",
        "题型:多选",
        "题型:判断",
        "题干（A）",
        "5. 题干（√）",
        "①点",
        "三、题干或话题",
        "A.甲B.乙C.丙 答案：B",
        "参考答案",
        "1.A 2.B 3.对",
        "1-3 ABC",
        "案例一：材料",
        "案例完",
        "第二章 用电",
        "法律版本:2024-06-28",
        "随便一行",
        "",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=40).map("\n".join))
def test_wild_text_is_read_without_an_error_and_the_counts_agree(text: str) -> None:
    check_nothing_lost(read_text(text))


@given(st.lists(PIECES, max_size=30))
def test_every_line_is_in_its_question_or_in_a_report(pieces: list[str]) -> None:
    """Each loose line bears a number of its own; what was read or reported must show it."""
    lines = [f"{piece}{n}标" if piece == "随便一行" else piece for n, piece in enumerate(pieces)]
    parsed = read_text("\n".join(lines))
    shown = "\n".join(
        [
            *("\n".join([*all_of(q.raw), *q.remarks]) for q in parsed.questions),
            *("\n".join([p.reason, *all_of(p.raw)]) for p in parsed.problems),
        ]
    )
    for line in lines:
        assert not line.startswith("随便一行") or line in shown


def all_of(raw: RawQuestion | None) -> list[str]:
    """Everything that was read of a question."""
    return [raw.stem, *raw.options, raw.answer, raw.explanation, raw.basis, raw.case_stem] if raw else []


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="甲乙丙丁法安全", min_size=1, max_size=20),
            st.integers(0, 3),
        ),
        min_size=1,
        max_size=20,
        unique_by=lambda pair: pair[0],
    )
)
def test_what_is_written_in_the_convention_comes_back(questions: list[tuple[str, int]]) -> None:
    text = "一、单选题\n" + "\n".join(
        f"{n}. {stem}\nA. 一\nB. 二\nC. 三\nD. 四\n答案:{'ABCD'[key]}\n"
        for n, (stem, key) in enumerate(questions, start=1)
    )
    parsed = read_text(text)
    assert [(question.stem, question.answer) for question in parsed.questions] == [
        (stem, (key,)) for stem, key in questions
    ]
    assert parsed.problems == ()
