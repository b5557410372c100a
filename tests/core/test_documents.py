import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from quizapp.core.documents import read_docx
from quizapp.core.uploads import UnreadableFile


def saved(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def number(paragraph: Paragraph, level: int, number_id: int = 1) -> None:
    """Give a paragraph one of Word's automatic numbers."""
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = number_id


def define_numbers(document: "docx.document.Document", *levels: tuple[str, str]) -> None:
    """Define the levels of number 1: their form and pattern."""
    root = document.part.numbering_part.element
    for old in list(root):
        root.remove(old)
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "7")
    for place, (form, pattern) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(place))
        for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", pattern)):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    root.append(abstract)
    concrete = OxmlElement("w:num")
    concrete.set(qn("w:numId"), "1")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "7")
    concrete.append(reference)
    root.append(concrete)


def test_paragraphs_and_line_ends_become_lines() -> None:
    document = docx.Document()
    document.add_paragraph("1. 题")
    document.add_paragraph("A. 甲").add_run().add_break()
    document.paragraphs[-1].add_run("B. 乙")
    assert read_docx(saved(document)).lines == ("1. 题", "A. 甲", "B. 乙")


def test_numbers_that_word_writes_itself_are_written_out() -> None:
    document = docx.Document()
    document.add_paragraph("x", style="List Number")
    define_numbers(document, ("decimal", "%1."), ("upperLetter", "%2."), ("chineseCounting", "%3、"))
    for text, level in (("题一", 0), ("甲", 1), ("乙", 1), ("题二", 0), ("丙", 1), ("单选题", 2)):
        number(document.add_paragraph(text), level)
    assert read_docx(saved(document)).lines[1:] == (
        "1. 题一",
        "A. 甲",
        "B. 乙",
        "2. 题二",
        "A. 丙",
        "一、 单选题",
    )


def test_tables_come_as_sheets_and_merged_cells_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[1].cells, ("甲", "乙", "丙"), strict=True):
        cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    [sheet] = read_docx(saved(document)).tables
    assert sheet.name == "表格1"
    assert [row.cells for row in sheet.rows] == [("合并", "", ""), ("甲", "乙", "丙")]


def test_a_damaged_document_is_told_in_a_sentence() -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        read_docx(b"PK\x03\x04broken")
