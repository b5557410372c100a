"""The shell command that enters the numbers of a file."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from quizapp.core.uploads import UnreadableFile
from quizapp.extensions import db


@click.command("import-indicators")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=int, help="The year of all rows, where the file has no column 年度.")
@with_appcontext
def import_indicators(file: Path, year: int | None) -> None:
    """Enter the numbers of FILE (xlsx, xls, csv or docx), all of them or none.

    Its columns are 指标 (indicator), 数值 (value), and where there are any 年度 (year) and 来源 (note).
    Exit status 2 where the file can't be read or a row can't be taken; each such row is named.
    """
    from quizapp.reports.figures.importing import UnfitRows, import_numbers

    try:
        told = import_numbers(file.read_bytes(), year)
    except UnreadableFile as error:
        raise click.UsageError(f"{file}：{error}") from None
    except UnfitRows as error:
        for where, sentence in error.rows:
            click.echo(f"{where}：{sentence}", err=True)
        raise click.UsageError(f"{file}：{error}") from None
    except OSError as error:
        raise click.UsageError(f"无法读取 {file}：{error.strerror}。请检查文件名和权限。") from None
    db.session.commit()
    click.echo(told)
