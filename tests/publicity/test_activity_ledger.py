"""The ledger of activities: real tables become records that wait for review, or drafts, and go back."""

from datetime import date

import pytest
from flask import Flask

from quizapp.accounts.models import Unit, User
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.ledgers.columns import Column
from quizapp.ledgers.headings import recognise_headings
from quizapp.publicity.activities.ledger import ACTIVITIES, export_rows
from quizapp.publicity.activities.ledger_columns import list_columns
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.activities.queries import Filters
from quizapp.publicity.reviewing import reviewing
from quizapp.publicity.workflow import State
from tests.factories import make_activity, make_kind, make_unit, make_user
from tests.ledgers.fake import bring, confirm, rows, standings, undo

HEADINGS = "序号,活动时间,活动类别,活动主题,地点,主办单位,场次,受众人数,宣传的法律,备注"
TABLE = f"""{HEADINGS}
1,2026年2月3日,讲座,普法进校园,县一中,城关镇,2,312人,《安全生产法》《突发事件应对法》,
2,2026-02-10,进企业,,化工厂,城关镇/东关村,,50,,讲解两部法律
3,2026-02-11,讲座,没有人次的,县二中,城关镇,1,,,
4,2月12日,讲座,没有年份的,县二中,城关镇,1,30,,
5,2026-02-13,讲座,外镇的,镇政府,东关镇,1,30,,
"""


@pytest.fixture
def town(app: Flask) -> Unit:
    """A township with a village, beside another one."""
    make_kind("lecture")
    made = make_unit("城关镇")
    make_unit("东关村", parent=made)
    make_unit("东关镇")
    return made


@pytest.fixture
def clerk(town: Unit) -> User:
    """Its publicist."""
    return make_user("clerk", Role.PUBLICIST, unit=town)


def activities() -> list[Activity]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(db.select(Activity).order_by(Activity.id)))


def test_a_units_table_is_understood_row_by_row(clerk: User) -> None:
    begun = bring(clerk, TABLE, ACTIVITIES)
    assert standings(begun) == ["ready", "ready", "caution", "faulty", "faulty"]
    found = rows(begun)
    assert found[2].cautions == ["请填写受众人次，至少 1 人次。", "这一行会存为草稿，补充后再提交。"]
    assert "没有写年份" in found[3].problems["开始日期"]
    assert "不归您填报" in found[4].problems["单位"]


def test_what_is_complete_waits_for_review_and_the_rest_is_a_draft(clerk: User, town: Unit) -> None:
    confirm(bring(clerk, TABLE, ACTIVITIES), clerk)
    first, second, third = activities()
    assert (first.title, first.begins_on, first.sessions) == ("普法进校园", date(2026, 2, 3), 2)
    assert (first.audience, first.place, first.unit_id) == (312, "县一中", town.id)
    assert first.laws == ["安全生产法", "突发事件应对法"]
    assert (first.state, first.submitted_by, first.recorded_by) == (State.SUBMITTED, clerk.id, clerk.id)
    assert (second.title, second.sessions) == ("进企业（化工厂）", 1)
    assert second.description == "讲解两部法律"
    assert (third.state, third.audience) == (State.DRAFT, 0)


def test_a_repeat_is_pointed_out_within_the_file_and_against_what_stands(clerk: User, town: Unit) -> None:
    make_activity(unit=town, title="普法进校园", day=date(2026, 2, 3))
    line = "1,2026-02-04,讲座,夜校,镇政府,城关镇,1,20,,\n"
    begun = bring(clerk, TABLE.splitlines()[0] + "\n" + TABLE.splitlines()[1] + "\n" + line * 2, ACTIVITIES)
    assert [row.cautions for row in rows(begun)] == [
        ["已有同单位、同日期、同名称的活动，可能重复。"],
        [],
        ["本文件前面已有同单位、同日期、同名称的一行。"],
    ]


def test_who_has_one_unit_need_not_write_it(clerk: User, town: Unit) -> None:
    confirm(bring(clerk, "日期,类型,地点,受众\n2026-02-03,讲座,镇政府,20\n", ACTIVITIES), clerk)
    assert [activity.unit_id for activity in activities()] == [town.id]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("场次", "场次至少是 1|不能超过"),
        ("受众", "不是准确的数字"),
        ("结束日期", "不能早于开始日期"),
        ("活动名称", "不能超过 80 字"),
    ],
)
def test_a_wrong_cell_is_told_in_its_column(clerk: User, cell: str, said: str) -> None:
    wrong = {"场次": "0", "受众": "约300", "结束日期": "2026-02-01", "活动名称": "长" * 81}
    begun = bring(clerk, f"日期,类型,地点,{cell}\n2026-02-03,讲座,镇政府,{wrong[cell]}\n", ACTIVITIES)
    assert any(part in "".join(rows(begun)[0].problems.values()) for part in said.split("|"))


def test_an_import_is_undone_but_for_what_was_confirmed(clerk: User) -> None:
    begun = confirm(bring(clerk, TABLE, ACTIVITIES), clerk)
    reviewer = make_user("reviewer", Role.REVIEWER)
    first = activities()[0]
    reviewing.confirm(first, reviewer, first.version, 0)
    db.session.commit()
    begun = undo(begun, clerk)
    assert [activity.title for activity in activities()] == ["普法进校园"]
    assert rows(begun)[0].cautions == ["没有撤销：这条记录已经确认，不能撤销导入。有误请在它的页面提出更正。"]


def test_a_draft_that_somebody_deleted_is_no_obstacle_to_undoing(clerk: User) -> None:
    begun = confirm(bring(clerk, TABLE, ACTIVITIES), clerk)
    reviewing.delete(activities()[2])
    db.session.commit()
    undo(begun, clerk)
    assert activities() == []


def test_an_export_reads_back_as_it_was_written(clerk: User, town: Unit) -> None:
    for parent in (town, make_unit("西关镇")):
        make_activity(unit=make_unit("同名村", parent=parent), place="村委会", laws=["安全生产法"])
    boss = make_user("boss", Role.ADMINISTRATOR)
    exported = list(export_rows(boss, Filters(descending=False)))
    assert [row["单位"] for row in exported] == ["城关镇/同名村", "西关镇/同名村"]
    judge = ACTIVITIES.judging(boss)
    names = [column.name for column in list_columns()]
    for row in exported:
        judgement = judge({name: str(row.get(name, "")) for name in names})
        assert judgement.problems == ()
        assert judgement.cautions == ("已有同单位、同日期、同名称的活动，可能重复。",)


@pytest.mark.parametrize(
    "headings",
    [
        ("序号", "活动时间", "活动地点", "宣传形式", "活动主题", "参加人数", "主办单位", "备注"),
        ("活动名称", "开展时间", "开展地点", "类型", "受众人数（人）", "填报单位", "场次"),
        ("时间", "地点", "活动类型", "主题", "受教育人数", "责任单位", "协办单位", "活动简介"),
    ],
)
def test_headings_of_real_tables_are_recognised(app: Flask, headings: tuple[str, ...]) -> None:
    columns: tuple[Column, ...] = list_columns()
    found = recognise_headings(headings, columns, {})
    assert not found.unknown
    assert not found.repeated
    assert {"活动类型", "开始日期", "受众人次", "单位"} <= set(found.by_name)
