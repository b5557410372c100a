"""Reading an xlsx with expat, element by element, in the child process of ``spreadsheets``.

No tree is built and no entity expanded. Of the package only what holds text is opened, so that what other
programs write against the letter of the standard (ECMA-376, "Office Open XML") is read as well.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from quizapp.core.cells import BUILT_IN_FORMATS, NO_VALUE, PICTURE, clean, column_of, show_error, show_number
from quizapp.core.sheet_lines import HIDDEN, NO_TABLE, Report

MAX_MERGED = 20_000
MAX_DEPTH = 50
_CHUNK = 64 * 1024
_LAST_ROW = 1_048_576
_LETTERS = re.compile(r"\$?([A-Za-z]{1,3})\$?")
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")

Attributes = dict[str, str]


class Package:
    """The parts of an xlsx: found by their relations, whatever their names' case and slashes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.archive = zipfile.ZipFile(file)
        self.parts = {_part(one.filename): one for one in self.archive.infolist()}
        self.formats: list[str] = []
        self.strings: list[str] = []
        self.is_1904 = False
        #: Name, state and relation of each sheet.
        self.sheets: list[tuple[str, str, str]] = []
        book = next(self._related("").of_type("officeDocument"), "xl/workbook.xml")
        self.relations = self._related(book)
        self._parse(book, self._in_workbook)
        for part in self.relations.of_type("styles"):
            self._read_styles(part)
        for part in self.relations.of_type("sharedStrings"):
            reader = TextReader(lambda text: self.strings.append(clean(text)), "si")
            self._parse(part, reader.start, reader.end, reader.data)

    def read(self, report: Report) -> None:
        """Report every sheet."""
        for name, state, relation in self.sheets:
            kind, part = self.relations.by_id[relation]
            if kind != "worksheet":
                report.begin(name, NO_TABLE)
            elif state != "visible":
                report.begin(name, HIDDEN)
            else:
                report.begin(name)
                reader = SheetReader(self, report)
                self._parse(part, reader.start, reader.end, reader.data)
                report.end(reader.merged)

    def _related(self, part: str) -> "Relations":
        folder, _, name = part.rpartition("/")
        relations = Relations(folder)
        if f"{folder}/_rels/{name}.rels".lstrip("/") in self.parts:
            self._parse(f"{folder}/_rels/{name}.rels".lstrip("/"), relations.start)
        return relations

    def _in_workbook(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = next(value for key, value in attributes.items() if key.endswith(":id"))
            self.sheets.append((attributes["name"], attributes.get("state", "visible"), relation))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in {"1", "true"}

    def _read_styles(self, part: str) -> None:
        codes = dict(BUILT_IN_FORMATS)
        used: list[int] = []
        inside: list[str] = []

        def start(name: str, attributes: Attributes) -> None:
            inside.append(name)
            if name == "numFmt" and "cellXfs" not in inside:
                codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            elif name == "xf" and "cellXfs" in inside:
                used.append(int(attributes.get("numFmtId", 0)))

        self._parse(part, start, lambda name: inside.pop())
        self.formats = [codes.get(one, "") for one in used]

    def _parse(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], Any] | None = None,
        data: Callable[[str], None] | None = None,
    ) -> None:
        """Walk through a part; elements go without their prefix, so that both namespaces read alike."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        depth = 0

        def enter(name: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                raise ValueError("a workbook nests no deeper")
            start(name.rpartition(":")[2] if ":" in name else name, attributes)

        def leave(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end:
                end(name.rpartition(":")[2] if ":" in name else name)

        parser.StartElementHandler, parser.EndElementHandler = enter, leave
        if data:
            parser.CharacterDataHandler = data
        with self.archive.open(self.parts[part]) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _part(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a workbook declares no document type")


class Relations:
    """The relations of one part: by id, and by the last word of their type."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.by_id: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Take one relation."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes["Target"].replace("\\", "/")
            path = target if target.startswith("/") else f"{self.folder}/{target}"
            kind = attributes["Type"].rpartition("/")[2]
            self.by_id[attributes["Id"]] = (kind, _part(re.sub(r"[^/]+/\.\./|\./", "", path)))

    def of_type(self, wanted: str) -> Iterator[str]:
        """The parts of a type."""
        return (part for kind, part in self.by_id.values() if kind == wanted)


def _column(letters: str) -> int:
    match = _LETTERS.fullmatch(letters)
    if match is None:
        raise ValueError("no such column")
    return column_of(match[1])


class TextReader:
    """Gathers the text of each ``unit``: its runs joined, the reading aids of phonetic runs left out."""

    def __init__(self, take: Callable[[str], None], unit: str) -> None:
        self.take, self.unit = take, unit
        self.pieces: list[str] = []
        self.is_text = self.is_phonetic = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter an element."""
        if name == "t":
            self.is_text = not self.is_phonetic
        elif name == "rPh":
            self.is_phonetic = True

    def end(self, name: str) -> None:
        """Leave an element."""
        if name == "t":
            self.is_text = False
        elif name == "rPh":
            self.is_phonetic = False
        elif name == self.unit:
            self.take("".join(self.pieces))
            self.pieces = []

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self.is_text:
            self.pieces.append(text)


class SheetReader(TextReader):
    """Reports the rows of one sheet as they pass."""

    def __init__(self, package: Package, report: Report) -> None:
        super().__init__(self._take, "is")
        self.package, self.report = package, report
        self.width = report.bounds["columns"]
        self.merged: list[tuple[int, int, int]] = []
        self.row = 0
        self.column = -1
        self.is_hidden = False
        self.attributes: Attributes = {}
        self.columns: dict[str, int] = {}
        self.value = self.formula = ""
        self.has_formula = False
        self.cells: dict[int, str] = {}
        self.faults: dict[int, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter an element."""
        if name == "c":
            self._open_cell(attributes)
        elif name in {"v", "f"}:
            self.is_text = True
            self.has_formula = self.has_formula or name == "f"
        elif name == "row":
            self._open_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        """Leave an element."""
        if name == "c":
            self._close_cell()
        elif name == "v":
            self._take("".join(self.pieces))
        elif name == "f":
            self.formula = "".join(self.pieces)
        elif name == "row":
            self.report.row(self.row, self.cells, self.faults, self.is_hidden)
        else:
            super().end(name)
            return
        self.is_text = False
        self.pieces = []

    def _take(self, text: str) -> None:
        self.value = text

    def _open_row(self, attributes: Attributes) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        if not 1 <= self.row <= _LAST_ROW:
            raise ValueError("no such row")
        self.is_hidden = attributes.get("hidden") in {"1", "true"}
        self.column = -1
        self.cells, self.faults = {}, {}

    def _open_cell(self, attributes: Attributes) -> None:
        letters = attributes.get("r", "").rstrip("0123456789")
        if not letters:
            self.column += 1
        elif letters in self.columns:
            self.column = self.columns[letters]
        else:
            self.column = self.columns[letters] = _column(letters)
        self.attributes = attributes
        self.value = self.formula = ""
        self.has_formula = False

    def _close_cell(self) -> None:
        if not self.value and not self.has_formula:
            return
        kind = self.attributes.get("t", "n")
        if self.column >= self.width:
            self.cells[self.column] = "…"  # told, not read
        elif "DISPIMG(" in self.formula:
            self.faults[self.column] = PICTURE
        elif kind == "e":
            self.faults[self.column] = show_error(self.value)
        elif self.value:
            text = self._shown(kind)
            if text:
                self.cells[self.column] = text
        elif kind != "str":
            self.faults[self.column] = NO_VALUE

    def _shown(self, kind: str) -> str:
        if kind == "s":
            return self.package.strings[int(self.value)]
        if kind == "b":
            return "对" if self.value.strip() in {"1", "true"} else "错"
        if kind != "n":
            return clean(self.value)
        try:
            number = float(self.value)
        except ValueError:
            return clean(self.value)
        formats = self.package.formats
        style = int(self.attributes.get("s", 0))
        code = formats[style] if style < len(formats) else ""
        return show_number(number, code, self.package.is_1904)

    def _merge(self, area: str) -> None:
        """Remember a merged area that goes over several rows."""
        first, _, last = area.partition(":")
        start, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if start and end and int(end[2]) > int(start[2]) and len(self.merged) < MAX_MERGED:
            self.merged.append((int(start[2]), int(end[2]), column_of(start[1])))
