"""Campaigns, their rules, drawing, channels: what organisers set up."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.campaigns import admin_views, public_views, scans, snapshots  # noqa: F401 - the views bind themselves
    from quizapp.campaigns.blueprint import blueprint
    from quizapp.questions.signals import questions_withdrawn

    app.register_blueprint(blueprint)
    snapshots.register(app)
    scans.register(app)
    questions_withdrawn.connect(snapshots.republish_without)
