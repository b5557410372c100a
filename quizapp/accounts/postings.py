"""Giving accounts roles in units, and taking them away. These add and flush; the view commits."""

from collections.abc import Collection

from quizapp.accounts import audit, queries
from quizapp.accounts.models import Posting, Unit, User
from quizapp.accounts.roles import ROLES_OF_BUREAU, Role
from quizapp.errors import QuizError
from quizapp.extensions import db


class LastAdministrator(QuizError):
    """Nobody could manage accounts any more."""

    status = 409
    title = "至少保留一名管理员"
    advice = "应急管理局至少要有一名管理员。请先给另一个账号管理员岗位。"


class OwnAdministration(QuizError):
    """An administrator would lock themselves out by a slip."""

    status = 409
    title = "不能撤下自己的管理员岗位"
    advice = "您不能撤下自己的管理员岗位，也不能停用自己的账号。请另一名管理员来办。"


class OfBureauOnly(QuizError):
    """The role's work is the whole county's."""

    status = 409
    title = "岗位只能设在应急管理局"
    advice = "题库由全县共用，题库员只能设在应急管理局。请改选单位，或者改选角色。"


def refuse_beyond_bureau(role: Role, unit: Unit) -> None:
    """Raise OfBureauOnly where a role would reach nothing from the unit."""
    if role in ROLES_OF_BUREAU and not unit.is_root:
        raise OfBureauOnly


def give_posting(user: User, role: Role, unit: Unit) -> None:
    """Give an account one more role in a unit; one that it has already stays. Raises OfBureauOnly."""
    set_postings(user, [*_held_now(user), (role, unit)])


def take_posting(user: User, role: str, unit_id: int, actor: User) -> None:
    """Take a role in a unit from an account. Raises LastAdministrator and OwnAdministration."""
    if user.id == actor.id and role == Role.ADMINISTRATOR:
        raise OwnAdministration
    left = [(held, unit) for held, unit in _held_now(user) if (held, unit.id) != (role, unit_id)]
    set_postings(user, left)


def deactivate_user(user: User, actor: User) -> None:
    """Take every posting from an account. Raises LastAdministrator and OwnAdministration."""
    if user.id == actor.id:
        raise OwnAdministration
    set_postings(user, ())


def set_postings(user: User, postings: Collection[tuple[Role, Unit]]) -> None:
    """Give an account these roles in these units instead of those it has; flushes.

    An account left without any has its sessions ended for good.

    Raises OfBureauOnly, and LastAdministrator where no administrator of the bureau would be left.
    """
    held = {(role, unit.id) for role, unit in _held_now(user)}
    wanted = {(role, unit.id): unit for role, unit in postings}
    if held == wanted.keys():
        return
    added = wanted.keys() - held
    for role, unit_id in added:
        refuse_beyond_bureau(role, wanted[role, unit_id])
    user.postings = [
        *(posting for posting in user.postings if (posting.role, posting.unit_id) in wanted),
        *(Posting(unit=wanted[role, unit_id], role=role) for role, unit_id in sorted(added)),
    ]
    user.session_version += not user.postings
    db.session.flush()
    if not queries.has_administrator_of_root():
        raise LastAdministrator
    audit.record("edit", "user", user.id, ["postings"])


def _held_now(user: User) -> list[tuple[Role, Unit]]:
    """What an account holds, read anew: of two who change it one waits, and sees what the other did."""
    queries.lock_tree()
    db.session.refresh(user, ["postings"])
    return [(Role(posting.role), posting.unit) for posting in user.postings]
