"""Units, users, roles, sessions and the audit trail."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.accounts import admin_views, permissions, sessions, unit_views, user_views  # noqa: F401
    from quizapp.accounts.blueprint import blueprint

    app.register_blueprint(blueprint)
    app.jinja_env.globals["may_use"] = permissions.may_use
    sessions.register(app)
