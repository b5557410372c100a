"""Shell commands on figures and the annual report."""

import click

from quizapp.reports.closing.cli import annual, verify
from quizapp.reports.figures.cli import import_indicators


@click.group()
def reports() -> None:
    """Figures, the annual report and closed years."""


for command in (annual, verify, import_indicators):
    reports.add_command(command)
