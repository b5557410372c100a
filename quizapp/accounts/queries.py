"""Every select of the part."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, false, func, select, true

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.errors import NotFound
from quizapp.extensions import db


def has_role(actor: User, *roles: Role) -> ColumnElement[bool]:
    """A condition for any select: true of every row where the actor has one of the roles, else of none."""
    return true() if actor.role in roles else false()


def find_user_by_session(session_id: str) -> User | None:
    """The account of a session, None once its password has changed since."""
    user_id, _, version = session_id.partition(".")
    if not user_id.isdigit() or not version.isdigit():
        return None
    return db.session.scalar(
        select(User).where(User.id == int(user_id), User.session_version == int(version))
    )


def find_user_by_name(username: str) -> User | None:
    """The account that logs in by this name, whatever its capitals."""
    return db.session.scalar(select(User).where(User.username == username.strip().lower()))


def get_user_for(actor: User, user_id: int) -> User:
    """An account that the actor may manage: any, for an administrator. Raises NotFound."""
    user: User | None = db.session.scalar(
        select(User).where(User.id == user_id, has_role(actor, Role.ADMINISTRATOR))
    )
    if user is None:
        raise NotFound
    return user


def list_users_for(actor: User) -> Sequence[User]:
    """The accounts that the actor may manage, by name."""
    return db.session.scalars(
        select(User).where(has_role(actor, Role.ADMINISTRATOR)).order_by(User.username)
    ).all()


def has_users() -> bool:
    """Whether any account exists yet."""
    return db.session.scalar(select(User.id).limit(1)) is not None


def list_users_of(roles: Iterable[Role]) -> Sequence[User]:
    """The accounts of some roles, by name."""
    return db.session.scalars(select(User).where(User.role.in_(list(roles))).order_by(User.username)).all()


def count_other_users(actor: User, roles: Iterable[Role]) -> int:
    """How many accounts of some roles there are beside the actor's own."""
    others = select(func.count()).select_from(User).where(User.role.in_(list(roles)), User.id != actor.id)
    return db.session.scalar(others) or 0


def names_of_users(user_ids: Iterable[int | None]) -> dict[int, str]:
    """The people's names by account."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    rows = db.session.execute(select(User.id, User.display_name).where(User.id.in_(wanted))).all()
    return {row.id: row.display_name for row in rows}
