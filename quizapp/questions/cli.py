"""Shell commands on questions."""

import json
from pathlib import Path

import click

from quizapp.core.uploads import UnreadableFile
from quizapp.questions.importers.files import read_file
from quizapp.questions.parsed import ParsedQuestions


@click.group()
def questions() -> None:
    """Questions and banks."""


@questions.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def check(file: Path, as_json: bool) -> None:
    """Parse and validate FILE without a database.

    Exit status 0 whenever the file could be read, 2 when it can't.
    """
    try:
        parsed = read_file(file.read_bytes())
    except UnreadableFile as error:
        raise click.UsageError(f"{file}：{error}") from None
    except OSError as error:
        raise click.UsageError(f"无法读取 {file}：{error.strerror}。请检查文件名和权限。") from None
    click.echo(json.dumps(_outcome(parsed), ensure_ascii=False) if as_json else _report(parsed, file))


def _outcome(parsed: ParsedQuestions) -> dict[str, object]:
    return {
        "found": parsed.found,
        "good": parsed.good,
        "warned": parsed.warned,
        "rejected": parsed.rejected,
        "problems": [{"where": problem.where, "reason": problem.reason} for problem in parsed.problems],
    }


def _report(parsed: ParsedQuestions, file: Path) -> str:
    lines = [f"{file}:{problem.where} {problem.reason}" for problem in parsed.problems]
    counts = f"共 {parsed.found} 题：可用 {parsed.good}，有提示 {parsed.warned}，不能载入 {parsed.rejected}。"
    return "\n".join([*lines, counts])
