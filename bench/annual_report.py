"""How long do the figures of a year take at 100,000 activities, against one plain count of all their rows?

``python -m bench.annual_report`` fills a SQLite database of its own and prints seconds and their ratio.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import Connection, Table, func, insert, select

from quizapp import create_app
from quizapp.accounts.models import UnitKind
from quizapp.accounts.roles import Role
from quizapp.accounts.services import create_user
from quizapp.accounts.units import UnitPlan, create_unit, ensure_root
from quizapp.core import clock
from quizapp.core.database import Base, writing
from quizapp.extensions import db
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.beginning import ensure_lists
from quizapp.reports.figures.beginning import ensure_indicators
from quizapp.reports.figures.reckoning import evidence_of, for_year

YEAR = 2026
ACTIVITIES, MOVEMENTS, RELEASES, UNITS = 100_000, 100_000, 20_000, 300
#: Rows written at once.
AT_ONCE = 10_000
BEST_OF = 3


def fill() -> None:
    """Units in a tree of two levels, and records spread over them and over the days of the year."""
    root = ensure_root("试验县应急管理局")
    ensure_lists()
    ensure_indicators()
    user, _ = create_user("clerk", "Clerk", Role.PUBLICIST, root)
    towns = [create_unit(UnitPlan(f"{n}镇", UnitKind.TOWNSHIP, root)) for n in range(15)]
    villages = [
        create_unit(UnitPlan(f"{n}村", UnitKind.VILLAGE, towns[n % len(towns)])) for n in range(UNITS)
    ]
    units, kinds = [unit.id for unit in villages], [kind.id for kind in list_kinds()]
    db.session.commit()
    reviewed = {
        "state": "confirmed",
        "return_reason": "",
        "recorded_by": user.id,
        "recorded_at": clock.now(),
        "version": 1,
    }
    with writing(db.engine) as connection:
        _insert(connection, "activities", ACTIVITIES, lambda n: {**_activity(n, units, kinds), **reviewed})
        _insert(connection, "movements", MOVEMENTS, lambda n: _movement(n, units, user.id))
        _insert(connection, "releases", RELEASES, lambda n: {**_release(n, units), **reviewed})


def _insert(connection: Connection, table: str, rows: int, make: Callable[[int], dict[str, Any]]) -> None:
    for start in range(0, rows, AT_ONCE):
        connection.execute(insert(_table(table)), [make(n) for n in range(start, start + AT_ONCE)])


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _day(n: int) -> date:
    return date(YEAR, 1, 1) + timedelta(n % 365)


def _activity(n: int, units: list[int], kinds: list[int]) -> dict[str, Any]:
    return {
        "id": n + 1,
        "kind_id": kinds[n % len(kinds)],
        "unit_id": units[n % len(units)],
        "title": f"第{n}次宣传活动",
        "begins_on": _day(n),
        "ends_on": _day(n),
        "sessions": n % 3 + 1,
        "audience": n % 200,
        "place": "",
        "partners": "",
        "description": "向群众讲解法律、发放资料、回答提问。" * 3,
        "laws": [],
    }


def _movement(n: int, units: list[int], user_id: int) -> dict[str, Any]:
    return {
        "unit_id": units[n % len(units)],
        "material_id": n % 2 + 1,
        "day": _day(n),
        "kind": "handed_out",
        "quantity": -(n % 90) - 1,
        "activity_id": n + 1,
        "note": "",
        "recorded_by": user_id,
        "recorded_at": clock.now(),
        "confirmed_by": user_id,
        "confirmed_at": clock.now(),
    }


def _release(n: int, units: list[int]) -> dict[str, Any]:
    return {
        "unit_id": units[n % len(units)],
        "title": f"第{n}篇稿件",
        "outlet": "试验日报",
        "level": ("central", "province", "city", "county")[n % 4],
        "kind": "text",
        "day": _day(n),
        "address": "",
        "topic": "",
        "title_key": f"{n:064x}",
    }


def count_rows() -> int:
    """All rows of the three tables, by one scan of each over a column that no index holds."""
    counted = (
        func.sum(func.length(_table("activities").c.description)),
        func.sum(func.length(_table("movements").c.note)),
        func.sum(func.length(_table("releases").c.topic)),
    )
    return sum(int(db.session.scalar(select(one)) or 0) for one in counted)


def items() -> Decimal:
    """What all evidence of one figure adds up to."""
    return sum((row.amount for row in evidence_of(YEAR, "items_handed_out")), Decimal(0))


def timed(work: Callable[[], object]) -> float:
    """The least seconds of a few runs, each in a transaction of its own."""

    def runs() -> Iterator[float]:
        for _ in range(BEST_OF):
            db.session.rollback()
            start = time.perf_counter()
            work()
            yield time.perf_counter() - start

    return min(runs())


def main() -> None:
    """Measure in a database that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "SECRET_KEY": "only for this run",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
        }
        with create_app(settings).app_context():
            upgrade()
            fill()
            reckoning = timed(lambda: for_year(YEAR))
            scanning, streaming = timed(count_rows), timed(items)
            db.session.remove()
            db.engine.dispose()
    sys.stdout.write(
        f"{ACTIVITIES} activities, {MOVEMENTS} movements, {RELEASES} releases: for_year {reckoning:.2f} s,"
        f" plain scan {scanning:.2f} s, ratio {reckoning / scanning:.1f}\n"
        f"evidence of one figure, {MOVEMENTS // 2} records: {streaming:.2f} s\n"
    )


if __name__ == "__main__":
    main()
