"""Counts, and in time figures and the annual report."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.reports import admin_views

    app.register_blueprint(admin_views.blueprint)
