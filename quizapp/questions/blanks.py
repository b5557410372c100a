"""Making sense of a blank question as read: its gaps, and the accepted answers of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.questions.folding import fold
from quizapp.questions.kinds import GAP
from quizapp.questions.parsed import RawQuestion, UnaskableError

MAX_GAPS = 10
MAX_ACCEPTED = 100

#: How people mark a gap: a line of underscores, or brackets around nothing.
_GAP = re.compile(r"[_＿]{2,}|[（(][\s_＿]*[）)]|【\s*】")
_ALTERNATIVES = re.compile(r"\s*[|｜]\s*")
#: Between the accepted answers in a cell that belongs to one gap.
_LIST_ENDS = re.compile(r"(?<!\\)\s*[；;\n]\s*")
#: What stands between the answers of several gaps; the first that gives as many pieces as gaps is meant.
_SEPARATORS = tuple(map(re.compile, (r"\s*(?:\n|；|;)\s*", r"\s*、\s*", r"\s*[,，]\s*", r"\s+")))
#: A backslash before one of these signs keeps it from separating anything. Hidden signs stand as
#: noncharacters of Unicode.
_SIGNS = "\\|｜；;"
_SIGN = re.compile(rf"[{re.escape(_SIGNS)}]")
_ESCAPED = re.compile(rf"\\({_SIGN.pattern})")
_HIDDEN = {sign: chr(0xFDE0 + place) for place, sign in enumerate(_SIGNS)}
_SHOWN = {ord(hidden): sign for sign, hidden in _HIDDEN.items()}
_ANY_ORDER = frozenset({"不分先后", "不分顺序", "无序", "任意", "否"})


@dataclass(frozen=True)
class Gaps:
    """A stem with ``GAP`` at each gap, the accepted answers of each, and whether their order counts."""

    stem: str
    accepted: tuple[tuple[str, ...], ...]
    in_order: bool


def has_gap(stem: str) -> bool:
    """Whether a stem marks a gap by underscores; brackets around nothing stand in choice questions too."""
    return re.search(r"[_＿]{2,}", stem) is not None


def read_gaps(raw: RawQuestion) -> Gaps:
    """The gaps of a blank question. Raises UnaskableError.

    A stem that marks none asks to enumerate: its gaps are put after it and their order doesn't count.
    """
    if raw.options:
        raise UnaskableError("填空题不应有选项。")
    marked = len(_GAP.findall(raw.stem))
    answers = _answers(raw, marked)
    if marked and len(answers) != marked:
        raise UnaskableError(f"题干有 {marked} 个空，答案却有 {len(answers)} 个。请用“；”分开各空的答案。")
    accepted = tuple(_accepted(answer) for answer in answers)
    if len(accepted) > MAX_GAPS:
        raise UnaskableError(f"超过 {MAX_GAPS} 个空。")
    if any(not one for one in accepted):
        raise UnaskableError("有的空没有答案。")
    if any(len(answer) > MAX_ACCEPTED for one in accepted for answer in one):
        raise UnaskableError(f"有的空的答案超过 {MAX_ACCEPTED} 字。")
    stem = _GAP.sub(GAP, raw.stem) if marked else f"{raw.stem.rstrip()}{'、'.join([GAP] * len(accepted))}"
    return Gaps(stem.strip(), accepted, _in_order(raw.gap_order, bool(marked) or len(accepted) == 1))


def gap_of_cell(cell: str) -> str:
    """The accepted answers of one gap, as a cell of its own gives them, with ``|`` between them."""
    return _LIST_ENDS.sub("|", cell.strip())


def write_accepted(accepted: Sequence[str]) -> str:
    """The accepted answers of one gap as ``read_gaps`` reads them: ``甲|甲方``."""
    return "|".join(_SIGN.sub(r"\\\g<0>", answer) for answer in accepted)


def write_gaps(gaps: Sequence[Sequence[str]]) -> str:
    """The answers of all gaps as one text: ``甲|甲方；乙``."""
    return "；".join(map(write_accepted, gaps))


def _hide(text: str) -> str:
    return _ESCAPED.sub(lambda match: _HIDDEN[match[1]], text)


def _answers(raw: RawQuestion, marked: int) -> Sequence[str]:
    """One text a gap, from the cells of a table or the parts of one answer."""
    if any(raw.gaps):
        kept = [_hide(gap_of_cell(gap)) for gap in raw.gaps]
        while not kept[-1].strip():
            kept.pop()
        return kept
    answer = _hide(raw.answer.strip())
    if not answer:
        raise UnaskableError("没有答案，请补上。多个空用“；”分开。")
    splits = [[piece for piece in separator.split(answer) if piece] for separator in _SEPARATORS]
    if marked:
        return next((pieces for pieces in ([answer], *splits) if len(pieces) == marked), splits[0])
    return next((pieces for pieces in splits[:2] if len(pieces) > 1), [answer])


def _accepted(answer: str) -> tuple[str, ...]:
    pieces = (piece.translate(_SHOWN).strip() for piece in _ALTERNATIVES.split(answer))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def is_any_order(said: str) -> bool:
    """Whether a word says that the answers of several gaps may stand in any order."""
    return fold(said) in _ANY_ORDER


def _in_order(said: str, otherwise: bool) -> bool:
    return not is_any_order(said) if said.strip() else otherwise
