"""A year of random records, recounted by an auditor's own SQL over the bare tables: every figure agrees."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, text

from quizapp.accounts.models import Unit, UnitKind
from quizapp.accounts.roles import Role
from quizapp.accounts.units import UnitPlan, edit_unit
from quizapp.attempts.models import Attempt
from quizapp.core import clock
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity, ActivityKind
from quizapp.publicity.beginning import ensure_lists
from quizapp.publicity.materials import stock
from quizapp.publicity.materials.models import Material, Movement, MovementKind
from quizapp.publicity.materials.stock import Entry
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.workflow import State
from quizapp.reports.figures.formulas import (
    Amount,
    OfActivities,
    OfMaterials,
    OfParticipants,
    OfReleases,
)
from quizapp.reports.figures.reckoning import evidence_of, for_year
from quizapp.reports.periods.spans import Length, Span, spans_of
from quizapp.reports.periods.tables import make_table
from tests.factories import make_indicators, make_root, make_unit, make_user
from tests.reports.figures.recording import make_campaign_of, submit_at

YEAR = 2026
AFTER = datetime(2027, 2, 1, 4, 0, tzinfo=UTC)
#: Days at which a month, a quarter or the year turns, the years beside among them.
EDGES = [
    *(date(YEAR, month, 1) for month in range(1, 13)),
    *(date(YEAR, month, 1) - timedelta(1) for month in range(1, 13)),
    *(date(YEAR, 12, 31), date(YEAR + 1, 1, 1), date(YEAR - 1, 12, 31), date(YEAR, 2, 28)),
]
STATES = [*State, State.CONFIRMED, State.CONFIRMED, State.CONFIRMED, State.CONFIRMED]


class Year:
    """Makes the records of one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        ensure_lists()
        make_indicators()
        self.user = make_user("recorder", Role.PUBLICIST)
        towns = [make_unit(f"{name}镇") for name in "甲乙丙丁"]
        self.units = [make_root(), *towns]
        for town in towns:
            self.units += [make_unit(f"{town.name}{name}村", town, UnitKind.VILLAGE) for name in "东西"]
        self.units.append(make_unit("村小学", self.units[-1], UnitKind.SCHOOL))
        self.kinds = db.session.query(ActivityKind).order_by(ActivityKind.id).all()
        self.materials = db.session.query(Material).order_by(Material.id).all()
        for record in (self.activity, self.release):
            db.session.add_all([record() for _ in range(160)])
        db.session.flush()
        self.activities = db.session.query(Activity).order_by(Activity.id).all()
        for _ in range(160):
            self.hand_out()
        self.participants()
        self.turn_the_lists()
        db.session.commit()

    def day(self) -> date:
        if self.chance.random() < 0.4:
            return self.chance.choice(EDGES)
        return date(YEAR, 1, 1) + timedelta(self.chance.randrange(-20, 385))

    def record(self) -> dict[str, Any]:
        return {
            "unit_id": self.chance.choice(self.units).id,
            "state": self.chance.choice(STATES),
            "recorded_by": self.user.id,
            "recorded_at": clock.now(),
            "title": f"记录{self.chance.random()}",
        }

    def activity(self) -> Activity:
        day = self.day()
        return Activity(
            **self.record(),
            kind_id=self.chance.choice(self.kinds).id,
            begins_on=day,
            ends_on=day + timedelta(self.chance.choice([0, 0, 1, 40])),
            sessions=self.chance.randrange(1, 6),
            audience=self.chance.randrange(0, 900),
        )

    def release(self) -> Release:
        level, kind = self.chance.choice([*Level]), self.chance.choice([*ReleaseKind])
        key = f"{self.chance.getrandbits(200):064x}"
        return Release(
            **self.record(), outlet="试验日报", level=level, kind=kind, day=self.day(), title_key=key
        )

    def hand_out(self) -> None:
        """By the activity's unit or the bureau, perhaps later, perhaps taken back; each confirmed or not."""
        activity = self.chance.choice(self.activities)
        first = self.movement(
            unit_id=self.chance.choice([activity.unit_id, activity.unit_id, self.units[0].id]),
            day=activity.begins_on + timedelta(self.chance.choice([0, 0, 1, 35])),
            material_id=self.chance.choice(self.materials).id,
            quantity=-self.chance.randrange(1, 500),
            activity_id=activity.id,
        )
        if self.chance.random() < 0.25:
            same = ("unit_id", "day", "material_id", "activity_id")
            kept = {name: getattr(first, name) for name in same}
            self.movement(**kept, quantity=-first.quantity, corrects_id=first.id)

    def movement(self, **values: Any) -> Movement:
        moment = self.chance.choice([clock.now(), clock.now(), None])
        made = Movement(
            kind=MovementKind.HANDED_OUT,
            recorded_by=self.user.id,
            recorded_at=clock.now(),
            confirmed_at=moment,
            **values,
        )
        db.session.add(made)
        db.session.flush()
        return made

    def participants(self) -> None:
        """Some submit several times, some at midnight of the New Year in Shanghai, some a sample."""
        midnights = [datetime(year, 12, 31, 16, tzinfo=UTC) for year in (YEAR - 1, YEAR)]
        midnights += [datetime(YEAR, month, 28, 16, tzinfo=UTC) for month in (2, 9)]
        person = 0
        for number, unit in enumerate(self.chance.sample(self.units, 3)):
            channel = make_campaign_of(unit, is_sample=number == 2)
            for _ in range(12):
                person += 1
                turns = sorted(
                    self.chance.choice(midnights)
                    + timedelta(
                        seconds=self.chance.choice([-1, 0, 1, 86_400 * self.chance.randrange(-90, 90)])
                    )
                    for _ in range(self.chance.randrange(1, 4))
                )
                years: set[int] = set()
                for moment in turns:
                    year = (moment + timedelta(hours=8)).year
                    submit_at(channel, moment, person, first=year not in years)
                    years.add(year)

    def turn_the_lists(self) -> None:
        """Kinds are retired and put beneath others, units move and are closed, after their records."""
        for kind in self.chance.sample(self.kinds, 4):
            kind.retired = True
        above = {kind.parent_id for kind in self.kinds}
        lone = [kind for kind in self.kinds if kind.parent_id is None and kind.id not in above]
        child, parent = self.chance.sample(lone, 2)
        child.parent_id = parent.id
        moved, to, closed = self.units[-2], self.units[1], self.units[2]
        edit_unit(moved, UnitPlan(moved.name, UnitKind(moved.kind), to, 10))
        edit_unit(closed, UnitPlan(closed.name, UnitKind(closed.kind), self.units[0], 10, closed=True))


@pytest.fixture(params=[1, 2, 3])
def year(request: pytest.FixtureRequest, app: Flask, set_clock: Callable[[datetime], None]) -> Year:
    """A year of random records, looked at in February after it."""
    set_clock(AFTER)
    return Year(request.param)


# The auditor's own count: nothing of the house but the names of its tables


BRANCHES = """
WITH RECURSIVE branch(id, top) AS (
    SELECT id, id FROM units WHERE parent_id IS NULL
    UNION ALL
    SELECT units.id, CASE WHEN above.parent_id IS NULL THEN units.id ELSE branch.top END
    FROM units JOIN branch ON branch.id = units.parent_id JOIN units above ON above.id = units.parent_id
), family(id) AS (
    SELECT id FROM activity_kinds WHERE key IN :keys OR :is_any = 1
    UNION
    SELECT activity_kinds.id FROM activity_kinds JOIN family ON activity_kinds.parent_id = family.id
)
"""
ACTIVITIES = """SELECT branch.top, SUM(a.{amount}) FROM activities a JOIN branch ON branch.id = a.unit_id
WHERE a.state = 'confirmed' AND a.begins_on >= :first AND a.begins_on <= :last
AND a.kind_id IN (SELECT id FROM family) GROUP BY branch.top"""
HANDED_OUT = """SELECT branch.top, -SUM(m.quantity) FROM movements m JOIN branch ON branch.id = m.unit_id
JOIN materials ON materials.id = m.material_id JOIN activities a ON a.id = m.activity_id
WHERE m.kind = 'handed_out' AND m.confirmed_at IS NOT NULL AND a.state = 'confirmed'
AND m.day >= :first AND m.day <= :last AND materials.category IN :keys GROUP BY branch.top"""
RELEASES = """SELECT branch.top, COUNT(*) FROM releases r JOIN branch ON branch.id = r.unit_id
WHERE r.state = 'confirmed' AND r.day >= :first AND r.day <= :last
AND (r.level IN :keys OR :is_any = 1) GROUP BY branch.top"""


def recount(
    statement: str, first: date, last: date, keys: Iterable[str] = (), tree: str = BRANCHES
) -> dict[int, int]:
    wanted = [*keys]
    asked = text(tree + statement).bindparams(bindparam("keys", expanding=True))
    values: dict[str, Any] = {
        "keys": wanted or ["none"],
        "is_any": int(not wanted),
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    if db.engine.dialect.name == "postgresql":
        values |= {"first": first, "last": last}
    return {row[0]: int(row[1]) for row in db.session.execute(asked, values)}


def recount_participants(first: date, last: date) -> dict[int, int]:
    """Persons by the campaign's unit whose first submission of its Shanghai year lies in the period."""
    rows = db.session.execute(
        text(
            "SELECT c.unit_id, a.participant_id, a.id FROM attempts a"
            " JOIN campaigns c ON c.id = a.campaign_id WHERE c.is_sample = :no"
        ),
        {"no": False},
    ).all()
    days = {
        one.id.hex: (one.submitted_at + timedelta(hours=8)).date()
        for one in db.session.query(Attempt)
        if one.submitted_at
    }
    earliest: dict[tuple[int, str], date] = {}
    for unit_id, participant, attempt in rows:
        day = days[str(attempt).replace("-", "")]
        if day.year == first.year:
            key = (unit_id, str(participant))
            earliest[key] = min(day, earliest.get(key, day))
    counts: defaultdict[int, int] = defaultdict(int)
    for (unit_id, _), day in earliest.items():
        counts[unit_id] += first <= day <= last
    return {unit_id: count for unit_id, count in counts.items() if count}


def tops() -> dict[int, int]:
    """The branch of each unit, walked up parent by parent."""
    above = {row[0]: row[1] for row in db.session.execute(text("SELECT id, parent_id FROM units"))}

    def top(unit_id: int) -> int:
        while above[unit_id] is not None and above[above[unit_id]] is not None:
            unit_id = above[unit_id]
        return unit_id

    return {unit_id: top(unit_id) for unit_id in above}


def folded(counts: Mapping[int, int], into: Mapping[int, int]) -> dict[int, int]:
    sums: defaultdict[int, int] = defaultdict(int)
    for unit_id, count in counts.items():
        sums[into[unit_id]] += count
    return dict(sums)


def recount_formula(formula: Any) -> dict[int, int] | None:
    first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)
    match formula:
        case OfActivities(kinds=kinds, amount=amount):
            column = "sessions" if amount is Amount.SESSIONS else "audience"
            return recount(ACTIVITIES.format(amount=column), first, last, kinds)
        case OfMaterials(category=category):
            return recount(HANDED_OUT, first, last, [category])
        case OfReleases(levels=levels):
            return recount(RELEASES, first, last, levels)
        case OfParticipants():
            return folded(recount_participants(first, last), tops())
    return None


def test_every_counted_figure_and_its_branches_are_the_auditors(year: Year) -> None:
    names = {unit.id: unit.name for unit in db.session.query(Unit)}
    root = make_root()
    names[root.id] = f"{root.name}（本级）"
    compared = 0
    for figure in for_year(YEAR).figures:
        own = recount_formula(figure.indicator.formula)
        if own is None:
            continue
        key = figure.indicator.key
        assert figure.value == sum(own.values()), key
        shown = {name: int(value) for name, value in figure.by_unit if value}
        assert shown == {names[unit_id]: count for unit_id, count in own.items() if count}, key
        assert sum((one.amount for one in evidence_of(YEAR, key)), Decimal(0)) == figure.value, key
        compared += bool(own)
    assert compared >= 8


def test_every_months_and_quarters_table_is_the_auditors_for_the_bureau_and_for_a_township(
    year: Year,
) -> None:
    town = year.units[1]
    for user, own in (
        (make_user("boss", Role.ADMINISTRATOR), make_root()),
        (make_user("chief", Role.PUBLICIST, unit=town), town),
    ):
        for length in Length:
            for span in spans_of(YEAR, length):
                table = make_table(user, span)
                assert dict(table.rows) == expected_rows(own, span), (own.name, span)
                assert table.total == tuple(map(sum, zip(*dict(table.rows).values(), strict=True)))


#: Every unit on its own.
EACH = BRANCHES.replace("CASE WHEN above.parent_id IS NULL THEN units.id ELSE branch.top END", "units.id")


def expected_rows(own: Unit, span: Span) -> dict[str, tuple[int, ...]]:
    """By the name of a unit and of each directly beneath it what they and all beneath add up to."""
    first, last = span.first_day, span.last_day
    sources = [
        recount(ACTIVITIES.format(amount="sessions"), first, last, tree=EACH),
        recount(ACTIVITIES.format(amount="audience"), first, last, tree=EACH),
        recount(HANDED_OUT, first, last, ["宣传品"], tree=EACH),
        recount(HANDED_OUT, first, last, ["宣传折页"], tree=EACH),
        recount(RELEASES, first, last, tree=EACH),
        recount_participants(first, last),
    ]
    units = {unit.id: unit for unit in db.session.query(Unit)}
    children = [unit for unit in units.values() if unit.parent_id == own.id]

    def beneath(unit_id: int) -> set[int]:
        return {unit_id}.union(*(beneath(one.id) for one in units.values() if one.parent_id == unit_id))

    rows = {f"{own.name}（本级）": {own.id}, **{unit.name: beneath(unit.id) for unit in children}}
    return {
        name: tuple(sum(counts.get(unit_id, 0) for unit_id in held) for counts in sources)
        for name, held in rows.items()
    }


def test_months_and_quarters_add_up_to_the_year(year: Year) -> None:
    boss, report = make_user("boss", Role.ADMINISTRATOR), for_year(YEAR)
    for length in Length:
        totals = [make_table(boss, span).total for span in spans_of(YEAR, length)]
        participants = sum(int(total[-1] or 0) for total in totals)
        assert [
            figure.value for figure in report.figures if isinstance(figure.indicator.formula, OfParticipants)
        ] == [participants]


def test_replaying_every_movement_gives_the_balance_of_each_day(
    app: Flask, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(AFTER)
    chance = random.Random(7)
    user, town = make_user("clerk", Role.PUBLICIST), make_unit("甲镇")
    units = [make_root(), town, make_unit("东村", town, UnitKind.VILLAGE)]
    ensure_lists()
    db.session.commit()
    papers = db.session.query(Material).order_by(Material.id).limit(2).all()
    done: list[Movement] = []
    refused = 0
    for _ in range(250):
        number = chance.randrange(3)
        said = Entry(
            units[number],
            chance.choice(papers),
            date(YEAR, 3, chance.randrange(1, 12)),
            chance.randrange(1, 60),
            user,
        )
        above, beneath = units[max(0, number - 1)], units[min(2, number + 1)]
        acts: list[Callable[[], Movement]] = [
            partial(stock.receive, said),
            partial(stock.issue, said, beneath),
            partial(stock.return_to, said, above),
            partial(stock.count, said),
            partial(stock.take_back, chance.choice(done), user, "写错")
            if done
            else partial(stock.receive, said),
        ]
        try:
            with db.session.begin_nested():
                done.append(chance.choice(acts)())
        except QuizError:
            refused += 1
    db.session.commit()
    assert refused < 200
    replay: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for unit, paper, day, quantity in db.session.execute(
        text("SELECT unit_id, material_id, day, SUM(quantity) FROM movements GROUP BY 1, 2, 3 ORDER BY 3")
    ):
        before = [*replay[unit, paper].values()][-1:] or [0]
        replay[unit, paper][str(day)] = before[0] + int(quantity)
    kept = db.session.execute(text("SELECT unit_id, material_id, day, balance FROM stock_days ORDER BY day"))
    balances: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for unit, paper, day, balance in kept:
        balances[unit, paper][str(day)] = balance
    assert dict(balances) == dict(replay)
    assert min(balance for days in balances.values() for balance in days.values()) >= 0
