"""Shell commands on laws."""

from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from quizapp.core.uploads import UnreadableFile
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.laws.statutes import UnreadableStatute

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def laws() -> None:
    """Laws and their versions."""


@laws.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--revised-on", type=DAY, help="The day of the revision, where the text doesn't tell it.")
@click.option("--in-force-from", type=DAY, help="Its first day in force, where the text doesn't tell it.")
@with_appcontext
def import_file(file: Path, revised_on: datetime | None, in_force_from: datetime | None) -> None:
    """Load the official text of a law from FILE (docx, txt or md).

    Exit status 2 where the file can't be read or a date is missing.
    """
    try:
        click.echo(_import(file, _day(revised_on), _day(in_force_from)))
    except (UnreadableFile, UnreadableStatute, QuizError) as error:
        raise click.UsageError(f"{file}：{error}") from None
    except OSError as error:
        raise click.UsageError(f"无法读取 {file}：{error.strerror}。请检查文件名和权限。") from None


def _import(file: Path, revised_on: date | None, in_force_from: date | None) -> str:
    from quizapp.laws import importing

    content = file.read_bytes()
    statute = importing.read_law_file(content)
    passed, forced = importing.settle_dates(statute, revised_on, in_force_from)
    importing.import_law(statute, importing.digest_of(content), passed, forced, None)
    db.session.commit()
    return (
        f"《{statute.name}》{passed} 版，自 {forced} 起施行："
        f"{len(statute.chapters)} 章，{len(statute.articles)} 条。"
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
