"""Recording activities on pages: drafts, handing in, what is wanting, two editors, who reaches what."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from quizapp.accounts.models import AuditEntry, Unit
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.activities.recording import Plan, edit_activity
from quizapp.publicity.workflow import State
from tests.factories import (
    PASSWORD,
    make_activity,
    make_campaign,
    make_kind,
    make_law_version,
    make_root,
    make_unit,
    make_user,
    photo_file,
)
from tests.pages import Page, Visitor
from tests.racing import AT_ONCE, at_once

TODAY = date(2026, 3, 10)

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def town(app: Flask) -> Unit:
    """A township."""
    return make_unit("城关镇")


@pytest.fixture
def clerk(town: Unit, visitor: Callable[[], Visitor]) -> Visitor:
    """Its publicist, logged in."""
    make_user("clerk", Role.PUBLICIST, unit=town)
    make_kind("lecture")
    db.session.rollback()
    person = visitor()
    person.log_in("clerk", PASSWORD)
    return person


def record(person: Visitor, button: str = "submit", **values: Any) -> Page:
    page = person.open("/activities/new")
    said = {
        "kind_id": str(make_kind("lecture").id),
        "place": "县一中",
        "audience": "312",
        button: "1",
        **values,
    }
    return person.submit(page.own_form, **said)


def only() -> Activity:
    db.session.rollback()
    db.session.expire_all()
    found: Activity = db.session.scalars(db.select(Activity)).one()
    return found


def photo() -> tuple[io.BytesIO, str]:
    return io.BytesIO(photo_file()), "照片.jpg"


def test_four_fields_are_enough_to_hand_an_activity_in(clerk: Visitor, town: Unit) -> None:
    page = record(clerk, photos=photo())
    assert "已提交审核" in page.text
    activity = only()
    assert (activity.title, activity.place, activity.audience) == ("讲座（县一中）", "县一中", 312)
    assert (activity.begins_on, activity.ends_on, activity.sessions) == (TODAY, TODAY, 1)
    assert (activity.unit_id, activity.state) == (town.id, State.SUBMITTED)
    assert "第 1 张照片" in page.response.get_data(as_text=True)


def test_everything_that_is_filled_in_is_kept(clerk: Visitor, town: Unit) -> None:
    make_law_version("消防法")
    campaign = make_campaign("扫码答题", unit=town)
    page = record(
        clerk,
        "save",
        title="普法进校园",
        begins_on="2026-03-02",
        ends_on="2026-03-04",
        sessions="3",
        partners="县教育局、团县委",
        description="<b>讲</b>了三课。",
        laws=["安全生产法", "消防法"],
        other_law="《中华人民共和国防震减灾法》",
        campaign_id=str(campaign.id),
    )
    assert "草稿已保存" in page.text
    assert "普法进校园" in page.text
    assert "<b>讲</b>" not in page.response.get_data(as_text=True)
    activity = only()
    assert (activity.begins_on, activity.ends_on) == (date(2026, 3, 2), date(2026, 3, 4))
    assert activity.laws == ["安全生产法", "消防法", "防震减灾法"]
    assert (activity.sessions, activity.partners) == (3, "县教育局、团县委")
    assert (activity.campaign_id, activity.state) == (campaign.id, State.DRAFT)
    form = clerk.open(f"/activities/{activity.id}/edit").own_form
    assert form.values["laws"] == ["安全生产法", "消防法", "防震减灾法"]
    assert form.values["other_law"] == [""]
    assert form.values["ends_on"] == ["2026-03-04"]


def test_a_draft_needs_only_its_kind_and_says_later_what_is_wanting(clerk: Visitor) -> None:
    assert "草稿已保存" in record(clerk, "save", place="", audience="").text
    activity = only()
    assert (activity.title, activity.audience, activity.place) == ("讲座", 0, "")
    refused = clerk.submit(clerk.open(f"/activities/{activity.id}").form("/submit"))
    assert "请填写地点" in refused.text
    assert only().state == State.DRAFT


def test_a_title_that_nobody_chose_follows_the_kind_and_the_place(clerk: Visitor) -> None:
    page = record(clerk, place="", audience="")
    assert only().title == "讲座"
    assert (page.own_form.values["title"], page.own_form.values["audience"]) == ([""], [""])
    clerk.submit(page.own_form, place="县二中", audience="60", submit="1")
    assert (only().title, only().state) == ("讲座（县二中）", State.SUBMITTED)


def test_a_title_that_was_chosen_stays_when_the_place_changes(clerk: Visitor) -> None:
    record(clerk, "save", title="开学第一课")
    page = clerk.open(f"/activities/{only().id}/edit")
    clerk.submit(page.own_form, place="县二中", save="1")
    assert (only().title, only().place) == ("开学第一课", "县二中")


def test_what_is_not_complete_is_kept_as_a_draft_with_its_photos(clerk: Visitor) -> None:
    page = record(clerk, place="", photos=photo())
    assert "内容已存为草稿，还没有提交" in page.text
    assert "请填写地点。" in page.text
    assert (only().state, only().audience) == (State.DRAFT, 312)
    done = clerk.submit(page.own_form, place="县一中", submit="1")
    assert "已提交审核" in done.text
    assert only().state == State.SUBMITTED
    assert "第 1 张照片" in done.response.get_data(as_text=True)


def test_what_is_still_to_come_can_be_planned_but_not_handed_in(clerk: Visitor) -> None:
    page = record(clerk, begins_on="2026-03-10", ends_on="2026-03-11")
    assert "活动还没有结束，可以先存为草稿。" in page.text
    assert only().state == State.DRAFT


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"kind_id": "0"}, "请选择活动类型。"),
        ({"audience": "三百"}, "整数"),
        ({"audience": "-1"}, "0 至 10000000"),
        ({"begins_on": "昨天"}, "请填写正确的日期|not a valid|有效"),
        ({"begins_on": "0001-01-01"}, "1990 至 2100"),
        ({"begins_on": "2026-03-09", "ends_on": "2026-03-08"}, "结束日期不能早于开始日期。"),
        ({"sessions": "0"}, "1 至 10000"),
        ({"title": "长" * 81}, "80"),
        ({"unit_id": "999999"}, "选"),
    ],
)
def test_a_slip_is_told_at_its_field_and_nothing_typed_is_lost(
    clerk: Visitor, values: dict[str, str], said: str
) -> None:
    page = record(clerk, description="讲了两部法律", **values)
    assert page.status == 200
    assert "有 1 处需要修改" in page.text
    assert any(part in page.text for part in said.split("|")), page.text
    assert page.own_form.values["description"][-1] == "讲了两部法律"
    assert db.session.scalars(db.select(Activity)).all() == []


def test_photos_that_came_with_a_slip_must_be_chosen_again_and_that_is_said(clerk: Visitor) -> None:
    assert "重新选择照片" in record(clerk, kind_id="0", photos=photo()).text


def test_only_open_units_and_kinds_in_use_are_offered(app: Flask, visitor: Callable[[], Visitor]) -> None:
    make_unit("撤并镇").closed = True
    make_kind("drill").retired = True
    db.session.commit()
    make_user("boss", Role.ADMINISTRATOR)
    person = visitor()
    person.log_in("boss", PASSWORD)
    text = person.open("/activities/new").text
    assert "撤并镇" not in text
    assert "应急演练" not in text
    assert "五进 · 进企业" in text


def test_of_two_editors_the_second_is_told_and_keeps_what_he_typed(
    clerk: Visitor, town: Unit, visitor: Callable[[], Visitor]
) -> None:
    activity = make_activity(unit=town, state=State.DRAFT, audience=10)
    make_user("other", Role.PUBLICIST, unit=town)
    other = visitor()
    other.log_in("other", PASSWORD)
    mine, theirs = (person.open(f"/activities/{activity.id}/edit") for person in (clerk, other))
    assert "草稿已保存" in other.submit(theirs.own_form, audience="20", save="1").text
    told = clerk.submit(mine.own_form, audience="30", place="东关广场", save="1")
    assert told.status == 409
    assert "您的内容还没有保存，都留在下面" in told.text
    assert told.own_form.values["place"] == ["东关广场"]
    assert only().audience == 20
    assert "草稿已保存" in clerk.submit(told.own_form, save="1").text
    assert (only().audience, only().place) == (30, "东关广场")


def test_the_trail_names_the_changed_fields_and_no_values(clerk: Visitor, town: Unit) -> None:
    activity = make_activity(unit=town, state=State.DRAFT)
    page = clerk.open(f"/activities/{activity.id}/edit")
    clerk.submit(page.own_form, audience="77", place="东关广场", save="1")
    found = db.select(AuditEntry).where(AuditEntry.action == "edit", AuditEntry.subject_type == "activity")
    assert sorted(db.session.scalars(found).one().fields) == ["audience", "place"]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.VOIDED])
def test_what_waits_or_is_voided_is_not_edited(clerk: Visitor, town: Unit, state: State) -> None:
    activity = make_activity(unit=town, state=state, audience=10)
    page = clerk.open(f"/activities/{activity.id}/edit")
    assert page.status == 409
    assert "不能修改" in page.text


def test_what_is_confirmed_is_changed_by_an_amendment_with_a_reason(clerk: Visitor, town: Unit) -> None:
    activity = make_activity(unit=town, audience=10, place="县一中")
    page = clerk.open(f"/activities/{activity.id}/edit")
    assert "photos" not in page.own_form.values
    assert "请填写。" in clerk.submit(page.own_form, audience="20").text
    assert "内容与现在的记录相同" in clerk.submit(page.own_form, reason="手误").text
    assert "至少 1 人次" in clerk.submit(page.own_form, audience="0", reason="手误").text
    assert "更正已提出" in clerk.submit(page.own_form, audience="20", reason="少写了一场").text
    assert only().audience == 10
    page = clerk.open(f"/activities/{activity.id}/edit")
    assert "已有一份更正等待审核" in clerk.submit(page.own_form, audience="30", reason="又错").text


def test_a_returned_activity_shows_why_and_can_be_mended(clerk: Visitor, town: Unit) -> None:
    activity = make_activity(unit=town, state=State.RETURNED, return_reason="人次有误", place="县一中")
    page = clerk.open(f"/activities/{activity.id}/edit")
    assert "退回原因：人次有误" in page.text
    assert "已提交审核" in clerk.submit(page.own_form, audience="20", submit="1").text


def test_a_stranger_units_activity_is_neither_seen_nor_changed(clerk: Visitor) -> None:
    foreign = make_activity(unit=make_unit("东关镇"), state=State.DRAFT, title="外镇的活动", audience=10)
    assert "外镇的活动" not in clerk.open("/activities").text
    assert clerk.open(f"/activities/{foreign.id}").status == 404
    assert clerk.open(f"/activities/{foreign.id}/edit").status == 404
    token = clerk.open("/activities/new").own_form.values["csrf_token"][0]
    changed = {"csrf_token": token, "kind_id": foreign.kind_id, "audience": "99", "save": "1"}
    assert clerk.client.post(f"/activities/{foreign.id}/edit", data=changed).status_code == 404
    assert clerk.client.post(f"/activities/{foreign.id}/photos", data=changed).status_code == 404
    assert clerk.client.post(f"/records/activity/{foreign.id}/delete", data=changed).status_code == 404
    assert only().audience == 10


def test_an_activity_is_recorded_and_moved_only_within_reach(clerk: Visitor, town: Unit) -> None:
    foreign = make_unit("东关镇")
    assert "有 1 处需要修改" in record(clerk, unit_id=str(foreign.id)).text
    assert "有 1 处需要修改" in record(clerk, unit_id=str(make_root().id)).text
    village = make_unit("东关村", parent=town)
    record(clerk, unit_id=str(village.id))
    assert only().unit_id == village.id


def test_who_only_reads_is_offered_no_button(app: Flask, visitor: Callable[[], Visitor]) -> None:
    activity = make_activity(state=State.DRAFT, title="讲座一")
    make_user("auditor", Role.AUDITOR)
    person = visitor()
    person.log_in("auditor", PASSWORD)
    assert "记录活动" not in person.open("/activities").text
    page = person.open(f"/activities/{activity.id}")
    assert "讲座一" in page.text
    assert not [form for form in page.forms if "logout" not in form.action]


def test_campaigns_are_offered_that_a_unit_above_has_published_and_none_of_units_beside(
    clerk: Visitor, noon: datetime
) -> None:
    make_campaign("县里的答题")
    make_campaign("还没发布的答题", published=False)
    make_campaign("别的镇的答题", unit=make_unit("别的镇"))
    offered = clerk.open("/activities/new").text
    assert "县里的答题" in offered
    assert "还没发布的答题" not in offered
    assert "别的镇的答题" not in offered


def test_of_several_who_save_in_the_same_moment_one_is_first_and_the_others_are_told(app: Flask) -> None:
    activity = make_activity(state=State.DRAFT)
    activity_id, plan = activity.id, Plan(activity.kind_id, "讲座", TODAY, TODAY, activity.unit_id)

    def save(number: int) -> None:
        found = db.session.get_one(Activity, activity_id)
        edit_activity(found, replace(plan, audience=number + 100), seen_version=1)

    assert at_once(app, save) == ["EditedMeanwhile"] * (AT_ONCE - 1) + ["done"]
    assert only().version == 2
