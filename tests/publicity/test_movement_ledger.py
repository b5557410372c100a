"""The ledger of movements that units keep: read, written through the stock, taken back, exported."""

from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from quizapp.accounts.models import Unit, User
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.ledgers.files import read_ledger
from quizapp.ledgers.models import LedgerImport
from quizapp.ledgers.standing import ImportState
from quizapp.ledgers.writing import write_ledger
from quizapp.publicity.materials import queries, stock
from quizapp.publicity.materials.ledger import MOVEMENTS, export_rows
from quizapp.publicity.materials.ledger_columns import list_columns, list_export_columns
from quizapp.publicity.materials.list_queries import Filters
from quizapp.publicity.materials.models import Material, Movement
from quizapp.publicity.materials.stock import Entry
from tests.factories import make_activity, make_material, make_root, make_unit, make_user
from tests.ledgers.fake import bring, confirm, rows, standings, undo


@pytest.fixture
def town(noon: datetime, app: Flask) -> Unit:
    """A township, on 10 March."""
    return make_unit("城关镇")


@pytest.fixture
def boss(app: Flask) -> User:
    """The bureau's publicist."""
    return make_user("boss", Role.PUBLICIST)


@pytest.fixture
def leaflet(app: Flask) -> Material:
    """Leaflets."""
    return make_material("宣传折页", "份")


TEXT = """发放日期,发放单位,品名,类型,发放份数,领取单位,活动主题,备注
2026-03-01,,宣传折页,入库,"1,000份",,,县局印制
2026年3月2日,,宣传折页,,600,城关镇,,
2026.3.10,城关镇,宣传折页,,250,,宪法宣传周,
2026-03-10,城关镇,宣传折页,退回,50,,,
2026-03-10,城关镇,宣传折页,盘点,295,,,
"""


def balance(unit: Unit, material: Material) -> int:
    return queries.balance_at(unit.id, material.id, date(2026, 3, 10))


def problems(begun: LedgerImport) -> list[dict[str, str]]:
    return [row.problems for row in rows(begun)]


def test_a_real_ledger_moves_the_stock_and_undoing_takes_every_row_back(
    town: Unit, boss: User, leaflet: Material
) -> None:
    make_activity(unit=town, title="宪法宣传周")
    begun = bring(boss, TEXT, MOVEMENTS)
    assert standings(begun) == ["ready"] * 5
    begun = confirm(begun, boss)
    assert standings(begun) == ["imported"] * 5
    assert (balance(make_root(), leaflet), balance(town, leaflet)) == (450, 295)
    assert undo(begun, boss).state == ImportState.UNDONE
    assert (balance(make_root(), leaflet), balance(town, leaflet)) == (0, 0)
    # Two rows of each pair, each taken back by one more: nothing is deleted.
    assert db.session.scalar(select(func.count(Movement.id))) == 14
    assert db.session.scalar(select(func.sum(Movement.quantity))) == 0


def test_a_row_that_would_fall_short_fails_with_its_sentence_and_the_others_stand(
    town: Unit, boss: User, leaflet: Material
) -> None:
    make_activity(unit=town, title="宪法宣传周")
    text = "日期,单位,物品,类型,数量,活动名称\n" + "".join(
        f"2026-03-{day},城关镇,宣传折页,{kind},{amount},{activity}\n"
        for day, kind, amount, activity in (
            ("05", "入库", 100, ""),
            ("10", "发放", 101, "宪法宣传周"),
            ("10", "发放", 60, "宪法宣传周"),
        )
    )
    begun = confirm(bring(boss, text, MOVEMENTS), boss)
    assert standings(begun) == ["imported", "faulty", "imported"]
    assert "结存 100 份，这样登记会差 1 份" in problems(begun)[1][""]
    # What was passed on since is not undone.
    stock.take_back(queries.get_movement_for(boss, rows(begun)[2].record_id or 0), boss, "写错")
    stock.hand_out(
        Entry(town, leaflet, date(2026, 3, 10), 40, boss), make_activity(unit=town, title="另一次")
    )
    db.session.commit()
    begun = undo(begun, boss)
    assert standings(begun) == ["imported", "faulty", "excluded"]
    assert "不能撤销" in rows(begun)[0].cautions[0]


def test_what_cannot_be_meant_is_told_at_its_cell(town: Unit, boss: User, leaflet: Material) -> None:
    make_activity(unit=town, title="宪法宣传周")
    lines = {
        "2026-03-01,城关镇,宣传折页,入库,20箱,,": "数量",
        "2026-03-01,城关镇,宣传折页,入库,0,,": "数量",
        "2026-03-01,西关镇,宣传折页,入库,20,,": "单位",
        "2026-03-01,城关镇,挂历,入库,20,,": "物品",
        "2026-03-01,城关镇,宣传折页,,20,,": "类型",
        "2026-03-11,城关镇,宣传折页,入库,20,,": "日期",
        "2026-03-09,城关镇,宣传折页,发放,20,,宪法宣传周": "活动名称",
        "2026-03-10,城关镇,宣传折页,发放,20,,没有这次": "活动名称",
        "2026-03-10,城关镇,宣传折页,下发,20,,": "对方单位",
        "2026-03-10,城关镇,宣传折页,下发,20,城关镇,": "对方单位",
        "2026-03-10,城关镇,宣传折页,退回,20,城关镇,": "对方单位",
    }
    text = "日期,单位,物品,类型,数量,对方单位,活动名称\n" + "\n".join(lines)
    begun = bring(boss, text, MOVEMENTS)
    assert [list(found) for found in problems(begun)] == [[column] for column in lines.values()]
    assert "按“份”登记" in problems(begun)[0]["数量"]
    assert "请先记录活动" in problems(begun)[7]["活动名称"]


def test_repeats_guesses_and_a_wrong_order_are_worth_a_look(
    town: Unit, boss: User, leaflet: Material
) -> None:
    make_activity(unit=town, title="宪法宣传周")
    stock.receive(Entry(town, leaflet, date(2026, 3, 1), 100, boss))
    db.session.commit()
    text = """日期,单位,物品,类型,数量
2026-03-01,城关镇,宣传折页,入库,100
2026-03-10,城关镇,宣传折页,发放,10
2026-03-10,城关镇,宣传折页,发放,10
2026-03-02,城关镇,宣传折页,入库,30
"""
    begun = bring(boss, text, MOVEMENTS)
    assert standings(begun) == ["caution"] * 4
    said = [" ".join(row.cautions) for row in rows(begun)]
    assert "台账中已有同样的一笔" in said[0]
    assert "按当天的“宪法宣传周”登记" in said[1]
    assert "本文件前面已有同样的一行" in said[2]
    assert "从早到晚" in said[3]


def test_a_clerk_moves_only_what_is_of_the_units_within_reach(
    town: Unit, boss: User, leaflet: Material
) -> None:
    other = make_unit("东关镇")
    clerk = make_user("clerk", Role.PUBLICIST, unit=town)
    text = f"""日期,单位,物品,类型,数量,对方单位
2026-03-01,,宣传折页,入库,100,
2026-03-01,{other.name},宣传折页,入库,100,
2026-03-01,,宣传折页,下发,10,{other.name}
2026-03-02,,宣传折页,退回,30,试验县应急管理局
"""
    begun = confirm(bring(clerk, text, MOVEMENTS), clerk)
    assert standings(begun) == ["imported", "faulty", "faulty", "imported"]
    assert (balance(town, leaflet), balance(make_root(), leaflet)) == (70, 30)


def test_the_export_says_what_moved_and_no_row_of_it_can_be_taken_for_another(
    town: Unit, boss: User, leaflet: Material
) -> None:
    bureau, day = make_root(), date(2026, 3, 10)
    stock.receive(Entry(bureau, leaflet, day, 100, boss, "县局印制"))
    stock.issue(Entry(bureau, leaflet, day, 60, boss), town)
    stock.take_back(stock.count(Entry(town, leaflet, day, 58, boss)), boss, "数错")
    exported = list(export_rows(boss, Filters(descending=False)))
    assert [(row["类型"], row["数量"], row["单位"], row["对方单位"]) for row in exported] == [
        ("入库", 100, bureau.name, ""),
        ("下发", 60, bureau.name, "城关镇"),
        ("收到下发", 60, "城关镇", bureau.name),
        ("盘点差额", -2, "城关镇", ""),
        ("盘点差额", 2, "城关镇", ""),
    ]
    assert exported[0]["登记人"] == "Boss"
    reading = read_ledger(write_ledger(list_export_columns(), exported), list_columns(), {})
    assert [row.cells["类型"] for row in reading.rows][:2] == ["入库", "下发"]
    begun = bring(boss, "日期,物品,类型,数量\n2026-03-10,宣传折页,收到下发,60\n", MOVEMENTS)
    assert list(problems(begun)[0]) == ["类型"]
