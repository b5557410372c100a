"""What a file holds of a ledger."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FoundRow:
    """One row of a table."""

    #: The sheet and the row's number: ``3月 第5行``.
    where: str
    #: Every column's name, with its text.
    cells: Mapping[str, str]
    #: Columns whose cell is empty here and not in the file, and why.
    faults: Mapping[str, str]


@dataclass(frozen=True)
class Note:
    """What was not taken for a row of the ledger, or a remark on a whole sheet."""

    where: str
    reason: str
    #: How many rows of the file it tells of.
    rows: int = 0


@dataclass(frozen=True)
class UnknownHeading:
    """A column that nobody recognised, with something that it holds."""

    sheet: str
    heading: str
    sample: str


@dataclass(frozen=True)
class LedgerReading:
    """All of a file: each of its rows is found, noted, or a heading."""

    rows: tuple[FoundRow, ...]
    notes: tuple[Note, ...] = ()
    unknown_headings: tuple[UnknownHeading, ...] = ()
    #: How many rows are headings.
    heading_rows: int = 0
