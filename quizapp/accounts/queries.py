"""Every select of the part."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from quizapp.accounts.models import Posting, Unit, UnitDescent, User
from quizapp.accounts.roles import Role
from quizapp.errors import NotFound
from quizapp.extensions import db


def has_role_in_bureau(actor: User, *roles: Role) -> ColumnElement[bool]:
    """A condition for any select: true of every row where the actor has one of the roles in the bureau."""
    return true() if actor.holds_in_bureau(roles) else false()


def find_user_by_session(session_id: str) -> User | None:
    """The account of a session, None once its password has changed since or it has no posting any more."""
    user_id, _, version = session_id.partition(".")
    if not user_id.isdigit() or not version.isdigit():
        return None
    return db.session.scalar(
        select(User).where(User.id == int(user_id), User.session_version == int(version), User.postings.any())
    )


def find_user_by_name(username: str) -> User | None:
    """The account that logs in by this name, whatever its capitals."""
    return db.session.scalar(select(User).where(User.username == username.strip().lower()))


def get_user_for(actor: User, user_id: int) -> User:
    """An account that the actor may manage: see ``_manageable``. Raises NotFound."""
    user: User | None = db.session.scalar(select(User).where(User.id == user_id, _manageable(actor)))
    if user is None:
        raise NotFound
    return user


def list_users_of_unit_for(actor: User, unit_id: int) -> Sequence[User]:
    """The accounts with a posting in one unit that the actor may manage, by name."""
    here = User.postings.any(Posting.unit_id == unit_id)
    return db.session.scalars(select(User).where(here, _manageable(actor)).order_by(User.username)).all()


def may_manage(actor: User, user_id: int) -> bool:
    """Whether the actor may manage an account."""
    return db.session.scalar(select(User.id).where(User.id == user_id, _manageable(actor))) is not None


def get_user_to_change(actor: User, user_id: int) -> User:
    """The same, while nobody else gives or takes postings until the transaction ends. Raises NotFound."""
    lock_tree()
    return get_user_for(actor, user_id)


def select_users_for(actor: User, words: str = "", role: Role | None = None) -> Select[User]:
    """The accounts that the actor may manage, narrowed down to a part of a name and a role."""
    chosen = select(User).where(_manageable(actor))
    if words:
        named = (column.icontains(words, autoescape=True) for column in (User.username, User.display_name))
        chosen = chosen.where(or_(*named))
    return chosen.where(_posted([role])) if role else chosen


def select_users_without_posting(actor: User, words: str = "") -> Select[User]:
    """Of these accounts those that can do nothing."""
    return select_users_for(actor, words).where(~User.postings.any())


def managed_users(actor: User) -> Select[int]:
    """The ids of the accounts that the actor may manage, to stand inside any select."""
    return select(User.id).where(_manageable(actor))


def _manageable(actor: User) -> ColumnElement[bool]:
    """Accounts all of whose postings are within an administrator's reach, so that no right is beyond it.

    One without any could have been anybody's: the bureau's administrators alone manage it.
    """
    if actor.holds_in_bureau({Role.ADMINISTRATOR}):
        return true()
    reached = units_within_reach(actor, Role.ADMINISTRATOR)
    return and_(
        User.id.in_(select(Posting.user_id).where(Posting.unit_id.in_(reached))),
        ~User.postings.any(Posting.unit_id.not_in(reached)),
    )


def has_users() -> bool:
    """Whether any account exists yet."""
    return db.session.scalar(select(User.id).limit(1)) is not None


def list_bureau_users_of(roles: Iterable[Role]) -> Sequence[User]:
    """The accounts that have one of some roles in the bureau, by name."""
    return db.session.scalars(select(User).where(_posted_in_bureau(roles)).order_by(User.username)).all()


def count_other_bureau_users(actor: User, roles: Iterable[Role]) -> int:
    """How many accounts have one of some roles in the bureau, beside the actor's own."""
    others = select(func.count()).select_from(User).where(_posted_in_bureau(roles), User.id != actor.id)
    return db.session.scalar(others) or 0


def _posted(roles: Iterable[Role]) -> ColumnElement[bool]:
    return User.postings.any(Posting.role.in_(list(roles)))


def _posted_in_bureau(roles: Iterable[Role]) -> ColumnElement[bool]:
    return User.postings.any(and_(Posting.role.in_(list(roles)), Posting.unit.has(Unit.parent_id.is_(None))))


def names_of_users(user_ids: Iterable[int | None]) -> dict[int, str]:
    """The people's names by account."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    rows = db.session.execute(select(User.id, User.display_name).where(User.id.in_(wanted))).all()
    return {row.id: row.display_name for row in rows}


def units_within_reach(actor: User, *roles: Role) -> Select[int]:
    """The ids of the units that the actor's postings of these roles reach, to stand inside any select."""
    return (
        select(UnitDescent.descendant_id)
        .join(Posting, Posting.unit_id == UnitDescent.ancestor_id)
        .where(Posting.user_id == actor.id, Posting.role.in_(roles))
    )


def units_above(actor: User, *roles: Role) -> Select[int]:
    """The ids of the units of the actor's postings of these roles and of all above them."""
    return (
        select(UnitDescent.ancestor_id)
        .join(Posting, Posting.unit_id == UnitDescent.descendant_id)
        .where(Posting.user_id == actor.id, Posting.role.in_(roles))
    )


def units_beneath(unit_id: int) -> Select[int]:
    """The ids of a unit and all beneath it, to stand inside any select."""
    return select(UnitDescent.descendant_id).where(UnitDescent.ancestor_id == unit_id)


def get_unit_for(actor: User, unit_id: int, *roles: Role) -> Unit:
    """A unit that the actor reaches by one of the roles. Raises NotFound."""
    unit = db.session.scalar(
        select(Unit).where(Unit.id == unit_id, Unit.id.in_(units_within_reach(actor, *roles)))
    )
    if unit is None:
        raise NotFound
    return unit


def list_units_for(actor: User, *roles: Role) -> list[tuple[Unit, int]]:
    """The units that the actor reaches by one of the roles, in the order of the tree, with their depth.

    A unit stands after the one above it; those of one parent stand in the order they were made.
    """
    units = db.session.scalars(
        select(Unit).where(Unit.id.in_(units_within_reach(actor, *roles))).order_by(Unit.id)
    ).all()
    return in_tree_order(units)


def list_open_units_for(actor: User, *roles: Role, present: int | None = None) -> list[tuple[Unit, int]]:
    """Of these units those that take new records, and the one at which a record is at present."""
    units = list_units_for(actor, *roles)
    return [(unit, depth) for unit, depth in units if not unit.closed or unit.id == present]


def list_units() -> list[tuple[Unit, int]]:
    """Every unit in the order of the tree, with its depth."""
    return in_tree_order(db.session.scalars(select(Unit).order_by(Unit.id)).all())


def in_tree_order(units: Sequence[Unit]) -> list[tuple[Unit, int]]:
    """Each unit after the one above it, with its depth among these."""
    known = {unit.id for unit in units}
    beneath: dict[int | None, list[Unit]] = {}
    for unit in units:
        beneath.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    ordered: list[tuple[Unit, int]] = []
    waiting = [(unit, 0) for unit in reversed(beneath.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        ordered.append((unit, depth))
        waiting += [(one, depth + 1) for one in reversed(beneath.get(unit.id, []))]
    return ordered


def find_root() -> Unit | None:
    """The bureau: the unit above all others; None before the first ``flask prepare``."""
    return db.session.scalar(select(Unit).where(Unit.parent_id.is_(None)))


def get_root() -> Unit:
    """The bureau. Raises NotFound before the first ``flask prepare``."""
    root = find_root()
    if root is None:
        raise NotFound
    return root


def lock_tree() -> None:
    """One change of the tree or of postings at a time, until the transaction ends; records go on meanwhile.

    On SQLite, which has one writer at a time, it locks nothing.
    """
    root = select(Unit.id).where(Unit.parent_id.is_(None))
    db.session.execute(root.with_for_update(key_share=True))


def has_administrator_of_root() -> bool:
    """Whether an account can manage the whole."""
    held = (
        select(Posting.user_id)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(Unit.parent_id.is_(None), Posting.role == Role.ADMINISTRATOR)
    )
    return db.session.scalar(held.limit(1)) is not None
