"""The numbers that Word writes by itself, which stand nowhere in a document's text."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from quizapp.core.numerals import LARGEST, write_chinese

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
#: A style may rest on another, not endlessly.
_MAX_BASES = 20


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    form: str
    pattern: str
    start: int
    #: Whether all its numbers are written as digits, those of the levels above too.
    is_legal: bool
    #: The level after which it begins anew; 0 for never, None for any above it.
    restarts_after: int | None


@dataclass(frozen=True)
class Style:
    """What a paragraph or character takes from its style."""

    based_on: str = ""
    list_id: str = ""
    level: int = 0
    is_hidden: bool = False


@cache
def tag(name: str) -> str:
    """A name of WordprocessingML as the parser writes it."""
    return MAIN + name


def value(element: Any, name: str) -> str | None:
    """The ``val`` of a child; None where either is missing."""
    child = None if element is None else element.find(tag(name))
    return None if child is None else child.get(tag("val"))


def is_on(element: Any, name: str) -> bool:
    """Whether a switch among an element's children is on: it is there, and not said to be off."""
    child = None if element is None else element.find(tag(name))
    return child is not None and child.get(tag("val")) not in {"0", "false", "off", "none"}


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: Any) -> None:
        self.by_id: dict[str, Style] = {}
        #: The style of each paragraph that names none.
        self.default = ""
        for element in () if root is None else root.findall(tag("style")):
            name = element.get(tag("styleId")) or ""
            paragraph = element.find(tag("pPr"))
            numbers = None if paragraph is None else paragraph.find(tag("numPr"))
            self.by_id[name] = Style(
                value(element, "basedOn") or "",
                value(numbers, "numId") or "",
                _whole(value(numbers, "ilvl"), 0),
                is_on(element.find(tag("rPr")), "vanish"),
            )
            if element.get(tag("default")) in {"1", "true"} and element.get(tag("type")) == "paragraph":
                self.default = name

    def _chain(self, name: str) -> Iterator[Style]:
        for _ in range(_MAX_BASES):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = style.based_on

    def list_of(self, name: str) -> tuple[str, int]:
        """The list and level that a style numbers its paragraphs by; an empty list for none."""
        found = next((style for style in self._chain(name or self.default) if style.list_id), Style())
        return found.list_id, found.level

    def is_hidden(self, name: str) -> bool:
        """Whether a style hides its text."""
        return any(style.is_hidden for style in self._chain(name))


@dataclass
class _List:
    """One concrete list: the abstract one that it counts with, and what it overrides."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts a document's numbered paragraphs in their order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.levels: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, _List] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self._linked: dict[str, str] = {}
        self._by_style: dict[str, int] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        for abstract in root.findall(tag("abstractNum")):
            name = abstract.get(tag("abstractNumId")) or ""
            self.levels[name] = dict(map(self._level, abstract.iter(tag("lvl"))))
            if style := value(abstract, "numStyleLink"):
                self._linked[name] = style
        for element in root.findall(tag("num")):
            listed = _List(value(element, "abstractNumId") or "")
            for override in element.findall(tag("lvlOverride")):
                place = _whole(override.get(tag("ilvl")), 0)
                if (start := value(override, "startOverride")) is not None:
                    listed.restarts[place] = _whole(start, 1)
                if (level := override.find(tag("lvl"))) is not None:
                    listed.levels[place] = self._level(level)[1]
            self.lists[element.get(tag("numId")) or ""] = listed

    def _level(self, element: Any) -> tuple[int, Level]:
        place = _whole(element.get(tag("ilvl")), 0)
        if style := value(element, "pStyle"):
            self._by_style[style] = place
        after = value(element, "lvlRestart")
        return place, Level(
            value(element, "numFmt") or "decimal",
            value(element, "lvlText") or "",
            _whole(value(element, "start"), 1),
            is_on(element, "isLgl"),
            None if after is None else _whole(after, 0),
        )

    def label_of(self, properties: Any) -> str:
        """What Word shows before a paragraph of these properties, and counts it: ``3.``, ``B.``, ``一、``.

        Nothing where it isn't numbered, or by a bullet. A bare number gets a dot, to be told from text.
        """
        listed, place = self._list_of(properties)
        if listed is None or (level := self._level_of(listed, place)) is None:
            return ""
        counts = self._count(listed, place, level)
        if level.form in {"bullet", "none"}:
            return ""
        label = level.pattern
        for above in range(place + 1):
            if (mark := f"%{above + 1}") in label:
                one = self._level_of(listed, above) or level
                form = "decimal" if level.is_legal else one.form
                label = label.replace(mark, write_number(counts.get(above, one.start), form))
        label = label.strip()
        return f"{label}." if label.isalnum() and label.isascii() else label

    def _list_of(self, properties: Any) -> tuple[_List | None, int]:
        style = value(properties, "pStyle") or ""
        numbers = None if properties is None else properties.find(tag("numPr"))
        name, place = self.styles.list_of(style)
        place = self._by_style.get(style, place)
        if numbers is not None:
            name = value(numbers, "numId") or name
            place = _whole(value(numbers, "ilvl"), place)
        listed = self.lists.get(name)
        if listed and listed.abstract in self._linked:
            linked = self.styles.list_of(self._linked[listed.abstract])[0]
            listed = replace(listed, abstract=self.lists[linked].abstract) if linked in self.lists else listed
        return listed, place

    def _level_of(self, listed: _List, place: int) -> Level | None:
        return listed.levels.get(place) or self.levels.get(listed.abstract, {}).get(place)

    def _count(self, listed: _List, place: int, level: Level) -> dict[int, int]:
        """Count one more on a level; those beneath it begin anew."""
        counts = self.counts.setdefault(listed.abstract, {})
        start = listed.restarts.pop(place, None)  # a list begins anew where it is first used
        if start is not None:
            counts[place] = start
        else:
            counts[place] = counts[place] + 1 if place in counts else level.start
        for deeper in [one for one in counts if one > place]:
            after = (self._level_of(listed, deeper) or level).restarts_after
            if after is None or place < after:
                del counts[deeper]
        return counts


def write_number(number: int, form: str) -> str:
    """A number in one of Word's forms; digits where the form is not known."""
    if form in {"upperLetter", "lowerLetter"} and 1 <= number <= 26:
        letter = chr(ord("A") + number - 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in {"upperRoman", "lowerRoman"} and 1 <= number <= LARGEST:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in _COUNTED_IN_CHINESE and 1 <= number <= LARGEST:
        return write_chinese(number)
    if form.startswith(("decimalEnclosedCircle", "ideographEnclosedCircle")) and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    row = {"ideographTraditional": _STEMS, "ideographZodiac": _BRANCHES}.get(form, "")
    return row[number - 1] if 1 <= number <= len(row) else str(number)


_COUNTED_IN_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
    "japaneseDigitalTenThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _roman(number: int) -> str:
    written = ""
    for unit, letters in _ROMAN:
        times, number = divmod(number, unit)
        written += letters * times
    return written


def _whole(text: str | None, otherwise: int) -> int:
    """A whole number as Word writes it, within reason."""
    if text is None or not text.isascii() or not text.isdigit():
        return otherwise
    return int(text[:9])
