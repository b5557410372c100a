"""From a clerk's file to a question on a citizen's phone, in a real browser."""

from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from quizapp.accounts.roles import Role
from quizapp.campaigns.rules import KindRule
from quizapp.extensions import db
from quizapp.questions.kinds import Kind
from tests.browser.test_phone import overflow, start
from tests.factories import PASSWORD, make_bank, make_campaign, make_channel, make_user

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True)


def clerks_workbook(folder: Path) -> Path:
    """A title, a note, headings with additions, a good row and one whose answer is wanting."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "单选题"
    for row in (
        ["某镇消防知识题库"],
        ["填写说明：红色为必填"],
        ["序号", "试题（必填）", "选项 A", "选项 B", "选项 C", "正确答案*", "备注"],
        [1, "遇到火情应当拨打哪个号码？", "110", "119", "120", "B", ""],
        [2, "灭火器压力表指针在哪个区域为正常？", "红区", "绿区", "黄区", None, "老张出"],
    ):
        sheet.append(row)
    path = folder / "消防题库.xlsx"
    book.save(path)
    return path


def log_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/login")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="题库")).to_be_visible()


def test_a_file_is_uploaded_mended_confirmed_reviewed_and_drawn(
    app: Flask, address: str, worker: None, desktop: Page, phone: BrowserContext, tmp_path: Path
) -> None:
    bank_id = make_bank(0, 0, 0, name="消防").id
    make_user("li", Role.BANK_EDITOR)
    make_user("shen", Role.REVIEWER)
    db.session.rollback()
    log_in(desktop, address, "li")
    desktop.get_by_role("link", name="消防").click()
    desktop.get_by_role("link", name="导入试题").first.click()
    desktop.get_by_label("题库文件").set_input_files(clerks_workbook(tmp_path))
    desktop.get_by_role("button", name="上传并预览").click()
    expect(desktop.get_by_text("文件中找到 2 题")).to_be_visible()
    expect(desktop.get_by_role("button", name="确认导入 1 题")).to_be_visible()
    bad = desktop.locator("#q2")
    expect(bad).to_contain_text("没有答案")
    bad.get_by_label("答案", exact=True).fill("b")
    bad.get_by_role("button", name="保存这一题").click()
    expect(desktop.get_by_text("第 2 题已改好")).to_be_visible()
    desktop.get_by_role("button", name="确认导入 2 题").click()
    expect(desktop.get_by_text("已导入 2 题")).to_be_visible()

    log_in(desktop, address, "shen")
    desktop.goto(f"{address}/banks/{bank_id}?state=draft")
    desktop.get_by_role("button", name="勾选本页全部").click()
    desktop.get_by_role("button", name="审核通过勾选的试题").click()
    expect(desktop.get_by_text("审核通过 2 题")).to_be_visible()

    channel = make_channel(make_campaign(bank_ids=[bank_id], kinds={Kind.SINGLE: KindRule(2, Decimal(10))}))
    page = phone.new_page()
    start(page, f"{address}/q/{channel.code}")
    expect(page.locator("form")).to_contain_text("灭火器压力表指针在哪个区域为正常？")


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (390, "light"), (390, "dark"), (320, "light")]
)
def test_bank_pages_fit_their_window_and_break_no_policy(
    app: Flask, address: str, worker: None, browser: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    bank_id = make_bank(2, 1, 1, name="消防").id
    make_user("li", Role.BANK_EDITOR)
    db.session.rollback()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    log_in(page, address, "li")
    page.goto(f"{address}/banks/{bank_id}/import")
    page.get_by_label("题库文件").set_input_files(clerks_workbook(tmp_path))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_text("文件中找到 2 题")).to_be_visible()
    preview = page.url
    for place in (
        preview,
        f"{preview}/questions/2",
        f"{address}/banks/new",
        f"{address}/banks/{bank_id}",
        f"{address}/banks/{bank_id}?state=draft",
        f"{address}/banks/{bank_id}/import",
        f"{address}/questions/1",
        f"{address}/questions/1/edit",
        f"{address}/rechecks",
    ):
        page.goto(place)
        assert overflow(page) == 0, place
    assert complaints == []
    context.close()
