"""Aiken (``importers/aiken.py``): single choice and true/false, stem, options and answer, no more.

What it can't hold is left out and told: each question is read back before it is taken.
"""

from collections.abc import Sequence
from datetime import date

from quizapp.core.wording import OPTION_LETTERS
from quizapp.questions.asking import AskedRevision
from quizapp.questions.exporters.exported import (
    Exported,
    in_groups,
    lines_of,
    one_line,
    tell,
    tell_fields,
    tell_revision,
)
from quizapp.questions.importers.aiken import read_aiken
from quizapp.questions.importers.moodle_xml import is_xml
from quizapp.questions.kinds import Kind

_FIELDS = {
    "explanation": "解析",
    "citations": "依据",
    "difficulty": "难度",
    "tags": "标签",
    "chapter": "章节",
}


def write_aiken(
    questions: Sequence[AskedRevision], bank_name: str, law_revised_on: date | None = None
) -> Exported:
    """Questions as Aiken text."""
    blocks: list[str] = []
    written: list[AskedRevision] = []
    left: dict[str, list[int]] = {"kind": [], "case": [], "marks": [], "lines": []}
    for group in in_groups(questions):
        for placed in group.members:
            question = placed.question
            why = "case" if group.case else _why_not(question)
            if why:
                left[why].append(placed.place)
                continue
            if any(len(lines_of(text)) > 1 for text in (question.stem, *question.options)):
                left["lines"].append(placed.place)
            blocks.append(_block(question))
            written.append(question)
    return Exported(
        "\n".join(blocks),
        (
            *tell(left["kind"], "是多选题或填空题，Aiken 只能容纳单选题和判断题，没有写入。"),
            *tell(left["case"], "属于案例，Aiken 不能容纳案例材料，没有写入。"),
            *tell(left["marks"], "的文字会与 Aiken 的标记混淆，没有写入。"),
            *tell(left["lines"], "有换行，Aiken 不能容纳，已改为空格。"),
            *tell_fields(written, _FIELDS, "在 Aiken 中没有位置，没有写入。"),
            *tell_revision(law_revised_on),
        ),
    )


def _why_not(question: AskedRevision) -> str:
    if question.kind not in {Kind.SINGLE, Kind.TRUE_FALSE}:
        return "kind"
    if is_xml(_block(question)):  # a file that begins with it would be taken for XML
        return "marks"
    read = [(one.kind, one.stem, one.options, one.answer) for one in read_aiken(_block(question)).questions]
    options = tuple(map(one_line, question.options))
    return "" if read == [(question.kind, one_line(question.stem), options, question.answer)] else "marks"


def _block(question: AskedRevision) -> str:
    lines = [one_line(question.stem)]
    options = zip(OPTION_LETTERS, question.options, strict=False)
    lines += [f"{letter}. {one_line(option)}" for letter, option in options]
    lines.append(f"ANSWER: {OPTION_LETTERS[question.answer[0]]}")
    return "\n".join((*lines, ""))
