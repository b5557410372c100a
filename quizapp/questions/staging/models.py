"""Imports, their staged questions, and what staff taught us of headings."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from quizapp.core.database import Base, UtcDateTime
from quizapp.questions.staging.standing import Decision, Standing


class ImportState(StrEnum):
    """Where an import stands. Questions of its file may be confirmed more than once, as they are mended."""

    READING = "reading"
    PREVIEW = "preview"
    #: A confirmation is being written.
    WRITING = "writing"
    UNREADABLE = "unreadable"
    DISCARDED = "discarded"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return {
            ImportState.READING: "正在读取",
            ImportState.PREVIEW: "待确认",
            ImportState.WRITING: "正在导入",
            ImportState.UNREADABLE: "不能读取",
            ImportState.DISCARDED: "已放弃",
            ImportState.UNDONE: "已撤销",
        }[self]


def _one_of(column: str, values: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


class BankImport(Base):
    """One file that somebody brought for a bank."""

    __tablename__ = "imports"
    __table_args__ = (CheckConstraint(_one_of("state", ImportState), name="state_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), index=True)
    #: As the person's machine called it; never a path of ours.
    file_name: Mapped[str] = mapped_column(String(200))
    #: SHA-256 of the file, 64 hex digits.
    digest: Mapped[str] = mapped_column(String(64))
    #: The file itself, for as long as it may have to be read again.
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    state: Mapped[str] = mapped_column(String(12), default=ImportState.READING)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Questions that the file holds, good and bad.
    found: Mapped[int] = mapped_column(default=0)
    #: What was read but belongs to no question: ``{"where", "reason"}`` each.
    notes: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    #: Columns that nobody recognised: ``{"sheet", "heading", "sample"}`` each.
    unknown_columns: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    #: Questions that stand in the bank through it, and of them the new revisions of older questions.
    imported: Mapped[int] = mapped_column(default=0)
    replaced: Mapped[int] = mapped_column(default=0)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    #: When it was last confirmed.
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def state_label(self) -> str:
        """The state in Chinese; an import is done when something of it stands in the bank."""
        if self.state == ImportState.PREVIEW and self.imported:
            return "已导入"
        return ImportState(self.state).label


class StagedQuestion(Base):
    """One question of an import as it was read and mended, not yet of the bank."""

    __tablename__ = "staged_questions"
    __table_args__ = (
        UniqueConstraint("import_id", "position"),
        CheckConstraint(_one_of("standing", Standing), name="standing_known"),
        CheckConstraint(_one_of("decision", Decision), name="decision_known"),
        Index(None, "import_id", "standing"),
        Index(None, "import_id", "fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    #: 1, 2, 3… in the order of the file.
    position: Mapped[int]
    #: The fields of ``RawQuestion``.
    raw: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: ``folding.fingerprint`` of it; None where it can't be asked.
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    #: Number of the case within the file, 0 where it stands alone.
    case_number: Mapped[int] = mapped_column(default=0)
    #: ``Standing``: whether it is ready, and if not, what is wanting.
    standing: Mapped[str] = mapped_column(String(10))
    #: Why it can't be asked, or what somebody should look at, as sentences.
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: The question of the bank that it repeats.
    twin_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)
    #: Whether it reads exactly as its twin does.
    is_same: Mapped[bool] = mapped_column(default=False)
    #: ``Decision`` on a repeated question; None while nobody has decided.
    decision: Mapped[str | None] = mapped_column(String(10))
    #: ``workflow.State`` of the question that it replaced, before it did.
    state_before: Mapped[str | None] = mapped_column(String(10))
    #: The question of the bank that it became, or that it gave a new revision.
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)


class ColumnMeaning(Base):
    """What staff said that a heading means; remembered for every later file."""

    __tablename__ = "column_meanings"

    #: ``columns.plain_heading`` of it.
    heading: Mapped[str] = mapped_column(String(100), primary_key=True)
    #: A key of ``columns.MEANINGS``.
    meaning: Mapped[str] = mapped_column(String(20))
    told_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
