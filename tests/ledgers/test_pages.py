"""Importing a ledger as staff see it: upload, map, mend, confirm, undo."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from openpyxl import load_workbook

from quizapp.accounts.roles import Role
from quizapp.ledgers.ledger import Ledger
from tests.factories import PASSWORD, make_user
from tests.ledgers.fake import TEXT, UNWRITABLE, events, run_jobs
from tests.pages import Page, Visitor

NewVisitor = Callable[[], Visitor]


def publicist(visitor: NewVisitor, name: str = "wang", role: Role = Role.PUBLICIST) -> Visitor:
    make_user(name, role)
    person = visitor()
    person.log_in(name, PASSWORD)
    return person


def upload(person: Visitor, text: str = TEXT) -> Page:
    form = person.open("/ledgers/events/import").own_form
    person.submit(form, file=(io.BytesIO(text.encode()), "../三月台账.csv"))
    run_jobs()
    return person.open(person.address)


def test_a_file_is_previewed_with_each_problem_at_its_field(
    app: Flask, ledger: Ledger, visitor: NewVisitor
) -> None:
    page = upload(publicist(visitor))
    assert "三月台账.csv" in page.text
    assert "文件中找到 4 行。现在可以导入 3 行，其中 1 行请先看一看" in page.text
    for chip in ("全部 4", "可导入 2", "有问题 1", "请留意 1", "已排除 0", "已导入 0"):
        assert chip in page.text
    assert (
        "第4行 有问题 活动名称： 丙 人数： 30 类别： 讲座 日期（必填） 如 2026-03-01。 ✗ 请填写。"
        in page.text
    )
    assert page.form("/rows/3").values.keys() == {"r3-csrf_token", "r3-cell_1"}


def test_a_row_is_mended_in_place_and_keeps_what_was_typed(
    app: Flask, ledger: Ledger, visitor: NewVisitor
) -> None:
    person = publicist(visitor)
    page = upload(person)
    page = person.submit(page.form("/rows/3"), **{"r3-cell_1": "3月上旬"})
    assert "第4行已保存，还不能导入：没有读懂日期“3月上旬”" in page.text
    form = page.form("/rows/3")
    assert form.values["r3-cell_1"] == ["3月上旬"]
    page = person.submit(form, **{"r3-cell_1": "2026-3-5"})
    assert "第4行已改好。" in page.text
    assert "确认导入 4 行" in page.text


def test_a_row_is_mended_on_a_page_of_its_own_with_every_column(
    app: Flask, ledger: Ledger, visitor: NewVisitor
) -> None:
    person = publicist(visitor)
    upload(person, TEXT.replace("丙,,30,讲座", "丙,2026-3-3,三十来个,展览"))
    page = person.open(f"{person.address}/rows/3")
    assert "不是准确的数字" in page.text
    form = page.own_form
    assert [form.values[f"cell_{place}"] for place in range(4)] == [
        ["丙"],
        ["2026-3-3"],
        ["三十来个"],
        ["展览"],
    ]
    page = person.submit(form, cell_2="31", cell_3="应急演练")
    assert "第4行已改好。" in page.text
    assert "应急演练" in page.text


def test_rows_are_excluded_confirmed_and_undone(app: Flask, ledger: Ledger, visitor: NewVisitor) -> None:
    person = publicist(visitor)
    page = upload(person)
    page = person.submit(page.form_with(position="2"))
    assert "已排除 1" in page.text
    page = person.submit(
        next(
            form
            for form in page.forms
            if form.action.endswith("/exclusions") and "position" not in form.values
        )
    )
    assert "已排除 2" in page.text
    assert "确认导入 1 行" in page.text
    page = person.submit(page.form_with(position="2", again="1"))
    person.submit(page.form("/confirm"))
    assert "正在导入" in person.open(person.address).text
    run_jobs()
    page = person.open(person.address)
    assert "已导入 2 行" in page.text
    assert events() == ["甲", "乙"]
    person.submit(page.form("/undo"))
    run_jobs()
    assert "已撤销" in person.open(person.address).text
    assert events() == []


def test_a_row_that_could_not_be_written_shows_why(app: Flask, ledger: Ledger, visitor: NewVisitor) -> None:
    person = publicist(visitor)
    person.submit(upload(person, f"名称,日期\n{UNWRITABLE},2026-3-1\n").form("/confirm"))
    run_jobs()
    page = person.open(person.address)
    assert "✗ 这个月已经封账。请改日期。" in page.text
    assert "有问题 1" in page.text


def test_unknown_columns_are_named_with_a_sample_and_read_as_somebody_says(
    app: Flask, ledger: Ledger, visitor: NewVisitor
) -> None:
    person = publicist(visitor)
    page = upload(person, "活动名称,哪天,人数\n甲,2026-3-1,9\n")
    assert "没有认出的列" in page.text
    assert "如“2026-3-1”" in page.text
    person.submit(page.form("/columns"), heading="哪天", name="日期")
    run_jobs()
    page = person.open(person.address)
    assert "没有认出的列" not in page.text
    assert "确认导入 1 行" in page.text


def test_the_same_file_again_is_cautioned_and_given_up(
    app: Flask, ledger: Ledger, visitor: NewVisitor
) -> None:
    person = publicist(visitor)
    person.submit(upload(person).form("/confirm"))
    run_jobs()
    page = upload(person)
    assert "已经导入过 3 行" in page.text
    page = person.submit(page.form("/discard"))
    assert "已放弃这次导入" in page.text
    assert "已放弃" in person.open("/ledgers/events/import").text


@pytest.mark.parametrize(("content", "sentence"), [(b"", "请填写。"), (b"%PDF-1.7", "这种文件不能读取")])
def test_what_can_not_be_read_is_refused_at_the_field(
    app: Flask, ledger: Ledger, visitor: NewVisitor, content: bytes, sentence: str
) -> None:
    person = publicist(visitor)
    form = person.open("/ledgers/events/import").own_form
    page = person.submit(form, file=(io.BytesIO(content), "a.xlsx" if content else ""))
    assert page.status == 200
    assert sentence in page.text


def test_the_template_is_downloaded(app: Flask, ledger: Ledger, visitor: NewVisitor) -> None:
    response = publicist(visitor).client.get("/ledgers/events/template.xlsx")
    sheet = load_workbook(io.BytesIO(response.data))["台账"]
    assert [cell.value for cell in sheet[1]] == ["序号", "活动名称*", "日期*", "人数", "类别"]


def test_a_stranger_finds_no_trace_of_an_import(app: Flask, ledger: Ledger, visitor: NewVisitor) -> None:
    person = publicist(visitor)
    upload(person)
    address = person.address
    stranger = publicist(visitor, "zhao")
    token = stranger.open("/ledgers/events/import").own_form.values["csrf_token"][0]
    for path in ("", "/progress", "/rows/1"):
        assert stranger.client.get(address + path).status_code == 404
    for path in ("/columns", "/rows/1", "/exclusions", "/confirm", "/undo", "/discard"):
        assert stranger.client.post(address + path, data={"csrf_token": token}).status_code == 404
    assert "三月台账" not in stranger.open("/ledgers/events/import").text
    outsider = publicist(visitor, "qian", Role.ORGANISER)
    assert outsider.client.get("/ledgers/events/import").status_code == 404


def test_progress_is_told(app: Flask, ledger: Ledger, visitor: NewVisitor) -> None:
    person = publicist(visitor)
    form = person.open("/ledgers/events/import").own_form
    page = person.submit(form, file=(io.BytesIO(TEXT.encode()), "a.csv"))
    assert "正在读取" in page.text
    assert person.client.get(f"{person.address}/progress").json == {"ended": False, "done": 0, "total": 0}
    run_jobs()
    assert person.client.get(f"{person.address}/progress").json == {"ended": True, "done": 4, "total": 4}
