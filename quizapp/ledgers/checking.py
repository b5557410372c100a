"""What is looked at in a row's cells before its ledger judges them."""

from collections.abc import Iterable, Mapping, Sequence

from quizapp.ledgers.columns import Column
from quizapp.ledgers.values import BadCell, read_choice_of

Problems = Mapping[str, str]


def check_cells(
    columns: Sequence[Column], cells: Mapping[str, str], faults: Problems
) -> tuple[dict[str, str], dict[str, str]]:
    """A row's cells as its ledger takes them, and what is wrong already: column → sentence.

    ``faults`` holds why a cell of the file couldn't be read; it counts while the cell is empty.
    """
    taken = {column.name: cells.get(column.name, "").strip() for column in columns}
    problems: dict[str, str] = {}
    for column in columns:
        text = taken[column.name]
        if not text and column.name in faults:
            problems[column.name] = f"这一格{faults[column.name]}"
        elif not text and column.required:
            problems[column.name] = "请填写。"
        elif text and column.choices:
            try:
                taken[column.name] = read_choice_of(text, column.choices)
            except BadCell as error:
                problems[column.name] = error.sentence
    return taken, problems


def join_problems(first: Problems, more: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The problems of a row by column; of several at one column the first is told."""
    joined = dict(first)
    for name, sentence in more:
        joined.setdefault(name, sentence)
    return joined
