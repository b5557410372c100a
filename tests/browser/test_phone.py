"""What a citizen does, in a real browser."""

import io
import re
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Route, expect

from quizapp.campaigns.models import Channel
from quizapp.questions.kinds import Kind
from tests.browser.conftest import PHONE
from tests.factories import (
    BLANK_RULES,
    PASSWORD,
    make_bank,
    make_blank_question,
    make_case,
    make_channel,
    make_user,
)
from tests.playing import answers_of, stored_attempts

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True)


def start(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="开始答题").click()
    expect(page.locator("fieldset").first).to_be_attached()


def choose(page: Page, question: int, places: list[str]) -> None:
    for place in places:
        page.locator(f"input[name=q{question}][value='{place}']").check()


def answer_to_the_end(page: Page, answers: dict[str, list[str]], first: int = 1) -> None:
    """Answer from question ``first``, which is shown, to the last."""
    for question in range(first, len(answers) + 1):
        choose(page, question, answers[f"q{question}"])
        if question < len(answers):
            page.get_by_role("button", name="下一题").click()


def overflow(page: Page) -> int:
    """By how many pixels the page, once loaded, is wider than its window."""
    page.wait_for_load_state()
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_from_the_printed_code_to_the_review_through_a_lost_network_and_a_closed_tab(
    app: Flask, address: str, phone: BrowserContext, desktop: Page
) -> None:
    channel_id = make_channel(minutes=10).id
    make_user("zhang")
    desktop.goto(f"{address}/login?next=/channels/{channel_id}")
    desktop.get_by_label("用户名").fill("zhang")
    desktop.get_by_label("密码").fill(PASSWORD)
    desktop.get_by_role("button", name="登录").click()
    expect(desktop.get_by_role("button", name="打印")).to_be_visible()
    desktop.locator(".code img").evaluate("image => image.decode()")
    desktop.emulate_media(media="print")
    printed = Image.open(io.BytesIO(desktop.screenshot(full_page=True))).convert("L")
    [scanned] = [found.text for found in zxingcpp.read_barcodes(printed)]
    assert scanned.startswith(f"{address}/q/")

    page = phone.new_page()
    start(page, scanned)
    answers = answers_of(stored_attempts()[0])
    expect(page.locator("#clock")).to_have_text(re.compile(r"剩余 (10:00|9:\d\d)"))
    choose(page, 1, answers["q1"])
    expect(page.get_by_role("status")).to_have_text("答案已保存在手机。")
    page.get_by_role("button", name="下一题").click()
    phone.set_offline(True)
    choose(page, 2, answers["q2"])
    page.get_by_role("button", name="下一题").click()
    page.close()

    phone.set_offline(False)
    page = phone.new_page()
    start(page, scanned)
    expect(page.get_by_role("status")).to_have_text("已恢复您上次选好的答案。")
    expect(page.locator("#place")).to_have_text("第 3 题，共 4 题")
    answer_to_the_end(page, answers, first=3)
    phone.set_offline(True)
    page.get_by_role("button", name="提交答卷").click()
    expect(page.get_by_role("status")).to_contain_text("联网后自动提交")
    phone.set_offline(False)

    expect(page.get_by_text("✓ 合格")).to_be_visible()
    expect(page.locator(".score b")).to_have_text("50")
    expect(page.get_by_text("✓ 正确答案").first).to_be_visible()
    expect(page.get_by_text("依据：《安全生产法》").first).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    [attempt] = stored_attempts()
    assert attempt.answers == [[0], [0], [0, 1], [0]]
    assert attempt.score == 50


LONG_CASE = "某县化工园区一家企业夜间发生泄漏，值班人员未按预案报告。" * 15


def make_mixed_channel(case_stem: str = LONG_CASE, **rules: Any) -> Channel:
    """1 single at 10 and 2 blank at 5, of which a case takes the single and one blank question."""
    bank = make_bank(0, 0, 0)
    make_blank_question(bank, ("50000",))
    make_case(bank, Kind.SINGLE, Kind.BLANK, stem=case_stem)
    return make_channel(bank_ids=[bank.id], kinds=BLANK_RULES, **rules)


def test_a_blank_and_a_case_survive_a_closed_tab(app: Flask, address: str, phone: BrowserContext) -> None:
    code = make_mixed_channel().code
    page = phone.new_page()
    start(page, f"{address}/q/{code}")
    right = answers_of(stored_attempts()[0])["q2"]
    page.get_by_label("第 1 空").first.fill("5万")
    expect(page.get_by_role("status")).to_have_text("答案已保存在手机。")
    expect(page.locator("#progress")).to_have_js_property("value", 1)
    expect(page.locator(".case")).to_be_hidden()
    page.get_by_role("button", name="下一题").click()
    expect(page.locator(".case")).to_be_visible()
    choose(page, 2, right)
    page.get_by_role("button", name="下一题").click()
    page.get_by_label("第 2 空").press_sequentially("平安")
    page.get_by_label("第 2 空").press("Enter")
    expect(page.locator("#place")).to_have_text("第 3 题，共 3 题")  # Enter submits nothing
    page.close()

    page = phone.new_page()
    start(page, f"{address}/q/{code}")
    expect(page.get_by_role("status")).to_have_text("已恢复您上次选好的答案。")
    expect(page.get_by_label("第 2 空")).to_have_value("平安")
    expect(page.locator("#progress")).to_have_js_property("value", 3)
    page.get_by_label("第 1 空").last.fill("五万")
    page.get_by_role("button", name="提交答卷").click()
    expect(page.locator(".score b")).to_have_text("17.5")
    expect(page.get_by_text("您填了“5万” ✓ 正确")).to_be_visible()
    expect(page.get_by_text("您填了“平安” ✗ 不正确")).to_be_visible()
    expect(page.locator(".case")).to_contain_text("案例材料（第 2–3 题）")
    [attempt] = stored_attempts()
    assert attempt.answers == [["5万"], [0], ["五万", "平安"]]
    assert page.evaluate("localStorage.length") == 0


def test_a_long_case_leaves_the_options_in_reach(app: Flask, address: str, phone: BrowserContext) -> None:
    page = phone.new_page()
    start(page, f"{address}/q/{make_mixed_channel().code}")
    page.get_by_role("button", name="下一题").click()
    last = page.locator("label.option:visible").last
    expect(last).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="展开全部材料").click()
    expect(page.get_by_role("button", name="收起材料")).to_be_attached()
    expect(last).not_to_be_in_viewport()
    page.get_by_role("button", name="下一题").click()
    expect(page.get_by_label("第 2 空")).to_be_in_viewport(ratio=1)


def test_a_short_case_is_shown_whole(app: Flask, address: str, phone: BrowserContext) -> None:
    page = phone.new_page()
    start(page, f"{address}/q/{make_mixed_channel('某厂仓库起火。').code}")
    page.get_by_role("button", name="下一题").click()
    expect(page.get_by_text("某厂仓库起火。")).to_be_visible()
    expect(page.locator(".unfold")).to_be_hidden()


def test_a_tab_killed_while_submitting_submits_when_it_comes_back(
    app: Flask, address: str, phone: BrowserContext
) -> None:
    code = make_channel().code
    page = phone.new_page()
    start(page, f"{address}/q/{code}")
    answer_to_the_end(page, answers_of(stored_attempts()[0]))
    phone.set_offline(True)
    page.get_by_role("button", name="提交答卷").click()
    expect(page.get_by_role("status")).to_contain_text("联网后自动提交")
    page.close()
    phone.set_offline(False)
    page = phone.new_page()
    page.goto(f"{address}/q/{code}/paper")
    expect(page.get_by_text("✓ 合格")).to_be_visible()
    assert stored_attempts()[0].score == 50


def test_an_answer_lost_on_its_way_back_is_fetched_again(
    app: Flask, address: str, phone: BrowserContext
) -> None:
    code = make_channel().code
    page = phone.new_page()
    start(page, f"{address}/q/{code}")
    answer_to_the_end(page, answers_of(stored_attempts()[0]))
    lost: list[APIResponse] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0))
        route.abort("connectionreset")

    page.route("**/result", lose_the_first_answer)
    page.get_by_role("button", name="提交答卷").click()
    expect(page.get_by_text("✓ 合格")).to_be_visible()
    assert lost[0].status == 303
    assert len(stored_attempts()) == 1


def test_an_open_question_is_named_before_submitting(app: Flask, address: str, phone: BrowserContext) -> None:
    page = phone.new_page()
    start(page, f"{address}/q/{make_channel().code}")
    for _ in range(3):
        page.get_by_role("button", name="下一题").click()
    choose(page, 4, ["0"])
    page.get_by_role("button", name="提交答卷").click()
    expect(page.locator("#missing")).to_have_text("还有 3 题没有作答：第 1、2、3 题。")
    page.get_by_role("button", name="回去补答").click()
    expect(page.locator("#place")).to_have_text("第 1 题，共 4 题")
    choose(page, 1, ["0"])
    for _ in range(3):
        page.get_by_role("button", name="下一题").click()
    page.get_by_role("button", name="提交答卷").click()
    page.get_by_role("button", name="仍然提交").click()
    expect(page.get_by_text("您的得分")).to_be_visible()
    [attempt] = stored_attempts()
    assert [len(chosen) for chosen in attempt.answers or []] == [1, 0, 0, 1]


def test_when_the_time_is_up_the_paper_submits_itself(
    app: Flask, address: str, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.add_init_script(
        "const now = Date.now; let ahead = 0; Date.now = () => now() + ahead;"
        "window.skip = (seconds) => { ahead += seconds * 1000; };"
    )
    start(page, f"{address}/q/{make_channel(minutes=1).code}")
    choose(page, 1, ["0"])
    page.evaluate("skip(60)")
    expect(page.get_by_text("您的得分")).to_be_visible()
    [attempt] = stored_attempts()
    assert attempt.late is False
    assert [len(chosen) for chosen in attempt.answers or []] == [1, 0, 0, 0]


def test_the_back_button_after_submitting_does_no_harm(
    app: Flask, address: str, phone: BrowserContext
) -> None:
    page = phone.new_page()
    start(page, f"{address}/q/{make_channel(attempts_in_all=1).code}")
    answer_to_the_end(page, answers_of(stored_attempts()[0]))
    page.get_by_role("button", name="提交答卷").click()
    expect(page.get_by_text("您的得分")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="开始答题")).to_be_visible()
    page.get_by_role("button", name="开始答题").click()
    expect(page.get_by_text("答题次数已用完")).to_be_visible()
    assert len(stored_attempts()) == 1


def test_answers_of_another_paper_are_not_mixed_in(app: Flask, address: str, phone: BrowserContext) -> None:
    first, second = make_channel().code, make_channel().code
    page = phone.new_page()
    start(page, f"{address}/q/{first}")
    choose(page, 1, ["1"])
    start(page, f"{address}/q/{second}")
    expect(page.locator("input:checked")).to_have_count(0)
    start(page, f"{address}/q/{first}")
    expect(page.locator("input:checked")).to_have_count(1)


def test_it_all_works_without_javascript(app: Flask, address: str, browser: Browser) -> None:
    context = browser.new_context(**PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    start(page, f"{address}/q/{make_channel().code}")
    expect(page.locator("fieldset:visible")).to_have_count(4)
    answers = answers_of(stored_attempts()[0])
    for question in range(1, 5):
        choose(page, question, answers[f"q{question}"])
    page.get_by_role("button", name="提交答卷").click()
    expect(page.get_by_text("✓ 合格")).to_be_visible()
    page.reload()
    expect(page.get_by_text("✓ 合格")).to_be_visible()
    context.close()


def test_blanks_and_cases_work_without_javascript(app: Flask, address: str, browser: Browser) -> None:
    context = browser.new_context(**PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    start(page, f"{address}/q/{make_mixed_channel().code}")
    expect(page.get_by_text(LONG_CASE)).to_be_visible()
    page.get_by_label("第 1 空").first.fill("５００００")
    page.get_by_label("第 1 空").first.press("Enter")
    expect(page.get_by_role("button", name="提交答卷")).to_be_visible()  # Enter submits nothing
    page.get_by_role("button", name="提交答卷").click()
    expect(page.locator(".score b")).to_have_text("5")
    context.close()


def test_a_phone_whose_cookies_vanished_still_gets_its_result(
    app: Flask, address: str, phone: BrowserContext
) -> None:
    page = phone.new_page()
    start(page, f"{address}/q/{make_channel().code}")
    answers = answers_of(stored_attempts()[0])
    phone.clear_cookies()
    answer_to_the_end(page, answers)
    page.get_by_role("button", name="提交答卷").click()
    expect(page.get_by_text("✓ 合格")).to_be_visible()


@pytest.mark.parametrize(("width", "enlarged"), [(390, False), (320, False), (320, True), (1280, False)])
def test_no_page_is_wider_than_its_window(
    app: Flask, address: str, browser: Browser, width: int, enlarged: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 568}, locale="zh-CN")
    page = context.new_page()
    if enlarged:  # to 200%, as WeChat does it
        page.add_init_script(
            "document.addEventListener('DOMContentLoaded', () => {"
            " document.documentElement.style.fontSize = '225%'; })"
        )
    code = make_mixed_channel(minutes=10).code
    page.goto(f"{address}/q/{code}")
    assert overflow(page) == 0
    start(page, f"{address}/q/{code}")
    for question in range(3):
        assert overflow(page) == 0
        for control in page.locator("button:visible, label.option:visible, input[type=text]:visible").all():
            box = control.bounding_box()
            assert box
            assert box["height"] >= 44
        if question < 2:
            page.get_by_role("button", name="下一题").click()
    page.get_by_role("button", name="提交答卷").click()
    page.get_by_role("button", name="仍然提交").click()
    expect(page.get_by_text("您的得分")).to_be_visible()
    assert overflow(page) == 0
    page.goto(f"{address}/q/ZZZZZZ")
    assert overflow(page) == 0
    context.close()


def test_the_public_pages_ask_no_other_host_and_nothing_but_themselves(
    app: Flask, address: str, phone: BrowserContext
) -> None:
    page = phone.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    code = make_channel().code
    start(page, f"{address}/q/{code}")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [
        f"{address}/q/{code}",
        f"{address}/q/{code}/paper",
    ]
    assert complaints == []
