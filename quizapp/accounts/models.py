"""Users and the audit trail."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.accounts.roles import Role
from quizapp.core.database import Base, UtcDateTime


class User(UserMixin, Base):
    """A staff account. Citizens have none."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("username = lower(username)", name="username_lower"),
        CheckConstraint(f"role IN ({', '.join(repr(role.value) for role in Role)})", name="role_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    display_name: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    #: Rises with each password change, which ends every session begun before.
    session_version: Mapped[int] = mapped_column(default=1)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def get_id(self) -> str:
        """What the session holds: the account and the password change it was begun after."""
        return f"{self.id}.{self.session_version}"

    @property
    def role_label(self) -> str:
        """The role's name in Chinese."""
        return Role(self.role).label


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
