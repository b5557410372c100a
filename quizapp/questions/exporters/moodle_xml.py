"""Moodle XML (``importers/moodle_xml.py``): all kinds but blanks of several gaps.

A case stands before its questions as a description. Degrees of difficulty and citations are tags.
"""

import re
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

from quizapp.questions.asking import AskedRevision
from quizapp.questions.exporters.exported import (
    Exported,
    Group,
    Placed,
    in_groups,
    lines_of,
    one_line,
    tell,
    tell_revision,
)
from quizapp.questions.exporters.gift import escape_star, share_of
from quizapp.questions.importers.categories import category_of
from quizapp.questions.kinds import Kind

#: What XML has no way to write.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.BLANK: "shortanswer",
}


def write_moodle_xml(
    questions: Sequence[AskedRevision], bank_name: str, law_revised_on: date | None = None
) -> Exported:
    """Questions as Moodle XML."""
    quiz = ET.Element("quiz")
    left: list[int] = []
    chapter: str | None = None
    for group in in_groups(questions):
        kept = [placed for placed in group.members if len(placed.question.gaps) <= 1]
        left += [placed.place for placed in group.members if placed not in kept]
        for placed in kept:
            if one_line(placed.question.chapter) != chapter:
                chapter = one_line(placed.question.chapter)
                quiz.append(_category(chapter, bank_name))
            if group.case and placed is kept[0]:
                quiz.append(_description(group))
            quiz.append(_question(group, placed))
    ET.indent(quiz, " ")
    content = ET.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return Exported(
        content,
        (
            *tell(left, "有几个空，Moodle 的简答题只能容纳一个空，没有写入。"),
            *tell_revision(law_revised_on),
        ),
    )


def _category(chapter: str, bank_name: str) -> ET.Element:
    element = ET.Element("question", type="category")
    _text(ET.SubElement(element, "category"), category_of(chapter))
    if bank_name.strip():
        _text(ET.SubElement(element, "info", format="plain_text"), f"题库:{one_line(bank_name)}")
    return element


def _description(group: Group) -> ET.Element:
    element = ET.Element("question", type="description")
    _text(ET.SubElement(element, "name"), f"案例{group.case}")
    _plain(element, "questiontext", group.case_stem)
    ET.SubElement(element, "defaultgrade").text = "0"
    ET.SubElement(element, "idnumber").text = f"case-{group.case}"
    return element


def _question(group: Group, placed: Placed) -> ET.Element:
    question = placed.question
    element = ET.Element("question", type=_TYPES[question.kind])
    _text(ET.SubElement(element, "name"), f"第{placed.place}题")
    _plain(element, "questiontext", question.stem)
    if question.explanation:
        _plain(element, "generalfeedback", question.explanation)
    ET.SubElement(element, "defaultgrade").text = "1"
    if group.case:
        within = placed.place - group.members[0].place + 1
        ET.SubElement(element, "idnumber").text = f"case-{group.case}-{within}"
    if question.options and question.kind is not Kind.TRUE_FALSE:
        ET.SubElement(element, "single").text = "true" if question.kind is Kind.SINGLE else "false"
    if question.kind is Kind.BLANK:
        ET.SubElement(element, "usecase").text = "0"
    for fraction, answer in _answers(question):
        _plain(element, "answer", answer, fraction=fraction)
    _tags(element, question)
    return element


def _answers(question: AskedRevision) -> list[tuple[str, str]]:
    if question.kind is Kind.BLANK:
        return [("100", escape_star(answer)) for answer in question.gaps[0]]
    options = ("true", "false") if question.kind is Kind.TRUE_FALSE else question.options
    right = share_of(len(question.answer))
    wrong = "-100" if question.kind is Kind.MULTIPLE else "0"
    return [(right if place in question.answer else wrong, option) for place, option in enumerate(options)]


def _tags(element: ET.Element, question: AskedRevision) -> None:
    difficulty = [f"难度:{question.difficulty.label}"] if question.difficulty else []
    tags = [*question.tags, *difficulty, *(f"依据:{citation}" for citation in question.citations)]
    if tags:
        parent = ET.SubElement(element, "tags")
        for tag in tags:
            _text(ET.SubElement(parent, "tag"), tag)


def _plain(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    _text(ET.SubElement(parent, name, attributes, format="plain_text"), text)


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = _FORBIDDEN.sub("", "\n".join(lines_of(text)))
