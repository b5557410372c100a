"""Word documents as plain lines and tables, in their order, automatic numbers written out.

What the reader of a document doesn't see is not read: deleted and hidden text, field codes,
headers and footers; nor are notes and comments. What can't be written as text leaves a mark.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from quizapp.core.numbering import Numbering, Styles, tag, value
from quizapp.core.paragraphs import Writer, outermost
from quizapp.core.spreadsheets import MAX_COLUMNS, Row, Sheet
from quizapp.core.uploads import UnreadableFile

#: What one paragraph or table may hold, so that a crafted file can't fill the memory.
MAX_ELEMENTS = 500_000

_BODY = "word/document.xml"
_DAMAGED = "Word 文件已经损坏或内容不规范。请用 WPS 或 Office 打开，另存为 docx 后重试。"
_TOO_LARGE = "Word 文件中有过大的段落或表格。请拆成几段后重试。"
#: Word's strict variant differs in the names of its namespaces only.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml/main|officeDocument/math)")
#: A root names its namespaces within this many bytes.
_HEAD = 16_384
_TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
#: A cell of a table that lays out a list: ``A. …``, ``（B）…``.
_LETTERED = re.compile(r"^(?:[（(]\s*[A-Za-z]\s*[）)]|[A-Za-z]\s*[.．、:：）)])")


@dataclass(frozen=True)
class Document:
    """The lines outside tables, and the tables."""

    lines: tuple[str, ...]
    tables: tuple[Sheet, ...]


def read_docx(content: bytes) -> Document:
    """A document's text. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except UnreadableFile:
        raise
    except Exception:
        raise UnreadableFile(_DAMAGED) from None


def _read(archive: zipfile.ZipFile) -> Document:
    styles = Styles(_part(archive, "styles"))
    writer = Writer(styles, Numbering(_part(archive, "numbering"), styles))
    lines: list[str] = []
    tables: list[Sheet] = []
    for block in _blocks(archive):
        if block.tag == tag("p"):
            lines.extend(writer.write(block).split("\n"))
            continue
        rows = list(_rows(block, writer))
        cells = [cell for row in rows for cell in row.cells if cell]
        if cells and (len(cells) == 1 or all(map(_LETTERED.match, cells))):
            lines.extend(line for cell in cells for line in cell.split("\n"))  # a frame, or options laid out
        else:
            tables.append(Sheet(f"表格{len(tables) + 1}", tuple(rows)))
    return Document(tuple(lines), tuple(tables))


def _xml(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A part, read as it is parsed, in the names of the transitional variant."""
    with archive.open(name) as part:
        is_strict = _STRICT.search(part.read(_HEAD))
    if not is_strict:
        return archive.open(name)
    return io.BytesIO(_STRICT.sub(lambda match: _TRANSITIONAL[match[1]], archive.read(name)))


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    """The root of the part that the document relates to by a name; None where it has none."""
    from defusedxml import ElementTree

    relations = "word/_rels/document.xml.rels"
    if relations not in archive.namelist():
        return None
    for relation in ElementTree.fromstring(archive.read(relations)):
        if (relation.get("Type") or "").endswith(f"/{name}"):
            path = posixpath.normpath(posixpath.join("/word", relation.get("Target") or ""))[1:]
            return ElementTree.parse(_xml(archive, path)).getroot() if path in archive.namelist() else None
    return None


def _blocks(archive: zipfile.ZipFile) -> Iterator[Any]:
    """The paragraphs and tables of the body, each let go of once it is read."""
    from defusedxml import ElementTree

    inside: list[Any] = []
    waiting = 0
    for event, element in ElementTree.iterparse(_xml(archive, _BODY), events=("start", "end")):
        if event == "start":
            inside.append(element)
            waiting += 1
            if waiting > MAX_ELEMENTS:
                raise UnreadableFile(_TOO_LARGE)
            continue
        inside.pop()
        if len(inside) == 2 and inside[1].tag == tag("body"):
            yield from _paragraphs_and_tables(element)
            inside[1].clear()
            waiting = 0


def _paragraphs_and_tables(element: Any) -> Iterator[Any]:
    """A child of the body itself, or what its wrapper holds."""
    if element.tag in {tag("p"), tag("tbl")}:
        yield element
    elif element.tag not in {tag("sectPr"), tag("del"), tag("moveFrom")}:
        for child in element:
            yield from _paragraphs_and_tables(child)


def _rows(table: Any, writer: Writer) -> Iterator[Row]:
    """A table's rows; a cell merged over several columns stands once, one over several rows in each."""
    above: dict[int, str] = {}
    for place, row in enumerate(outermost(table, tag("tr")), start=1):
        properties = row.find(tag("trPr"))
        if properties is not None and properties.find(tag("del")) is not None:
            continue
        cells = [""] * _columns(value(properties, "gridBefore"), least=0)
        for cell in outermost(row, tag("tc")):
            text = "\n".join(writer.write(one) for one in outermost(cell, tag("p"))).strip()
            format_ = cell.find(tag("tcPr"))
            merge = None if format_ is None else format_.find(tag("vMerge"))
            if merge is not None and merge.get(tag("val")) != "restart":
                text = above.get(len(cells), "")
            above[len(cells)] = text
            cells += [text, *[""] * (_columns(value(format_, "gridSpan")) - 1)]
        cells = cells[:MAX_COLUMNS]
        if any(cells):
            yield Row(place, tuple(cells))


def _columns(text: str | None, least: int = 1) -> int:
    """How many columns something takes up, within bounds."""
    return max(least, min(int(text), MAX_COLUMNS)) if text and text.isdigit() else least
