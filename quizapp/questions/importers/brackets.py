"""Answers in the brackets of a stem: （ AB ）, ( √ ), （对）."""

import re
from dataclasses import dataclass

from quizapp.questions.answers import read_letters, read_truth

#: What a bracket is left as once its answer is taken out.
EMPTY = "（　）"

_L = "A-Ha-hＡ-Ｈａ-ｈ"
_LETTERS = re.compile(rf"[（(【\[]\s*([{_L}](?:[\s、,，]{{0,3}}[{_L}]){{0,7}})\s*[)）】\]]")
_TICK = re.compile(r"[（(【\[]\s*([√×✓✗✔✘☑☒])\s*[)）】\]]")
#: Words stand in brackets within a sentence too, so that only those at its end answer it.
_WORD = re.compile(r"[（(【\[]\s*(对|错|正确|错误|[TFXxtf])\s*[)）】\]](?=\s*[。.！!？?；;]?\s*$)")
_TICKS = str.maketrans("✔☑✓✘☒✗", "√√√×××")
_WORD_WITHIN = 16


def plain_ticks(text: str) -> str:
    """Every tick as √, every cross as ×."""
    return text.translate(_TICKS)


def is_answered(stem: str) -> bool:
    """Whether a stem bears the answer of a true/false question at its end, or ticked anywhere."""
    return bool(_TICK.search(stem) or _WORD.search(stem, max(0, len(stem) - _WORD_WITHIN)))


def has_letters(stem: str) -> bool:
    """Whether a stem bears letters in brackets."""
    return _LETTERS.search(stem) is not None


@dataclass(frozen=True)
class Settled:
    """A stem and its answer after looking into the brackets, or why they don't agree."""

    stem: str
    answer: str
    fault: str = ""


def settle(stem: str, answer: str, are_letters: bool) -> Settled:
    """Take the answer from the stem's brackets, and leave these empty.

    Where an answer stands elsewhere too, both must agree.
    """
    found = _find(stem, are_letters)
    if not found:
        return Settled(stem, answer)
    given = {_meaning(match[1], are_letters) for match in found}
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(stem)]
    emptied = EMPTY.join(stem[end:start] for end, start in zip(ends, starts, strict=True))
    if not answer.strip():
        if len(given) > 1:
            return Settled(stem, "", "题干中几处括号里的答案不一致。请只留一处，或加一行“答案:”。")
        return Settled(emptied, plain_ticks(found[0][1]))
    meaning = _meaning(answer, are_letters)
    if given == {meaning}:
        return Settled(emptied, answer)
    if meaning is None or len(found) > 1:
        return Settled(stem, answer)  # 甲（A）与乙（B）: names, not answers
    fault = f"题干括号里的答案“{found[0][1]}”与答案“{answer.strip()[:20]}”不一致。"
    return Settled(stem, answer, fault)


def _find(stem: str, are_letters: bool) -> list[re.Match[str]]:
    if are_letters:
        return list(_LETTERS.finditer(stem))
    found = list(_TICK.finditer(stem)) + list(_WORD.finditer(stem, max(0, len(stem) - _WORD_WITHIN)))
    return sorted(found, key=lambda match: match.start())


def _meaning(text: str, are_letters: bool) -> object:
    letters = read_letters(text)
    if are_letters:
        return letters
    truth = read_truth(plain_ticks(text))
    return letters == (0,) if truth is None and letters in {(0,), (1,)} else truth
