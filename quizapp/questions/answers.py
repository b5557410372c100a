"""Reading the answer that somebody typed: letters, or a word for right or wrong."""

import re

from quizapp.questions.folding import fold

_TRUE = frozenset({"对", "√", "✓", "正确", "是", "t", "true", "y", "yes"})
_FALSE = frozenset({"错", "×", "✗", "x", "错误", "否", "不对", "不正确", "f", "false", "n", "no"})
_SEPARATORS = re.compile(r"[\s,，、;；.。/|和]+")


def read_truth(text: str) -> bool | None:
    """Whether a word says right or wrong; None where it is neither."""
    word = fold(text).strip("()（）。. ")
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def read_letters(text: str) -> tuple[int, ...] | None:
    """Option letters in any case, width and separation, as ascending indices: ``"A、c"`` → (0, 2).

    None where the text holds anything else, or a letter twice.
    """
    letters = _SEPARATORS.sub("", fold(text).strip("()（）"))
    if not letters or any(letter not in "abcdefgh" for letter in letters) or len(set(letters)) < len(letters):
        return None
    return tuple(sorted("abcdefgh".index(letter) for letter in letters))
