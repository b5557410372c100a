"""Several options in one text: parted by signs or line ends, or each behind its letter."""

import re
from collections.abc import Sequence

from quizapp.core.wording import OPTION_LETTERS
from quizapp.questions.folding import fold

#: An option's own letter, punctuated: ``A.``, ``（A）``, ``A、``.
_MARK = re.compile(r"[(（\[【]?\s*([A-Ha-hＡ-Ｈａ-ｈ])\s*[.．、:：)）\]】]\s*")
#: The same alone between spaces: ``A 甲 B 乙``.
_BARE_MARK = re.compile(r"(?:^|(?<=[\s|｜]))([A-HＡ-Ｈ])[\s\u3000]+")
_ENDS = re.compile(r"\s*[|｜]\s*|\s*\n\s*")
_DOUBLE = re.compile(r"[|｜]{2}")
_SEMICOLON = re.compile(r"\s*[;；]\s*")
_TRAILING = " \t\r\n\u3000|｜;；"
_WORD = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ]")


def split_options(text: str) -> tuple[str, ...]:
    """The options of one cell, without their letters; a gap between two signs stays as an empty one."""
    text = text.strip()
    lettered = _at_marks(text, _MARK) or _at_marks(text, _BARE_MARK)
    if lettered:
        return lettered[1:]
    if not re.search("[|｜]", _DOUBLE.sub("", text)):
        text = _DOUBLE.sub("|", text)
    pieces = _ENDS.split(text.strip(_TRAILING))
    if len(pieces) == 1:
        pieces = _SEMICOLON.split(pieces[0])
    return strip_letters(pieces) if pieces != [""] else ()


def split_stem(text: str) -> tuple[str, tuple[str, ...]]:
    """A stem and the options that stand in the same cell below it, from a line that begins with A."""
    start = re.search(r"\n\s*(?=[(（]?[AＡ][.．、:：)）\s])", text)
    if start is None:
        return text, ()
    return text[: start.start()].rstrip(), split_options(text[start.end() :])


def strip_letters(options: Sequence[str]) -> tuple[str, ...]:
    """Options without their own letters, where each that is filled bears that of its place."""
    marks = [_MARK.match(option) for option in options]
    pairs = list(zip(options, marks, OPTION_LETTERS, strict=False))
    filled = [(mark, letter) for option, mark, letter in pairs if option]
    are_own = len(options) <= len(OPTION_LETTERS) and filled
    if not are_own or any(mark is None or fold(mark[1]) != letter.lower() for mark, letter in filled):
        return tuple(options)
    return tuple(option[mark.end() :] if mark else option for option, mark, _ in pairs)


def _at_marks(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """What stands before A, then the text of each letter in turn; empty unless it begins with A and has B."""
    marks: list[re.Match[str]] = []
    for mark in pattern.finditer(text):
        follows_word = mark.start() and _WORD.match(text[mark.start() - 1])
        letter = OPTION_LETTERS[len(marks) : len(marks) + 1].lower()
        if fold(mark[1]) == letter and not follows_word:
            marks.append(mark)
    if len(marks) < 2 or marks[0].start() > 0:
        return ()
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return ("", *(text[mark.end() : end].strip(_TRAILING) for mark, end in zip(marks, ends, strict=True)))
