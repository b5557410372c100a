"""Imports of ledgers, their rows, and what staff said of headings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from quizapp.core.database import Base, UtcDateTime
from quizapp.ledgers.standing import ImportState, Standing


def _one_of(column: str, values: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


class LedgerImport(Base):
    """One file that somebody brought for a ledger."""

    __tablename__ = "ledger_imports"
    __table_args__ = (
        CheckConstraint(_one_of("state", ImportState), name="state_known"),
        Index(None, "ledger_key", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: ``Ledger.key``.
    ledger_key: Mapped[str] = mapped_column(String(40))
    #: As the person's machine called it; never a path of ours.
    file_name: Mapped[str] = mapped_column(String(200))
    #: SHA-256 of the file, 64 hex digits.
    digest: Mapped[str] = mapped_column(String(64))
    #: The file itself, for as long as it may have to be read again.
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    state: Mapped[str] = mapped_column(String(12), default=ImportState.READING)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Rows of the ledger that the file holds, good and bad.
    found: Mapped[int] = mapped_column(default=0)
    #: What was not taken for a row: ``{"where", "reason"}`` each.
    notes: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    #: Columns that nobody recognised: ``{"sheet", "heading", "sample"}`` each.
    unknown_headings: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    #: Records that stand through it.
    imported: Mapped[int] = mapped_column(default=0)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    #: When it was last confirmed.
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    #: When it was last undone, as a whole or in part.
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def state_label(self) -> str:
        """The state in Chinese; an import is done when something of it stands."""
        if self.state == ImportState.PREVIEW and self.imported:
            return "已导入"
        return ImportState(self.state).label


class LedgerRow(Base):
    """One row of an import as it was read and mended; once confirmed, the record that it became."""

    __tablename__ = "ledger_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "position"),
        CheckConstraint(_one_of("standing", Standing), name="standing_known"),
        CheckConstraint("(standing = 'imported') = (record_id IS NOT NULL)", name="record_when_imported"),
        Index(None, "import_id", "standing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("ledger_imports.id"))
    #: 1, 2, 3… in the order of the file.
    position: Mapped[int]
    #: The sheet and the number of the row in it.
    where: Mapped[str] = mapped_column(Text)
    #: By column name.
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    #: By column name, why the cell is empty here and not in the file; none once somebody has mended the row.
    faults: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: By column name, empty for the row as a whole, why it can't be taken.
    problems: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: What is worth a look, or why its record could not be taken back.
    cautions: Mapped[list[str]] = mapped_column(JSON, default=list)
    standing: Mapped[str] = mapped_column(String(10))
    #: The record that it became, in a table that its ledger knows.
    record_id: Mapped[int | None]


class LedgerHeading(Base):
    """What staff said that a heading of a ledger means; remembered for every later file."""

    __tablename__ = "ledger_headings"

    ledger_key: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: ``headings.plain_heading`` of it.
    heading: Mapped[str] = mapped_column(String(100), primary_key=True)
    #: The name of a column, or empty where it is not to be read.
    name: Mapped[str] = mapped_column(String(100))
    told_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
