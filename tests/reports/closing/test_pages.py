"""The report's pages: what they show, whom, and how a year is closed there."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import docx
import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.accounts.models import AuditEntry, User
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.publicity.workflow import State
from quizapp.reports.closing import issuing, queries
from quizapp.reports.closing.models import ReportTemplate
from tests.factories import PASSWORD, make_activity, make_release, make_unit, make_user
from tests.pages import Page, Visitor
from tests.reports.closing.closed_year import JANUARY, YEAR, close, record_year, run_jobs

NewVisitor = Callable[[], Visitor]
SetClock = Callable[[datetime], None]


@pytest.fixture
def boss(app: Flask, set_clock: SetClock) -> User:
    """The administrator of the bureau, in January after a recorded year."""
    set_clock(JANUARY)
    boss = make_user("boss", Role.ADMINISTRATOR)
    record_year(boss)
    return boss


@pytest.fixture
def person(boss: User, visitor: NewVisitor) -> Visitor:
    """The administrator at a browser."""
    someone = visitor()
    someone.log_in("boss", PASSWORD)
    return someone


def word_file(*paragraphs: str) -> tuple[io.BytesIO, str]:
    made, buffer = docx.Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(buffer)
    return io.BytesIO(buffer.getvalue()), "本局模板.docx"


def download(person: Visitor, action: str) -> Page:
    page = person.open(f"/annual/{YEAR}")
    return person.submit(page.form(action))


def test_the_report_reads_as_it_prints_and_each_figure_leads_to_its_records(person: Visitor) -> None:
    page = person.open("/annual")
    assert person.address == f"/annual/{YEAR}"
    assert "应急演练 3次" in page.text
    html = page.response.get_data(as_text=True)
    assert f'href="/figures/{YEAR}/releases"' in html
    assert "本年度尚未封账" in page.text
    assert "发放应急救助资金" in page.text.partition("没有填报")[2]


def test_the_first_quarter_looks_back_at_the_year_before(
    boss: User, visitor: NewVisitor, set_clock: SetClock
) -> None:
    for moment, year in (("2026-03-31T15:59:00+00:00", 2025), ("2026-03-31T16:01:00+00:00", 2026)):
        set_clock(datetime.fromisoformat(moment))
        person = visitor()
        person.log_in("boss", PASSWORD)
        person.open("/annual")
        assert person.address == f"/annual/{year}"


@pytest.mark.parametrize("year", [0, 1999, 2027, 999999999])
def test_a_year_that_is_none_of_ours_is_not_found(person: Visitor, year: int) -> None:
    assert person.open(f"/annual/{year}").status == 404
    assert person.open(f"/annual/{year}/close").status == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.REVIEWER, Role.ORGANISER, Role.AUDITOR])
def test_people_of_a_township_do_not_see_the_whole(boss: User, visitor: NewVisitor, role: Role) -> None:
    make_user("townsman", role, unit=make_unit("城关镇"))
    townsman = visitor()
    townsman.log_in("townsman", PASSWORD)
    for address in (f"/annual/{YEAR}", f"/annual/{YEAR}/progress"):
        assert townsman.open(address).status == 403
    if role is Role.ADMINISTRATOR:
        assert townsman.open(f"/annual/{YEAR}/close").status == 403
        assert townsman.open("/report-template").status == 403


def test_a_year_is_closed_by_typing_it_and_shows_so(person: Visitor) -> None:
    page = person.open(f"/annual/{YEAR}/close")
    refused = person.submit(page.own_form, year="2024")
    assert "输入的年份与要封账的年度不一致" in refused.text
    assert refused.own_form.values["year"] == ["2024"]
    page = person.submit(page.own_form, year=f" {YEAR} ")
    assert person.address == f"/annual/{YEAR}"
    assert "正在封账" in page.text
    progress = person.open(f"/annual/{YEAR}/progress").response.get_json()
    assert progress["ended"] is False
    run_jobs()
    page = person.open(f"/annual/{YEAR}")
    assert "本年度已于 2026-01-08 10:00 由Boss封账" in page.text
    for file in queries.list_files(YEAR):
        assert file.digest in page.text
    again = person.submit(person.open(f"/annual/{YEAR}/close").own_form, year=str(YEAR))
    assert "已经封账" in again.text


def test_before_a_close_what_is_unfinished_is_listed(person: Visitor, boss: User) -> None:
    make_activity("lecture", day=date(YEAR, 5, 1), state=State.SUBMITTED, title="待审讲座", recorder=boss)
    text = person.open(f"/annual/{YEAR}/close").text
    assert "宣传活动：待审核 1 条" in text
    assert "待审讲座" in text
    assert "没有填报的指标" in text


def test_a_correction_stands_beside_the_closed_figure(
    boss: User, visitor: NewVisitor, set_clock: SetClock
) -> None:
    close(boss)
    set_clock(JANUARY + timedelta(days=3))
    make_release(
        day=date(YEAR, 7, 1), title="晚到的稿件", recorder=boss, decided_at=JANUARY + timedelta(days=3)
    )
    person = visitor()
    person.log_in("boss", PASSWORD)
    page = person.open(f"/annual/{YEAR}")
    assert "2篇 更正后 3篇（+1）" in page.text
    assert "补充确认：晚到的稿件" in page.text


def test_the_page_of_a_closed_figure_shows_what_was_closed(
    boss: User, visitor: NewVisitor, set_clock: SetClock
) -> None:
    close(boss)
    set_clock(JANUARY + timedelta(days=3))
    make_release(day=date(YEAR, 7, 1), recorder=boss)
    person = visitor()
    person.log_in("boss", PASSWORD)
    text = person.open(f"/figures/{YEAR}/releases").text
    assert "✓ 已封账 ⚠ 现按记录为 3篇" in text
    assert "统计截至 2026-01-08 10:00" in text
    assert "行文写作 2篇" in text
    assert "上年 2篇" in person.open(f"/figures/{YEAR + 1}/releases").text


def test_downloads_are_named_audited_and_of_a_closed_year_the_very_bytes(person: Visitor, boss: User) -> None:
    open_file = download(person, "report.docx")
    assert (
        "%EF%BC%88%E6%9C%AA%E5%B0%81%E8%B4%A6%EF%BC%89" in open_file.response.headers["Content-Disposition"]
    )
    close(boss)
    for ending in ("docx", "xlsx", "json"):
        assert download(person, f"report.{ending}").response.data == issuing.issue(YEAR, ending)
    db.session.rollback()
    actions = [row.action for row in db.session.execute(select(AuditEntry.action))]
    assert [actions.count(f"export_{ending}") for ending in ("docx", "xlsx", "json")] == [2, 1, 1]


def test_a_template_of_the_bureau_prints_from_its_upload_on(person: Visitor) -> None:
    page = person.open("/report-template")
    assert "{{ 发放宣传品 }}" in page.text
    page = person.submit(page.own_form, file=word_file("一、成效", "全年发稿{{ 媒体发稿 }}。"))
    assert "现在使用本单位的模板“本局模板.docx”" in page.text
    assert "全年发稿 2篇" in person.open(f"/annual/{YEAR}").text
    written = docx.Document(io.BytesIO(download(person, "report.docx").response.data))
    assert written.paragraphs[1].text == "全年发稿2篇。"
    present = person.submit(person.open("/report-template").form("present.docx")).response.data
    assert docx.Document(io.BytesIO(present)).paragraphs[1].text == "全年发稿{{ 媒体发稿 }}。"
    page = person.submit(person.open("/report-template").form("restore"))
    assert "现在使用系统自带的模板" in page.text
    assert [one.in_use for one in db.session.scalars(select(ReportTemplate))] == [False]


def test_a_closed_year_reads_by_the_template_that_it_was_printed_by(person: Visitor, boss: User) -> None:
    person.submit(person.open("/report-template").own_form, file=word_file("发稿{{ 媒体发稿 }}整。"))
    close(boss)
    person.submit(person.open("/report-template").form("restore"))
    assert "发稿 2篇 整。" in person.open(f"/annual/{YEAR}").text


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (None, "还没有选择文件"),
        ((io.BytesIO(b"no word file"), "a.docx"), "docx"),
        (word_file("{{ 没有的指标 }}和{{ 另一个 }}"), "{{ 没有的指标 }}、{{ 另一个 }}"),
        (word_file("{% for one in all %}"), "不能使用"),
    ],
)
def test_a_template_at_fault_is_refused_with_every_fault_named(
    person: Visitor, file: tuple[io.BytesIO, str] | None, told: str
) -> None:
    form = person.open("/report-template").own_form
    page = person.submit(form, file=(io.BytesIO(file[0].getvalue()), file[1]) if file else (io.BytesIO(), ""))
    assert page.status == 200
    assert told in page.text
    assert "现在使用系统自带的模板" in page.text


def test_our_template_is_there_to_be_edited(person: Visitor) -> None:
    content = person.submit(person.open("/report-template").form("ours.docx")).response.data
    assert any("{{ 媒体发稿 }}" in one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def test_an_organiser_reads_and_does_not_close(boss: User, visitor: NewVisitor) -> None:
    make_user("organiser", Role.ORGANISER)
    organiser = visitor()
    organiser.log_in("organiser", PASSWORD)
    page = organiser.open(f"/annual/{YEAR}")
    assert "年度封账" not in page.text
    assert organiser.open(f"/annual/{YEAR}/close").status == 403
