"""The lines of a text, cleaned and recognised, before anybody says what they mean together."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quizapp.core.paragraphs import PICTURE, STRUCK
from quizapp.questions.importers.brackets import is_answered
from quizapp.questions.importers.escapes import hide
from quizapp.questions.importers.marks import (
    Heading,
    Number,
    read_case,
    read_field,
    read_heading,
    read_number,
    split_fields,
)
from quizapp.questions.importers.options import read_bare_mark, read_mark

#: Long white space says no more than short, and costs a pattern much.
_LONG_SPACE = re.compile(r"\s{5,}")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
#: Lines that only part what stands above from what stands below.
_RULE = re.compile(r"^(?:[-—*=~·.]\s?){3,}$")
_LIST_MARK = re.compile(r"^(?:>|[-*•●■◆▪]\s)\s*(?=\S)")
#: Signs as web pages spell them; without its semicolon it may be text.
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_OMITTED = {
    PICTURE: "题中有图片、公式或特殊符号，没有导入。",
    STRUCK: "题中有划掉的文字，没有导入。",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't blank: where it stands, and all that it may be by itself."""

    where: str
    text: str
    after_blank: bool
    heading: Heading | None
    case: str | None
    number: Number | None
    field: tuple[str, str] | None
    #: The place of the option that it begins with, and the same where the letter may miss its dot.
    letter: int | None
    bare_letter: int | None
    #: Whether it bears an answer in brackets, as a stem may.
    is_answered: bool
    #: What of it was not read, as sentences.
    omitted: tuple[str, ...]

    @property
    def is_loose(self) -> bool:
        """Whether it is nothing by itself."""
        marks = (self.heading, self.case, self.number, self.field, self.letter)
        return all(one is None for one in marks)

    @property
    def is_answer(self) -> bool:
        """Whether it gives an answer."""
        return self.field is not None and self.field[0] == "answer"


def read(lines: Iterable[str], unit: str) -> list[Line]:
    """All lines that aren't blank; one that holds several fields comes as several."""
    return list(_read(lines, unit))


def _read(lines: Iterable[str], unit: str) -> Iterator[Line]:
    after_blank = True
    for place, line in enumerate(lines, start=1):
        omitted = tuple(sentence for mark, sentence in _OMITTED.items() if mark in line)
        pieces = split_fields(_clean(hide(line)))
        for piece in pieces or ([""] if omitted else []):
            yield _recognise(f"第{place}{unit}", piece, after_blank, omitted)
            after_blank, omitted = False, ()
        after_blank = after_blank or not pieces


def _clean(line: str) -> str:
    """A line without what is not to be seen, the marks of Markdown and the spelling of web pages."""
    for mark in _OMITTED:
        line = line.replace(mark, "")
    if "&" in line:
        line = _ENTITY.sub(lambda match: _one_line(html.unescape(match[0])), line)
    line = _LONG_SPACE.sub("    ", _UNSEEN.sub("", line).strip())
    line = _LIST_MARK.sub("", line)
    if line.count("**") > 1:
        line = line.replace("**", "")
    return "" if _RULE.match(line) else line


def _one_line(sign: str) -> str:
    return sign if sign.isprintable() else " "


def _recognise(where: str, text: str, after_blank: bool, omitted: tuple[str, ...]) -> Line:
    heading = read_heading(text)
    case = None if heading else read_case(text)
    number = None if heading or case is not None else read_number(text)
    field = None if heading or number else read_field(text)
    letter = None if field else read_mark(text)
    return Line(
        where=where,
        text=text,
        after_blank=after_blank,
        heading=heading,
        case=case,
        number=number,
        field=field,
        letter=letter,
        bare_letter=None if field else read_bare_mark(text),
        is_answered=is_answered(number.rest if number else text) or bool(number and number.answer),
        omitted=omitted,
    )
