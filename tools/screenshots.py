"""Take README's pictures from the running product: ``make screenshots``.

Serves a fresh installation with the shipped questions from a temporary folder, plays
a few papers, and photographs the phone and the counts.
"""

import random
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from quizapp import create_app
from quizapp.accounts.queries import get_root
from quizapp.accounts.roles import Role
from quizapp.accounts.services import change_password, create_user
from quizapp.campaigns import scans
from quizapp.campaigns.channels import create_channel
from quizapp.campaigns.models import Campaign
from quizapp.config import ROOT
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.first_run import prepare

IMAGES = ROOT / "docs" / "images"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
PASSWORD = "For-pictures-1"
PEOPLE = 40


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app on loopback; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def furnish(app: Flask) -> tuple[int, list[str]]:
    """The sample campaign with three channels and an organiser; gives its id and the channels' codes."""
    with app.app_context():
        upgrade()
        sample = prepare(ROOT / "question_bank", app.config["DATA_KEY"], app.config["SITE_OWNER"]).sample
        if sample is None:
            raise SystemExit("question_bank/ holds too few questions for the sample campaign")
        campaign = db.session.get_one(Campaign, sample.campaign_id)
        codes = [create_channel(campaign, name).code for name in ("县政务大厅", "城关镇文化站", "开发区企业")]
        organiser, _ = create_user("zhang", "张敏", Role.ORGANISER, get_root())
        change_password(organiser, PASSWORD)
        db.session.commit()
        return campaign.id, codes


def play(app: Flask, codes: list[str]) -> None:
    """Let people of different diligence answer over three days."""
    chance = random.Random(2026)  # noqa: S311 - the same picture each time
    present = clock.now
    for person in range(PEOPLE):
        moment = present() + timedelta(days=chance.randrange(3))
        clock.now = lambda moment=moment: moment  # type: ignore[misc]
        client = app.test_client()
        code = chance.choice(codes)
        client.get(f"/q/{code}")
        paper = client.post(f"/q/{code}/paper").get_data(as_text=True)
        token = paper.split('name="token" value="')[1].split('"')[0]
        if person % 8:
            answers = {f"q{n}": str(chance.randrange(2)) for n in range(1, 11)}
            client.post(f"/q/{code}/result", data={"token": token, **answers})
    clock.now = present
    scans.ScanCounter.flush(app.extensions["scan_counter"])


def photograph(browser: Browser, address: str, campaign_id: int, code: str, folder: Path) -> None:
    """The landing page, the paper, the result, the counts and a channel's code."""
    phone = browser.new_page(viewport=PHONE, device_scale_factor=2, locale="zh-CN")  # type: ignore[arg-type]
    phone.goto(f"{address}/q/{code}")
    phone.screenshot(path=folder / "phone-landing.png")
    phone.get_by_role("button", name="开始答题").click()
    phone.locator("label.option").first.click()
    phone.screenshot(path=folder / "phone-paper.png")
    for _ in range(9):
        phone.get_by_role("button", name="下一题").click()
    phone.get_by_role("button", name="提交答卷").click()
    phone.get_by_role("button", name="仍然提交").click()
    phone.get_by_text("您的得分").wait_for()
    phone.screenshot(path=folder / "phone-result.png")
    staff: Page = browser.new_page(viewport=DESKTOP, locale="zh-CN")  # type: ignore[arg-type]
    staff.goto(f"{address}/login?next=/campaigns/{campaign_id}/counts")
    staff.get_by_label("用户名").fill("zhang")
    staff.get_by_label("密码").fill(PASSWORD)
    staff.get_by_role("button", name="登录").click()
    staff.screenshot(path=folder / "counts.png")


def main() -> None:
    """Take every picture into docs/images."""
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("没有 chromium，无法截图。请运行：sudo apt install chromium fonts-noto-cjk")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = f"sqlite:///{folder}/quiz.sqlite3"
        app = create_app({"SQLALCHEMY_DATABASE_URI": database, "PUBLIC_URL": "https://quiz.example.gov.cn"})
        app.config["SESSION_COOKIE_SECURE"] = False
        campaign_id, codes = furnish(app)
        play(app, codes)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with served(app) as address:
            photograph(browser, address, campaign_id, codes[0], IMAGES)
        browser.close()


if __name__ == "__main__":
    main()
