"""The registry: a bureau adds indicators of its own without code; those that come with it keep their rule."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from quizapp.accounts.postings import give_posting
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.reports.figures import keeping, queries
from quizapp.reports.figures.beginning import ensure_indicators
from quizapp.reports.figures.formulas import Derived, Entered, Formula, OfActivities, Operation
from quizapp.reports.figures.indicators import BUILT_IN
from quizapp.reports.figures.keeping import IndicatorPlan
from quizapp.reports.figures.models import IndicatorRow
from quizapp.reports.figures.reckoning import for_year, list_indicators
from tests.factories import PASSWORD, make_activity, make_indicators, make_root, make_unit, make_user
from tests.pages import Visitor
from tests.reports.figures.recording import enter_number


@pytest.fixture(autouse=True)
def registry(app: Flask, noon: datetime) -> None:
    """The built-in indicators of a bureau."""
    make_root()
    make_indicators()


@pytest.fixture
def boss(visitor: Callable[[], Visitor]) -> Visitor:
    """An administrator who is logged in."""
    make_user("boss", Role.ADMINISTRATOR)
    person = visitor()
    person.log_in("boss", PASSWORD)
    return person


def plan(name: str, formula: Formula | None = None, **changes: object) -> IndicatorPlan:
    return IndicatorPlan(name, "次", "一（四）", formula or Entered(), **changes)  # type: ignore[arg-type]


def create(name: str, formula: Formula | None = None) -> IndicatorRow:
    row = keeping.create_indicator(plan(name, formula))
    db.session.commit()
    return row


def test_the_built_in_indicators_are_written_once_and_what_was_changed_stays() -> None:
    row = db.session.get_one(IndicatorRow, "drills")
    row.section = "一（六）"
    db.session.commit()
    ensure_indicators()
    assert db.session.scalar(select(func.count()).select_from(IndicatorRow)) == len(BUILT_IN)
    assert [one.key for one in list_indicators()] == [one.key for one in BUILT_IN]
    assert next(one for one in list_indicators() if one.key == "drills").section == "一（六）"


def test_what_a_built_in_indicator_counts_is_ours_to_say_even_if_its_row_says_otherwise() -> None:
    row = db.session.get_one(IndicatorRow, "drills")
    keeping.edit_indicator(row, plan("改名", OfActivities(("lecture",)), exact=False, digits=2))
    db.session.commit()
    kept = next(one for one in list_indicators() if one.key == "drills")
    assert (kept.name, kept.measure, kept.formula) == ("应急演练", "次", OfActivities(("drill",)))
    assert (kept.exact, kept.digits, kept.section) == (False, 2, "一（四）")


@pytest.mark.parametrize("name", ["应急演练", "应急（演练）", "应急 演练", "年份", "应急演练_确数"])
def test_a_name_that_a_template_could_not_tell_from_another_is_refused(name: str) -> None:
    with pytest.raises(keeping.NameTaken) as refusal:
        keeping.create_indicator(plan(name))
    assert "分不清" in refusal.value.advice


def test_an_indicator_can_keep_its_own_name() -> None:
    row = create("夜间巡查")
    keeping.edit_indicator(row, plan("夜间（巡查）"))
    assert row.name == "夜间（巡查）"


def test_an_indicator_cannot_be_made_of_itself() -> None:
    first = create("甲数", Derived(Operation.SUM, ("drills",)))
    second = create("乙数", Derived(Operation.SUM, (first.key,)))
    with pytest.raises(keeping.MadeOfItself):
        keeping.edit_indicator(first, plan("甲数", Derived(Operation.SHARE, ("drills",), second.key)))
    db.session.rollback()
    with pytest.raises(keeping.MadeOfItself):
        keeping.edit_indicator(first, plan("甲数", Derived(Operation.SUM, (first.key,))))


def test_what_others_are_made_of_is_not_retired_nor_is_what_came_with_the_product() -> None:
    part = create("甲数")
    whole = create("乙数", Derived(Operation.SUM, (part.key,)))
    with pytest.raises(keeping.StillUsed, match="乙数"):
        keeping.retire_indicator(part)
    with pytest.raises(keeping.StillUsed, match="不能停用"):
        keeping.retire_indicator(db.session.get_one(IndicatorRow, "drills"))
    keeping.retire_indicator(whole)
    keeping.retire_indicator(part)
    db.session.commit()
    assert len(list_indicators()) == len(BUILT_IN)
    keeping.restore_indicator(part)
    assert list_indicators()[-1].key == part.key


def test_a_bureau_adds_an_indicator_of_each_sort_on_the_page(boss: Visitor) -> None:
    make_activity("five_visits", day=date(2025, 5, 1), audience=40)
    sorts: dict[str, dict[str, object]] = {
        "逐项填报": {"source": "entered"},
        "五进受众": {"source": "activities", "kinds": ["five_visits"], "amount": "audience"},
        "横幅数量": {"source": "materials", "category": "横幅"},
        "县级稿件": {"source": "releases", "levels": ["county"]},
        "竞赛人数": {"source": "participants"},
        "演练占比": {"source": "derived", "operation": "share", "parts": ["drills"], "whole": "trainings"},
        "演练培训": {
            "source": "derived",
            "operation": "sum",
            "parts": ["drills", "trainings"],
            "whole": "drills",
        },
    }
    for name, values in sorts.items():
        page = boss.open("/indicators/new")
        page = boss.submit(page.own_form, name=name, measure="次", section="一（六）", **values)
        assert "指标已新建" in page.text, name
    report = for_year(2025)
    by_name = {figure.indicator.name: figure for figure in report.figures}
    assert by_name["五进受众"].value == 40
    assert by_name["县级稿件"].value == 0
    assert by_name["演练培训"].indicator.formula == Derived(Operation.SUM, ("drills", "trainings"))
    assert by_name["演练占比"].value is None
    assert "一（六）其他工作" in boss.open("/figures?year=2025").text


def test_the_form_says_what_is_wanting_and_keeps_what_was_typed(boss: Visitor) -> None:
    page = boss.open("/indicators/new")
    page = boss.submit(page.own_form, name="占比", measure="%", source="derived", operation="share")
    assert "请至少选一个组成部分" in page.text
    assert "要选一个总数" in page.text
    page = boss.submit(page.own_form, name="应急演练", source="entered")
    assert "分不清" in page.text
    assert page.own_form.values["name"] == ["应急演练"]
    page = boss.submit(boss.open("/indicators/new").own_form, name="", source="nothing")
    assert "请选择数字从哪里来" in page.text


def test_an_indicator_is_edited_retired_and_restored_on_its_page(boss: Visitor) -> None:
    key = create("夜间巡查").key
    enter_number(key, 2025, 12)
    page = boss.open(f"/indicators/{key}/edit")
    assert page.own_form.values["source"] == ["entered"]
    page = boss.submit(page.own_form, name="夜间检查", printing="2")
    assert "指标已修改" in page.text
    assert for_year(2025)[key].indicator.name == "夜间检查"
    db.session.rollback()
    boss.submit(boss.open(f"/indicators/{key}/edit").form("/retire"))
    assert boss.open(f"/figures/2025/{key}").status == 404
    assert "已停用" in boss.open("/indicators").text
    boss.submit(boss.open(f"/indicators/{key}/edit").form("/restore"))
    assert for_year(2025)[key].value == 12


def test_of_a_built_in_indicator_the_page_changes_only_how_it_prints(boss: Visitor) -> None:
    page = boss.open("/indicators/drills/edit")
    assert "name" not in page.own_form.values
    page = boss.submit(page.own_form, name="改名", printing="exact", remark="救灾股统计", source="entered")
    kept = next(one for one in list_indicators() if one.key == "drills")
    assert (kept.name, kept.exact, kept.remark) == ("应急演练", True, "救灾股统计")
    assert kept.formula == OfActivities(("drill",))


def test_the_list_is_searched_by_name(boss: Visitor) -> None:
    page = boss.open("/indicators?words=驿站")
    assert "应急服务示范驿站" in page.text
    assert "媒体发稿" not in page.text
    assert "没有名称含“无此”的指标" in boss.open("/indicators?words=无此").text


def test_of_a_key_that_there_is_not_there_is_no_page(boss: Visitor) -> None:
    assert boss.open("/indicators/nothing/edit").status == 404
    assert queries.next_position() == len(BUILT_IN)


def test_who_administers_a_township_but_only_reads_the_bureaus_figures_is_offered_no_changes(
    visitor: Callable[[], Visitor],
) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    reader = make_user("reader", Role.AUDITOR)
    give_posting(reader, Role.ADMINISTRATOR, make_unit("城关镇"))
    db.session.commit()
    person = visitor()
    person.log_in("reader", PASSWORD)
    for address in ("/indicators", "/figures?year=2026", "/figures/2026/drills"):
        page = person.open(address)
        assert page.status == 200
        assert not {"新建指标", "填报数字", "修改指标"} & set(page.text.split())
        assert "/edit" not in page.response.get_data(as_text=True)
