from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import Dialect, text
from sqlalchemy.dialects import postgresql, sqlite

from quizapp.core.clock import SHANGHAI
from quizapp.core.database import Hundredths, UtcDateTime, reading, writing
from quizapp.extensions import db

DIALECTS: list[Dialect] = [sqlite.dialect(), postgresql.dialect()]  # type: ignore[no-untyped-call]  # theirs


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_moment_comes_back_aware_and_the_same(dialect: Dialect) -> None:
    moment = datetime(2026, 3, 10, 12, 0, tzinfo=SHANGHAI)
    stored = UtcDateTime().process_bind_param(moment, dialect)
    loaded = UtcDateTime().process_result_value(stored, dialect)
    assert loaded == moment
    assert loaded is not None
    assert loaded.tzinfo is UTC


def test_a_naive_moment_is_refused() -> None:
    naive = datetime(2026, 3, 10, 12, 0)  # noqa: DTZ001 - the very thing
    with pytest.raises(ValueError, match="aware"):
        UtcDateTime().process_bind_param(naive, sqlite.dialect())


def test_points_are_kept_exactly() -> None:
    kind = Hundredths()
    assert kind.process_bind_param(Decimal("7.25"), sqlite.dialect()) == 725
    assert kind.process_result_value(725, sqlite.dialect()) == Decimal("7.25")
    with pytest.raises(ValueError, match="two decimal"):
        kind.process_bind_param(Decimal("0.125"), sqlite.dialect())


def test_sqlite_is_durable_strict_and_patient(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    with reading(db.engine) as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        values = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
    assert values == ["wal", 2, 1, app.config["SQLITE_BUSY_SECONDS"] * 1000]


def test_a_reader_does_not_wait_for_a_writer(app: Flask) -> None:
    with writing(db.engine) as writer:
        writer.execute(text("DELETE FROM channels"))
        with reading(db.engine) as reader:
            assert reader.execute(text("SELECT count(*) FROM channels")).scalar() == 0


def test_a_failed_write_leaves_nothing(app: Flask) -> None:
    with pytest.raises(RuntimeError), writing(db.engine) as connection:
        connection.execute(text("INSERT INTO banks (name, created_at) VALUES ('x', '2026-03-10 00:00:00')"))
        raise RuntimeError
    with reading(db.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM banks")).scalar() == 0
