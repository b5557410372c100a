"""Counts, figures, and in time the annual report."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.reports import admin_views
    from quizapp.reports.cli import reports
    from quizapp.reports.figures import registry_views, views  # noqa: F401 - they bind themselves

    app.register_blueprint(admin_views.blueprint)
    app.cli.add_command(reports)
