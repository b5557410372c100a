"""Units, users, their postings and the audit trail."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.accounts.roles import Role
from quizapp.core.database import Base, UtcDateTime


class UnitKind(StrEnum):
    """What sort of unit it is."""

    BUREAU = "bureau"
    TOWNSHIP = "township"
    VILLAGE = "village"
    DEPARTMENT = "department"
    SCHOOL = "school"
    ENTERPRISE = "enterprise"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {
            UnitKind.BUREAU: "应急管理局",
            UnitKind.TOWNSHIP: "乡镇（街道）",
            UnitKind.VILLAGE: "村（社区）",
            UnitKind.DEPARTMENT: "部门",
            UnitKind.SCHOOL: "学校",
            UnitKind.ENTERPRISE: "企业",
        }[self]


def _one_of(column: str, values: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


class Unit(Base):
    """单位: one node of the tree whose root is the bureau."""

    __tablename__ = "units"
    __table_args__ = (
        CheckConstraint(_one_of("kind", UnitKind), name="kind_known"),
        CheckConstraint("parent_id IS NOT NULL OR kind = 'bureau'", name="root_is_bureau"),
        CheckConstraint("headcount >= 0", name="headcount_counts"),
        UniqueConstraint("parent_id", "name"),
        # With the check above: there is one root at most.
        Index(
            "uq_units_root",
            "kind",
            unique=True,
            sqlite_where=text("parent_id IS NULL"),
            postgresql_where=text("parent_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    #: People who belong to it, for rates; None where nobody knows.
    headcount: Mapped[int | None]
    #: It takes no new records any more; those it has stay.
    closed: Mapped[bool] = mapped_column(default=False)

    @property
    def kind_label(self) -> str:
        """Its kind in Chinese."""
        return UnitKind(self.kind).label

    @property
    def is_root(self) -> bool:
        """Whether it is the bureau itself."""
        return self.parent_id is None


class UnitDescent(Base):
    """Every pair of a unit and one beneath it, itself included, so that reach is one plain join."""

    __tablename__ = "unit_descents"

    ancestor_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    #: 0 for the unit itself, 1 for those directly beneath.
    depth: Mapped[int]


class Posting(Base):
    """岗位: a role that a user has in a unit; it reaches the units beneath too."""

    __tablename__ = "postings"
    __table_args__ = (CheckConstraint(_one_of("role", Role), name="role_known"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    @property
    def role_label(self) -> str:
        """Its role in Chinese."""
        return Role(self.role).label

    @property
    def label(self) -> str:
        """E.g. 城关镇宣传员."""
        return f"{self.unit.name}{self.role_label}"


class User(UserMixin, Base):
    """A staff account. Citizens have none."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("username = lower(username)", name="username_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    display_name: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    #: Rises with each password change, which ends every session begun before.
    session_version: Mapped[int] = mapped_column(default=1)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    postings: Mapped[list[Posting]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by=[Posting.unit_id, Posting.role]
    )

    def get_id(self) -> str:
        """What the session holds: the account and the password change it was begun after."""
        return f"{self.id}.{self.session_version}"

    def holds(self, roles: Collection[str]) -> bool:
        """Whether the account has one of the roles in any unit."""
        return any(posting.role in roles for posting in self.postings)

    def holds_in_bureau(self, roles: Collection[str]) -> bool:
        """Whether the account has one of the roles in the bureau itself, and so for the whole county."""
        return any(posting.role in roles and posting.unit.is_root for posting in self.postings)

    @property
    def roles_label(self) -> str:
        """Its roles in Chinese, each once."""
        return "、".join(role.label for role in Role if self.holds({role})) or "没有岗位"

    @property
    def postings_label(self) -> str:
        """Its roles and their units in Chinese."""
        return "、".join(posting.label for posting in self.postings) or "没有岗位"


class AuditEntry(Base):
    """One thing done, written in the transaction of the change it tells of."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    #: None where nobody was logged in (a failed login, a shell command).
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(40))
    #: Names of the changed fields, never their values.
    fields: Mapped[list[str]] = mapped_column(JSON)
    #: The network (/24 or /48) it came from, never the whole address.
    network: Mapped[str | None] = mapped_column(String(50))
