"""Ledgers (台账): the Excel tables that units keep, read, mended, confirmed, undone and written."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app. Which other ledgers there are, the parts above say."""
    from quizapp.core.jobs.queue import register_steps
    from quizapp.ledgers import confirming, import_views, reading  # noqa: F401 - the views bind themselves
    from quizapp.ledgers.blueprint import blueprint
    from quizapp.ledgers.ledger import register_ledger
    from quizapp.ledgers.units import UNITS

    app.register_blueprint(blueprint)
    register_steps(app, reading.READ_JOB, reading.read_steps, reading.give_up_reading)
    register_steps(app, confirming.CONFIRM_JOB, confirming.confirm_steps, confirming.give_up)
    register_steps(app, confirming.UNDO_JOB, confirming.undo_steps, confirming.give_up)
    register_ledger(app, UNITS)
