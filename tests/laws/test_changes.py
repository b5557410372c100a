import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.laws.changes import ArticleChange, Change, compare, differences
from quizapp.laws.statutes import Article, Paragraph
from tests.factories import make_articles

SCHOOLS = "幼儿园每学期带孩子们认一次逃生门，画一张家里的平面图。"
SCHOOLS_REWORDED = "幼儿园每个月带孩子们认一次逃生门，并且画一张自己家里的平面图。"
DRILLS = "车间的灭火器每周擦一遍，谁擦的谁签字。"
FUNDS = "试验要花的钱记在账上，年底公示。"
LAST = "本法自公布之日起施行。"


def test_an_article_may_stay_move_be_reworded_come_and_go() -> None:
    changes = compare(
        make_articles(SCHOOLS, DRILLS, FUNDS, LAST),
        make_articles(FUNDS, "村里的大喇叭早晚各响一回。", SCHOOLS_REWORDED, LAST),
    )
    assert set(changes) == {
        ArticleChange(Change.MOVED, 3, 1),
        ArticleChange(Change.NEW, None, 2),
        ArticleChange(Change.REWORDED, 1, 3),
        ArticleChange(Change.GONE, 2, None),
        ArticleChange(Change.SAME, 4, 4),
    }
    assert [change.moved for change in changes if change.kind is Change.REWORDED] == [True]


def test_the_order_is_that_of_the_new_text_and_what_is_gone_follows_its_neighbour() -> None:
    changes = compare(make_articles(DRILLS, SCHOOLS, FUNDS, LAST), make_articles(SCHOOLS, LAST))
    assert [(change.old, change.new) for change in changes] == [(1, None), (2, 1), (3, None), (4, 2)]


def test_spaces_line_ends_and_width_are_no_change() -> None:
    old = [Article(1, "第一章", (Paragraph("甲，乙：", ("（一）丙。",)),))]
    new = [Article(1, "第一章 总则", (Paragraph("甲, 乙:"), Paragraph("(一)丙。")))]
    assert compare(old, new) == (ArticleChange(Change.SAME, 1, 1),)


def test_two_equal_articles_are_each_matched_once() -> None:
    changes = compare(make_articles(LAST, LAST), make_articles(LAST, LAST, LAST))
    assert [(change.old, change.new) for change in changes] == [(1, 1), (2, 2), (None, 3)]


def test_nothing_compares_with_nothing() -> None:
    assert compare((), ()) == ()
    assert compare(make_articles(LAST), ()) == (ArticleChange(Change.GONE, 1, None),)


@given(
    st.lists(st.text("甲乙丙丁戊，。", min_size=1, max_size=12)),
    st.lists(st.text("甲乙丙丁戊，。", min_size=1)),
)
def test_every_article_is_accounted_for_once(old: list[str], new: list[str]) -> None:
    changes = compare(make_articles(*old), make_articles(*new))
    assert sorted(change.old for change in changes if change.old) == list(range(1, len(old) + 1))
    assert [change.new for change in changes if change.new] == list(range(1, len(new) + 1))
    for change in changes:
        assert (change.old is None) == (change.kind is Change.NEW)
        assert (change.new is None) == (change.kind is Change.GONE)


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("甲应当试验。", "甲应当试验。", ["=甲应当试验。"]),
        ("甲应当试验。", "甲应当先行试验。", ["=甲应当", "+先行", "=试验。"]),
        ("甲可以试验。", "甲应当试验。", ["=甲", "-可以", "+应当", "=试验。"]),
        ("", "甲", ["+甲"]),
        ("甲", "", ["-甲"]),
        ("", "", []),
    ],
)
def test_differences_are_runs_of_the_same_removed_and_added(old: str, new: str, runs: list[str]) -> None:
    signs = {"same": "=", "added": "+", "removed": "-"}
    assert [signs[run.kind] + run.text for run in differences(old, new)] == runs


@given(
    st.text("甲乙丙，。\n", max_size=40), st.text("甲乙丙，。\n", max_size=40), st.sampled_from([1, 40, 2000])
)
def test_both_wordings_can_be_put_together_from_the_runs(old: str, new: str, times: int) -> None:
    """Long ones are compared by clauses, very long ones as a whole."""
    old, new = old * times, new * times
    runs = differences(old, new)
    assert "".join(run.text for run in runs if run.kind != "added") == old
    assert "".join(run.text for run in runs if run.kind != "removed") == new
