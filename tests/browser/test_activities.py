"""An activity recorded from a phone in the field, in a real browser without any script of ours."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.publicity.workflow import State
from tests.browser.test_phone import overflow
from tests.factories import (
    PASSWORD,
    make_activity,
    make_kind,
    make_photo,
    make_unit,
    make_user,
    photo_file,
)

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True)

SMALLEST_TARGET = 44


def log_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/login")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state("networkidle")


def test_an_activity_is_recorded_with_photos_from_a_phone_and_handed_in(
    app: Flask, address: str, phone: BrowserContext, tmp_path: Path
) -> None:
    make_user("clerk", Role.PUBLICIST, unit=make_unit("城关镇"))
    make_kind("lecture")
    db.session.rollback()
    files = []
    for number, colour in enumerate(((200, 30, 30), (30, 120, 60))):
        files.append(tmp_path / f"照片{number}.jpg")
        files[-1].write_bytes(photo_file(colour, (1200, 900)))
    page = phone.new_page()
    log_in(page, address, "clerk")
    page.get_by_role("link", name="记录第一次活动").click()
    page.get_by_label("活动类型").select_option(label="讲座")
    page.get_by_label("地点").fill("县一中")
    page.get_by_label("受众人次").fill("312")
    page.get_by_label("照片").set_input_files(files)
    expect(page.get_by_label("场次")).to_be_hidden()
    for button in ("保存草稿", "提交审核"):
        box = page.get_by_role("button", name=button).bounding_box()
        assert box
        assert box["height"] >= SMALLEST_TARGET
    assert overflow(page) == 0
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交审核。")).to_be_visible()
    expect(page.get_by_role("heading", name="讲座（县一中） 待审核")).to_be_visible()
    photo = page.get_by_alt_text("第 2 张照片")
    expect(photo).to_be_visible()
    photo.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert photo.evaluate("image => image.naturalWidth") == 320


def test_what_is_wanting_opens_the_folded_fields_and_is_told_there(
    app: Flask, address: str, phone: BrowserContext
) -> None:
    make_user("clerk", Role.PUBLICIST, unit=make_unit("城关镇"))
    make_kind("lecture")
    db.session.rollback()
    page = phone.new_page()
    log_in(page, address, "clerk")
    page.goto(f"{address}/activities/new")
    page.get_by_label("活动类型").select_option(label="讲座")
    page.get_by_text("更多：").click()
    page.get_by_label("场次").fill("0")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("alert")).to_contain_text("有 1 处需要修改")
    expect(page.get_by_label("场次")).to_be_visible()
    page.get_by_label("场次").fill("1")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("内容已存为草稿，还没有提交")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("有 2 处需要修改")


@pytest.mark.parametrize(("width", "size"), [(1280, 100), (390, 100), (320, 100), (390, 200)])
def test_pages_of_activities_fit_their_window_and_break_no_policy(
    app: Flask, address: str, browser: Browser, width: int, size: int
) -> None:
    today = clock.shanghai_day(clock.now())
    draft = make_activity(state=State.DRAFT, title="安全生产普法宣传进企业进农村进社区", day=today)
    make_photo(draft)
    confirmed = make_activity(day=today.replace(day=1))
    make_user("boss", Role.ADMINISTRATOR)
    db.session.rollback()
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    log_in(page, address, "boss")
    for place in (
        "/activities",
        f"/activities?kind={draft.kind_id}",
        "/activities/new",
        "/activities/copy",
        f"/activities/{draft.id}",
        f"/activities/{draft.id}/edit?check=1",
        f"/activities/{confirmed.id}/edit",
        "/activity-kinds",
        "/activity-kinds/new",
        f"/activity-kinds/{draft.kind_id}/edit",
    ):
        page.goto(f"{address}{place}")
        page.wait_for_load_state("networkidle")
        page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
        assert overflow(page) == 0, place
    assert complaints == []
    context.close()
