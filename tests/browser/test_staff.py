"""What staff do, in a real browser."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from quizapp.accounts.roles import Role
from tests.browser.test_phone import overflow
from tests.factories import PASSWORD, make_bank, make_channel, make_user

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True)


def log_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/login")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="竞赛活动")).to_be_visible()


def test_an_organiser_sets_up_a_campaign_and_hangs_out_its_code(
    app: Flask, address: str, desktop: Page
) -> None:
    make_bank(name="安全生产法")
    make_user("zhang")
    log_in(desktop, address, "zhang")
    desktop.get_by_role("link", name="新建第一个活动").click()
    desktop.get_by_role("button", name="保存活动").click()
    expect(desktop.get_by_role("alert")).to_contain_text("有 5 处需要修改")
    desktop.get_by_label("活动名称").fill("安全生产月")
    desktop.get_by_label("活动说明").fill("欢迎参加。")
    desktop.get_by_label("开始时间").fill("2026-01-01T08:00")
    desktop.get_by_label("结束时间").fill("2036-01-01T08:00")
    desktop.get_by_label("安全生产法").check()
    desktop.get_by_role("button", name="保存活动").click()
    desktop.get_by_role("button", name="发布活动").click()
    expect(desktop.get_by_text("活动已发布。")).to_be_visible()
    desktop.get_by_label("渠道名称").fill("县政务大厅")
    desktop.get_by_role("button", name="新建渠道").click()
    shown = desktop.get_by_text(re.compile(rf"^{address}/q/[A-Z0-9]{{6}}$"))
    code_address = shown.inner_text()
    desktop.goto(code_address)
    expect(desktop.get_by_role("button", name="开始答题")).to_be_visible()
    desktop.goto(f"{address}/campaigns/1/counts")
    with desktop.expect_download() as download:
        desktop.get_by_role("button", name="下载 xlsx").click()
    assert download.value.suggested_filename == "安全生产月-统计.xlsx"


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (390, "light"), (390, "dark"), (320, "light")]
)
def test_staff_pages_fit_their_window_and_break_no_policy(
    app: Flask, address: str, browser: Browser, width: int, scheme: str
) -> None:
    channel = make_channel()
    make_user("boss", Role.ADMINISTRATOR)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    log_in(page, address, "boss")
    campaign = f"/campaigns/{channel.campaign_id}"
    for place in (
        "/campaigns",
        "/campaigns/new",
        campaign,
        f"{campaign}/edit",
        f"{campaign}/counts",
        f"/channels/{channel.id}",
        "/banks",
        "/banks/1",
        "/users",
        "/users/new",
        "/password",
    ):
        page.goto(f"{address}{place}")
        assert overflow(page) == 0, place
    page.goto(f"{address}/campaigns/new")
    page.get_by_role("button", name="保存活动").click()
    expect(page.get_by_role("alert")).to_contain_text("需要修改")
    assert overflow(page) == 0
    assert complaints == []
    context.close()
