"""普法责任清单: plans by unit and kind, what is done for them, who sets and who sees them."""

import io
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from quizapp.accounts.models import AuditEntry, Unit, User
from quizapp.accounts.queries import list_units_for
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.staff import READERS
from quizapp.publicity.targets import planning, queries
from quizapp.publicity.targets.ledger import TARGETS
from quizapp.publicity.targets.models import Target
from quizapp.publicity.targets.progress import passed_of
from quizapp.publicity.targets.showing import show_year
from quizapp.publicity.workflow import State
from tests.factories import (
    PASSWORD,
    make_activity,
    make_kind,
    make_release,
    make_root,
    make_unit,
    make_user,
)
from tests.ledgers.fake import bring, confirm, rows, standings, undo
from tests.pages import Visitor
from tests.racing import AT_ONCE, at_once


@pytest.fixture
def town(noon: datetime, app: Flask) -> Unit:
    """A township."""
    return make_unit("城关镇")


@pytest.fixture
def boss(noon: datetime, app: Flask) -> User:
    """The bureau's administrator, with the list of kinds."""
    make_kind("lecture")
    return make_user("boss", Role.ADMINISTRATOR)


def plan(unit: Unit, year: int = 2026, **by_kind: int) -> None:
    """Set targets by key of kind, ``releases`` among them."""
    wanted = {None if key == "releases" else make_kind(key).id: count for key, count in by_kind.items()}
    planning.set_targets(unit, year, wanted, planning.plan_of(unit, year))
    db.session.commit()


def done_of(actor: User, year: int = 2026) -> dict[tuple[str, str], tuple[int, int, int]]:
    """(unit, kind) → done, planned, wanting, as the page shows it."""
    shown = show_year(actor, year, passed_of(year, clock.shanghai_day(clock.now())))
    return {
        (row.unit.name, name): (standing.done, standing.planned, standing.wanting)
        for row in shown.units
        for kind_id, name in shown.kinds
        if (standing := row.standings.get(kind_id))
    }


def planned() -> list[tuple[int, str, int | None, int]]:
    db.session.rollback()
    db.session.expire_all()
    names = {unit.id: unit.name for unit, _ in list_units_for(make_user("eye"), *READERS, Role.ORGANISER)}
    targets = db.session.query(Target).order_by(Target.id)
    return [(one.year, names[one.unit_id], one.kind_id, one.planned) for one in targets]


def test_what_is_confirmed_of_the_unit_those_beneath_and_the_kinds_beneath_is_counted(
    town: Unit, boss: User
) -> None:
    village = make_unit("东门村", parent=town)
    plan(make_root(), five_visits=100, releases=20)
    plan(town, five_visits=10, into_schools=4, lecture=5, releases=2)
    plan(village, into_schools=2)
    make_activity("into_schools", village, sessions=3)
    make_activity("into_families", town, sessions=2)
    make_activity("five_visits", town)
    make_activity("lecture", make_unit("别的镇"))
    make_activity("into_schools", village, state=State.SUBMITTED)
    make_activity("into_schools", village, state=State.VOIDED)
    make_activity("into_schools", village, day=date(2025, 12, 31))
    make_activity("into_schools", village, day=date(2027, 1, 1))
    make_activity("into_schools", village, day=date(2026, 12, 31))
    make_release(village)
    make_release(village, state=State.DRAFT)
    make_release(town, day=date(2025, 12, 31))
    # 10 March: 68 of 365 days have passed, which makes 18 of 100, 3 of 20, 1 of 10 due.
    assert done_of(boss) == {
        ("城关镇", "五进"): (7, 10, 0),
        ("城关镇", "进学校"): (4, 4, 0),
        ("城关镇", "讲座"): (0, 5, 0),
        ("城关镇", "媒体发稿"): (1, 2, 0),
        ("东门村", "进学校"): (4, 2, 0),
        ("试验县应急管理局", "五进"): (7, 100, 11),
        ("试验县应急管理局", "媒体发稿"): (1, 20, 2),
    }


def test_those_that_lag_come_first(town: Unit, boss: User) -> None:
    other = make_unit("别的镇")
    plan(make_root(), lecture=1)
    plan(town, lecture=20)  # 3 are due
    plan(other, lecture=40)  # 7 are due
    assert [unit for unit, _ in done_of(boss)] == ["别的镇", "城关镇", "试验县应急管理局"]
    make_activity("lecture", other, sessions=5)
    assert [unit for unit, _ in done_of(boss)] == ["城关镇", "别的镇", "试验县应急管理局"]


def test_a_year_that_is_over_wants_the_whole_plan_and_a_coming_one_nothing(town: Unit, boss: User) -> None:
    for year in (2025, 2027):
        plan(town, year, lecture=3)
    assert done_of(boss, 2025) == {("城关镇", "讲座"): (0, 3, 3)}
    assert done_of(boss, 2027) == {("城关镇", "讲座"): (0, 3, 0)}


def test_a_units_people_see_their_own_and_those_beneath(town: Unit, boss: User) -> None:
    village, other = make_unit("东门村", parent=town), make_unit("别的镇")
    for unit in (make_root(), town, village, other):
        plan(unit, lecture=1)
    make_activity("lecture", village)
    clerk = make_user("clerk", Role.PUBLICIST, unit=town)
    assert done_of(clerk) == {("城关镇", "讲座"): (1, 1, 0), ("东门村", "讲座"): (1, 1, 0)}
    assert done_of(make_user("bank", Role.BANK_EDITOR)) == {}


def test_a_unit_is_planned_from_above_and_the_bureau_by_its_own(town: Unit, boss: User) -> None:
    village = make_unit("东门村", parent=town)
    townsman = make_user("townsman", Role.ADMINISTRATOR, unit=town)
    clerk = make_user("clerk", Role.PUBLICIST)
    assert [unit.name for unit, _ in queries.list_units_to_plan(boss)] == [
        "试验县应急管理局",
        "城关镇",
        "东门村",
    ]
    assert [unit.name for unit, _ in queries.list_units_to_plan(townsman)] == ["东门村"]
    assert queries.get_unit_to_plan(townsman, village.id) is village
    for actor, unit in ((townsman, town), (townsman, make_root()), (clerk, village)):
        with pytest.raises(NotFound):
            queries.get_unit_to_plan(actor, unit.id)


def test_a_plan_is_set_changed_and_taken_back(town: Unit, boss: User) -> None:
    lecture, drill = make_kind("lecture").id, make_kind("drill").id
    planning.set_targets(town, 2026, {lecture: 3, None: 2}, {})
    planning.set_targets(town, 2026, {lecture: 4, drill: 1}, {lecture: 3, None: 2})
    db.session.commit()
    assert planning.plan_of(town, 2026) == {lecture: 4, drill: 1}
    planning.set_targets(town, 2026, {lecture: 4, drill: 1}, {lecture: 4, drill: 1})
    db.session.commit()
    entries = db.session.query(AuditEntry).filter_by(action="plan").all()
    assert [(entry.subject_id, entry.fields) for entry in entries] == [(str(town.id), ["2026"])] * 2
    with pytest.raises(planning.PlannedMeanwhile):
        planning.set_targets(town, 2026, {lecture: 9}, {lecture: 3, None: 2})


@pytest.mark.parametrize("of_releases", [False, True], ids=["kind", "releases"])
def test_a_target_stands_once(town: Unit, boss: User, of_releases: bool) -> None:
    kind_id = None if of_releases else make_kind("lecture").id
    planning.add_target(town.id, 2026, kind_id, 3)
    with pytest.raises(planning.AlreadyPlanned):
        planning.add_target(town.id, 2026, kind_id, 4)
    planning.add_target(town.id, 2027, kind_id, 4)
    db.session.add(Target(year=2026, unit_id=town.id, kind_id=kind_id, planned=1))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("of_releases", [False, True], ids=["kind", "releases"])
def test_of_those_who_set_a_target_in_the_same_moment_one_does(
    app: Flask, town: Unit, boss: User, of_releases: bool
) -> None:
    kind_id, town_id = None if of_releases else make_kind("lecture").id, town.id

    def set_them(number: int) -> None:
        unit = db.session.get_one(Unit, town_id)
        planning.set_targets(unit, 2026, {kind_id: 10 + number}, {})

    assert at_once(app, set_them) == ["PlannedMeanwhile"] * (AT_ONCE - 1) + ["done"]
    assert len(planned()) == 1


def test_of_those_who_change_a_target_in_the_same_moment_one_does(app: Flask, town: Unit, boss: User) -> None:
    plan(town, lecture=1)
    kind_id, town_id = make_kind("lecture").id, town.id

    def set_them(number: int) -> None:
        unit = db.session.get_one(Unit, town_id)
        planning.set_targets(unit, 2026, {kind_id: 10 + number}, {kind_id: 1})

    assert at_once(app, set_them) == ["PlannedMeanwhile"] * (AT_ONCE - 1) + ["done"]


def test_last_years_plan_is_copied_where_this_year_lacks_it(town: Unit, boss: User) -> None:
    other, closed = make_unit("别的镇"), make_unit("撤并的镇")
    plan(town, 2025, lecture=3, drill=4, releases=5)
    plan(town, lecture=9)
    plan(other, 2025, releases=1)
    plan(closed, 2025, lecture=1)
    closed.closed = True
    retired = make_kind("study")
    plan(other, 2025, study=7, releases=1)
    retired.retired = True
    db.session.commit()
    townsman = make_user("townsman", Role.ADMINISTRATOR, unit=town)
    assert planning.copy_targets(2026, townsman) == 0
    assert planning.copy_targets(2026, boss) == 3
    db.session.commit()
    lecture, drill = make_kind("lecture").id, make_kind("drill").id
    assert planning.plan_of(town, 2026) == {lecture: 9, drill: 4, None: 5}
    assert planning.plan_of(other, 2026) == {None: 1}
    assert planning.copy_targets(2026, boss) == 0


def test_a_plan_is_set_on_its_page_and_its_progress_shown(
    town: Unit, boss: User, visitor: Callable[[], Visitor]
) -> None:
    lecture = make_kind("lecture").id
    person = visitor()
    person.log_in("boss", PASSWORD)
    assert "制定 2026 年的第一份计划" in person.open("/targets").text
    page = person.open(f"/targets/edit?unit={town.id}&year=2026")
    form = page.form("/targets/edit")
    refused = person.submit(form, **{f"kind_{lecture}": "-1", "releases": "20"})
    assert "请填写 0 至 100000 之间的整数" in refused.text
    assert refused.form("/targets/edit").values["releases"] == ["20"]
    done = person.submit(form, **{f"kind_{lecture}": "40", "releases": "20"})
    assert "城关镇 2026 年的计划已保存" in done.text
    assert "0 / 40 0.0% 落后 7" in done.text
    assert "2026 年已过 18.6% （365 天中的 68 天）" in done.text
    assert "落后 1 个" in done.text
    assert "城关镇" in person.open("/targets?lagging=1").text
    less = {f"kind_{lecture}": "4", "releases": ""}
    person.submit(person.open(f"/targets/edit?unit={town.id}&year=2026").form("/targets/edit"), **less)
    assert planned() == [(2026, "城关镇", lecture, 4)]
    assert "没有落后的单位" in person.open("/targets?lagging=1").text


def test_the_second_of_two_planners_is_told_and_keeps_what_was_typed(
    town: Unit, boss: User, visitor: Callable[[], Visitor]
) -> None:
    person = visitor()
    person.log_in("boss", PASSWORD)
    form = person.open(f"/targets/edit?unit={town.id}&year=2026").form("/targets/edit")
    plan(town, lecture=7)
    told = person.submit(form, releases="3")
    assert told.status == 409
    assert "现在的计划是：讲座 7" in told.text
    assert told.form("/targets/edit").values["releases"] == ["3"]
    person.submit(told.form("/targets/edit"))
    db.session.rollback()
    assert planning.plan_of(town, 2026) == {None: 3}
    lost = person.submit(form, releases="3", seen="nonsense")
    assert lost.status == 409


def test_a_year_out_of_sense_is_this_one(boss: User, visitor: Callable[[], Visitor]) -> None:
    person = visitor()
    person.log_in("boss", PASSWORD)
    for year in ("", "abc", "0", "99999", "1e9", "²"):
        assert "2026 年" in person.open(f"/targets?year={year}").text


def test_a_stranger_sets_nothing(town: Unit, visitor: Callable[[], Visitor]) -> None:
    make_user("elsewhere", Role.ADMINISTRATOR, unit=make_unit("别的镇"))
    plan(town, lecture=3)
    person = visitor()
    person.log_in("elsewhere", PASSWORD)
    assert person.open(f"/targets/edit?unit={town.id}&year=2026").status == 404
    assert "没有" in person.open("/targets?year=2026").text
    assert "城关镇" not in person.open(f"/targets?year=2026&unit={town.id}").text


def test_a_list_is_brought_and_taken_back_and_never_sets_what_stands(town: Unit, boss: User) -> None:
    make_unit("东门村", parent=town)
    plan(town, drill=1)
    text = (
        "序号,责任单位,普法项目,年份,目标\n"
        "1,城关镇,讲座,2026年,12\n"
        "2,城关镇/东门村,媒体发稿,2026,3篇\n"
        "3,城关镇,应急演练,2026,5\n"
        "4,城关镇,讲座,2026年度,9\n"
        "5,城关镇,写诗,2026,9\n"
        "6,天上的镇,讲座,今年,约9\n"
    )
    begun = bring(boss, text, TARGETS)
    assert standings(begun) == ["ready", "ready", *["faulty"] * 4]
    assert [set(row.problems) for row in rows(begun)[2:]] == [
        {"类型"},
        {"类型"},
        {"类型"},
        {"单位", "年度", "计划数"},
    ]
    begun = confirm(begun, boss)
    lecture, drill = make_kind("lecture").id, make_kind("drill").id
    assert planned() == [
        (2026, "城关镇", drill, 1),
        (2026, "城关镇", lecture, 12),
        (2026, "东门村", None, 3),
    ]
    undo(begun, boss)
    db.session.rollback()
    assert planning.plan_of(town, 2026) == {drill: 1}


def test_the_export_holds_plan_and_progress(town: Unit, boss: User, visitor: Callable[[], Visitor]) -> None:
    plan(town, lecture=40, releases=1)
    make_activity("lecture", town, sessions=2)
    person = visitor()
    person.log_in("boss", PASSWORD)
    answer = person.submit(person.open("/targets?year=2026").form("/targets/export")).response
    sheet = openpyxl.load_workbook(io.BytesIO(answer.get_data())).active
    assert sheet is not None
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["单位", "类型", "年度", "计划数", "完成数", "进度", "落后"],
        ["城关镇", "讲座", 2026, 40, 2, "5.0%", 5],
        ["城关镇", "媒体发稿", 2026, 1, 0, "0.0%", None],
    ]
