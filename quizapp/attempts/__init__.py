"""Identity, answering, scoring, submitting, review: what citizens do."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.attempts import devices, public_views

    app.register_blueprint(public_views.blueprint)
    app.jinja_env.globals["fresh_device"] = devices.fresh_device
