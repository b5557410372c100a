"""Counts, figures, the annual report and the year close."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    # The views bind themselves to the blueprint.
    from quizapp.core.jobs.queue import register_steps
    from quizapp.reports import admin_views, annual_views, period_views, template_views  # noqa: F401 - binds itself
    from quizapp.reports.cli import reports
    from quizapp.reports.closing.closing import CLOSE_JOB, close_steps, give_up_close
    from quizapp.reports.closing.queries import find_closed_report
    from quizapp.reports.figures import registry_views, views  # noqa: F401 - binds itself
    from quizapp.reports.figures.closed import register_closed_reports

    app.register_blueprint(admin_views.blueprint)
    register_steps(app, CLOSE_JOB, close_steps, give_up_close)
    register_closed_reports(app, find_closed_report)
    app.cli.add_command(reports)
