"""Reading the answer that somebody typed: letters, or a word for right or wrong."""

import re
from collections.abc import Sequence

from quizapp.questions.folding import fold

_TRUE = frozenset({"对", "√", "✓", "✔", "☑", "正确", "对的", "是", "是的", "t", "true", "y", "yes"})
_FALSE = frozenset(
    {
        "错",
        "×",
        "✗",
        "✘",
        "☒",
        "x",
        "╳",
        "错误",
        "错的",
        "否",
        "不对",
        "不是",
        "不正确",
        "f",
        "false",
        "n",
        "no",
    }
)
#: What stands around an answer and is none.
_BRACKETS = "()（）[]【】“”\"'。.,，;；:： "
_LEAD = re.compile(r"^(?:(?:正确|参考|标准)?答案[为是]?|(?:故|应|本题)?选项?)[:：]?\s*")
_TAIL = re.compile(r"(?<=[a-h1-8])\s*(?:选项|项)$")
_SEPARATORS = re.compile(r"[\s,，、;；.。/|&+和及与]+|\band\b")
#: What parts several options' texts; one may hold the later of these itself, so the first that fits is meant.
_PIECES = tuple(map(re.compile, (r"[|｜\n;；]", r"[、,，]", r"\s+")))
_OWN_LETTER = re.compile(r"^[(（\[【]?\s*([a-h])\s*[.．、:：)）\]】]\s*")


def read_truth(text: str) -> bool | None:
    """Whether a word says right or wrong; None where it is neither."""
    word = fold(text).strip(_BRACKETS)
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def read_bare_truth(text: str) -> bool | None:
    """The same for a question that has no options: A is 对 and B 错, 1 is 对, and 2 or 0 is 错."""
    sign = fold(text).strip(_BRACKETS)
    if sign in {"a", "1"}:
        return True
    return False if sign in {"b", "2", "0"} else None


def read_letters(text: str) -> tuple[int, ...] | None:
    """Option letters in any case, width and separation, as ascending indices: ``"A、c"`` → (0, 2).

    Numbers of options are read alike: ``"1,3"`` → (0, 2). None where the text holds anything
    else, both, or one twice.
    """
    marks = _LEAD.sub("", fold(text).strip(_BRACKETS)).strip(_BRACKETS)
    marks = re.sub(r"[\[\]()【】]", "", _SEPARATORS.sub("", _TAIL.sub("", marks)))
    for alphabet in ("abcdefgh", "12345678"):
        if marks and set(marks) <= set(alphabet) and len(set(marks)) == len(marks):
            return tuple(sorted(map(alphabet.index, marks)))
    return None


def read_option_texts(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """An answer that repeats the options' own text, one or several, as indices; each may bear its letter."""
    folded = [fold(option) for option in options]
    for pieces in ([text], *(separator.split(text) for separator in _PIECES)):
        places = [_place(fold(piece), folded) for piece in pieces if piece.strip()]
        if places and None not in places:
            return tuple(sorted({place for place in places if place is not None}))
    return None


def read_choice(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The options that an answer names by letters, numbers or their text.

    None where it names none, and where its numbers are the text of other options.
    """
    letters, texts = read_letters(text), read_option_texts(text, options)
    if letters is None or texts is None or letters == texts:
        return letters or texts
    if letters[-1] >= len(options):
        return texts
    return None if fold(text).strip(_BRACKETS)[:1].isdecimal() else letters


def _place(piece: str, folded: Sequence[str]) -> int | None:
    if piece in folded:
        return folded.index(piece)
    letter = _OWN_LETTER.match(piece)
    if letter is None:
        return None
    place = "abcdefgh".index(letter[1])
    return place if place < len(folded) and folded[place] == piece[letter.end() :] else None
