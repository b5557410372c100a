"""Recording releases: drafts, review, amendments, what may be recorded twice, and who sees what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from flask import Flask

from quizapp.accounts.models import AuditEntry, Unit, User
from quizapp.accounts.roles import Role
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.releases import queries, recording
from quizapp.publicity.releases.filters import read_filters, write_filters
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.releases.recording import Plan
from quizapp.publicity.reviewing import amending, reviewing
from quizapp.publicity.workflow import State
from tests.factories import PASSWORD, make_release, make_root, make_unit, make_user
from tests.pages import Page, Visitor

ADDRESS = "https://news.example/a/1"


@pytest.fixture
def town(app: Flask) -> Unit:
    """A township."""
    return make_unit("城关镇")


@pytest.fixture
def clerk(town: Unit) -> User:
    """Its publicist."""
    return make_user("clerk", Role.PUBLICIST, unit=town)


@pytest.fixture
def person(clerk: User, visitor: Callable[[], Visitor]) -> Visitor:
    """The publicist at a browser."""
    found = visitor()
    found.log_in("clerk", PASSWORD)
    return found


def plan_of(unit: Unit, **changes: object) -> Plan:
    plan = Plan(
        title="安全生产法宣讲",
        outlet="试验日报",
        level=Level.CITY,
        kind=ReleaseKind.TEXT,
        day=date(2026, 3, 9),
        unit_id=unit.id,
        address=ADDRESS,
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


def titles(actor: User, **args: str) -> list[str]:
    page, _ = queries.page_of_releases(actor, read_filters(args), 1)
    return [row[0].title for row in page.items]


def only_release() -> Release:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Release).one()


def fill(page: Page, person: Visitor, **values: str) -> Page:
    typed = {"title": "宣讲进校园", "outlet": "试验日报", "level": "city", "day": "2026-03-09", "save": "1"}
    return person.submit(page.own_form, **{**typed, **values})


def test_a_release_is_recorded_as_a_draft_and_its_changes_are_named_in_the_audit(
    noon: datetime, town: Unit, clerk: User
) -> None:
    release = recording.record_release(plan_of(town), clerk)
    assert (release.state, release.recorded_by, release.recorded_at) == (State.DRAFT, clerk.id, noon)
    recording.edit_release(release, plan_of(town, title="改过的标题", topic="进校园"), 1)
    db.session.commit()
    entries = db.session.query(AuditEntry).filter_by(subject_type="release").order_by(AuditEntry.id)
    assert [(entry.action, entry.fields) for entry in entries] == [
        ("create", []),
        ("edit", ["title", "topic"]),
    ]
    with pytest.raises(reviewing.EditedMeanwhile):
        recording.edit_release(release, plan_of(town), 1)


def test_a_release_that_has_not_appeared_yet_is_not_submitted(
    noon: datetime, town: Unit, clerk: User
) -> None:
    release = recording.record_release(plan_of(town, day=date(2026, 3, 11)), clerk)
    with pytest.raises(reviewing.NotComplete, match="发布日期还没有到。请先修改，再提交。"):
        reviewing.submit(release, clerk)
    recording.edit_release(release, plan_of(town, day=date(2026, 3, 10)), 1)
    reviewing.submit(release, clerk)
    assert release.state == State.SUBMITTED
    with pytest.raises(reviewing.NotInThisState):
        recording.edit_release(release, plan_of(town), release.version)


def test_keys_follow_every_change_an_amendment_too(noon: datetime, town: Unit, clerk: User) -> None:
    release = make_release(town, address=ADDRESS)
    values = {"address": "https://news.example/b", "title": "新题"}
    amendment = amending.propose(release, values, "写错", clerk)
    amending.confirm_amendment(amendment, make_user("reviewer", Role.REVIEWER))
    db.session.commit()
    changed = plan_of(town, **values, outlet=release.outlet)
    assert (only_release().address_key, only_release().title_key) == changed.keys


def test_a_release_may_be_the_same_by_address_or_by_title_and_outlet(town: Unit, clerk: User) -> None:
    first = recording.record_release(plan_of(town), clerk)
    shared = plan_of(town, title="另一个标题", address="http://www.news.example/a/1/?from=timeline")
    reprint = plan_of(town, outlet="试验晚报", address="https://evening.example/9")
    same_title = plan_of(town, address="", title="《安全生产法》宣讲")
    found = [queries.find_twins(clerk, plan.keys) for plan in (shared, reprint, same_title)]
    assert [[row[0].id for row in twins.known] for twins in found] == [[first.id], [], [first.id]]
    assert not any(twins.elsewhere for twins in found)
    first.state = State.VOIDED
    assert not queries.find_twins(clerk, shared.keys)


def test_of_another_units_release_only_that_it_is_there_is_told(town: Unit, clerk: User) -> None:
    make_release(make_unit("别的镇"), title="别人的秘密标题", address=ADDRESS)
    twins = queries.find_twins(clerk, plan_of(town).keys)
    assert (list(twins.known), twins.elsewhere) == ([], True)


def test_what_may_be_the_same_is_said_once_and_then_recorded(
    noon: datetime, town: Unit, person: Visitor
) -> None:
    make_release(town, title="早先的稿件", address=ADDRESS)
    make_release(make_unit("别的镇"), title="别人的秘密标题", address=ADDRESS)
    told = fill(person.open("/releases/new"), person, address=ADDRESS + "/")
    assert "可能已经登记过，还没有保存" in told.text
    assert "早先的稿件" in told.text
    assert "另有单位登记了同样的发稿" in told.text
    assert "秘密" not in told.text
    assert told.own_form.values["title"] == ["宣讲进校园"]
    saved = person.submit(told.own_form, save="1")
    assert "草稿已保存" in saved.text
    assert "疑似重复" in saved.text
    assert db.session.query(Release).count() == 3


def test_after_the_warning_another_repeat_is_told_anew(noon: datetime, town: Unit, person: Visitor) -> None:
    make_release(town, address=ADDRESS)
    make_release(town, address="https://news.example/b")
    told = fill(person.open("/releases/new"), person, address=ADDRESS)
    again = person.submit(told.own_form, save="1", address="https://news.example/b")
    assert "可能已经登记过" in again.text
    assert db.session.query(Release).count() == 2


def test_the_level_is_that_which_the_outlet_was_given_last(
    noon: datetime, town: Unit, person: Visitor
) -> None:
    make_release(make_unit("别的镇"), outlet="试验日报", level=Level.COUNTY)
    make_release(make_unit("第三镇"), outlet="试验日报", level=Level.PROVINCE)
    make_release(make_unit("第四镇"), outlet="没审核的媒体", state=State.DRAFT)
    page = person.open("/releases/new")
    assert "没审核的媒体" not in page.response.get_data(as_text=True)
    fill(page, person, level="", title="按上次级别")
    saved = db.session.query(Release).filter_by(title="按上次级别").one()
    assert saved.level == Level.PROVINCE
    refused = fill(person.open("/releases/new"), person, level="", outlet="新媒体")
    assert "这家媒体还没有登记过，请选择级别" in refused.text
    assert refused.own_form.values["outlet"] == ["新媒体"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "", "请填写。"),
        ("title", "长" * 121, "120"),
        ("outlet", " ", "请填写。"),
        ("day", "昨天", "1 处需要修改"),
        ("day", "1950-01-01", "年份应在 1990 至 2100 之间"),
        ("address", "javascript:alert(1)", "没有读懂网址"),
        ("address", "https://a.example/" + "x" * 500, "网址不能超过 500 字"),
        ("level", "galaxy", "1 处需要修改"),
        ("kind", "poem", "1 处需要修改"),
        ("unit_id", "99999", "1 处需要修改"),
    ],
)
def test_what_can_not_be_taken_is_said_at_its_field_and_nothing_is_lost(
    noon: datetime, person: Visitor, field: str, typed: str, sentence: str
) -> None:
    page = fill(person.open("/releases/new"), person, **{field: typed, "topic": "留着的主题"})
    assert page.status == 200
    assert sentence in page.text
    assert page.own_form.values["topic"] == ["留着的主题"]
    assert db.session.query(Release).count() == 0


def test_a_coming_day_is_kept_as_a_draft_and_not_submitted(noon: datetime, person: Visitor) -> None:
    coming = {"day": "2026-03-11"}
    refused = fill(person.open("/releases/new"), person, **coming, save=None, submit="1")  # type: ignore[arg-type]
    assert "发布日期还没有到" in refused.text
    fill(refused, person, **coming)
    assert only_release().state == State.DRAFT


def test_a_release_is_recorded_submitted_and_only_http_becomes_a_link(
    noon: datetime, town: Unit, person: Visitor
) -> None:
    page = fill(person.open("/releases/new"), person, address=f"分享：{ADDRESS} 打开", submit="1", save=None)  # type: ignore[arg-type]
    html = page.response.get_data(as_text=True)
    assert "已提交审核" in page.text
    assert f'<a href="{ADDRESS}" target="_blank" rel="noopener noreferrer">' in html
    assert only_release().state == State.SUBMITTED
    old = make_release(town, address="javascript:alert(1)")
    assert 'href="javascript' not in person.open(f"/releases/{old.id}").response.get_data(as_text=True)


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(
    noon: datetime, town: Unit, clerk: User, person: Visitor
) -> None:
    release = recording.record_release(plan_of(town), clerk)
    db.session.commit()
    page = person.open(f"/releases/{release.id}/edit")
    recording.edit_release(release, plan_of(town, title="同事改的"), 1)
    db.session.commit()
    told = person.submit(page.own_form, title="我改的", save="1")
    assert told.status == 409
    assert "有人修改了这条记录" in told.text
    assert told.own_form.values["title"] == ["我改的"]
    person.submit(told.own_form, save="1")
    assert only_release().title == "我改的"


def test_what_is_confirmed_is_amended_with_a_reason(noon: datetime, town: Unit, person: Visitor) -> None:
    release = make_release(town, title="写错的标题", address=ADDRESS)
    page = person.open(f"/releases/{release.id}/edit")
    refused = person.submit(page.own_form, title="改对的标题")
    assert "请写明更正的理由" in refused.text
    done = person.submit(refused.own_form, reason="录入时写错。")
    assert "更正已提出" in done.text
    assert only_release().title == "写错的标题"
    again = person.submit(person.open(f"/releases/{release.id}/edit").own_form, title="再改", reason="再改。")
    assert "已有一份更正等待审核" in again.text


def test_a_stranger_finds_no_release_of_another_unit(
    noon: datetime, town: Unit, clerk: User, visitor: Callable[[], Visitor]
) -> None:
    release = make_release(town, state=State.DRAFT)
    village = make_release(make_unit("东门村", parent=town), title="村里的稿件")
    stranger = make_user("elsewhere", Role.ADMINISTRATOR, unit=make_unit("别的镇"))
    beneath = make_user("beneath", Role.PUBLICIST, unit=make_unit("西门村", parent=town))
    for actor in (stranger, beneath):
        with pytest.raises(NotFound):
            queries.get_release_for(actor, release.id)
        assert titles(actor) == []
    assert set(titles(clerk)) == {release.title, village.title}
    person = visitor()
    person.log_in("elsewhere", PASSWORD)
    assert person.open(f"/releases/{release.id}").status == 404
    assert person.open(f"/releases/{release.id}/edit").status == 404


def test_the_list_is_narrowed_by_each_filter(town: Unit, clerk: User) -> None:
    village = make_unit("东门村", parent=town)
    make_release(town, title="甲", level=Level.CENTRAL, day=date(2026, 1, 31), topic="进校园")
    make_release(village, title="乙", kind=ReleaseKind.VIDEO, day=date(2026, 2, 1), state=State.DRAFT)
    make_release(town, title="丙%", outlet="试验晚报", day=date(2026, 2, 28))
    expected = {
        (): ["丙%", "乙", "甲"],
        (("sort", "up"),): ["甲", "乙", "丙%"],
        (("order", "recorded"),): ["丙%", "乙", "甲"],
        (("order", "outlet"), ("sort", "up")): ["甲", "乙", "丙%"],
        (("state", "draft"),): ["乙"],
        (("level", "central"),): ["甲"],
        (("kind", "video"),): ["乙"],
        (("unit", str(village.id)),): ["乙"],
        (("month", "2026-02"),): ["丙%", "乙"],
        (("from", "2026-02-01"), ("to", "2026-02-01")): ["乙"],
        (("words", "校园"),): ["甲"],
        (("words", "晚报"),): ["丙%"],
        (("words", "%"),): ["丙%"],
        (("state", "nonsense"), ("unit", "x"), ("from", "x")): ["丙%", "乙", "甲"],
    }
    assert {args: titles(clerk, **dict(args)) for args in expected} == expected
    _, totals = queries.page_of_releases(clerk, read_filters({}), 1)
    assert totals == {Level.CENTRAL: 1, Level.COUNTY: 2}


def test_filters_stand_in_the_address_as_they_were_read() -> None:
    args = {
        "state": "draft",
        "level": "city",
        "kind": "text",
        "unit": "3",
        "from": "2026-01-01",
        "to": "2026-01-31",
        "repeated": "1",
        "words": "校园",
        "order": "outlet",
        "sort": "up",
    }
    written = {name: str(value) for name, value in write_filters(read_filters(args)).items()}
    assert written == args


def test_those_that_may_be_the_same_are_marked_and_found_whatever_the_other_unit(
    town: Unit, clerk: User, person: Visitor
) -> None:
    make_release(town, title="同网址", address=ADDRESS)
    make_release(make_unit("别的镇"), title="别人的", address=ADDRESS)
    make_release(town, title="同标题")
    make_release(town, title="同标题")
    make_release(town, title="只此一篇")
    make_release(town, title="作废的", address="https://news.example/v", state=State.VOIDED)
    make_release(town, title="作废后的", address="https://news.example/v")
    assert sorted(titles(clerk, repeated="1")) == ["同标题", "同标题", "同网址"]
    page = person.open("/releases")
    assert page.text.count("疑似重复") == 3 + 1  # the filter says so too
    assert "别人的" not in page.text


def test_each_cell_of_the_list_stands_under_its_heading(noon: datetime, town: Unit, person: Visitor) -> None:
    make_release(town, title="宣讲", outlet="试验日报", day=date(2026, 3, 9), recorder=make_user("another"))
    page = person.open("/releases").text
    assert "标题 状态 媒体 发布日期 ↓ 单位 登记" in page
    assert "宣讲 已确认 试验日报 县级，图文报道 2026-03-09 城关镇 2026-03-10" in page


def test_an_empty_list_says_what_it_is_for_and_offers_the_first_step(person: Visitor) -> None:
    page = person.open("/releases")
    assert "登记第一篇发稿" in page.text
    assert "没有符合条件的发稿" in person.open("/releases?words=x").text


def test_who_only_reads_is_offered_nothing_to_change(app: Flask, visitor: Callable[[], Visitor]) -> None:
    release = make_release(make_root())
    make_user("auditor", Role.AUDITOR)
    person = visitor()
    person.log_in("auditor", PASSWORD)
    assert "登记发稿" not in person.open("/releases").text
    assert "提出更正" not in person.open(f"/releases/{release.id}").text
