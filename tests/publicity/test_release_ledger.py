"""The ledger of releases: tables as units keep them, in and out."""

import io
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from flask import Flask

from quizapp.accounts.models import Unit, User
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.ledgers.values import BadCell
from quizapp.publicity.releases.ledger import RELEASES
from quizapp.publicity.releases.ledger_columns import read_address, read_kind, read_level
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.workflow import State
from tests.factories import PASSWORD, make_release, make_unit, make_user
from tests.ledgers.fake import bring, confirm, rows, standings, undo
from tests.pages import Visitor

TEXT = """序号,稿件标题,发布平台,层级,刊发时间,链接,报送单位
1,安全宣讲进校园,试验日报,市,2026年3月1日,https://news.example/a/1,城关镇
2,安全宣讲进校园,试验晚报,,2026.3.2,,
3,应急演练,某网,国家级,2026-3-3,http://www.news.example/a/1/?from=x,城关镇
4,还没播出,县台,县级,2026-12-31,,城关镇
5,,县台,县级,2026-3-4,,城关镇
6,级别写错,县台,宇宙级,2026-3-4,见附件,不存在的镇
"""


@pytest.fixture
def town(noon: datetime, app: Flask) -> Unit:
    """A township."""
    return make_unit("城关镇")


@pytest.fixture
def clerk(town: Unit) -> User:
    """Its publicist."""
    return make_user("clerk", Role.PUBLICIST, unit=town)


def all_releases() -> list[Release]:
    db.session.rollback()
    return db.session.query(Release).order_by(Release.id).all()


def test_a_units_table_is_read_judged_confirmed_and_taken_back(town: Unit, clerk: User) -> None:
    make_release(make_unit("别的镇"), outlet="试验晚报", level=Level.PROVINCE)
    begun = bring(clerk, TEXT, RELEASES)
    assert standings(begun) == ["ready", "ready", "caution", "caution", "faulty", "faulty"]
    assert [set(row.problems) for row in rows(begun)][4:] == [{"标题"}, {"级别", "单位", "网址"}]
    assert "与本文件前面的一行网址相同" in rows(begun)[2].cautions[0]
    assert "发布日期还没有到" in rows(begun)[3].cautions[0]
    begun = confirm(begun, clerk)
    written = [
        (one.title, one.outlet, one.level, one.day, one.state, one.unit_id) for one in all_releases()[1:]
    ]
    assert written == [
        ("安全宣讲进校园", "试验日报", Level.CITY, date(2026, 3, 1), State.SUBMITTED, town.id),
        ("安全宣讲进校园", "试验晚报", Level.PROVINCE, date(2026, 3, 2), State.SUBMITTED, town.id),
        ("应急演练", "某网", Level.CENTRAL, date(2026, 3, 3), State.SUBMITTED, town.id),
        ("还没播出", "县台", Level.COUNTY, date(2026, 12, 31), State.DRAFT, town.id),
    ]
    undo(begun, clerk)
    assert len(all_releases()) == 1


def test_what_was_confirmed_since_is_not_taken_back(town: Unit, clerk: User) -> None:
    text = "标题,媒体,级别,日期\n甲,县台,县,2026-3-1\n乙,县台,县,2026-3-1\n"
    begun = confirm(bring(clerk, text, RELEASES), clerk)
    first = all_releases()[0]
    first.state = State.CONFIRMED
    db.session.commit()
    undo(begun, clerk)
    assert [one.title for one in all_releases()] == ["甲"]


def test_a_row_that_is_recorded_already_is_worth_a_look(town: Unit, clerk: User) -> None:
    make_release(town, title="甲", outlet="县台")
    make_release(make_unit("别的镇"), title="秘密", address="https://news.example/1")
    text = "标题,媒体,级别,日期,网址\n甲,县台,县,2026-3-1,\n乙,县台,县,2026-3-1,news.example/1\n"
    begun = bring(clerk, text, RELEASES)
    assert standings(begun) == ["caution", "caution"]
    assert "城关镇已登记过“甲”" in rows(begun)[0].cautions[0]
    assert rows(begun)[1].cautions == ["另有单位登记过同样的发稿，可能重复。"]


def test_an_outlet_that_nobody_knows_needs_its_level_once(town: Unit, clerk: User) -> None:
    text = "标题,媒体,级别,日期\n甲,新台,,2026-3-1\n乙,新台,省,2026-3-1\n丙,新台,,2026-3-1\n"
    begun = bring(clerk, text, RELEASES)
    assert standings(begun) == ["faulty", "ready", "ready"]
    assert rows(begun)[0].problems == {"级别": "这家媒体还没有登记过，请填写级别。"}


def test_a_unit_out_of_reach_is_not_written_for(town: Unit, clerk: User) -> None:
    make_unit("别的镇")
    begun = bring(clerk, "标题,媒体,级别,日期,单位\n甲,县台,县,2026-3-1,别的镇\n", RELEASES)
    assert "没有这个单位，或者不归您填报" in rows(begun)[0].problems["单位"]


@pytest.mark.parametrize(
    ("text", "level"),
    [("中央", Level.CENTRAL), ("国家级", Level.CENTRAL), ("省", Level.PROVINCE), (" 区县 ", Level.COUNTY)],
)
def test_levels_are_read_as_tables_write_them(text: str, level: Level) -> None:
    assert read_level(text) is level


@pytest.mark.parametrize("text", ["无", " 没有 ", "／", "——"])
def test_a_table_may_say_in_words_that_there_is_no_address(text: str) -> None:
    assert read_address(text) == ""


def test_kinds_are_read_as_tables_write_them() -> None:
    assert [read_kind(text) for text in ("新闻", "电视", "公众号", "其它")] == [
        ReleaseKind.TEXT,
        ReleaseKind.VIDEO,
        ReleaseKind.SOCIAL,
        ReleaseKind.OTHER,
    ]
    with pytest.raises(BadCell, match="没有读懂形式"):
        read_kind("诗歌")
    with pytest.raises(BadCell, match="请写：中央、省级、市级、县级"):
        read_level("宇宙级")


def test_the_export_holds_what_the_filters_leave_and_can_be_brought_back(
    town: Unit, clerk: User, visitor: Callable[[], Visitor]
) -> None:
    make_release(town, title="=1+1", address="https://news.example/1", level=Level.CITY)
    make_release(make_unit("东门村", parent=town), title="村里的", state=State.DRAFT)
    make_release(make_unit("别的镇"), title="别人的")
    person = visitor()
    person.log_in("clerk", PASSWORD)
    form = person.open("/releases?level=city").form("/releases/export")
    answer = person.submit(form).response
    sheet = openpyxl.load_workbook(io.BytesIO(answer.get_data())).active
    assert sheet is not None
    found = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert found[0] == ["标题", "媒体", "级别", "形式", "发布日期", "网址", "主题", "单位", "状态"]
    assert [row[0] for row in found[1:]] == ["=1+1"]
    assert found[1][2:4] + found[1][5:6] == ["市级", "图文报道", "https://news.example/1"]
    assert found[1][7:] == ["城关镇", "已确认"]
