"""Closed years, their files, and the bureau's own templates."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, UtcDateTime

_IN_USE = text("in_use")
_ENDINGS = ("docx", "xlsx", "json")


class YearClose(Base):
    """年度封账: of a year only once, by its key. The row is first the request, then what was frozen."""

    __tablename__ = "year_closes"
    __table_args__ = (
        CheckConstraint(
            "(closed_at IS NULL) = (report IS NULL) AND (closed_at IS NULL) = (cut_off IS NULL)",
            name="closed_whole",
        ),
    )

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    closed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: What was recorded after this moment is not in the figures; None while the worker is at it.
    cut_off: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: All figures with their definitions, as ``evidence_json.write_report`` writes them.
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    #: SHA-256 of the template that the docx was written by; empty for ours.
    template_digest: Mapped[str] = mapped_column(String(64), default="")


class ClosedFile(Base):
    """One of the files of a closed year, the very bytes that are issued again."""

    __tablename__ = "closed_files"
    __table_args__ = (
        CheckConstraint(f"ending IN ({', '.join(map(repr, _ENDINGS))})", name="ending_known"),
        CheckConstraint("size > 0", name="size_counts"),
    )

    year: Mapped[int] = mapped_column(ForeignKey("year_closes.year"), primary_key=True)
    ending: Mapped[str] = mapped_column(String(4), primary_key=True)
    #: The file; the JSON one is packed by gzip.
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    #: SHA-256 of the file as it is issued, unpacked, 64 hex digits.
    digest: Mapped[str] = mapped_column(String(64))
    #: Bytes of the file as it is issued.
    size: Mapped[int]


class ReportTemplate(Base):
    """A Word file of the bureau's own that the annual report is printed by."""

    __tablename__ = "report_templates"
    __table_args__ = (
        Index(
            "uq_report_templates_in_use",
            "in_use",
            unique=True,
            sqlite_where=_IN_USE,
            postgresql_where=_IN_USE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    #: SHA-256, 64 hex digits.
    digest: Mapped[str] = mapped_column(String(64))
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Of all templates one at most; where none is, ours prints.
    in_use: Mapped[bool] = mapped_column(default=True)
