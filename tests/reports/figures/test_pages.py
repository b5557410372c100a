"""Figures on screen: who may open them, and what stands behind each."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.accounts.models import UnitKind
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.reports.figures.closed import register_closed_reports
from quizapp.reports.figures.opening import open_figure
from quizapp.reports.figures.reckoning import for_year
from tests import reference_year
from tests.factories import (
    PASSWORD,
    make_activity,
    make_indicators,
    make_kind,
    make_release,
    make_root,
    make_unit,
    make_user,
)
from tests.pages import Visitor
from tests.reports.figures.recording import enter_number, hand_out, make_campaign_of, submit_at
from tests.reports.printing.reporting import report as report_by_hand

PAGES = ("/figures", "/figures?year=2025", "/figures/2025/drills", "/figures/2025/enter", "/indicators")


@pytest.fixture(autouse=True)
def bureau(app: Flask, noon: datetime) -> None:
    """The bureau with its indicators, at noon of 10 March 2026."""
    make_root()
    make_indicators()


@pytest.fixture
def boss(visitor: Callable[[], Visitor]) -> Visitor:
    """An administrator who is logged in."""
    make_user("boss", Role.ADMINISTRATOR)
    person = visitor()
    person.log_in("boss", PASSWORD)
    return person


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANISER, Role.REVIEWER])
def test_people_of_a_township_find_no_figures_of_the_bureau(
    visitor: Callable[[], Visitor], role: Role
) -> None:
    make_user("town", role, unit=make_unit("城关镇"))
    person = visitor()
    home = person.log_in("town", PASSWORD)
    assert "指标" not in home.text
    for address in PAGES:
        assert person.open(address).status == 403, address
    if role is Role.ADMINISTRATOR:
        for address in ("/indicators/new", "/indicators/drills/edit"):
            assert person.open(address).status == 403, address


def test_an_auditor_reads_and_enters_nothing(visitor: Callable[[], Visitor]) -> None:
    make_user("auditor", Role.AUDITOR)
    person = visitor()
    person.log_in("auditor", PASSWORD)
    assert person.open("/figures/2025/drills").status == 200
    assert person.open("/figures/2025/enter").status == 403
    assert "填报数字" not in person.open("/figures").text


def test_a_year_that_has_not_begun_leads_nowhere(boss: Visitor) -> None:
    for address in ("/figures?year=2027", "/figures?year=1", "/figures/2027/drills", "/figures/99999/drills"):
        assert boss.open(address).status == 404, address
    assert boss.open("/figures?year=abc").status == 200


def test_in_march_the_year_before_is_shown(boss: Visitor) -> None:
    assert "指标 · 2025 年" in boss.open("/figures").text


def test_a_figure_opens_to_its_rule_its_value_its_change_and_its_records(boss: Visitor) -> None:
    town = make_unit("城关镇")
    make_activity("drill", town, day=date(2025, 6, 1), sessions=312, title="消防疏散演练")
    make_activity("drill", day=date(2024, 6, 1), sessions=240)
    page = boss.open("/figures/2025/drills")
    for said in (
        "312 次",
        "300余次",
        "已确认的“应急演练”（含下级类型）活动的场次合计",
        "上年 240次，增加 72次（30.0%）",
        "2026-03-10 12:00",
        "消防疏散演练",
        "2025-06-01",
        "城关镇",
    ):
        assert said in page.text, said


def test_records_are_paged_and_narrowed_to_a_branch_with_all_beneath(boss: Visitor) -> None:
    town, other = make_unit("城关镇"), make_unit("北山镇")
    village = make_unit("东关村", town, UnitKind.VILLAGE)
    clerk = make_user("clerk", Role.PUBLICIST)
    for number in range(60):
        make_activity("drill", other, day=date(2025, 1, 1), title=f"北山{number}", recorder=clerk)
    make_activity("drill", village, day=date(2025, 12, 31), title="东关演练")
    make_activity("drill", day=date(2025, 7, 1), title="本级演练")
    first, second = boss.open("/figures/2025/drills"), boss.open("/figures/2025/drills?page=2")
    assert "第 1 页，共 2 页，62 条" in first.text
    assert "东关演练" not in first.text
    assert "东关演练" in second.text
    narrowed = boss.open(f"/figures/2025/drills?branch={town.id}")
    assert "只看城关镇，合计 1次。" in narrowed.text
    assert "东关演练" in narrowed.text
    assert "北山1" not in narrowed.text
    own = open_figure(2025, "drills", make_root().id, 1)
    assert own.records
    assert [row.title for row in own.records.items] == ["本级演练"]
    for wrong in (village.id, 9999):
        assert boss.open(f"/figures/2025/drills?branch={wrong}").status == 404


def test_every_sort_of_figure_has_a_page(boss: Visitor) -> None:
    hand_out(make_activity(day=date(2025, 6, 1), title="咨询日"), 20)
    make_release(day=date(2025, 6, 2), title="走进社区")
    channel = make_campaign_of()
    submit_at(channel, datetime.fromisoformat("2025-06-01T00:00:00+08:00"))
    enter_number("enforcement_cases", 2025, 4)
    enter_number("licence_cases", 2025, 1)
    assert "宣传品：咨询日" in boss.open("/figures/2025/items_handed_out").text
    assert "走进社区（试验日报）" in boss.open("/figures/2025/releases").text
    campaign = boss.open("/figures/2025/participants")
    assert f"/campaigns/{channel.campaign_id}/counts" in campaign.response.get_data(as_text=True)
    share = boss.open("/figures/2025/licence_share")
    assert "/figures/2025/enforcement_cases" in share.response.get_data(as_text=True)
    assert "25.0 %" in share.text
    assert "还没有计入的记录" in boss.open("/figures/2025/trainings").text
    assert "执法人员数 未填报" in boss.open("/figures/2025/cases_per_officer").text


def test_who_may_not_open_a_campaign_gets_no_link_to_it(visitor: Callable[[], Visitor]) -> None:
    submit_at(make_campaign_of(), datetime.fromisoformat("2025-06-01T00:00:00+08:00"))
    make_user("auditor", Role.AUDITOR)
    person = visitor()
    person.log_in("auditor", PASSWORD)
    page = person.open("/figures/2025/participants").response.get_data(as_text=True)
    assert "安全生产月答题" in page
    assert "/counts" not in page


def test_what_is_not_entered_is_marked_and_leads_to_where_it_is(boss: Visitor) -> None:
    page = boss.open("/figures?year=2025")
    assert "还有 21 项没有填报" in page.text
    assert "/figures/2025/enter#value-relief_funds" in page.response.get_data(as_text=True)


def test_a_closed_year_shows_what_it_was_closed_with_and_beside_it_what_the_records_say(
    boss: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_activity("drill", day=date(2025, 6, 1), sessions=23)
    monkeypatch.setitem(app.extensions, "closed_reports", None)
    register_closed_reports(
        app, lambda year: report_by_hand({"drills": Decimal(30)}) if year == 2025 else None
    )
    for address in ("/figures?year=2025", "/figures/2025/drills"):
        text = boss.open(address).text
        assert "30 次" in text
        assert "现按记录为 23次" in text
    assert "已封账" in boss.open("/figures/2025/drills").text


def test_the_year_of_the_reference_prints_as_the_report_does(boss: Visitor) -> None:
    reference_year.make_year()
    kind_id = make_kind("first_lesson").id
    lessons = db.session.scalars(
        select(Activity).where(Activity.kind_id == kind_id).order_by(Activity.id)
    ).all()
    for lesson, items, leaflets in zip(lessons, reference_year.ITEMS, reference_year.LEAFLETS, strict=True):
        hand_out(lesson, items)
        hand_out(lesson, leaflets, "宣传折页")
    for key, value in reference_year.ENTERED.items():
        enter_number(key, reference_year.YEAR, value)
    report = for_year(reference_year.YEAR)
    printed = {figure.indicator.name: figure.printed for figure in report.figures if figure.indicator.section}
    assert printed == reference_year.PRINTED
    assert all(check.holds for check in report.checks)
    assert "10万余件" in boss.open("/figures?year=2024").text
