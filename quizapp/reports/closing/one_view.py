"""Reading much while others write: every select sees the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from quizapp.core.database import SQLITE_BEGIN
from quizapp.extensions import db


@contextmanager
def one_view() -> Iterator[None]:
    """Read within it and change nothing: what came before must be committed, and all is forgotten after.

    On SQLite it holds no write lock, so that citizens go on answering meanwhile.
    """
    db.session.rollback()
    sqlite = db.engine.dialect.name == "sqlite"
    options: dict[str, Any] = {SQLITE_BEGIN: "DEFERRED"} if sqlite else {"isolation_level": "REPEATABLE READ"}
    db.session.connection(execution_options=options)
    try:
        yield
    finally:
        db.session.rollback()
