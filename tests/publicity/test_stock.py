"""The ledger of movements: pairs, corrections, and balances that are never below zero on any day."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from quizapp.accounts.models import Unit, User
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials import queries, refusals, stock
from quizapp.publicity.materials.models import Material, Movement, MovementKind, StockDay
from quizapp.publicity.materials.stock import Entry
from quizapp.publicity.workflow import State
from tests.factories import make_activity, make_material, make_root, make_unit, make_user
from tests.racing import AT_ONCE, at_once

MARCH = date(2026, 3, 1)


@pytest.fixture
def town(noon: datetime, app: Flask) -> Unit:
    """A township, on 10 March."""
    return make_unit("城关镇")


@pytest.fixture
def clerk(town: Unit) -> User:
    """Its publicist."""
    return make_user("clerk", Role.PUBLICIST, unit=town)


@pytest.fixture
def leaflet(app: Flask) -> Material:
    """Leaflets."""
    return make_material("折页", "份")


def march(number: int) -> date:
    return date(2026, 3, number)


def entry(unit: Unit, material: Material, actor: User, day: int, quantity: int, note: str = "") -> Entry:
    return Entry(unit, material, march(day), quantity, actor, note)


def balances(unit: Unit, material: Material, *days: int) -> list[int]:
    return [queries.balance_at(unit.id, material.id, march(day)) for day in days]


def test_each_kind_moves_the_balance_from_its_day_on(town: Unit, clerk: User, leaflet: Material) -> None:
    bureau, activity = make_root(), make_activity(unit=town, day=march(3))
    stock.receive(entry(bureau, leaflet, clerk, 1, 1000))
    issued = stock.issue(entry(bureau, leaflet, clerk, 2, 600), town)
    stock.hand_out(entry(town, leaflet, clerk, 3, 250), activity)
    stock.return_to(entry(town, leaflet, clerk, 5, 50), bureau)
    counted = stock.count(entry(town, leaflet, clerk, 6, 290))
    assert balances(bureau, leaflet, 1, 2, 4, 5, 9) == [1000, 400, 400, 450, 450]
    assert balances(town, leaflet, 1, 2, 3, 4, 5, 6) == [0, 600, 350, 350, 300, 290]
    assert counted.quantity == -10
    second = queries.list_pair(issued)[1]
    assert (second.unit_id, second.quantity, second.counterpart_id) == (town.id, 600, bureau.id)
    assert (issued.label, second.label) == ("下发", "收到下发")
    assert queries.balances_of_unit(town.id) == {leaflet.id: 290}


def test_a_movement_that_a_later_day_cannot_bear_is_refused_and_names_that_day(
    town: Unit, clerk: User, leaflet: Material
) -> None:
    activity = make_activity(unit=town, day=march(1))
    stock.receive(entry(town, leaflet, clerk, 1, 100))
    stock.hand_out(entry(town, leaflet, clerk, 5, 80), activity)
    with pytest.raises(refusals.NotEnough) as refused:
        stock.hand_out(entry(town, leaflet, clerk, 3, 50), activity)
    assert refused.value.advice == (
        "城关镇的折页在 2026-03-05 结存 20 份，这样登记会差 30 份。"
        "最多可以登记 20 份；如果还有入库没有登记，请先登记。"
    )
    assert balances(town, leaflet, 1, 3, 5) == [100, 100, 20]
    stock.hand_out(entry(town, leaflet, clerk, 3, 20), activity)
    with pytest.raises(refusals.NotEnough, match="2026-03-02 结存 100 份，这样登记会差 1 份"):
        stock.hand_out(entry(town, leaflet, clerk, 2, 101), activity)


def test_a_count_is_the_difference_from_the_book_of_its_day(
    town: Unit, clerk: User, leaflet: Material
) -> None:
    stock.receive(entry(town, leaflet, clerk, 1, 100))
    stock.receive(entry(town, leaflet, clerk, 5, 40))
    assert stock.count(entry(town, leaflet, clerk, 3, 95)).quantity == -5
    assert stock.count(entry(town, leaflet, clerk, 3, 95)).quantity == 0
    assert balances(town, leaflet, 2, 3, 5) == [100, 95, 135]
    assert stock.count(entry(town, leaflet, clerk, 9, 0)).quantity == -135


def test_what_is_taken_back_is_reversed_on_its_own_day_both_rows_of_a_pair_and_only_once(
    town: Unit, clerk: User, leaflet: Material
) -> None:
    bureau = make_root()
    stock.receive(entry(bureau, leaflet, clerk, 1, 100))
    issued = stock.issue(entry(bureau, leaflet, clerk, 2, 60), town)
    correction = stock.take_back(issued, clerk, "写错单位")
    assert (correction.day, correction.quantity, correction.corrects_id) == (march(2), 60, issued.id)
    assert (correction.note, correction.label) == ("写错单位", "撤销下发")
    assert [row.label for row in queries.list_pair(correction)] == ["撤销下发", "撤销收到下发"]
    assert balances(bureau, leaflet, 1, 2) == [100, 100]
    assert balances(town, leaflet, 2) == [0]
    with pytest.raises(refusals.AlreadyTakenBack):
        stock.take_back(issued, clerk, "再撤")
    with pytest.raises(refusals.NotTakenBack):
        stock.take_back(correction, clerk, "撤销撤销")


def test_what_was_passed_on_since_is_not_taken_back(town: Unit, clerk: User, leaflet: Material) -> None:
    received = stock.receive(entry(town, leaflet, clerk, 1, 100))
    stock.hand_out(entry(town, leaflet, clerk, 4, 70), make_activity(unit=town, day=march(4)))
    with pytest.raises(refusals.NotEnough, match="2026-03-04 结存 30 份，这样登记会差 70 份"):
        stock.take_back(received, clerk, "没有这一批")
    assert balances(town, leaflet, 1, 4) == [100, 30]


def test_no_movement_is_of_tomorrow_or_of_nothing(town: Unit, clerk: User, leaflet: Material) -> None:
    with pytest.raises(refusals.BadDay):
        stock.receive(entry(town, leaflet, clerk, 11, 5))
    for quantity in (0, -5, 1_000_000_000):
        with pytest.raises(refusals.BadQuantity):
            stock.receive(entry(town, leaflet, clerk, 1, quantity))
    stock.receive(entry(town, leaflet, clerk, 1, 999_999_999))
    with pytest.raises(refusals.TooMuch):
        stock.receive(entry(town, leaflet, clerk, 1, 1))


def test_materials_go_down_or_beside_by_issue_and_up_by_return(
    town: Unit, clerk: User, leaflet: Material
) -> None:
    bureau, other = make_root(), make_unit("东关镇")
    stock.receive(entry(town, leaflet, clerk, 1, 100))
    stock.issue(entry(town, leaflet, clerk, 1, 10), other)
    for wrong in (town, bureau):
        with pytest.raises(refusals.WrongReceiver):
            stock.issue(entry(town, leaflet, clerk, 1, 10), wrong)
    for wrong in (town, other):
        with pytest.raises(refusals.WrongReceiver):
            stock.return_to(entry(town, leaflet, clerk, 1, 10), wrong)
    stock.return_to(entry(town, leaflet, clerk, 1, 10), bureau)


def test_things_are_handed_out_at_ones_own_activity_or_one_beneath_once_it_has_begun(
    town: Unit, clerk: User, leaflet: Material
) -> None:
    bureau, other = make_root(), make_unit("东关镇")
    for unit in (bureau, town):
        stock.receive(entry(unit, leaflet, clerk, 1, 100))
    activity = make_activity(unit=town, day=march(4))
    stock.hand_out(entry(bureau, leaflet, clerk, 4, 10), activity)
    stock.hand_out(entry(town, leaflet, clerk, 6, 10), activity)
    with pytest.raises(refusals.BeforeActivity, match="2026-03-04"):
        stock.hand_out(entry(town, leaflet, clerk, 3, 10), activity)
    for wrong in (make_activity(unit=other), make_activity(unit=town, state=State.VOIDED)):
        with pytest.raises(refusals.WrongActivity):
            stock.hand_out(entry(town, leaflet, clerk, 10, 10), wrong)


def test_a_closed_unit_and_a_retired_material_can_only_be_emptied(
    town: Unit, clerk: User, leaflet: Material
) -> None:
    stock.receive(entry(town, leaflet, clerk, 1, 100))
    leaflet.retired = True
    with pytest.raises(refusals.MaterialRetired):
        stock.receive(entry(town, leaflet, clerk, 1, 100))
    activity = make_activity(unit=town, day=march(1))
    stock.hand_out(entry(town, leaflet, clerk, 1, 10), activity)
    town.closed = True
    with pytest.raises(refusals.UnitClosed):
        stock.hand_out(entry(town, leaflet, clerk, 1, 10), activity)
    with pytest.raises(refusals.WrongReceiver):
        stock.issue(entry(make_root(), leaflet, clerk, 1, 10), town)
    stock.return_to(entry(town, leaflet, clerk, 1, 85), make_root())
    stock.count(entry(town, leaflet, clerk, 1, 0))
    assert balances(town, leaflet, 1) == [0]


def test_only_who_reaches_the_giving_unit_takes_a_pair_back(
    town: Unit, clerk: User, leaflet: Material
) -> None:
    bureau, boss = make_root(), make_user("boss", Role.PUBLICIST)
    stock.receive(entry(bureau, leaflet, boss, 1, 100))
    issued = stock.issue(entry(bureau, leaflet, boss, 1, 100), town)
    second = queries.list_pair(issued)[1]
    assert queries.get_movement_for(clerk, second.id) is second
    assert queries.get_first_for(boss, second.id) is issued
    for movement in (issued, second):
        with pytest.raises(NotFound):
            queries.get_first_for(clerk, movement.id)
    with pytest.raises(NotFound):
        queries.get_movement_for(clerk, issued.id)


# Movements in any order, replayed by hand

Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "issue", "hand_out", "return", "count", "take_back"]),
        st.integers(1, 9),
        st.integers(1, 12),
    ),
    max_size=14,
)


class Replay:
    """The same by hand: what each unit's stock changed by, day by day."""

    def __init__(self) -> None:
        self.changes: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))

    def at(self, unit_id: int, day: date) -> int:
        return sum(change for on, change in self.changes[unit_id].items() if on <= day)

    def bears(self, moves: list[tuple[int, date, int]]) -> bool:
        for unit_id, day, change in moves:
            days = {day, *(on for on in self.changes[unit_id] if on >= day)}
            if any(self.at(unit_id, on) + change < 0 for on in days):
                return False
        return True

    def take(self, moves: list[tuple[int, date, int]]) -> None:
        for unit_id, day, change in moves:
            self.changes[unit_id][day] += change


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_balances_equal_a_replay_by_hand_and_what_is_refused_changes_nothing(
    town: Unit, clerk: User, steps: list[Step]
) -> None:
    material = make_material()
    bureau, activity = make_root(), make_activity(unit=town, day=MARCH, recorder=clerk)
    replay = Replay()
    done: list[tuple[Movement, Moves]] = []
    for name, number, quantity in steps:
        planned = plan(name, march(number), quantity, (bureau, town), done, replay)
        if planned is None:
            continue
        moves, act = planned
        try:
            with db.session.begin_nested():
                movement = act(Entry(bureau, material, march(number), quantity, clerk), activity, town)
        except refusals.NotEnough:
            assert not replay.bears(moves)
        else:
            assert replay.bears(moves)
            replay.take(moves)
            if movement.corrects_id is None:
                done.append((movement, moves))
        for unit in (bureau, town):
            check(unit, material, replay)
    db.session.rollback()


Act = Callable[[Entry, Activity, Unit], Movement]
Moves = list[tuple[int, date, int]]


def plan(
    name: str,
    day: date,
    quantity: int,
    units: tuple[Unit, Unit],
    done: list[tuple[Movement, Moves]],
    by: Replay,
) -> tuple[Moves, Act] | None:
    """What a step changes, and how it is done; None where there is nothing to take back."""
    (bureau, town), out, into = units, -quantity, quantity
    if name == "take_back":
        if not done:
            return None
        movement, moves = done.pop(quantity % len(done))
        return [(unit, on, -change) for unit, on, change in moves], (
            lambda said, _activity, _town: stock.take_back(movement, said.actor, "写错")
        )
    found = quantity - 1
    plans: dict[str, tuple[Moves, Act]] = {
        "receive": ([(bureau.id, day, into)], lambda said, _activity, _town: stock.receive(said)),
        "issue": (
            [(bureau.id, day, out), (town.id, day, into)],
            lambda said, _activity, town: stock.issue(said, town),
        ),
        "hand_out": (
            [(town.id, day, out)],
            lambda said, activity, town: stock.hand_out(at(said, town), activity),
        ),
        "return": (
            [(town.id, day, out), (bureau.id, day, into)],
            lambda said, _activity, town: stock.return_to(at(said, town), said.unit),
        ),
        "count": (
            [(town.id, day, found - by.at(town.id, day))],
            lambda said, _activity, town: stock.count(at(said, town, found)),
        ),
    }
    return plans[name]


def at(said: Entry, unit: Unit, quantity: int | None = None) -> Entry:
    amount = said.quantity if quantity is None else quantity
    return Entry(unit, said.material, said.day, amount, said.actor)


def check(unit: Unit, material: Material, replay: Replay) -> None:
    for number in range(1, 10):
        assert queries.balance_at(unit.id, material.id, march(number)) == replay.at(unit.id, march(number))
    held = (StockDay.unit_id == unit.id, StockDay.material_id == material.id)
    assert (db.session.scalar(select(func.min(StockDay.balance)).where(*held)) or 0) >= 0
    moved = select(func.sum(Movement.quantity)).where(
        Movement.unit_id == unit.id, Movement.material_id == material.id
    )
    assert (db.session.scalar(moved) or 0) == replay.at(unit.id, march(9))


# Races


def test_of_those_who_hand_out_from_one_stock_at_once_only_so_many_succeed_as_it_bears(
    app: Flask, town: Unit, clerk: User, leaflet: Material
) -> None:
    activity = make_activity(unit=town, day=MARCH)
    stock.receive(entry(town, leaflet, clerk, 1, 250))
    db.session.commit()

    def act(number: int) -> None:
        for step in range(5):
            said = Entry(town, leaflet, MARCH + timedelta((number + step) % 4), 20, clerk)
            stock.hand_out(said, activity)

    outcomes = at_once(app, act)
    # Each takes 100 whole or not at all.
    assert outcomes == ["NotEnough", "NotEnough", "done", "done"]
    db.session.rollback()
    assert balances(town, leaflet, 4) == [50]
    assert db.session.scalar(select(func.min(StockDay.balance))) == 50
    assert db.session.scalar(select(func.sum(Movement.quantity))) == 50


def test_issues_in_both_directions_at_once_wait_for_each_other_and_none_is_lost(
    app: Flask, town: Unit, clerk: User, leaflet: Material
) -> None:
    other = make_unit("东关镇")
    for unit in (town, other):
        stock.receive(entry(unit, leaflet, clerk, 1, 100))
    db.session.commit()

    def act(number: int) -> None:
        giver, to = (town, other) if number % 2 else (other, town)
        stock.issue(Entry(giver, leaflet, march(2), 10 + number, clerk), to)
        db.session.commit()
        stock.issue(Entry(giver, leaflet, march(3), 10, clerk), to)

    assert at_once(app, act) == ["done"] * AT_ONCE
    db.session.rollback()
    # 11 + 13 went one way, 10 + 12 the other; 20 each way on the next day.
    assert balances(town, leaflet, 2, 3) == [98, 98]
    assert balances(other, leaflet, 2, 3) == [102, 102]


def test_who_moves_many_stocks_in_any_order_locks_the_ledger_and_nobody_waits_in_a_ring(
    app: Flask, town: Unit, clerk: User
) -> None:
    papers = [make_material() for _ in range(3)]
    for paper in papers:
        stock.receive(entry(town, paper, clerk, 1, 100))
    db.session.commit()

    def act(number: int) -> None:
        if number % 2:
            stock.lock_ledger()
            for paper in papers if number == 1 else reversed(papers):
                stock.receive(Entry(town, paper, march(2), 1, clerk))
        else:
            stock.receive(Entry(town, papers[number], march(2), 10, clerk))

    assert at_once(app, act) == ["done"] * AT_ONCE
    db.session.rollback()
    assert [balances(town, paper, 2)[0] for paper in papers] == [112, 102, 112]


def test_of_those_who_take_one_movement_back_at_once_one_succeeds(
    app: Flask, town: Unit, clerk: User, leaflet: Material
) -> None:
    received = stock.receive(entry(town, leaflet, clerk, 1, 100))
    db.session.commit()
    outcomes = at_once(app, lambda _: stock.take_back(received, clerk, "写错"))
    assert outcomes == ["AlreadyTakenBack"] * (AT_ONCE - 1) + ["done"]
    db.session.rollback()
    assert balances(town, leaflet, 1) == [0]


def test_a_movement_bears_who_recorded_it_and_when(
    noon: datetime, town: Unit, clerk: User, leaflet: Material
) -> None:
    received = stock.receive(entry(town, leaflet, clerk, 1, 100, "县局配发"))
    assert (received.recorded_by, received.recorded_at, received.note) == (clerk.id, noon, "县局配发")
    assert (received.kind, received.confirmed_at) == (MovementKind.RECEIVED, None)
    assert clock.shanghai_day(received.recorded_at) == march(10)
