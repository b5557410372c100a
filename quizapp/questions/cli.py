"""Shell commands on questions."""

import json
from pathlib import Path

import click

from quizapp.config import ROOT
from quizapp.core.uploads import UnreadableFile
from quizapp.questions.importers.files import read_file
from quizapp.questions.parsed import ParsedQuestions
from quizapp.questions.shipped.coverage import COVERAGE, write_coverage
from quizapp.questions.shipped.folder import list_shipped_banks
from quizapp.questions.shipped.inspecting import Fault, inspect_banks
from quizapp.questions.shipped.spread import spread

_shipped = click.argument(
    "root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=ROOT / "question_bank",
)


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


@questions.command()
@_shipped
def coverage(root: Path) -> None:
    """Write COVERAGE.md: for each article of the shipped laws its questions, or why there is none."""
    banks = list(list_shipped_banks(root))
    (root / COVERAGE).write_text(write_coverage(banks), encoding="utf-8")
    for bank in banks:
        asked = sum(map(bool, bank.by_article().values()))
        click.echo(f"{bank.name}：{len(bank.outline)} 条中 {asked} 条有试题，共 {len(bank.questions)} 题。")


@questions.command()
@_shipped
def inspect(root: Path) -> None:
    """Inspect the shipped questions and print how they are spread; exit status 1 where something is wrong."""
    banks = list(list_shipped_banks(root))
    faults = list(inspect_banks(banks))
    written = root / COVERAGE
    if not written.exists() or written.read_text(encoding="utf-8") != write_coverage(banks):
        faults.append(Fault(written, "全文", "与题库不一致，请运行 flask questions coverage。"))
    for bank in banks:
        asked = sum(map(bool, bank.by_article().values()))
        click.echo(f"{bank.name}：{len(bank.questions)} 题，{len(bank.outline)} 条中 {asked} 条有试题")
    for share in spread([one.question for bank in banks for one in bank.questions]):
        click.echo(share)
    for fault in faults:
        click.echo(fault)
    click.echo(f"问题 {len(faults)} 处")
    if faults:
        raise click.exceptions.Exit(1)
