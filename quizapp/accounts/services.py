"""Making accounts, logging in, changing passwords. These add and flush; the view commits."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit, queries
from quizapp.accounts.models import Posting, Unit, User
from quizapp.accounts.passwords import hash_password, initial_password, verify_password
from quizapp.accounts.postings import refuse_beyond_bureau
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.errors import QuizError
from quizapp.extensions import db


class UsernameTaken(QuizError):
    """Another account has this name."""

    status = 409
    title = "用户名已被使用"
    advice = "请换一个用户名。"


class NoPosting(QuizError):
    """The account can do nothing; told only to who knows its password."""

    status = 403
    title = "账号没有岗位"
    advice = "密码正确，但是这个账号现在没有岗位，不能使用系统。如有需要，请联系管理员重新给您岗位。"


def create_user(username: str, display_name: str, role: Role, unit: Unit) -> tuple[User, str]:
    """Make an account with a role in a unit; returns it with its first password.

    That must be changed at first login.

    Raises UsernameTaken, by the database's own constraint, and OfBureauOnly.
    """
    refuse_beyond_bureau(role, unit)
    password = initial_password()
    user = User(
        username=username.strip().lower(),
        display_name=display_name.strip(),
        password_hash=hash_password(password),
        created_at=clock.now(),
        postings=[Posting(unit=unit, role=role)],
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        raise UsernameTaken from error
    audit.record("create", "user", user.id, ["username", "display_name", "postings"])
    return user, password


def rename_user(user: User, display_name: str) -> None:
    """Give an account another person's name to show; the name for logging in stays."""
    if user.display_name != display_name:
        user.display_name = display_name
        db.session.flush()
        audit.record("edit", "user", user.id, ["display_name"])


def reset_password(user: User) -> str:
    """Give an account a new first password and end its sessions; returns the password."""
    password = initial_password()
    _set_password(user, password, must_change=True)
    audit.record("reset_password", "user", user.id, ["password"])
    return password


def change_password(user: User, password: str) -> None:
    """Set the password that a user chose; every other session of theirs ends."""
    _set_password(user, password, must_change=False)
    audit.record("change_password", "user", user.id, ["password"])


def _set_password(user: User, password: str, must_change: bool) -> None:
    user.password_hash = hash_password(password)
    user.must_change_password = must_change
    user.session_version += 1
    user.failed_logins, user.locked_until = 0, None
    db.session.flush()


def log_in(username: str, password: str, lock_after: int, lock_for: timedelta) -> User | None:
    """The account that this name and password open, or None; counts failures and locks.

    A locked account answers as a wrong password does, so that nobody learns which names exist.
    Raises NoPosting, with the login counted in the audit trail, for a right password that opens nothing.
    """
    user = queries.find_user_by_name(username)
    right = verify_password(user.password_hash if user else None, password)
    if user is None:
        audit.record("login_failed", "user", "-")
        return None
    if is_locked(user, clock.now()):
        audit.record("login_while_locked", "user", user.id)
        return None
    if not right:
        _count_failure(user, lock_after, lock_for)
        return None
    if not user.postings:
        audit.record("login_without_posting", "user", user.id)
        raise NoPosting
    user.failed_logins, user.locked_until, user.last_login_at = 0, None, clock.now()
    audit.record("login", "user", user.id)
    return user


def is_locked(user: User, now: datetime) -> bool:
    """Whether too many wrong passwords have closed the account for now."""
    return user.locked_until is not None and user.locked_until > now


def _count_failure(user: User, lock_after: int, lock_for: timedelta) -> None:
    user.failed_logins += 1
    if user.failed_logins >= lock_after:
        user.failed_logins, user.locked_until = 0, clock.now() + lock_for
    audit.record("login_failed", "user", user.id)
