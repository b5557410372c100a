"""A paragraph of a Word document as its reader sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quizapp.core.numbering import MAIN, Numbering, Styles, is_on, tag, value

#: Where a picture, a formula or an unknown symbol stood (OBJECT REPLACEMENT CHARACTER).
PICTURE = "\ufffc"
#: Where text stood that the author has struck out (COMBINING LONG STROKE OVERLAY).
STRUCK = "\u0336"
#: What underlined white space stands for: a gap to fill in.
GAP = "____"

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNSEEN = {tag(name) for name in ("del", "moveFrom", "rt", "instrText", "delText", "pPr", "rPr", "sdtPr")}
_WRITTEN = {
    tag("tab"): "\t",
    tag("ptab"): "\t",
    tag("br"): "\n",
    tag("cr"): "\n",
    tag("noBreakHyphen"): "-",
}
_OBJECTS = {tag("drawing"), tag("pict"), tag("object")}
_TICKS = {
    "wingdings": {0xFC: "√", 0xFE: "√", 0xFB: "×", 0xFD: "×"},
    "wingdings 2": {0x50: "√", 0x52: "√", 0x4F: "×", 0x51: "×"},
    "webdings": {0x61: "√", 0x72: "×"},
    "symbol": {0xD6: "√", 0xB4: "×"},
}
#: Where a font of symbols keeps its letters in Unicode.
_PRIVATE = re.compile("[\uf020-\uf0ff]")


@dataclass(frozen=True)
class _Piece:
    text: str
    is_underlined: bool = False


class Writer:
    """Writes paragraphs out, one after the other."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self._begun = ""

    def write(self, paragraph: Any) -> str:
        """A paragraph's text with its number; lines end at line breaks and after text boxes.

        Nothing where its end was deleted: it goes on in the next.
        """
        properties = paragraph.find(tag("pPr"))
        boxes: list[Any] = []
        text = _joined(self._pieces(paragraph, boxes))
        mark = None if properties is None else properties.find(tag("rPr"))
        if mark is not None and (mark.find(tag("del")) is not None or mark.find(tag("moveFrom")) is not None):
            self._begun += text
            return "\n".join(self._boxed(boxes))
        label = "" if self._begun else self.numbering.label_of(properties)
        text, self._begun = self._begun + text, ""
        if label and text.strip():
            text = f"{label} {text}"
        return "\n".join([text, *self._boxed(boxes)])

    def _boxed(self, boxes: list[Any]) -> Iterator[str]:
        """The lines of text boxes, which stand anywhere on the page."""
        for box in boxes:
            for paragraph in outermost(box, tag("p")):
                yield self.write(paragraph)

    def _pieces(self, element: Any, boxes: list[Any]) -> Iterator[_Piece]:
        for child in element:
            name = child.tag
            if name == tag("r"):
                yield self._run(child, boxes)
            elif name in _UNSEEN:
                continue
            elif name.startswith(_MATHS):
                yield _Piece("".join(one.text or "" for one in child.iter(f"{_MATHS}t")) + PICTURE)
            elif name.startswith(_ALTERNATIVES):
                yield from self._pieces(_chosen(child), boxes)
            elif name.startswith(MAIN):
                yield from self._pieces(child, boxes)

    def _run(self, run: Any, boxes: list[Any]) -> _Piece:
        properties = run.find(tag("rPr"))
        if properties is None:
            return _Piece("".join(self._written(run, "", boxes)))
        if self._is_hidden(properties):
            return _Piece("")
        text = "".join(self._written(run, _font_of(properties), boxes))
        if text.strip() and (is_on(properties, "strike") or is_on(properties, "dstrike")):
            return _Piece(STRUCK)
        return _Piece(text, is_on(properties, "u"))

    def _is_hidden(self, properties: Any) -> bool:
        if properties.find(tag("vanish")) is not None:
            return is_on(properties, "vanish")
        return self.styles.is_hidden(value(properties, "rStyle") or "")

    def _written(self, element: Any, font: str, boxes: list[Any]) -> Iterator[str]:
        for child in element:
            name = child.tag
            if name == tag("t"):
                yield _ticked(child.text or "", font)
            elif name in _OBJECTS:
                yield from self._object(child, boxes)
            elif name.startswith(_ALTERNATIVES):
                yield from self._written(_chosen(child), font, boxes)
            else:
                yield _mark(child)

    def _object(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        """A text box gives its text; anything else is a picture."""
        found = list(outermost(element, tag("txbxContent")))
        boxes.extend(found)
        if not any((one.text or "").strip() for box in found for one in box.iter(tag("t"))):
            yield PICTURE


def outermost(element: Any, name: str) -> Iterator[Any]:
    """The elements of a name anywhere inside another, but not inside each other."""
    for child in element:
        if child.tag == name:
            yield child
        else:
            yield from outermost(child, name)


def _joined(pieces: Iterator[_Piece]) -> str:
    """Text with underlined white space written as a gap, however many runs it is cut into."""
    written: list[str] = []
    underlined: list[str] = []
    for piece in pieces:
        if piece.is_underlined:
            underlined.append(piece.text)
        elif piece.text:
            written += [_gapped("".join(underlined)), piece.text]
            underlined = []
    return "".join([*written, _gapped("".join(underlined))])


def _gapped(text: str) -> str:
    is_gap = not text.strip() and (len(text) > 1 or text == "\t") and "\n" not in text
    return GAP if is_gap else text


def _chosen(alternatives: Any) -> Any:
    """Of the ways in which something is written for old and new programs, the first."""
    return next(iter(alternatives), alternatives)


def _font_of(properties: Any) -> str:
    fonts = properties.find(tag("rFonts"))
    return "" if fonts is None else (fonts.get(tag("ascii")) or fonts.get(tag("hAnsi")) or "").casefold()


def _mark(element: Any) -> str:
    """What stands in a run beside text and objects."""
    name = element.tag
    if name == tag("sym"):
        return _symbol(element)
    if name == tag("ruby"):
        return "".join(one.text or "" for one in element.findall(f"{tag('rubyBase')}//{tag('t')}"))
    if name == tag("instrText"):
        # 带圈字符 and the like: what such a field shows stands nowhere but in its code
        return PICTURE if (element.text or "").strip().casefold().startswith("eq ") else ""
    return _WRITTEN.get(name, "")


def _symbol(element: Any) -> str:
    code = element.get(tag("char")) or ""
    try:
        number = int(code, 16)
    except ValueError:
        return PICTURE
    font = (element.get(tag("font")) or "").casefold()
    written = chr(number) if 0x20 <= number < 0xD800 and font not in _TICKS else PICTURE
    return _TICKS.get(font, {}).get(number & 0xFF, written)


def _ticked(text: str, font: str) -> str:
    """Letters of a symbol font as what they look like; in other fonts those of its private range."""
    if font not in _TICKS and not _PRIVATE.search(text):
        return text
    first = "\x20" if font in _TICKS else "\uf020"
    ticks = _TICKS.get(font, _TICKS["wingdings"])
    return "".join(
        ticks.get(ord(one) & 0xFF, one) if first <= one <= "\xff" or "\uf020" <= one <= "\uf0ff" else one
        for one in text
    )
