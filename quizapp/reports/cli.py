"""Shell commands on figures and the annual report."""

import click

from quizapp.reports.closing.cli import annual, verify


@click.group()
def reports() -> None:
    """Figures, the annual report and closed years."""


reports.add_command(annual)
reports.add_command(verify)
