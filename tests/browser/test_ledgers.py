"""From a unit's table to records and back, in a real browser."""

from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from quizapp.accounts.roles import Role
from quizapp.extensions import db
from tests.browser.test_phone import overflow
from tests.factories import PASSWORD, make_user
from tests.ledgers.fake import events, registered

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True)


def units_workbook(folder: Path) -> Path:
    """A title, a column of an unknown name, two good rows, one without a day, a sum."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "三月"
    for row in (
        ["某镇宣传活动台账"],
        ["序号", "活动名称*", "时间", "到场群众（人）", "类别"],
        [1, "进村宣讲", "2026年3月1日", 120, "讲座"],
        [2, "疏散演练", "2026.3.2", "1,200", "应急演练"],
        [3, "集市咨询", "三月中旬", 80, "讲座"],
        ["", "合计", "", 1400, ""],
    ):
        sheet.append(row)
    path = folder / "三月台账.xlsx"
    book.save(path)
    return path


def log_in(page: Page, address: str, target: str) -> None:
    page.goto(f"{address}/login?next={target}")
    page.get_by_label("用户名").fill("wang")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def upload(page: Page, address: str, file: Path) -> None:
    log_in(page, address, "/ledgers/events/import")
    page.get_by_label("台账文件").set_input_files(file)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_text("文件中找到 3 行")).to_be_visible()


def test_a_table_is_uploaded_mapped_mended_confirmed_and_undone(
    app: Flask, address: str, worker: None, desktop: Page, tmp_path: Path
) -> None:
    make_user("wang", Role.PUBLICIST)
    db.session.rollback()
    with registered(app):
        upload(desktop, address, units_workbook(tmp_path))
        desktop.get_by_label("到场群众（人）").select_option("人数")
        desktop.get_by_role("button", name="记住并重新读取").click()
        expect(desktop.get_by_text("没有认出的列")).to_have_count(0)
        expect(desktop.locator("#r2")).to_contain_text("人数：1,200")

        bad = desktop.locator("#r3")
        expect(bad).to_contain_text("没有读懂日期“三月中旬”")
        bad.get_by_label("日期").fill("3月15日")
        bad.get_by_role("button", name="保存这一行").click()
        expect(desktop.get_by_text("三月 第5行已保存，还不能导入")).to_be_visible()
        expect(bad.get_by_label("日期")).to_have_value("3月15日")
        bad.get_by_label("日期").fill("2026-3-15")
        bad.get_by_role("button", name="保存这一行").click()
        expect(desktop.get_by_text("三月 第5行已改好")).to_be_visible()

        desktop.get_by_role("button", name="确认导入 3 行").click()
        expect(desktop.get_by_text("已导入 3 行")).to_be_visible()
        assert events() == ["进村宣讲", "疏散演练", "集市咨询"]
        desktop.get_by_text("撤销这次导入").click()
        desktop.get_by_role("button", name="确认撤销导入").click()
        expect(desktop.get_by_text("系统中没有这次导入的内容")).to_be_visible()
        assert events() == []


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (390, "light"), (390, "dark"), (320, "light")]
)
def test_ledger_pages_fit_their_window_and_break_no_policy(
    app: Flask, address: str, worker: None, browser: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    make_user("wang", Role.PUBLICIST)
    db.session.rollback()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with registered(app):
        upload(page, address, units_workbook(tmp_path))
        preview = page.url
        for place in (preview, f"{preview}/rows/3", f"{address}/ledgers/events/import"):
            page.goto(place)
            assert overflow(page) == 0, place
    assert complaints == []
    context.close()
