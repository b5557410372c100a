"""The ledger of units."""

from flask import Flask

from quizapp.accounts.models import UnitKind
from quizapp.accounts.queries import list_units, list_units_for
from quizapp.accounts.roles import Role
from quizapp.ledgers.standing import ImportState
from quizapp.ledgers.units import UNITS
from tests.factories import make_unit, make_user
from tests.ledgers.fake import bring, confirm, rows, standings, undo

TEXT = """序号,单位全称,单位类型,所属单位,人口
1,城关镇,乡镇,,"12,000"
2,东关村,村（社区）,城关镇,800
3,实验小学,学校,城关镇/东关村,约300
4,东关村,社区,西关镇,
5,城关镇,街道,,
"""


def tree() -> list[tuple[int, str, str, int | None]]:
    return [(depth, unit.name, unit.kind, unit.headcount) for unit, depth in list_units()]


def test_units_are_written_beneath_those_that_the_same_file_names(app: Flask) -> None:
    actor = make_user("boss", Role.ADMINISTRATOR)
    begun = bring(actor, TEXT, UNITS)
    assert standings(begun) == ["ready", "ready", "faulty", "caution", "faulty"]
    assert [list(row.problems) for row in rows(begun)] == [[], [], ["人数"], [], ["单位名称"]]
    begun = confirm(begun, actor)
    assert tree() == [
        (0, "试验县应急管理局", UnitKind.BUREAU, None),
        (1, "城关镇", UnitKind.TOWNSHIP, 12000),
        (2, "东关村", UnitKind.VILLAGE, 800),
    ]
    assert standings(begun) == ["imported", "imported", "faulty", "faulty", "faulty"]
    assert rows(begun)[3].problems == {"": "没有上级单位“西关镇”。请先导入它，或者改正名称。"}
    assert undo(begun, actor).state == ImportState.UNDONE
    assert len(tree()) == 1


def test_a_name_that_several_units_have_must_be_told_apart(app: Flask) -> None:
    actor = make_user("boss", Role.ADMINISTRATOR)
    for name in ("甲镇", "乙镇"):
        make_unit("东村", make_unit(name), UnitKind.VILLAGE)
    begun = bring(actor, "单位名称,类型,上级单位\n小学,学校,东村\n小学,学校,乙镇/东村\n", UNITS)
    assert standings(begun) == ["faulty", "ready"]
    assert "有几个单位叫这个名称" in rows(begun)[0].problems["上级单位"]
    confirm(begun, actor)
    assert tree()[-1][:2] == (3, "小学")


def test_a_unit_in_use_is_not_taken_back(app: Flask) -> None:
    actor = make_user("boss", Role.ADMINISTRATOR)
    begun = confirm(bring(actor, "单位名称,类型,上级单位\n甲镇,乡镇,\n乙镇,乡镇,\n", UNITS), actor)
    unit = next(unit for unit, _ in list_units() if unit.name == "甲镇")
    make_user("wang", Role.PUBLICIST, unit=unit)
    begun = undo(begun, actor)
    assert standings(begun) == ["imported", "excluded"]
    assert "不能删除" in rows(begun)[0].cautions[0]


def test_an_administrator_of_a_township_adds_only_beneath_it(app: Flask) -> None:
    mine, _other = make_unit("甲镇"), make_unit("乙镇")
    chief = make_user("chief", Role.ADMINISTRATOR, unit=mine)
    text = "单位名称,类型,上级单位\n东村,村,\n西村,村,乙镇\n"
    confirm(bring(chief, text, UNITS), chief)
    assert [unit.name for unit, _ in list_units_for(chief, Role.ADMINISTRATOR)] == ["甲镇", "东村"]
    assert "西村" not in [unit.name for unit, _ in list_units()]
