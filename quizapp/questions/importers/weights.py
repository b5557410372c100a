"""What Moodle's weights of answers say: which are right, and which only partly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: All of the points.
WHOLE = 100.0
PARTLY_RIGHT = "有答案只得部分分数，按错误处理。请核对。"
_WILDCARD = re.compile(r"(?<!\\)\*")
WILDCARD = "有答案含通配符“*”，没有导入。请核对。"


@dataclass(frozen=True)
class Weighed:
    """Indices of the right answers, the kind of choice that they make, and remarks."""

    right: tuple[int, ...]
    kind: str
    remarks: tuple[str, ...]


def weigh_choice(weights: Sequence[float], together: bool = False) -> Weighed:
    """Of answers that exclude each other, those that give all points; else those that give some."""
    whole = tuple(place for place, weight in enumerate(weights) if weight >= WHOLE)
    some = tuple(place for place, weight in enumerate(weights) if weight > 0)
    right = some if together or not whole else whole
    kind = "单选" if len(right) == 1 and whole else ""
    if len(right) > 1 and (together or not whole):
        kind = "多选"
    return Weighed(right, kind, (PARTLY_RIGHT,) if len(right) < len(some) else ())


def weigh_words(words: Sequence[tuple[str, float]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The accepted answers of a short-answer question, and remarks. A star stands for any text."""
    whole = [word for word, weight in words if weight >= WHOLE]
    accepted = tuple(word.replace("\\*", "*") for word in whole if not _WILDCARD.search(word))
    remarks = (
        (any(0 < weight < WHOLE for _, weight in words), PARTLY_RIGHT),
        (len(accepted) < len(whole), WILDCARD),
    )
    return accepted, tuple(remark for is_so, remark in remarks if is_so)
