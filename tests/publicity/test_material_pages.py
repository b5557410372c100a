"""The pages of materials: balances, recording, taking back, review, the list of materials."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask

from quizapp.accounts.models import Unit, UnitKind, User
from quizapp.accounts.roles import Role
from quizapp.core.spreadsheets import read_xlsx
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials import confirming, queries, stock
from quizapp.publicity.materials.models import Material, Movement
from quizapp.publicity.materials.refusals import NotEnough
from quizapp.publicity.materials.stock import Entry
from quizapp.publicity.reviewing import reviewing
from quizapp.publicity.workflow import State
from tests.factories import (
    PASSWORD,
    make_activity,
    make_material,
    make_received,
    make_root,
    make_unit,
    make_user,
)
from tests.pages import Visitor


@pytest.fixture
def town(noon: datetime, app: Flask) -> Unit:
    """A township, on 10 March."""
    return make_unit("城关镇")


@pytest.fixture
def leaflet(app: Flask) -> Material:
    """Leaflets."""
    return make_material("宣传折页", "份", "宣传折页")


@pytest.fixture
def clerk(town: Unit) -> User:
    """The township's publicist."""
    return make_user("clerk", Role.PUBLICIST, unit=town)


@pytest.fixture
def reviewer(app: Flask) -> User:
    """A reviewer of the bureau."""
    return make_user("reviewer", Role.REVIEWER)


Enter = Callable[[str], Visitor]


@pytest.fixture
def enter(visitor: Callable[[], Visitor]) -> Enter:
    """Somebody logged in by name."""

    def log_in(name: str) -> Visitor:
        person = visitor()
        person.log_in(name, PASSWORD)
        return person

    return log_in


def fresh(movement_id: int) -> Movement:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Movement, movement_id)


def hand_out(unit: Unit, material: Material, activity: Activity, quantity: int, actor: User) -> Movement:
    movement = stock.hand_out(Entry(unit, material, date(2026, 3, 10), quantity, actor), activity)
    db.session.commit()
    return movement


def test_a_clerk_records_a_receipt_and_a_hand_out_and_reads_the_balance(
    town: Unit, leaflet: Material, clerk: User, enter: Enter
) -> None:
    activity = make_activity(unit=town, title="宪法宣传周")
    person = enter("clerk")
    page = person.open("/materials")
    assert "登记第一次入库" in page.text
    page = person.open("/movements/new?kind=received")
    page = person.submit(page.form("/movements/new"), quantity="500", note="县局配发")
    assert "已登记入库。城关镇的宣传折页现有 500 份。" in page.text
    page = person.open(f"/movements/new?kind=handed_out&activity={activity.id}")
    assert page.form("/movements/new").values["activity_id"] == [str(activity.id)]
    page = person.submit(page.form("/movements/new"), quantity="620")
    assert "结存 500 份，这样登记会差 120 份。最多可以登记 500 份" in page.text
    assert page.form("/movements/new").values["quantity"] == ["620"]
    page = person.submit(page.form("/movements/new"), quantity="120", again="1")
    assert "城关镇的宣传折页现有 380 份" in page.text
    assert page.form("/movements/new").values["activity_id"] == [str(activity.id)]
    page = person.submit(page.form("/movements/new"), quantity="30")
    assert "宣传折页 120 份 城关镇 2026-03-10 待确认 宣传折页 30 份" in page.text
    assert "登记发放" in page.text
    page = person.open("/materials")
    assert "350 份" in page.text
    page = person.open("/movements?words=宪法")
    assert "共 2 条" in page.text
    assert "发出 150 （其中活动发放 150 ）" in page.text
    page = person.open("/materials?day=2026-03-09")
    assert "2026-03-09 没有符合条件的结存" in page.text


def test_what_is_handed_out_at_an_activity_stands_at_first_on_its_last_day(
    town: Unit, leaflet: Material, clerk: User, enter: Enter
) -> None:
    past = make_activity(unit=town, day=date(2025, 12, 30))
    person = enter("clerk")
    page = person.open(f"/movements/new?kind=handed_out&activity={past.id}")
    assert page.form("/movements/new").values["day"] == ["2025-12-30"]
    page = person.open("/movements/new?kind=handed_out")
    assert page.form("/movements/new").values["day"] == ["2026-03-10"]


def test_who_ticks_nothing_is_told_to_tick(
    town: Unit, leaflet: Material, reviewer: User, enter: Enter
) -> None:
    make_activity(unit=town, state=State.SUBMITTED)
    person = enter("reviewer")
    page = person.open("/reviews")
    assert "没有确认：请先勾选要确认的。" in person.submit(page.form("/reviews/activity/confirm")).text


def test_each_kind_asks_what_it_needs_and_says_what_is_wanting(
    town: Unit, leaflet: Material, clerk: User, enter: Enter
) -> None:
    make_received(town, leaflet, 100)
    person = enter("clerk")
    assert "请先记录活动" in person.open("/movements/new?kind=handed_out").text
    assert "没有可以下发" in person.open("/movements/new?kind=issued").text
    page = person.open("/movements/new?kind=returned")
    page = person.submit(page.form("/movements/new"), quantity="30")
    assert "现有 70 份" in page.text
    page = person.open("/movements/new?kind=counted")
    page = person.submit(page.form("/movements/new"), quantity="")
    assert "请填写。" in page.text
    page = person.submit(page.form("/movements/new"), quantity="0", day="2026-03-11")
    assert "日期不能晚于今天" in page.text
    page = person.submit(page.form("/movements/new"), quantity="0", day="2026-03-10")
    assert "已登记盘点。城关镇的宣传折页现有 0 份。" in page.text


def test_the_bureau_issues_to_a_township_for_which_it_can_record_too(
    town: Unit, leaflet: Material, enter: Enter
) -> None:
    make_user("boss", Role.PUBLICIST)
    make_received(None, leaflet, 100)
    person = enter("boss")
    page = person.open(f"/movements/new?kind=issued&unit={make_root().id}")
    page = person.submit(page.form("/movements/new"), quantity="60")
    assert "已登记下发。试验县应急管理局的宣传折页现有 40 份。" in page.text
    page = person.open(f"/materials?unit={town.id}")
    assert "60 份" in page.text
    assert "40 份" not in page.text
    assert person.open("/movements/new?unit=999").status == 404


def test_a_movement_is_taken_back_with_its_reason_and_stays(
    town: Unit, leaflet: Material, clerk: User, enter: Enter
) -> None:
    received = make_received(town, leaflet, 100)
    person = enter("clerk")
    page = person.open(f"/movements/{received.id}/take-back")
    assert "请填写。" in person.submit(page.own_form).text
    page = person.submit(page.own_form, reason="登记重复")
    assert "已撤销" in page.text
    assert "撤销理由 登记重复" in page.text
    page = person.open(f"/movements/{received.id}")
    assert "这一笔已经撤销：登记重复" in page.text
    assert "撤销这一笔" not in page.text
    page = person.open(f"/materials/{town.id}/{leaflet.id}")
    assert "现在的结存 0 份" in page.text


def test_a_strangers_records_are_not_found(
    town: Unit, leaflet: Material, clerk: User, reviewer: User, enter: Enter
) -> None:
    received = make_received(None, leaflet, 100)
    person = enter("clerk")
    for address in (
        f"/movements/{received.id}",
        f"/movements/{received.id}/take-back",
        f"/materials/{make_root().id}/{leaflet.id}",
        f"/movements/new?unit={make_root().id}",
    ):
        assert person.open(address).status == 404
    assert "导入已有的台账" in person.open("/movements").text
    theirs = make_activity(unit=make_unit("东关镇"))
    make_received(town, leaflet, 10)
    assert str(theirs.title) not in person.open(f"/movements/new?kind=handed_out&activity={theirs.id}").text


def test_an_activitys_confirmation_confirms_what_was_handed_out_at_it(
    app: Flask, town: Unit, leaflet: Material, clerk: User, reviewer: User
) -> None:
    make_received(town, leaflet, 100)
    activity = make_activity(unit=town, state=State.SUBMITTED, submitted_by=clerk.id)
    movement = hand_out(town, leaflet, activity, 40, clerk)
    assert queries.count_unconfirmed_movements(reviewer) == 0  # it waits with its activity
    reviewing.confirm(activity, reviewer, activity.version, queries.find_latest_movement())
    db.session.commit()
    assert (fresh(movement.id).confirmed_by, movement.confirmed_at) == (reviewer.id, activity.decided_at)


def test_what_was_handed_out_after_the_reviewer_looked_waits_for_another_look(
    town: Unit, leaflet: Material, clerk: User, enter: Enter
) -> None:
    make_user("looker", Role.REVIEWER)
    make_received(town, leaflet, 100)
    activity = make_activity(unit=town, state=State.SUBMITTED, submitted_by=clerk.id, title="讲座")
    seen = hand_out(town, leaflet, activity, 40, clerk)
    looker = enter("looker")
    page = looker.open("/reviews?all=1")
    assert "讲座 发放宣传折页 40 份" in page.text
    unseen = hand_out(town, leaflet, activity, 7, clerk)
    looker.submit(page.form("/reviews/activity/confirm"))
    db.session.rollback()
    assert fresh(seen.id).confirmed_at is not None
    assert fresh(unseen.id).confirmed_at is None
    assert "补登的发放 1" in looker.open("/reviews").text


def test_what_a_unit_above_handed_out_at_an_activity_waits_for_that_units_reviewer(
    app: Flask, town: Unit, leaflet: Material, clerk: User, reviewer: User
) -> None:
    village = make_unit("东关村", town, UnitKind.VILLAGE)
    make_received(town, leaflet, 100)
    activity = make_activity(unit=village, state=State.SUBMITTED)
    movement = hand_out(town, leaflet, activity, 40, clerk)
    near = make_user("village", Role.REVIEWER, unit=village)
    reviewing.confirm(activity, near, activity.version, queries.find_latest_movement())
    db.session.commit()
    assert fresh(movement.id).confirmed_at is None
    assert queries.list_unconfirmed_movements_for(reviewer, [movement.id]) == [movement]


def test_a_reviewers_own_hand_out_is_not_confirmed_with_anothers_activity(
    app: Flask, town: Unit, leaflet: Material, clerk: User, reviewer: User
) -> None:
    boss = make_user("boss", Role.ADMINISTRATOR)
    make_received(town, leaflet, 100)
    activity = make_activity(unit=town, state=State.SUBMITTED, submitted_by=clerk.id)
    own = hand_out(town, leaflet, activity, 40, boss)
    taken_back = hand_out(town, leaflet, activity, 5, boss)
    correction = stock.take_back(taken_back, clerk, "登记重复")
    theirs = hand_out(town, leaflet, activity, 10, clerk)
    reviewing.confirm(activity, boss, activity.version, queries.find_latest_movement())
    db.session.commit()
    movements = (own, taken_back, correction, theirs)
    assert [fresh(one.id).confirmed_by for one in movements] == [None, None, None, boss.id]
    assert queries.count_unconfirmed_movements(reviewer) == 1


def test_who_takes_a_return_back_is_not_told_what_the_unit_above_has(
    app: Flask, town: Unit, leaflet: Material, clerk: User
) -> None:
    village = make_unit("东关村", town, UnitKind.VILLAGE)
    make_received(village, leaflet, 30)
    returned = stock.return_to(Entry(village, leaflet, date(2026, 3, 10), 30, clerk), town)
    hand_out(town, leaflet, make_activity(unit=town), 17, clerk)
    with pytest.raises(NotEnough) as refused:
        stock.take_back(returned, clerk, "退错")
    assert "城关镇已经把退回的宣传折页发出" in refused.value.advice
    assert not re.search(r"\d", refused.value.advice)


def test_what_is_added_to_a_confirmed_activity_waits_for_a_reviewer(
    town: Unit, leaflet: Material, clerk: User, reviewer: User, enter: Enter
) -> None:
    make_received(town, leaflet, 100)
    activity = make_activity(unit=town, title="宪法宣传周")
    movement = hand_out(town, leaflet, activity, 40, clerk)
    person = enter("reviewer")
    assert "补登的发放 1" in person.open("/reviews").text
    page = person.open("/reviews/movements")
    assert "宪法宣传周" in page.text
    page = person.submit(page.form("/confirm"), movement=[str(movement.id), "999"])
    assert "已确认 1 条。" in page.text
    assert "1 条刚被修改过或者已经处理" in page.text
    assert fresh(movement.id).confirmed_by == reviewer.id
    correction = stock.take_back(movement, clerk, "登记重复")
    db.session.commit()
    page = person.open("/reviews/movements")
    assert "撤销发放：登记重复" in page.text
    person.submit(page.form("/confirm"), movement=str(correction.id))
    assert fresh(correction.id).confirmed_by == reviewer.id


def test_of_a_hand_out_and_its_correction_that_nobody_confirmed_neither_waits(
    town: Unit, leaflet: Material, clerk: User, reviewer: User
) -> None:
    make_received(town, leaflet, 100)
    movement = hand_out(town, leaflet, make_activity(unit=town), 40, clerk)
    correction = stock.take_back(movement, clerk, "登记重复")
    db.session.commit()
    assert queries.list_unconfirmed_movements_for(reviewer, [movement.id, correction.id]) == []
    assert queries.count_unconfirmed_movements(clerk) == 0


def test_ones_own_hand_out_is_left_to_another_reviewer_where_there_is_one(
    town: Unit, leaflet: Material, app: Flask
) -> None:
    boss = make_user("boss", Role.ADMINISTRATOR)
    make_received(town, leaflet, 100)
    activity = make_activity(unit=town)
    first, second = (hand_out(town, leaflet, activity, 10, boss) for _ in range(2))
    assert confirming.confirm_movements([first], 1, boss).confirmed == 1
    make_user("reviewer", Role.REVIEWER)
    outcome = confirming.confirm_movements([first, second], 2, boss)
    assert (outcome.confirmed, outcome.own, outcome.passed_over) == (0, 1, 1)


def test_what_the_filters_leave_is_exported(town: Unit, leaflet: Material, clerk: User, enter: Enter) -> None:
    make_received(town, leaflet, 100)
    make_received(town, make_material("海报", "张"), 20)
    person = enter("clerk")
    page = person.open(f"/movements?material={leaflet.id}")
    export = person.submit(page.form("/export"))
    (sheet,) = read_xlsx(export.response.data)
    lines = [list(row.cells) for row in sheet.rows]
    assert len(lines) == 2
    assert "宣传折页" in lines[1]


def test_lists_are_sorted_by_their_headings(town: Unit, leaflet: Material, clerk: User, enter: Enter) -> None:
    for quantity, day in ((100, 1), (300, 2), (200, 3)):
        make_received(town, leaflet, quantity, date(2026, 3, day))
    make_received(town, make_material("海报", "张"), 1)
    person = enter("clerk")

    def amounts(address: str) -> list[int]:
        html = person.open(address).response.get_data(as_text=True)
        return [int(found) for found in re.findall(r'class="number">(\d+) [份张]', html)]

    assert amounts("/movements") == [1, 200, 300, 100]
    assert amounts("/movements?sort=up") == [100, 300, 200, 1]
    assert amounts("/movements?order=quantity") == [300, 200, 100, 1]
    assert amounts("/movements?from=2026-03-02&to=2026-03-03&order=recorded&sort=up") == [300, 200]
    assert amounts("/materials?order=balance") == [1, 600]
    assert amounts("/materials?order=balance&sort=down") == [600, 1]
    assert amounts("/materials?words=海报&day=2026-03-10") == [1]


def test_the_bureaus_administrator_keeps_the_list_of_materials(
    town: Unit, leaflet: Material, enter: Enter
) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    make_user("chief", Role.ADMINISTRATOR, unit=town)
    assert enter("chief").open("/material-kinds").status == 403
    person = enter("boss")
    page = person.open("/material-kinds/new")
    page = person.submit(page.own_form, name="宣传折页", measure="张", category="宣传折页")
    assert "已有同名的宣传品" in page.text
    page = person.submit(page.own_form, name="雨伞")
    assert "宣传品已保存。" in page.text
    page = person.open(f"/material-kinds/{leaflet.id}/edit")
    page = person.submit(page.own_form, measure="张", retired="y")
    assert "停用" in page.text
    moved = make_received(town, make_material("扇子", "把"), 5)
    page = person.open(f"/material-kinds/{moved.material_id}/edit")
    page = person.submit(page.own_form, measure="件")
    assert "计量单位不能再改" in page.text


def test_every_page_of_materials_answers_with_one_heading_and_no_id_twice(
    town: Unit, leaflet: Material, enter: Enter
) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    received = make_received(None, leaflet, 100)
    make_activity(unit=make_root(), state=State.DRAFT)
    person = enter("boss")
    kinds = [f"/movements/new?kind={kind}" for kind in ("received", "issued", "handed_out", "counted")]
    for address in (
        *kinds,
        "/materials",
        f"/materials/{received.unit_id}/{leaflet.id}",
        "/movements",
        f"/movements/{received.id}",
        f"/movements/{received.id}/take-back",
        "/reviews/movements",
        "/material-kinds",
        "/material-kinds/new",
        f"/material-kinds/{leaflet.id}/edit",
    ):
        page = person.open(address)
        html = page.response.get_data(as_text=True)
        assert page.status == 200
        assert len(page.ids) == len(set(page.ids)), address
        (heading,) = re.findall(r"<h1>(.*?)</h1>", html, re.DOTALL)
        assert heading.split()[0] in re.findall(r"<title>(.*?)</title>", html)[0]
