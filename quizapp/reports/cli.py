"""Shell commands on figures and the annual report."""

import click

from quizapp.reports.figures.cli import import_indicators


@click.group()
def reports() -> None:
    """Figures, the annual report and closed years."""


reports.add_command(import_indicators)
