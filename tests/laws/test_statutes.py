from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.numerals import write_chinese
from quizapp.laws.statutes import Article, Paragraph, Statute, UnreadableStatute, read_statute

HEAD = ["中华人民共和国试验法", "（2020年1月2日通过　2023年4月5日修订）"]


def read(*lines: str) -> Statute:
    return read_statute([*HEAD, *lines])


def test_chapters_paragraphs_and_items_are_told_apart() -> None:
    statute = read(
        "第一章　总　则",
        "",
        "第一条　为了试验，制定本法。",
        "第二章　职责",
        "第二条　甲应当：",
        "（一）试验；",
        "(二) 记录。",
        "乙应当协助。",
    )
    assert statute == Statute(
        "试验法",
        date(2023, 4, 5),
        None,
        (
            Article(1, "第一章 总则", (Paragraph("为了试验，制定本法。"),)),
            Article(
                2,
                "第二章 职责",
                (Paragraph("甲应当：", ("（一）试验；", "（二）记录。")), Paragraph("乙应当协助。")),
            ),
        ),
    )
    assert statute.chapters == ("第一章 总则", "第二章 职责")
    assert statute.articles[1].text == "甲应当：\n（一）试验；\n（二）记录。\n乙应当协助。"


def test_markdown_and_comments_leave_no_trace() -> None:
    statute = read_statute(
        [
            "\ufeff# 中华人民共和国试验法",
            "2020年1月2日 通过",
            "<!-- 编者",
            "第九条 不是条文 -->",
            "<!-- END -->",
            "## 第一章 总 则",
            "**第一条** 甲。",
        ]
    )
    assert (statute.name, statute.revised_on) == ("试验法", date(2020, 1, 2))
    assert statute.articles == (Article(1, "第一章 总则", (Paragraph("甲。"),)),)


def test_a_table_of_contents_sections_and_parts_do_no_harm() -> None:
    statute = read(
        "目　录",
        "第一编 总则",
        "第一章 甲",
        "第一编 总则",
        "第一章 甲",
        "第一节 一般规定",
        "第一条 甲。",
        "第二节 特别规定",
        "第二条 乙。",
        "第二编 分则",
        "第一章 丙",
        "第三条 丙。",
    )
    assert [article.chapter for article in statute.articles] == [
        "第一编 总则 第一章 甲",
        "第一编 总则 第一章 甲",
        "第二编 分则 第一章 丙",
    ]


def test_a_law_may_have_no_chapters_and_a_name_on_two_lines() -> None:
    statute = read_statute(["中华人民共和国", "《试验法》（2023年修正）", "第一条", "甲。", "第2条 乙。"])
    assert statute.name == "试验法"
    assert [(article.number, article.text) for article in statute.articles] == [(1, "甲。"), (2, "乙。")]
    assert statute.chapters == ()


def test_a_mention_of_an_article_at_the_start_of_a_line_begins_none() -> None:
    statute = read("第一条 甲。", "第九条规定的试验，从其规定。", "第一条之规定除外。", "第二条乙。")
    assert [len(article.paragraphs) for article in statute.articles] == [3, 1]


def test_a_line_that_an_editor_broke_is_joined_and_a_subitem_stays_with_its_item() -> None:
    statute = read("第一条 甲应当先行", "试验：", "（一）记录：", "1. 时间；", "2. 地点；", "（二）归档。")
    assert statute.articles[0].paragraphs == (
        Paragraph("甲应当先行试验：", ("（一）记录：\n1. 时间；\n2. 地点；", "（二）归档。")),
    )


@pytest.mark.parametrize("number", [1, 9, 10, 19, 20, 99, 100, 101, 110, 119, 1260])
def test_articles_are_numbered_as_statutes_write_them(number: int) -> None:
    lines = [f"第{write_chinese(one)}条　甲{one}。" for one in range(1, number + 1)]
    assert read(*lines).articles[-1].number == number


@pytest.mark.parametrize(
    ("head", "last", "dates"),
    [
        ("2020年1月2日通过", "本法自2020年5月1日起施行。", (date(2020, 1, 2), date(2020, 5, 1))),
        # Amended later, the text still prints its first day.
        ("2020年1月2日通过 2023年4月5日修正", "本法自2020年5月1日起施行。", (date(2023, 4, 5), None)),
        ("2020年1月2日通过", "本法自公布之日起施行。", (date(2020, 1, 2), None)),
        (
            "2023年4月5日修正，自2023年9月1日起施行",
            "本法自2020年5月1日起施行。",
            (date(2023, 4, 5), date(2023, 9, 1)),
        ),
        (
            "二〇二〇年一月二日通过",
            "本法自二〇二〇年五月一日起施行。",
            (date(2020, 1, 2), date(2020, 5, 1)),
        ),
        ("2020年13月45日通过", "本法自2020年5月1日起施行。", (None, date(2020, 5, 1))),
        ("没有日期", "甲。", (None, None)),
    ],
)
def test_dates_are_those_of_the_head_and_of_the_last_article(
    head: str, last: str, dates: tuple[date | None, date | None]
) -> None:
    statute = read_statute(["试验法", head, "第一条 甲。", f"第二条 {last}"])
    assert (statute.revised_on, statute.in_force_from) == dates


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["没有条文。"], "没有找到“第一条”"),
        (["第二条 乙。"], "第 3 行：第一个条号是第二条"),
        (["第一条 甲。", "第三条 丙。"], "第 4 行：条号从第一条跳到第三条"),
        (["第一条 甲。", "第二条 乙。", "第一条 甲。"], "第 5 行：第二条之后又是第一条"),
        (["第一条 甲。", "第一条之一 乙。"], "目前不能载入带“之一”的条文"),
        (["第一条 甲。", "第九千九千条 乙。", "第三条 丙。"], "第 5 行：条号从第一条跳到第三条"),
        (["第一条", "第二条 乙。"], "第 3 行：第一条没有内容"),
        (["第一条 " + "甲" * 20_001], "第一条超过 20000 字"),
        ([f"第{write_chinese(number)}条 甲。" for number in range(1, 2002)], "超过 2000 条"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(lines: list[str], words: str) -> None:
    with pytest.raises(UnreadableStatute, match=words):
        read(*lines)


def test_a_text_without_a_name_is_refused() -> None:
    with pytest.raises(UnreadableStatute, match="没有找到法律名称"):
        read_statute(["第一条 甲。"])


@pytest.mark.parametrize(
    ("paragraph", "item", "words"),
    [
        (None, None, "甲：\n（一）子；\n（二）丑。\n乙。"),
        (1, None, "甲：\n（一）子；\n（二）丑。"),
        (2, None, "乙。"),
        (1, 2, "甲：\n（二）丑。"),
        (None, 1, "甲：\n（一）子；"),
        (3, None, "甲：\n（一）子；\n（二）丑。\n乙。"),
        (2, 1, "乙。"),
    ],
)
def test_a_quotation_holds_the_paragraph_and_item_that_are_cited(
    paragraph: int | None, item: int | None, words: str
) -> None:
    article = Article(1, "", (Paragraph("甲：", ("（一）子；", "（二）丑。")), Paragraph("乙。")))
    assert article.quote(paragraph, item) == words


@given(
    st.lists(
        st.text(alphabet="第条章款一二九百千0９ 　。：（）#*<!->法中华人民共和国之年月日\n", max_size=30)
    )
)
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    with suppress(UnreadableStatute):
        articles = read_statute(lines).articles
        assert [article.number for article in articles] == list(range(1, len(articles) + 1))


@pytest.mark.parametrize("piece", ["第", "第一条 ", "<!--", "（一）", "2020年1月", "《", "# ", "法"])
def test_long_monotonous_text_is_read_in_good_time(piece: str) -> None:
    """A million characters on a line; no test has a clock, a hang shows."""
    with pytest.raises(UnreadableStatute):
        read_statute([piece * (1_000_000 // len(piece))])
    with pytest.raises(UnreadableStatute):
        read("第一条 " + piece * (1_000_000 // len(piece)))
