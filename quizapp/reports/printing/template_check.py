"""What a bureau's own template may hold: plain ``{{ 名称 }}`` in its text, and nothing that runs.

Looked at before docxtpl and Jinja do anything with it, in the very text that they would render.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from quizapp.core.uploads import FileType, UnreadableFile, recognise

if TYPE_CHECKING:
    from jinja2 import nodes

    from quizapp.reports.printing.filling import Filling

#: What a template's text may take up unpacked, in bytes: some thousand pages.
MAX_TEXT = 8 * 1024 * 1024
MAX_SECTIONS = 50

NOT_WORD = "这不是 Word 文档（docx）。请用 Word 或 WPS 打开，另存为 docx 后重试。"
DAMAGED = "模板已经损坏或内容不规范。请用 Word 或 WPS 打开，另存为 docx 后重试。"
_TOO_LONG = "模板过长。请删去不用的内容，另存后重试。"
_DECLARES = "模板中有文档类型声明，不能使用。请用 Word 或 WPS 打开，另存为 docx 后重试。"
_MISPLACED = (
    "有占位符写在图形说明、域、修订或尾注中，不会被填写。请移到正文、表格、页眉、页脚或脚注的文字里。"
)
_FULL_WIDTH = "“{}”用了全角的大括号。请改成半角的 {{{{ 和 }}}}。"
_NOT_PLAIN = "“{}”不能使用。占位符只能写成 {{{{ 名称 }}}}，里面不能有运算、循环、条件和其他符号。"
_BROKEN = "有一处占位符写得不规范。请检查每一处 {{ 名称 }}：大括号要成对，里面只写名称。"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ARCHIVES = (b"PK", b"\xd0\xcf\x11\xe0")
_XML_BEGINS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b" ", b"\t", b"\r", b"\n")
_PLAIN = re.compile(r"\{\{\s*[^\W\d]\w*\s*\}\}")
#: Anything that looks as if it were meant to be filled in, with its end where it has one.
_MARK = re.compile(r"\{\{.*?(?:\}\}|$)|\{[%#].*?(?:[%#]\}|$)")
_WIDE_MARK = re.compile(r"｛\s*｛.*?(?:｝\s*｝|$)")
_BEGIN = re.compile(r"\{[{%#]")
_LONGEST_SHOWN = 30
#: Parts that are never filled in.
_UNFILLED_PARTS = re.compile(r"word/(?:endnotes|charts/.*|diagrams/.*)\.xml$")


@dataclass(frozen=True)
class TemplateCheck:
    """What a template uses, and what is wrong with it in sentences."""

    #: Names that its placeholders give, in the order of the first use of each.
    used: tuple[str, ...] = ()
    #: Those of ``used`` that stand for nothing.
    unknown: tuple[str, ...] = ()
    #: Why it can't be used, and what to do, apart from unknown names.
    faults: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the report can be printed by it."""
        return not self.unknown and not self.faults

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that is wrong, for the person."""
        if not self.unknown:
            return self.faults
        names = "、".join(f"{{{{ {name} }}}}" for name in self.unknown)
        return (*self.faults, f"模板中的 {names} 没有对应的指标。请改成指标的名称，或者先添加指标。")


def check_template(content: bytes, known: Collection[str]) -> TemplateCheck:
    """Whether a docx can be filled in with the known names. Never raises for what the file holds."""
    from quizapp.reports.printing.filling import Filling

    try:
        _refuse_what_is_no_template(content)
        faults = tuple(dict.fromkeys(_faults_of_text(content)))
        if faults:
            return TemplateCheck(faults=faults)
        used = tuple(dict.fromkeys(_names(Filling(content))))
    except UnreadableFile as reason:
        return TemplateCheck(faults=(str(reason),))
    except Exception:  # of python-docx, docxtpl or lxml, on a file that no program would write
        return TemplateCheck(faults=(DAMAGED,))
    return TemplateCheck(used, tuple(name for name in used if name not in known))


def _refuse_what_is_no_template(content: bytes) -> None:
    """By its first bytes, its directory and its declarations. Raises UnreadableFile."""
    if not content.startswith(_ARCHIVES) or recognise(content) is not FileType.DOCX:
        raise UnreadableFile(NOT_WORD)
    texts = [text for _, text in _texts(content)]
    if sum(map(len, texts)) > MAX_TEXT:
        raise UnreadableFile(_TOO_LONG)
    for text in texts:
        _refuse_declarations(text)


def _texts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of the package that are XML whatever their names say; pictures apart."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            part = archive.read(entry)
            if part.startswith(_XML_BEGINS) and not entry.filename.endswith(".svg"):
                yield entry.filename, part


def _refuse_declarations(text: bytes) -> None:
    """No entity can be declared without a document type. Raises UnreadableFile."""
    from defusedxml import ElementTree
    from defusedxml.common import DTDForbidden

    try:
        ElementTree.fromstring(text, forbid_dtd=True)
    except DTDForbidden:
        raise UnreadableFile(_DECLARES) from None


def _faults_of_text(content: bytes) -> Iterator[str]:
    """What is written as no placeholder can be, as the reader of the document sees it."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for name, text in _texts(content):
        if name.startswith("word/comments"):
            continue
        root = etree.fromstring(text, parser)
        faults = list(chain.from_iterable(map(_faults_of_paragraph, root.iter(f"{_WORD}p"))))
        yield from faults
        if not faults and _has_misplaced(root, filled=not _UNFILLED_PARTS.match(name)):
            yield _MISPLACED


def _has_misplaced(root: Any, filled: bool) -> bool:
    """Whether a part begins a placeholder where none is filled: in an attribute, a field, deleted text."""
    text = "".join(root.itertext())
    attributes = (value for element in root.iter("*") for value in element.attrib.values())
    rest = _PLAIN.sub("", text) if filled else text
    return bool(_BEGIN.search(rest)) or any(map(_BEGIN.search, attributes))


def _faults_of_paragraph(paragraph: Any) -> Iterator[str]:
    text = "".join(part.text or "" for part in paragraph.iter(f"{_WORD}t"))
    for found in _WIDE_MARK.finditer(text):
        yield _FULL_WIDTH.format(_shown(found[0]))
    for found in _MARK.finditer(text):
        if not _PLAIN.fullmatch(found[0]):
            yield _NOT_PLAIN.format(_shown(found[0]))


def _shown(mark: str) -> str:
    return mark if len(mark) <= _LONGEST_SHOWN else f"{mark[:_LONGEST_SHOWN]}…"


def _names(template: "Filling") -> Iterator[str]:
    """The names in all that is rendered. Raises UnreadableFile for anything but plain names."""
    from jinja2 import TemplateSyntaxError

    from quizapp.reports.printing.filling import environment

    if len(template.docx.sections) > MAX_SECTIONS:
        raise UnreadableFile(_TOO_LONG)
    reader = environment()
    for source in template.sources():
        try:
            yield from _names_in(reader.parse(source))
        except TemplateSyntaxError:
            raise UnreadableFile(_BROKEN) from None


def _names_in(tree: "nodes.Template") -> Iterator[str]:
    from jinja2 import nodes

    for output in tree.body:
        if not isinstance(output, nodes.Output):
            raise UnreadableFile(_BROKEN)
        for node in output.nodes:
            if isinstance(node, nodes.Name):
                yield node.name
            elif not isinstance(node, nodes.TemplateData):
                raise UnreadableFile(_BROKEN)
