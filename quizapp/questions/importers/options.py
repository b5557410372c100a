"""Finding options on a line: one or several, with the marks that people give them."""

import re
from functools import cache

_LAST = 11
_WIDE = ord("Ａ") - ord("A")
_MARK = re.compile(
    r"^(?:[（(【\[]\s*([A-La-lＡ-Ｌａ-ｌ])\s*[)）】\]]|([A-La-lＡ-Ｌａ-ｌ])\s*[.．、:：)）])\s*"
)
#: One that misses its dot: B核实, B 核实.
_BARE = re.compile(r"^([A-La-lＡ-Ｌａ-ｌ])(?=\s|[,，]|[^\x00-\x7fＡ-Ｚａ-ｚ])[\s,，]*")
_INLINE = re.compile(r"(?<=[\s。？?：:）)；;，,＿_])(?:[（(]\s*[AＡ]\s*[)）]|[AＡ]\s*[.．、:：)）])\s*")
_TRUTH = re.compile(r"^[□○☐]?\s*(对|正确|√|错|错误|×)$")
_TRUTHS = re.compile(r"^[□○☐（(]?\s*(?:对|正确|√)\s*[□○☐/、，,\s]*(?:错误?|×)\s*[)）]?$")


def read_mark(text: str) -> int | None:
    """The place, from 0, of the option that a line begins with."""
    match = _MARK.match(text)
    return _place(match[1] or match[2]) if match else None


def read_bare_mark(text: str) -> int | None:
    """The same, where the letter may miss its dot."""
    match = _MARK.match(text) or _BARE.match(text)
    return _place(match[match.lastindex or 1]) if match else None


def is_truth(text: str) -> bool:
    """Whether a line is one option of a true/false question without a letter."""
    return bool(_TRUTH.match(text))


def is_both_truths(text: str) -> bool:
    """Whether a line is both of them."""
    return bool(_TRUTHS.match(text))


def split_options(text: str, expected: int, following: int | None) -> list[tuple[int, str]]:
    """The options on a line with their places; none where the line isn't one.

    ``expected`` is the place of the next option; ``following`` that of the one which the next line
    begins with: no option beyond it stands on this line, and it vouches for one without a dot.
    """
    if match := _MARK.match(text):
        return _split(text, match, following)
    match = _BARE.match(text)
    if not match or _place(match[1]) != expected:
        return []
    found = _split(text, match, following)
    is_vouched = expected > 0 or following == len(found) or len(found) > 2
    return found if is_vouched else []


def find_options(stem: str, following: int | None) -> tuple[str, list[tuple[int, str]]]:
    """Options that begin on the line of the stem, and the stem without them."""
    match = None if following == 0 else _INLINE.search(stem)
    if match:
        found = _split(stem, match, following)
        if len(found) > 1 and all(text for _, text in found):
            return stem[: match.start()].rstrip(), found
    return stem, []


def _split(text: str, first: re.Match[str], following: int | None) -> list[tuple[int, str]]:
    letter = next(one for one in first[0] if one.isalpha())
    place, start = _place(letter), first.end()
    is_bare = first.re is _BARE
    found: list[tuple[int, str]] = []
    while place < _LAST and following != place + 1:
        mark = _next_mark(text, start, place + 1, letter, is_bare)
        if not mark or not text[start : mark.start()].strip():
            break
        found.append((place, text[start : mark.start()].strip()))
        place, start = place + 1, mark.end()
    found.append((place, text[start:].strip()))
    if len(found) > 1 and all(option[-1:] in {"；", ";"} for _, option in found[:-1]):  # A.甲；B.乙
        return [(one, option.rstrip("；;").rstrip() or option) for one, option in found]
    return found


def _next_mark(text: str, start: int, place: int, like: str, may_be_bare: bool) -> re.Match[str] | None:
    """The mark of an option further on: after white space rather than within text."""
    is_upper = like.isupper()
    for pattern in _marks(place, is_upper):
        if match := pattern.search(text, start):
            return match
    bare = _bare(place, is_upper).search(text, start)
    if bare and (
        may_be_bare or any(pattern.search(text, bare.end()) for pattern in _marks(place + 1, is_upper))
    ):
        return bare
    return None


@cache
def _marks(place: int, is_upper: bool) -> tuple[re.Pattern[str], ...]:
    letter = _letter(place, is_upper)
    marks = rf"(?:[（(]\s*{letter}\s*[)）]|{letter}\s*[.．、:：)）])\s*"
    return re.compile(rf"(?<=\s){marks}"), re.compile(rf"(?<![A-Za-zＡ-Ｚａ-ｚ]){marks}")


@cache
def _bare(place: int, is_upper: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<=\s){_letter(place, is_upper)}(?=\s|[^\x00-\x7f])\s*")


def _letter(place: int, is_upper: bool) -> str:
    code = ord("A" if is_upper else "a") + place
    return f"[{chr(code)}{chr(code + _WIDE)}]"


def _place(letter: str) -> int:
    code = ord(letter)
    code -= _WIDE if code > 0x7F else 0
    return (code - ord("A")) % 32
