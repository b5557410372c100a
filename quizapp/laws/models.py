"""Laws, their versions and articles."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.accounts.models import User
from quizapp.core.database import Base, UtcDateTime


class Law(Base):
    """A law through all its versions."""

    __tablename__ = "laws"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Without 中华人民共和国.
    name: Mapped[str] = mapped_column(String(60), unique=True)


class LawVersion(Base):
    """What a law says from one revision to the next; never changed once imported."""

    __tablename__ = "law_versions"
    __table_args__ = (UniqueConstraint("law_id", "revised_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    law_id: Mapped[int] = mapped_column(ForeignKey("laws.id"))
    #: The day it was passed or amended.
    revised_on: Mapped[date]
    in_force_from: Mapped[date]
    #: SHA-256 of the file or text it was read from, in hex.
    digest: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: None where a shell command imported it.
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    law: Mapped[Law] = relationship(lazy="joined")
    importer: Mapped[User | None] = relationship()


class LawArticle(Base):
    """One article of one version."""

    __tablename__ = "law_articles"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("law_versions.id"))
    number: Mapped[int]
    #: 第一章 总则; "" where the law has no chapters.
    chapter: Mapped[str] = mapped_column(String(100))
    #: ``{"text": …, "items": […]}`` for each 款, its items 项 with their numbers.
    paragraphs: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
