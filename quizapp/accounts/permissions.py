"""How an endpoint declares who may use it. One that declares nothing is refused, and fails a test."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import redirect, request, url_for
from flask_login import current_user

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.errors import Forbidden
from quizapp.extensions import login_manager

P = ParamSpec("P")
R = TypeVar("R")

#: The attribute of a view that holds what it declared: "public" or a set of roles.
DECLARATION = "permission"


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anybody may use the endpoint."""
    setattr(view, DECLARATION, "public")
    return view


def requires(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, Any]]:
    """Only a logged-in account of one of these roles, its first password changed, may use the endpoint."""

    def declare(view: Callable[P, R]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if current_user.must_change_password and request.endpoint != "accounts.password":
                return redirect(url_for("accounts.password"))
            if not current_user.holds(roles):
                raise Forbidden
            return view(*args, **kwargs)

        setattr(guarded, DECLARATION, frozenset(roles))
        return guarded

    return declare


def the_user() -> User:
    """The logged-in account, inside an endpoint that requires one."""
    user: User = current_user._get_current_object()
    return user
