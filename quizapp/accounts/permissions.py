"""How an endpoint declares who may use it. One that declares nothing is refused, and fails a test."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app, redirect, request, url_for
from flask_login import current_user

from quizapp.accounts.models import User
from quizapp.accounts.roles import HOMES, Role
from quizapp.errors import Forbidden
from quizapp.extensions import login_manager

P = ParamSpec("P")
R = TypeVar("R")

#: The attribute of a view that holds what it declared: "public" or a set of roles.
DECLARATION = "permission"
#: Of these roles those that count in the bureau only, because the work is the whole county's.
OF_BUREAU = "permission_of_bureau"


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anybody may use the endpoint."""
    setattr(view, DECLARATION, "public")
    return view


def requires(*roles: Role, in_bureau: Collection[Role] = ()) -> Callable[[Callable[P, R]], Callable[P, Any]]:
    """Only a logged-in account of one of these roles, its first password changed, may use the endpoint.

    ``roles`` count in any unit, ``in_bureau`` in the bureau itself.
    """

    def declare(view: Callable[P, R]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if current_user.must_change_password and request.endpoint != "accounts.password":
                return redirect(url_for("accounts.password"))
            if not _admits(guarded, current_user):
                raise Forbidden
            return view(*args, **kwargs)

        setattr(guarded, DECLARATION, frozenset({*roles, *in_bureau}))
        setattr(guarded, OF_BUREAU, frozenset(in_bureau) - frozenset(roles))
        return guarded

    return declare


def _admits(view: Callable[..., Any], user: User) -> bool:
    of_bureau: frozenset[Role] = getattr(view, OF_BUREAU)
    anywhere: frozenset[Role] = getattr(view, DECLARATION) - of_bureau
    return user.holds(anywhere) or user.holds_in_bureau(of_bureau)


def may_use(endpoint: str) -> bool:
    """Whether the logged-in account may open an endpoint that requires one, for menus and links."""
    return _admits(current_app.view_functions[endpoint], the_user())


def find_home() -> str:
    """The endpoint where the logged-in account begins: the first of its roles' that it may open."""
    found = (endpoint for role, endpoint in HOMES if the_user().holds({role}) and may_use(endpoint))
    return next(found, "laws.laws")


def the_user() -> User:
    """The logged-in account, inside an endpoint that requires one."""
    user: User = current_user._get_current_object()
    return user
