"""The migrations build what the models say, and go both ways, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from quizapp import create_app
from quizapp.config import ROOT
from quizapp.core.database import Base, writing
from quizapp.extensions import db
from tests import factories
from tests.conftest import DATABASES, SETTINGS

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


@pytest.mark.parametrize("database", DATABASES)
def test_migrations_go_up_down_and_up_again_and_agree_with_the_models(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if database == "sqlite":
        address = f"sqlite:///{tmp_path / 'quiz.sqlite3'}"
    else:
        address = own_database(request.getfixturevalue("postgresql_address"))
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": address})
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        with writing(db.engine) as connection:
            differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        db.engine.dispose()
    assert differences == []


def own_database(address: str) -> str:
    """A database beside the one that other tests use."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrations_go_both_ways")
    return factories.with_driver(address.replace("/postgres?", "/migrations_go_both_ways?"))


def test_migrations_are_numbered_and_named() -> None:
    assert VERSIONS
    for number, path in enumerate(VERSIONS, start=1):
        assert path.name.startswith(f"{number:04}_")
        assert len(path.stem) > 5
