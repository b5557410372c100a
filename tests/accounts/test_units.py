"""The tree of units and who reaches what in it."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.accounts import queries, unit_queries, units
from quizapp.accounts.models import Unit, UnitDescent, UnitKind, User
from quizapp.accounts.roles import Role
from quizapp.accounts.units import NotThere, UnitInUse, UnitNameTaken, UnitPlan
from quizapp.errors import NotFound
from quizapp.extensions import db
from tests.conftest import empty_tables
from tests.factories import PASSWORD, make_root, make_unit, make_user
from tests.pages import Visitor
from tests.racing import AT_ONCE, at_once

NewVisitor = Callable[[], Visitor]
CALM = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def plan(unit: Unit, parent: Unit | None = None, **changes: object) -> UnitPlan:
    """What stands, with changes."""
    above = parent or db.session.get_one(Unit, unit.parent_id)
    values = {"name": unit.name, "kind": UnitKind(unit.kind), "headcount": unit.headcount, **changes}
    return UnitPlan(parent=above, **values)  # type: ignore[arg-type]


def closure_of_parents() -> dict[tuple[int, int], int]:
    """Every (ancestor, descendant) with the steps between, followed from ``parent_id`` by hand."""
    db.session.expire_all()
    parents = {unit.id: unit.parent_id for unit, _ in queries.list_units()}
    pairs = {}
    for unit_id in parents:
        above: int | None = unit_id
        depth = 0
        while above is not None:
            pairs[above, unit_id] = depth
            above, depth = parents[above], depth + 1
    return pairs


def stored_closure() -> dict[tuple[int, int], int]:
    rows = db.session.query(UnitDescent).all()
    return {(row.ancestor_id, row.descendant_id): row.depth for row in rows}


def read_anew() -> None:
    """See what others committed since."""
    db.session.rollback()
    db.session.expire_all()


def log_in(visitor: NewVisitor, unit: Unit, role: Role = Role.ADMINISTRATOR, name: str = "li") -> Visitor:
    make_user(name, role, unit=unit)
    person = visitor()
    person.log_in(name, PASSWORD)
    return person


def administrator_of(unit: Unit) -> User:
    return make_user("li", Role.ADMINISTRATOR, unit=unit)


@CALM
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["make", "move", "remove"]), st.integers(0, 9), st.integers(0, 9)),
        max_size=15,
    )
)
def test_whatever_is_made_moved_and_removed_the_descents_are_those_of_the_parents(
    app: Flask, steps: list[tuple[str, int, int]]
) -> None:
    db.session.rollback()
    empty_tables()
    make_root()
    for number, (act, one, other) in enumerate(steps):
        known = [unit for unit, _ in queries.list_units()]
        unit, parent = known[one % len(known)], known[other % len(known)]
        try:
            if act == "make":
                units.create_unit(UnitPlan(f"单位{number}", UnitKind.VILLAGE, parent))
            elif act == "move" and not unit.is_root:
                units.edit_unit(unit, plan(unit, parent))
            elif act == "remove" and not unit.is_root:
                units.remove_unit(unit)
        except (NotThere, UnitInUse):
            pass
        db.session.commit()
        assert stored_closure() == closure_of_parents()


def test_a_unit_moves_with_all_that_is_beneath_it(app: Flask) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    village = make_unit("甲村", east, UnitKind.VILLAGE)
    school = make_unit("甲小学", village, UnitKind.SCHOOL)
    units.edit_unit(village, plan(village, west))
    db.session.commit()
    assert unit_queries.is_beneath(school.id, west.id)
    assert not unit_queries.is_beneath(school.id, east.id)
    assert stored_closure() == closure_of_parents()


def test_a_unit_is_renamed_and_moved_in_one_step_past_one_of_its_old_name(app: Flask) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    make_unit("新村", west, UnitKind.VILLAGE)
    village = make_unit("新村", east, UnitKind.VILLAGE)
    units.edit_unit(village, plan(village, west, name="新民村"))
    db.session.commit()
    assert (village.name, village.parent_id) == ("新民村", west.id)


def test_a_name_that_stands_beneath_the_same_unit_is_refused_and_nothing_moves(app: Flask) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    make_unit("新村", west, UnitKind.VILLAGE)
    village = make_unit("新村", east, UnitKind.VILLAGE)
    with pytest.raises(UnitNameTaken):
        units.edit_unit(village, plan(village, west))
    db.session.commit()
    assert village.parent_id == east.id
    assert stored_closure() == closure_of_parents()


def test_a_unit_goes_neither_beneath_itself_nor_beneath_its_own(app: Flask) -> None:
    township = make_unit("东镇")
    village = make_unit("甲村", township, UnitKind.VILLAGE)
    for parent in (township, village):
        with pytest.raises(NotThere):
            units.edit_unit(township, plan(township, parent))
        db.session.rollback()


def test_the_bureau_keeps_its_kind_and_is_never_closed(app: Flask) -> None:
    root = make_root()
    units.edit_unit(root, plan(root, root, name="新名县应急管理局", kind=UnitKind.SCHOOL, closed=True))
    assert (root.name, root.kind, root.closed) == ("新名县应急管理局", UnitKind.BUREAU, False)


def test_a_unit_where_something_stands_is_not_removed(app: Flask) -> None:
    township = make_unit("东镇")
    make_user("li", Role.PUBLICIST, unit=township)
    with pytest.raises(UnitInUse):
        units.remove_unit(township)


@pytest.mark.parametrize("_round", range(3))
def test_two_moves_that_would_make_a_ring_are_one_move(app: Flask, _round: int) -> None:
    ids = [make_unit("东镇").id, make_unit("西镇").id]

    def move(number: int) -> None:
        one, other = ids[number % 2], ids[1 - number % 2]
        unit = db.session.get_one(Unit, one)
        units.edit_unit(unit, plan(unit, db.session.get_one(Unit, other)))

    outcomes = at_once(app, move)
    assert set(outcomes) == {"done", "NotThere"}
    assert stored_closure() == closure_of_parents()


@pytest.mark.parametrize("_round", range(3))
def test_two_units_of_one_name_made_at_once_are_one(app: Flask, _round: int) -> None:
    township_id = make_unit("东镇").id

    def make(_number: int) -> None:
        parent = db.session.get_one(Unit, township_id)
        units.create_unit(UnitPlan("甲村", UnitKind.VILLAGE, parent))

    assert at_once(app, make) == ["UnitNameTaken"] * (AT_ONCE - 1) + ["done"]
    assert stored_closure() == closure_of_parents()


def test_reach_is_the_unit_and_what_is_beneath_it_and_nothing_else(app: Flask) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    village = make_unit("甲村", east, UnitKind.VILLAGE)
    li = administrator_of(east)
    assert queries.get_unit_for(li, village.id, Role.ADMINISTRATOR).id == village.id
    for beyond in (west, make_root()):
        with pytest.raises(NotFound):
            queries.get_unit_for(li, beyond.id, Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        queries.get_unit_for(li, village.id, Role.PUBLICIST)


def test_the_tree_opens_at_the_bureau_and_goes_down_step_by_step(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    make_unit("甲村", east, UnitKind.VILLAGE)
    boss = log_in(visitor, make_root())
    page = boss.open("/units")
    assert "试验县应急管理局" in page.text
    assert "东镇" in page.text
    assert "甲村" not in page.text
    assert "甲村" in boss.open(f"/units?under={east.id}").text


def test_a_search_finds_units_at_any_depth_and_says_where_they_are(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    make_unit("甲村", east, UnitKind.VILLAGE)
    closed = make_unit("旧厂", east, UnitKind.ENTERPRISE)
    units.edit_unit(closed, plan(closed, closed=True))
    db.session.commit()
    boss = log_in(visitor, make_root())
    assert "甲村 东镇" in boss.open("/units?words=甲").text
    assert "甲村" in boss.open("/units?kind=village").text
    assert "旧厂 已停用" in boss.open("/units?kind=closed").text
    assert "没有符合条件的单位" in boss.open("/units?words=丙%").text


def test_units_sort_by_headcount_both_ways_the_unknown_last(visitor: NewVisitor) -> None:
    small, large, unknown = make_unit("小镇"), make_unit("大镇"), make_unit("无数镇")
    for one, headcount in ((small, 20), (large, 9000), (unknown, None)):
        units.edit_unit(one, plan(one, headcount=headcount))
    db.session.commit()
    boss = log_in(visitor, make_root())
    for sort, expected in (("", ["小镇", "大镇", "无数镇"]), ("&sort=down", ["大镇", "小镇", "无数镇"])):
        text = boss.open(f"/units?order=headcount{sort}").text
        assert sorted(expected, key=text.index) == expected


def test_a_unit_is_made_beneath_the_one_that_was_opened(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    boss = log_in(visitor, make_root())
    form = boss.open(f"/units/new?parent={east.id}").own_form
    assert form.values["parent_id"] == [str(east.id)]
    page = boss.submit(form, name=" 甲村 ", kind="village", headcount="")
    assert "甲村已新建" in page.text
    assert [unit.name for unit, _ in queries.list_units()][-1] == "甲村"


def test_a_name_in_use_is_told_at_the_field_and_what_was_typed_stays(visitor: NewVisitor) -> None:
    make_unit("东镇")
    boss = log_in(visitor, make_root())
    page = boss.submit(boss.open("/units/new").own_form, name="东镇", kind="township", headcount="31")
    assert "同一上级单位下已有同名单位" in page.text
    assert page.own_form.values["headcount"] == ["31"]
    west = make_unit("西镇")
    page = boss.submit(boss.open(f"/units/{west.id}").own_form, name="东镇", headcount="32")
    assert "同一上级单位下已有同名单位" in page.text
    assert page.own_form.values["headcount"] == ["32"]


@pytest.mark.parametrize("headcount", ["-1", "三千", "99999999999999", "1.5"])
def test_a_headcount_that_is_none_is_refused_in_words(visitor: NewVisitor, headcount: str) -> None:
    boss = log_in(visitor, make_root())
    page = boss.submit(boss.open("/units/new").own_form, name="东镇", kind="township", headcount=headcount)
    assert "有 1 处需要修改" in page.text
    assert page.own_form.values["headcount"] == [headcount]


def test_a_townships_administrator_keeps_what_is_beneath_and_only_counts_their_own(
    visitor: NewVisitor,
) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    village = make_unit("甲村", east, UnitKind.VILLAGE)
    person = log_in(visitor, east)
    text = person.open("/units").text
    assert "甲村" in text
    assert "西镇" not in text
    form = person.open(f"/units/{east.id}").own_form
    person.submit(form, headcount="31000", name="改名镇", closed="y", parent_id=str(west.id))
    read_anew()
    assert (east.name, east.headcount, east.closed) == ("东镇", 31000, False)
    page = person.submit(person.open(f"/units/{village.id}").own_form, name="乙村", closed="y")
    assert "单位已保存" in page.text
    read_anew()
    assert (village.name, village.closed) == ("乙村", True)


def test_a_townships_administrator_sees_no_other_unit_and_moves_nothing_out_of_reach(
    visitor: NewVisitor,
) -> None:
    east, west = make_unit("东镇"), make_unit("西镇")
    village = make_unit("甲村", east, UnitKind.VILLAGE)
    person = log_in(visitor, east)
    for address in (f"/units/{west.id}", f"/units?under={west.id}", f"/units/{make_root().id}"):
        assert person.open(address).status == 404
    for form, name in (
        (person.open(f"/units/{village.id}").own_form, "甲村"),
        (person.open(f"/units/new?parent={west.id}").own_form, "乙村"),
    ):
        page = person.submit(form, name=name, parent_id=str(west.id))
        assert "处需要修改" in page.text
    assert not unit_queries.is_beneath(village.id, west.id)
    assert len(queries.list_units()) == 4


def test_a_closed_unit_is_offered_as_no_place_for_others_and_for_no_campaign(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    units.edit_unit(east, plan(east, closed=True))
    db.session.commit()
    boss = log_in(visitor, make_root())
    assert "东镇" not in boss.open("/units/new").text
    assert "东镇" not in boss.open("/campaigns/new").text


def test_many_units_come_page_by_page(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    for number in range(60):
        units.create_unit(UnitPlan(f"{number}村", UnitKind.VILLAGE, east))
    db.session.commit()
    boss = log_in(visitor, make_root())
    page = boss.open(f"/units?under={east.id}&page=2")
    assert "第 2 页，共 2 页，60 个单位" in page.text
    assert "59村" in page.text


def test_a_unit_made_by_mistake_is_deleted_and_one_in_use_is_not(visitor: NewVisitor) -> None:
    mistake, used = make_unit("东镇"), make_unit("西镇")
    boss = log_in(visitor, make_root())
    page = boss.submit(boss.open(f"/units/{mistake.id}").form("/remove"))
    assert "东镇已删除" in page.text
    form = boss.open(f"/units/{used.id}").form("/remove")
    make_user("zhang", Role.PUBLICIST, unit=used)
    assert UnitInUse.advice in boss.submit(form).text
    assert {unit.name for unit, _ in queries.list_units()} == {"试验县应急管理局", "西镇"}


def test_a_townships_administrator_does_not_delete_their_own_unit(visitor: NewVisitor) -> None:
    east = make_unit("东镇")
    person = log_in(visitor, east)
    form = person.open(f"/units/{east.id}").own_form
    form.action = f"/units/{east.id}/remove"
    assert person.submit(form).status == 404
