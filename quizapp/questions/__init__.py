"""Banks, questions and their immutable revisions."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.questions import admin_views, cli

    app.register_blueprint(admin_views.blueprint)
    app.cli.add_command(cli.questions)
