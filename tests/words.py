"""Word documents as tests write them: paragraphs, automatic numbers, and what only raw XML can say."""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

Word = Any  # docx.Document is a function; its class has another name


def saved(document: Word) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written(*lines: str) -> bytes:
    """A document with a paragraph for each line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def xml(text: str) -> Any:
    """An element of WordprocessingML; the prefixes w, m, r, v and wp are declared."""
    head, rest = text.split(">", 1) if "/>" not in text.split(">", 1)[0] + ">" else (text[:-2], None)
    spaces = f'{nsdecls("w", "m", "r", "wp")} xmlns:v="urn:schemas-microsoft-com:vml"'
    spaces += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return parse_xml(f"{head} {spaces}/>" if rest is None else f"{head} {spaces}>{rest}")


def add(document: Word, *inner: str) -> Paragraph:
    """Add a paragraph made of runs and the like, given as XML."""
    paragraph: Paragraph = document.add_paragraph()
    for one in inner:
        paragraph._p.append(xml(one))
    return paragraph


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def number(paragraph: Paragraph, level: int, number_id: int = 1) -> Paragraph:
    """Give a paragraph one of Word's automatic numbers."""
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = number_id
    return paragraph


def define_numbers(document: Word, *levels: tuple[str, str]) -> None:
    """Define number 1 by its levels' forms and patterns, and forget all others."""
    root = document.part.numbering_part.element
    for old in list(root):
        root.remove(old)
    root.append(abstract(7, levels))
    root.append(concrete(1, 7))


def abstract(name: int, levels: Sequence[tuple[str, str]], more: str = "") -> Any:
    """An abstract list; ``more`` goes into each level."""
    inner = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    return xml(f'<w:abstractNum w:abstractNumId="{name}">{inner}</w:abstractNum>')


def concrete(name: int, of: int, more: str = "") -> Any:
    """A list that counts with an abstract one."""
    return xml(f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>')


def numbered_style(
    document: Word, name: str, number_id: int, level: int = 0, based_on: str = "Normal"
) -> None:
    """A paragraph style that numbers."""
    style = OxmlElement("w:style")
    style.set(qn("w:type"), "paragraph")
    style.set(qn("w:styleId"), name)
    for one in (
        f'<w:name w:val="{name}"/>',
        f'<w:basedOn w:val="{based_on}"/>',
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr></w:pPr>'
        if number_id
        else "<w:pPr/>",
    ):
        style.append(xml(one))
    document.styles.element.append(style)


def styled(document: Word, text: str, style: str) -> None:
    """A paragraph of a style known by its id alone."""
    add(document, run(text))._p.get_or_add_pPr().append(xml(f'<w:pStyle w:val="{style}"/>'))
