import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.uploads import UnreadableFile
from quizapp.questions.importers.aiken import is_aiken, read_aiken
from quizapp.questions.importers.files import read_file
from quizapp.questions.importers.gift import is_gift, read_gift
from quizapp.questions.importers.moodle_xml import read_moodle_xml
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


def test_aiken_options_follow_each_other_and_several_letters_are_a_multiple_choice() -> None:
    parsed = read_aiken("Q\nA．x\nB、y\nC) z\nANSWER： A, C\n\nR\nA. x\nC. z\nANSWER: A\n")
    assert [(one.kind, one.answer) for one in parsed.questions] == [(Kind.MULTIPLE, (0, 2))]
    [problem] = parsed.problems
    assert problem.reason == "选项 C 的位置应为选项 B。"
    assert problem.raw
    assert problem.raw.options == ("x", "z")


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
    ("body", "name"), [("{}", "问答"), ("{#3:1}", "数值"), ("{=a -> b =c -> d}", "匹配")]
)
def test_gift_kinds_that_cannot_be_scored_are_rejected_by_name_and_kept_to_be_mended(
    body: str, name: str
) -> None:
    [problem] = read_gift(f"Question {body}").problems
    assert problem.reason == f"{name}题不能自动评分，暂不支持。"
    assert problem.raw
    assert problem.raw.stem == "Question"


def test_gift_short_answers_become_blanks_and_partly_right_ones_are_told() -> None:
    parsed = read_gift("Best animal? {=frog#Yes! =cat =%50%dog =%0%*}\n\nA {=frog} jumps.\n")
    first, second = parsed.questions
    assert (first.kind, first.stem, first.gaps) == (Kind.BLANK, "Best animal?____", (("frog", "cat"),))
    assert first.explanation == "Yes!"
    assert [problem.reason for problem in parsed.problems] == ["有答案只得部分分数，按错误处理。请核对。"]
    assert (second.stem, second.gaps) == ("A ____ jumps.", (("frog",),))


def test_a_gift_choice_with_one_whole_answer_takes_no_partly_right_one() -> None:
    [question] = read_gift("Q {=a ~%50%b ~c}").questions
    assert (question.kind, question.answer) == (Kind.SINGLE, (0,))
    assert question.remarks == ("有答案只得部分分数，按错误处理。请核对。",)


def test_gift_missing_words_keep_their_gap_and_escapes_their_signs() -> None:
    [question] = read_gift("Not \\{this\\} {=a\\=b ~c\\\\ ~d\\#e\\~} but that.").questions
    assert question.stem == "Not {this} ____ but that."
    assert question.options == ("a=b", "c\\", "d#e~")


def test_gift_categories_are_chapters_and_pictures_are_told() -> None:
    parsed = read_gift(
        '$CATEGORY: $course$/top/B/Part 1//2\n\nQ <img src="x.png">&lt;b&gt; {T}\n\n$CATEGORY: top\n\nR {F}\n'
    )
    first, second = parsed.questions
    assert (first.chapter, first.stem) == ("Part 1/2", "Q <b>")
    assert first.remarks == ("题中有 1 张图片，没有导入。",)
    assert second.chapter == ""


def test_gift_says_that_it_did_not_understand_a_body() -> None:
    assert "没有读懂花括号里的答案" in read_gift("Question {perhaps}").problems[0].reason


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


XML = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Law</text></category></question>
<question type="description"><questiontext format="html"><text>Read this.</text></questiontext></question>
<question type="multichoice"><name><text>n</text></name>
 <questiontext format="html"><text><![CDATA[<p>One &amp;<br>two</p><img src="a.png">]]></text></questiontext>
 <generalfeedback format="html"><text>Because <b>so</b>.</text></generalfeedback>
 <single>true</single>
 <answer fraction="100" format="html"><text>yes</text><feedback><text>f</text></feedback></answer>
 <answer fraction="50"><text>half</text></answer>
 <answer fraction="0"><text>no</text></answer>
 <tags><tag><text>safety</text></tag></tags></question>
<question type="multichoice"><questiontext><text>Several</text></questiontext><single>false</single>
 <answer fraction="50"><text>a</text></answer><answer fraction="-100"><text>b</text></answer>
 <answer fraction="50"><text>c</text></answer></question>
<question type="truefalse"><questiontext><text>So?</text></questiontext>
 <answer fraction="0"><text>true</text></answer>
 <answer fraction="100"><text>false</text></answer></question>
<question type="shortanswer"><questiontext><text>Name ____ it</text></questiontext>
 <answer fraction="100"><text>frog</text></answer>
 <answer fraction="100"><text>toad*</text></answer></question>
<question type="essay"><questiontext><text>Write</text></questiontext></question>
<question type="cloze"><questiontext><text>{1:SA:=a}</text></questiontext></question>
</quiz>"""


def test_moodle_xml_is_read_with_all_that_it_says() -> None:
    parsed = read_file(XML.encode())
    one, several, truth, words = parsed.questions
    assert (one.kind, one.stem, one.answer) == (Kind.SINGLE, "One &\ntwo", (0,))
    assert (one.chapter, one.tags, one.explanation) == ("Law", ("safety",), "Because so.")
    assert (several.kind, several.answer) == (Kind.MULTIPLE, (0, 2))
    assert (truth.kind, truth.answer) == (Kind.TRUE_FALSE, (1,))
    assert (words.stem, words.gaps) == ("Name ____ it", (("frog",),))
    assert [(problem.where, problem.reason) for problem in parsed.problems] == [
        ("第1题之前", "这段说明不是试题，没有导入：“Read this.”。"),
        ("第1题", "有答案只得部分分数，按错误处理。请核对。"),
        ("第1题", "题中有 1 张图片，没有导入。"),
        ("第4题", "有答案含通配符“*”，没有导入。请核对。"),
        ("第5题", "问答题不能自动评分，暂不支持。"),
        ("第6题", "完形填空题不能自动评分，暂不支持。"),
    ]
    assert (parsed.found, parsed.good, parsed.warned, parsed.rejected) == (6, 2, 2, 2)


BOMB = '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "定义了实体"),
        ("<quiz><question>", "XML 在第 1 行不规范"),
        ("<?xml version='1.0'?><html/>", "不是 Moodle 题库"),
        ("<quiz>" + "<a>" * 100, "嵌套过深"),
        ("<quiz><question>" + "<a/>" * 6000 + "</question></quiz>", "某题过大"),
    ],
)
def test_xml_that_is_harmful_or_broken_is_refused_with_a_sentence(content: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_file(content.encode())


def test_xml_may_name_another_encoding() -> None:
    question = '<question type="truefalse"><questiontext><text>对吗</text></questiontext>'
    answer = '<answer fraction="100"><text>true</text></answer></question>'
    content = f'<?xml version="1.0" encoding="gb2312"?><quiz>{question}{answer}</quiz>'
    assert read_file(content.encode("gb2312")).questions[0].stem == "对吗"


@given(
    st.lists(
        st.sampled_from(
            [
                "<quiz>",
                "</quiz>",
                "<question type='",
                "shortanswer'>",
                "</question>",
                "<text>",
                "</text>",
                "<answer fraction='",
                "x'>",
                "1'>",
                "<questiontext>",
                "&",
                "a",
                "]]>",
            ]
        )
    )
)
def test_wild_xml_is_read_or_refused(pieces: list[str]) -> None:
    try:
        parsed = read_moodle_xml("<quiz>" + "".join(pieces))
    except UnreadableFile:
        return
    assert parsed.found == parsed.good + parsed.warned + parsed.rejected
