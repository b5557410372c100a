"""Versions of laws, their articles, citations. The text of the laws is not shipped."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.core.numerals import write_chinese
    from quizapp.laws import admin_views, cli

    app.register_blueprint(admin_views.blueprint)
    app.cli.add_command(cli.laws)
    app.jinja_env.filters["chinese"] = write_chinese
