"""The product's own text (``importers/text.py``): everything, readable, to be edited anywhere.

A question is first written as plainly as staff would write it and read back; only where it would be
read otherwise its lines are escaped (``importers/escapes.py``).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from quizapp.core.uploads import UnreadableFile
from quizapp.core.wording import OPTION_LETTERS
from quizapp.questions.asking import AskedRevision
from quizapp.questions.blanks import write_gaps
from quizapp.questions.exporters.exported import (
    Exported,
    Group,
    Placed,
    in_groups,
    lines_of,
    meaning_of,
    one_line,
    tell,
)
from quizapp.questions.importers.aiken import is_aiken
from quizapp.questions.importers.escapes import MARK, escape_line
from quizapp.questions.importers.files import read_file
from quizapp.questions.importers.text import read_text
from quizapp.questions.kinds import TRUE_FALSE_OPTIONS, Kind

_ALL = frozenset({"stem", "options", "explanation", "fields"})
#: The parts of a question to escape, from the fewest.
_ESCAPES = (frozenset[str](), *(frozenset({part}) for part in sorted(_ALL)), _ALL)


def write_own_text(
    questions: Sequence[AskedRevision], bank_name: str, law_revised_on: date | None = None
) -> Exported:
    """Questions as text. ``omitted`` names those that would not come back the same."""
    head = [f"题库:{one_line(bank_name)}"] if bank_name.strip() else []
    if law_revised_on:
        head.append(f"法律版本:{law_revised_on.isoformat()}")
    groups = in_groups(map(_with_plain_ends, questions))
    content = _write(head, groups, _ESCAPES)
    changed = _changed(content, groups)
    if changed:  # what is plain by itself may not be among the others
        content = _write(head, groups, (_ALL,))
        changed = _changed(content, groups)
    return Exported(content, tell(changed, "写成文本后再读会有不同。请改用 xlsx 导出，或核对后再用。"))


def _with_plain_ends(question: AskedRevision) -> AskedRevision:
    """The question with one kind of line ends, and its chapter on one line."""
    return replace(
        question,
        stem=_plain_ends(question.stem),
        options=tuple(map(_plain_ends, question.options)),
        explanation=_plain_ends(question.explanation),
        case_stem=_plain_ends(question.case_stem),
        chapter=one_line(question.chapter),
    )


def _plain_ends(text: str) -> str:
    return "\n".join(lines_of(text)).strip()


def _write(head: list[str], groups: Sequence[Group], escapes: Sequence[frozenset[str]]) -> str:
    """The whole file, each question with the first of ``escapes`` that brings it back.

    A case stands in the chapter of its first question.
    """
    lines = [*head]
    chapter = ""
    for group in groups:
        if group.members[0].question.chapter != chapter:
            chapter = group.members[0].question.chapter
            lines += ["", *_chapter(chapter, escapes)]
        if group.case:
            lines += ["", *_case_stem(group, escapes)]
        for placed in group.members:
            lines += ["", *_first_that_comes_back(placed, escapes)]
        if group.case:
            lines += ["", "案例完"]
    return "\n".join((*lines, ""))


def _first_that_comes_back(placed: Placed, escapes: Sequence[frozenset[str]]) -> list[str]:
    for escaped in escapes[:-1]:
        lines = _question(placed, escaped)
        if _comes_back(lines, placed.question):
            return lines
    return _question(placed, escapes[-1])


def _chapter(chapter: str, escapes: Sequence[frozenset[str]]) -> list[str]:
    """The line of a chapter; an empty one ends the chapter before."""
    plain = f"章节:{chapter}"
    read = read_text(f"{plain}\n1. 题\n答案:对").questions
    if not chapter or (len(escapes) > 1 and [one.chapter for one in read] == [chapter]):
        return [plain]
    return _piece("章节:", chapter, literal=True)


def _case_stem(group: Group, escapes: Sequence[frozenset[str]]) -> list[str]:
    """The lines of a case above its questions, plain where that brings it back."""
    plain = _piece("案例:", group.case_stem, literal=False)
    first = group.members[0]
    lines = [*plain, *_question(first, _ALL), "案例完"]
    if len(escapes) > 1 and _comes_back(lines, first.question, group.case_stem):
        return plain
    return _piece("案例:", group.case_stem, literal=True)


def _changed(content: str, groups: Sequence[Group]) -> list[int]:
    """The places of questions that a whole file would not bring back."""
    written = [(placed, group) for group in groups for placed in group.members]
    if not written:
        return []
    try:
        read = read_file(content.encode("utf-8", "replace")).questions
    except UnreadableFile:
        read = ()
    if len(read) != len(written):
        return [placed.place for placed, _ in written]
    return [
        placed.place
        for (placed, group), one in zip(written, read, strict=True)
        if (meaning_of(placed.question), placed.question.chapter, group.case_stem)
        != (meaning_of(one), one.chapter, one.case_stem)
    ]


def _comes_back(lines: list[str], question: AskedRevision, case_stem: str = "") -> bool:
    content = "\n".join(lines)
    if is_aiken(content):  # the whole file would be taken for Aiken
        return False
    parsed = read_text(content)
    read = [(meaning_of(one), one.chapter, one.case_stem) for one in parsed.questions]
    return not parsed.problems and read == [(meaning_of(question), "", case_stem)]


def _piece(name: str, text: str, literal: bool, all_after: bool = False) -> list[str]:
    """A named text of one or several lines."""
    first, *rest = lines_of(text)
    lines = [name + _line(first, literal)]
    return lines + [_line(line, literal or all_after) for line in rest]


def _line(line: str, literal: bool) -> str:
    """A line as text; one that is blank, indented or begins like an escaped one has no other way."""
    return (
        escape_line(line) if literal or line != line.lstrip() or not line or line.startswith(MARK) else line
    )


def _question(placed: Placed, escaped: frozenset[str]) -> list[str]:
    question = placed.question
    lines = _piece(f"{placed.place}. ", question.stem, "stem" in escaped)
    if question.kind is not Kind.TRUE_FALSE:
        for letter, option in zip(OPTION_LETTERS, question.options, strict=False):
            lines += _piece(f"{letter}. ", option, "options" in escaped, all_after=True)
    lines.append(f"题型:{question.kind.label}")
    are_words = question.kind is Kind.BLANK and "fields" in escaped
    lines += _piece("答案:", write_answer(question), are_words)
    if not question.gaps_in_order:
        lines.append("顺序:不分先后")
    if question.explanation:
        lines += _piece("解析:", question.explanation, "explanation" in escaped)
    if question.citations:
        lines.append(f"依据:{'、'.join(map(str, question.citations))}")
    if question.difficulty:
        lines.append(f"难度:{question.difficulty.label}")
    if question.tags:
        lines += _piece("标签:", "、".join(question.tags), "fields" in escaped)
    return lines


def write_answer(question: AskedRevision) -> str:
    """The answer in our own convention: ``AC``, 对, or ``甲|甲方；乙``."""
    if question.kind is Kind.BLANK:
        return write_gaps(question.gaps)
    if question.kind is Kind.TRUE_FALSE:
        return TRUE_FALSE_OPTIONS[question.answer[0]]
    return "".join(OPTION_LETTERS[place] for place in question.answer)
