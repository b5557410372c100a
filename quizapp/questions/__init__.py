"""Banks, questions and their immutable revisions."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    # The views bind themselves to the blueprint.
    from quizapp.core.jobs.queue import register_daily, register_steps
    from quizapp.laws.signals import version_imported
    from quizapp.questions import admin_views, cli, export_views, import_views, question_views, recheck_views  # noqa: F401
    from quizapp.questions.blueprint import blueprint
    from quizapp.questions.staging import confirming, reading
    from quizapp.questions.watch import watching

    app.register_blueprint(blueprint)
    app.cli.add_command(cli.questions)
    register_steps(app, reading.READ_JOB, reading.read_steps, reading.give_up_reading)
    register_steps(app, confirming.CONFIRM_JOB, confirming.confirm_steps, confirming.give_up_confirming)
    register_daily(app, watching.DAILY_JOB, watching.withdraw_steps)
    version_imported.connect(watching.watch_version)
