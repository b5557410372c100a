"""Making accounts, logging in, changing passwords. These add and flush; the view commits."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit, queries
from quizapp.accounts.models import Posting, Unit, User
from quizapp.accounts.passwords import hash_password, initial_password, verify_password
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db


class UsernameTaken(QuizError):
    """Another account has this name."""

    status = 409
    title = "用户名已被使用"
    advice = "请换一个用户名。"


def create_user(username: str, display_name: str, role: Role, unit: Unit) -> tuple[User, str]:
    """Make an account with a role in a unit; returns it with its first password.

    That must be changed at first login.

    Raises UsernameTaken, by the database's own constraint.
    """
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


class LastAdministrator(QuizError):
    """Nobody could manage accounts any more."""

    status = 409
    title = "至少保留一名管理员"
    advice = "应急管理局至少要有一名管理员。请先给另一个账号管理员岗位。"


def set_postings(user: User, postings: Collection[tuple[Role, Unit]]) -> None:
    """Give an account these roles in these units instead of those it has; flushes.

    Raises LastAdministrator where no administrator of the bureau would be left.
    """
    lock_row(queries.get_root(), "name")  # of two who take each other's rights away one waits
    wanted = {(role.value, unit.id): unit for role, unit in postings}
    kept = [posting for posting in user.postings if (posting.role, posting.unit_id) in wanted]
    had = {(posting.role, posting.unit_id) for posting in kept}
    added = [
        Posting(unit=unit, role=role)
        for (role, unit_id), unit in wanted.items()
        if (role, unit_id) not in had
    ]
    if not added and len(kept) == len(user.postings):
        return
    user.postings = [*kept, *added]
    db.session.flush()
    if not queries.has_administrator_of_root():
        raise LastAdministrator
    audit.record("edit", "user", user.id, ["postings"])
