"""Reading the cells of a row into values, and keeping what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from quizapp.errors import QuizError
from quizapp.ledgers.ledger import Cells
from quizapp.ledgers.values import BadCell

Value = TypeVar("Value")
#: (column's name, sentence) of what is wrong with a row.
Problems = Sequence[tuple[str, str]]


class NotUnderstood(QuizError):
    """The row no longer reads as it did in the preview."""

    title = "没有读懂这一行"

    def __init__(self, problems: Problems, advice: str) -> None:
        super().__init__("".join(sentence for _, sentence in problems) or advice)


class CellReader:
    """Reads one row; ``problems`` grows with each cell that can't be read."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self.problems: list[tuple[str, str]] = []

    def limit(self, longest: Mapping[str, int]) -> None:
        """Find cells that are longer than their column holds, in characters."""
        for name, most in longest.items():
            if len(self._cells[name]) > most:
                self.problems.append((name, f"不能超过 {most} 字。"))

    def take(
        self, name: str, read: Callable[[str], Value], otherwise: Value, even_empty: bool = False
    ) -> Value:
        """What ``read`` makes of a cell; ``otherwise`` where it is empty, or raises BadCell."""
        text = self._cells[name]
        try:
            return read(text) if text or even_empty else otherwise
        except BadCell as error:
            self.problems.append((name, error.sentence))
            return otherwise
