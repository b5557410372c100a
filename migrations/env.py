"""How Alembic runs the migrations of this app, on the app's own engine."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

# Every part's tables must be known for "flask db check" to compare with the database.
import quizapp.accounts.models
import quizapp.attempts.models
import quizapp.campaigns.models
import quizapp.core.jobs.models
import quizapp.laws.models
import quizapp.publicity.activities.models
import quizapp.publicity.materials.models
import quizapp.publicity.releases.models
import quizapp.publicity.reviewing.models
import quizapp.publicity.targets.models
import quizapp.questions.models
import quizapp.questions.staging.models
import quizapp.questions.watch.models  # noqa: F401 - all are imported for their tables
from quizapp.core.database import SQLITE_BEGIN, Base, Hundredths, UtcDateTime


def render_plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as the plain ones beneath, so that a migration outlives our code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Hundredths):
        return "sa.BigInteger()"
    return False


engine = current_app.extensions["migrate"].db.engine


def keep_foreign_keys(connection: Connection, enforced: bool) -> None:
    """Let SQLite rebuild a table that others refer to; it can be told so outside transactions only."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.dbapi_connection
        raw.execute(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")


def refuse_broken_references(connection: Connection) -> None:
    """Raise where a rebuilt table lost a row that others refer to; SQLite did not look meanwhile."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the migration broke references: {broken[:5]}")


with engine.connect().execution_options(**{SQLITE_BEGIN: "IMMEDIATE"}) as connection:
    keep_foreign_keys(connection, enforced=False)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()
    refuse_broken_references(connection)
    connection.commit()
    keep_foreign_keys(connection, enforced=True)
