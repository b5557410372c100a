"""Word documents as plain lines and tables, in their order, automatic numbers written out."""

import io
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from quizapp.core.numerals import write_chinese
from quizapp.core.spreadsheets import Row, Sheet
from quizapp.core.uploads import UnreadableFile

_DAMAGED = "Word 文件已经损坏或内容不规范。请用 WPS 或 Office 打开，另存为 docx 后重试。"


@dataclass(frozen=True)
class Document:
    """The lines outside tables, and the tables."""

    lines: tuple[str, ...]
    tables: tuple[Sheet, ...]


def read_docx(content: bytes) -> Document:
    """A document's text. Raises UnreadableFile."""
    import docx
    from docx.table import Table

    lines: list[str] = []
    tables: list[Sheet] = []
    try:
        document = docx.Document(io.BytesIO(content))
        numbering = _Numbering(document)
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                tables.append(_table(len(tables) + 1, block))
            else:
                lines.extend((numbering.label_of(block) + block.text).split("\n"))
    except Exception:
        raise UnreadableFile(_DAMAGED) from None
    return Document(tuple(lines), tuple(tables))


def _table(number: int, table: Any) -> Sheet:
    """A table's rows; a cell merged over several columns stands once."""
    rows = []
    for place, row in enumerate(table.rows, start=1):
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            is_new = id(cell._tc) not in seen
            seen.add(id(cell._tc))
            cells.append(cell.text.strip() if is_new else "")
        if any(cells):
            rows.append(Row(place, tuple(cells)))
    return Sheet(f"表格{number}", tuple(rows))


class _Numbering:
    """The numbers that Word writes by itself, which stand nowhere in the text."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.abstract_of: dict[str, str] = {}
        self.counts: dict[tuple[str, int], int] = defaultdict(int)
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                self._read(relation.target_part.element)

    def _read(self, root: Any) -> None:
        for abstract in root.findall(_tag("abstractNum")):
            name = abstract.get(_tag("abstractNumId"))
            for level in abstract.findall(_tag("lvl")):
                place = int(level.get(_tag("ilvl")))
                form = _value(level, "numFmt") or "decimal"
                pattern = _value(level, "lvlText") or ""
                self.levels[name, place] = (form, pattern, int(_value(level, "start") or 1))
        for number in root.findall(_tag("num")):
            self.abstract_of[number.get(_tag("numId"))] = _value(number, "abstractNumId") or ""

    def label_of(self, paragraph: Any) -> str:
        """What Word shows before a paragraph: ``3.``, ``B.``, ``一、``; nothing where it isn't numbered."""
        properties = paragraph._p.pPr
        numbered = properties.numPr if properties is not None else None
        if numbered is None or numbered.numId is None:
            return ""
        abstract = self.abstract_of.get(str(numbered.numId.val), "")
        place = numbered.ilvl.val if numbered.ilvl is not None else 0
        if (abstract, place) not in self.levels:
            return ""
        form, pattern, start = self.levels[abstract, place]
        key = (abstract, place)
        self.counts[key] = self.counts[key] + 1 if self.counts[key] else start
        for deeper in [one for one in self.counts if one[0] == abstract and one[1] > place]:
            self.counts[deeper] = 0
        text = pattern.replace(f"%{place + 1}", _written(self.counts[key], form))
        return f"{text} " if text and form != "bullet" else ""


def _written(number: int, form: str) -> str:
    if form in {"upperLetter", "lowerLetter"} and number <= 26:
        letter = chr(ord("A") + number - 1)
        return letter if form == "upperLetter" else letter.lower()
    if form.startswith(("chinese", "ideograph", "japaneseCounting", "taiwaneseCounting")) and number <= 9999:
        return write_chinese(number)
    return str(number)


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _value(element: Any, name: str) -> str | None:
    child = element.find(_tag(name))
    return None if child is None else child.get(_tag("val"))
