"""The declarative base, column types that mean the same on both databases, and SQLite's manners."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeAlias

import click
from flask import has_request_context, request
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Engine, MetaData, Row, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

#: Every constraint has a name, so that a migration can drop it on both databases.
NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

#: Execution option that says how SQLite opens a transaction: "DEFERRED" or "IMMEDIATE".
SQLITE_BEGIN = "sqlite_begin"

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


#: A row of several columns, read by their names.
AnyRow: TypeAlias = Row[*tuple[Any, ...]]


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC (naive for SQLite, which keeps no zone)."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must be aware")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Hundredths(TypeDecorator[Decimal]):
    """A decimal with at most two places, stored as an integer of hundredths so that sums are exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Scale up; raise ValueError where a digit would be lost."""
        if value is None:
            return None
        scaled = Decimal(value) * 100
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than two decimal places")
        return int(scaled)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Scale down; PostgreSQL gives sums of big integers as Decimal already."""
        return None if value is None else Decimal(value) / 100


def teach_sqlite_manners(engine: Engine, busy_seconds: int) -> None:
    """Make SQLite durable, strict about foreign keys, and patient.

    Unsafe requests and shell commands take the write lock when their transaction
    begins: a deferred one that reads first and writes later fails at once with
    "database is locked" when another writer came between. Safe requests only read.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN itself, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={busy_seconds * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get(SQLITE_BEGIN) or _mode_by_context()
        connection.exec_driver_sql(f"BEGIN {mode}")


def _mode_by_context() -> str:
    if has_request_context():
        return "DEFERRED" if request.method in SAFE_METHODS else "IMMEDIATE"
    return "IMMEDIATE" if click.get_current_context(silent=True) else "DEFERRED"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that only reads, given back at once: it never waits for a writer on SQLite."""
    with engine.connect().execution_options(**{SQLITE_BEGIN: "DEFERRED"}) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One short transaction that writes, committed at its end."""
    with engine.connect().execution_options(**{SQLITE_BEGIN: "IMMEDIATE"}) as connection, connection.begin():
        yield connection
