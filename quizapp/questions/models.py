"""Banks, questions and their revisions."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, UtcDateTime
from quizapp.questions.kinds import Kind
from quizapp.questions.workflow import State


class Bank(Base):
    """A named set of questions."""

    __tablename__ = "banks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    #: The folder of ``question_bank/`` it was loaded from; None for a bank of the bureau's own.
    shipped_as: Mapped[str | None] = mapped_column(String(60), unique=True)
    #: The revision of the law that its shipped questions follow; None where none is told.
    law_revised_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BankMember(Base):
    """An account that a bank is kept to. A bank without members is open to all bank staff."""

    __tablename__ = "bank_members"

    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)


class Question(Base):
    """One question through all its revisions; a bank holds no two that read the same."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("bank_id", "fingerprint"),
        CheckConstraint(f"state IN ({', '.join(repr(state.value) for state in State)})", name="state_known"),
        Index(None, "bank_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    #: ``folding.fingerprint`` of the latest revision.
    fingerprint: Mapped[str] = mapped_column(String(64))
    #: Number of the latest revision.
    current_number: Mapped[int] = mapped_column(default=1)
    #: ``workflow.State``; only reviewed questions are drawn.
    state: Mapped[str] = mapped_column(String(10), default=State.DRAFT)
    #: The first question of the case that it belongs to, itself included; None where it stands alone.
    #: A case's questions follow each other by id.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class QuestionRevision(Base):
    """What a question said from one edit to the next; never changed once written."""

    __tablename__ = "question_revisions"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in Kind)})", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    #: 1 for the first.
    number: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(20))
    stem: Mapped[str] = mapped_column(Text)
    options: Mapped[list[str]] = mapped_column(JSON)
    #: Indices into ``options``, ascending.
    answer: Mapped[list[int]] = mapped_column(JSON)
    explanation: Mapped[str] = mapped_column(Text)
    #: ``Citation.as_list`` of each, the main one first.
    citations: Mapped[list[list[str | int | None]]] = mapped_column(JSON)
    difficulty: Mapped[str | None] = mapped_column(String(10))
    #: Whom it suits: 公众, 从业人员…
    tags: Mapped[list[str]] = mapped_column(JSON)
    chapter: Mapped[str] = mapped_column(String(100))
    #: Of a blank question, the accepted answers of each gap.
    gaps: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    #: Whether the answers must stand in the gaps' order.
    gaps_in_order: Mapped[bool] = mapped_column(default=True)
    #: What stands above the first question of its case.
    case_stem: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Who wrote it; None where it was shipped.
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    #: The import that brought it; None where it was shipped or edited on screen.
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    #: 单人审核: its author reviewed it, since there was nobody else.
    reviewed_alone: Mapped[bool] = mapped_column(default=False)
    #: When a campaign first published it; from then on papers may hold it.
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
