"""Shell commands on the annual report and closed years."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from quizapp.errors import QuizError


@click.command()
@click.argument("year", type=click.IntRange(2000, 9999))
@click.option(
    "--json", "to_json", is_flag=True, help="Write the figures and all their evidence to the screen."
)
@click.option(
    "--docx", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file."
)
@click.option(
    "--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures to this file."
)
@with_appcontext
def annual(year: int, to_json: bool, docx: Path | None, xlsx: Path | None) -> None:
    """Write the annual report of YEAR: as it was closed, or as it stands.

    Exit status 2 where nothing is asked for, a file can't be written, or the template is at fault.
    """
    if not (to_json or docx or xlsx):
        raise click.UsageError("请用 --json、--docx 文件、--xlsx 文件 指明要写什么。")
    try:
        _write(year, to_json, {"docx": docx, "xlsx": xlsx})
    except QuizError as error:
        raise click.UsageError(error.advice) from None
    except OSError as error:
        raise click.UsageError(f"无法写入 {error.filename}：{error.strerror}。请检查文件名和权限。") from None


def _write(year: int, to_json: bool, places: dict[str, Path | None]) -> None:
    from quizapp.reports.closing import issuing, queries

    state = "已封账" if queries.find_closed_report(year) else "未封账"
    for ending, place in places.items():
        if place:
            place.write_bytes(issuing.issue(year, ending))
            click.echo(f"{year}年（{state}）：{place}", err=to_json)
    if to_json:
        sys.stdout.buffer.write(issuing.issue(year, "json"))


@click.command()
@click.argument("year", type=click.IntRange(2000, 9999))
@with_appcontext
def verify(year: int) -> None:
    """Prove the closed YEAR from its frozen evidence; exit status 1 where something differs."""
    from quizapp.reports.closing.proving import find_fault

    try:
        fault = find_fault(year)
    except QuizError as error:
        raise click.UsageError(error.advice) from None
    if fault:
        click.echo(f"{year}年封账数据核对不符：{fault}")
        sys.exit(1)
    click.echo(f"{year}年封账数据核对无误：三份文件与封账时一致，各项指标由依据重算相符。")
