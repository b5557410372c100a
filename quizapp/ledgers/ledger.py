"""What a part tells of a ledger: its columns, how a row is judged, written and taken back.

A part registers its ledgers; this one knows no activities, releases or units.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.errors import NotFound
from quizapp.ledgers.columns import Column

_EXTENSION = "ledgers"


@dataclass(frozen=True)
class Judgement:
    """What is to be said of a row."""

    #: Why it can't be taken: the column's name (empty for the row as a whole), a sentence.
    problems: tuple[tuple[str, str], ...] = ()
    #: Worth a look, perhaps a repeat: it is taken unless the person excludes it.
    cautions: tuple[str, ...] = ()


#: A row: every column's name with its text, trimmed, empty where the cell is. Of a column with choices it is
#: one of them, in their spelling, unless that is a problem already.
Cells = Mapping[str, str]
Judge = Callable[[Cells], Judgement]
Write = Callable[[Cells], int]


@dataclass(frozen=True)
class Ledger:
    """A table that units keep, which can be imported and exported.

    That a required cell is filled and that a choice is one of its column's is looked at before ``judging``.
    """

    #: In addresses: ``activities``.
    key: str
    #: In Chinese: 宣传活动.
    name: str
    #: Asked at each use, since choices may come from the database.
    columns: Callable[[], tuple[Column, ...]]
    #: Who may import it.
    roles: frozenset[Role]
    #: Called once a run, so that it can read beforehand, and remember between rows, what its judge needs.
    judging: Callable[[User], Judge]
    #: Called once a run. What it makes adds and flushes one row's record and returns the record's id;
    #: it raises QuizError where the row can't be written. Each row has a savepoint of its own.
    writing: Callable[[User], Write]
    #: Takes a record back that an import wrote; raises QuizError where it is too late. Flushes.
    erase: Callable[[int, User], None]
    #: Where one goes afterwards.
    list_endpoint: str


def register_ledger(app: Flask, ledger: Ledger) -> None:
    """Let a ledger be imported."""
    app.extensions.setdefault(_EXTENSION, {})[ledger.key] = ledger


def find_ledger(key: str) -> Ledger:
    """The ledger of a key. Raises NotFound."""
    found: Ledger | None = current_app.extensions.get(_EXTENSION, {}).get(key)
    if found is None:
        raise NotFound
    return found


def ledgers_of(user: User) -> list[Ledger]:
    """The ledgers that a person may import, as they were registered."""
    return [one for one in current_app.extensions.get(_EXTENSION, {}).values() if user.holds(one.roles)]
