"""The product's own text (``importers/text.py``): everything, readable, to be edited anywhere.

A question is first written as plainly as staff would write it and read back; only where it would be
read otherwise its lines are escaped (``importers/escapes.py``). White space at the ends of
lines says nothing and is not kept.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

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
from quizapp.questions.importers.escapes import escape_line, is_escaped
from quizapp.questions.importers.text import read_text
from quizapp.questions.kinds import TRUE_FALSE_OPTIONS, Kind

_ALL = frozenset({"stem", "options", "explanation"})
#: The parts of a question to escape, from the fewest.
_ESCAPES = (frozenset[str](), *(frozenset({part}) for part in sorted(_ALL)), _ALL)


def write_own_text(
    questions: Sequence[AskedRevision], bank_name: str, law_revised_on: date | None = None
) -> Exported:
    """Questions as text. ``omitted`` names those that would not come back the same."""
    lines = [f"题库:{one_line(bank_name)}"] if bank_name.strip() else []
    if law_revised_on:
        lines.append(f"法律版本:{law_revised_on.isoformat()}")
    writer = _Writer(lines)
    for group in in_groups(map(_tidy, questions)):
        writer.write(group)
    return Exported(
        "\n".join((*writer.lines, "")),
        tell(writer.changed, "写成文本后再读会有不同。请改用 xlsx 导出，或核对后再用。"),
    )


def _tidy(question: AskedRevision) -> AskedRevision:
    """The question without space that says nothing in the texts that may have several lines."""
    return replace(
        question,
        stem=_tidy_text(question.stem),
        options=tuple(map(_tidy_text, question.options)),
        explanation=_tidy_text(question.explanation),
        case_stem=_tidy_text(question.case_stem),
    )


def _tidy_text(text: str) -> str:
    return "\n".join(line.rstrip() for line in lines_of(text)).strip()


class _Writer:
    """Writes one group after another below the chapter that it stands in."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.chapter = ""
        #: Places of the questions that can't come back as they are.
        self.changed: list[int] = []

    def write(self, group: Group) -> None:
        """Add the lines of a case or of a lone question."""
        self._turn_to(group.members[0].question.chapter)
        if group.case:
            self.lines += ["", *self._case_stem(group)]
        for placed in group.members:
            self._turn_to(placed.question.chapter)
            self.lines += ["", *self._question(placed)]
        if group.case:
            self.lines += ["", "案例完"]

    def _turn_to(self, chapter: str) -> None:
        chapter = one_line(chapter)
        if chapter != self.chapter:
            self.chapter = chapter
            self.lines += ["", f"章节:{chapter}"]

    def _question(self, placed: Placed) -> list[str]:
        for escaped in _ESCAPES:
            lines = _question(placed, escaped)
            if _comes_back(lines, placed.question):
                return lines
        self.changed.append(placed.place)
        return lines

    def _case_stem(self, group: Group) -> list[str]:
        first = group.members[0]
        question = _question(first, _ALL)
        for literal in (False, True):
            lines = _piece("案例:", group.case_stem, literal)
            content = "\n".join((*lines, *question, "案例完"))
            read = read_text(content).questions
            if read and not is_aiken(content) and read[0].case_stem == group.case_stem:
                return lines
        self.changed.append(first.place)
        return lines


def _comes_back(lines: list[str], question: AskedRevision) -> bool:
    content = "\n".join(lines)
    if is_aiken(content):  # the whole file would be taken for Aiken
        return False
    parsed = read_text(content)
    return not parsed.problems and [*map(meaning_of, parsed.questions)] == [meaning_of(question)]


def _piece(name: str, text: str, literal: bool, all_after: bool = False) -> list[str]:
    """A named text of one or several lines."""
    first, *rest = lines_of(text)
    lines = [name + _line(first, literal)]
    return lines + [_line(line, literal or all_after) for line in rest]


def _line(line: str, literal: bool) -> str:
    """A line as text; one that is blank, indented or begins like an escaped one has no other way."""
    return escape_line(line) if literal or line != line.lstrip() or not line or is_escaped(line) else line


def _question(placed: Placed, escaped: frozenset[str]) -> list[str]:
    question = placed.question
    lines = _piece(f"{placed.place}. ", question.stem, "stem" in escaped)
    if question.kind is not Kind.TRUE_FALSE:
        for letter, option in zip(OPTION_LETTERS, question.options, strict=False):
            lines += _piece(f"{letter}. ", option, "options" in escaped, all_after=True)
    lines += [f"题型:{question.kind.label}", f"答案:{write_answer(question)}"]
    if not question.gaps_in_order:
        lines.append("顺序:不分先后")
    if question.explanation:
        lines += _piece("解析:", question.explanation, "explanation" in escaped)
    fields = {
        "依据": "、".join(map(str, question.citations)),
        "难度": question.difficulty.label if question.difficulty else "",
        "标签": "、".join(question.tags),
    }
    return lines + [f"{name}:{text}" for name, text in fields.items() if text]


def write_answer(question: AskedRevision) -> str:
    """The answer in our own convention: ``AC``, 对, or ``甲|甲方；乙``."""
    if question.kind is Kind.BLANK:
        return write_gaps(question.gaps)
    if question.kind is Kind.TRUE_FALSE:
        return TRUE_FALSE_OPTIONS[question.answer[0]]
    return "".join(OPTION_LETTERS[place] for place in question.answer)
