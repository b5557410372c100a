"""Users, roles, sessions and the audit trail."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.accounts import admin_views, sessions

    app.register_blueprint(admin_views.blueprint)
    sessions.register(app)
