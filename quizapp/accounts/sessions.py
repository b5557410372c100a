"""How Flask-Login finds the account of a session."""

from flask import Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from quizapp.accounts import queries
from quizapp.accounts.models import User
from quizapp.extensions import login_manager


def register(app: Flask) -> None:
    """Tell the login manager how to load an account and where to send a stranger."""

    @login_manager.user_loader
    def load_user(session_id: str) -> User | None:
        return queries.find_user_by_session(session_id)

    @login_manager.unauthorized_handler
    def send_to_login() -> Response:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.login", next=wanted))


def is_own_path(target: str | None) -> bool:
    """Whether an address to go on to stays on this host: a path, not ``//host`` or ``/\\host``."""
    return bool(target and target.startswith("/") and target[1:2] not in {"/", "\\"})
