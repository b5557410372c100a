"""Reading the answer that somebody typed: letters, or a word for right or wrong."""

import re
from collections.abc import Sequence

from quizapp.questions.folding import fold

_TRUE = frozenset({"对", "√", "✓", "正确", "是", "t", "true", "y", "yes"})
_FALSE = frozenset({"错", "×", "✗", "x", "错误", "否", "不对", "不正确", "f", "false", "n", "no"})
_PIECES = re.compile(r"[|\n;；]")
_SEPARATORS = re.compile(r"[\s,，、;；.。/|和]+")


def read_truth(text: str) -> bool | None:
    """Whether a word says right or wrong; None where it is neither."""
    word = fold(text).strip("()（）。. ")
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def read_letters(text: str) -> tuple[int, ...] | None:
    """Option letters in any case, width and separation, as ascending indices: ``"A、c"`` → (0, 2).

    Numbers of options are read alike: ``"1,3"`` → (0, 2). None where the text holds anything
    else, both, or one twice.
    """
    marks = _SEPARATORS.sub("", fold(text).strip("()（）"))
    for alphabet in ("abcdefgh", "12345678"):
        if marks and set(marks) <= set(alphabet) and len(set(marks)) == len(marks):
            return tuple(sorted(map(alphabet.index, marks)))
    return None


def read_option_texts(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """An answer that repeats the options' own text, one or several split at | or line ends, as indices."""
    folded = [fold(option) for option in options]
    pieces = [fold(piece) for piece in _PIECES.split(text) if piece.strip()]
    if not pieces or any(piece not in folded for piece in pieces):
        return None
    return tuple(sorted({folded.index(piece) for piece in pieces}))
