"""GIFT (``importers/gift.py``): all kinds but blanks of several gaps; what has no place in comments."""

import re
from collections.abc import Sequence
from datetime import date

from quizapp.questions.asking import AskedRevision
from quizapp.questions.exporters.exported import (
    Exported,
    Group,
    Placed,
    in_groups,
    lines_of,
    one_line,
    tell,
    tell_fields,
    tell_revision,
)
from quizapp.questions.importers.categories import category_of
from quizapp.questions.kinds import Kind

_SIGNS = re.compile(r"[\\~=#{}:]")
_TAG_SIGNS = re.compile(r"[\[\]\\]")
_IN_COMMENTS = {"citations": "依据", "difficulty": "难度", "case_stem": "案例材料"}


def write_gift(
    questions: Sequence[AskedRevision], bank_name: str, law_revised_on: date | None = None
) -> Exported:
    """Questions as GIFT text."""
    blocks = [f"// 题库:{_escape(one_line(bank_name))}\n"] if bank_name.strip() else []
    written: list[AskedRevision] = []
    gaps: list[int] = []
    arrows: list[int] = []
    chapter = ""
    for group in in_groups(questions):
        for placed in group.members:
            question = placed.question
            if question.kind is Kind.BLANK and (len(question.gaps) > 1 or _has_arrow(question)):
                (gaps if len(question.gaps) > 1 else arrows).append(placed.place)
                continue
            if one_line(question.chapter) != chapter:
                chapter = one_line(question.chapter)
                blocks.append(f"$CATEGORY: {_escape(category_of(chapter))}\n")
            blocks.append(_block(group, placed))
            written.append(question)
    return Exported(
        "\n".join(blocks),
        (
            *tell(gaps, "有几个空，GIFT 只能容纳一个空的填空题，没有写入。"),
            *tell(arrows, "的答案含“->”，会被当作匹配题，没有写入。"),
            *tell_fields(written, _IN_COMMENTS, "写在注释里：本系统能读回，其他系统会略过。"),
            *tell_revision(law_revised_on),
        ),
    )


def _has_arrow(question: AskedRevision) -> bool:
    return any("->" in answer for accepted in question.gaps for answer in accepted)


def _escape(text: str) -> str:
    return r"\n".join(_SIGNS.sub(r"\\\g<0>", line) for line in lines_of(text))


def _said(text: str) -> str:
    """A text whose format is the stem's, unless it looks as if it named one itself."""
    return f"{'[plain]' if text.startswith('[') else ''}{_escape(text)}"


def _block(group: Group, placed: Placed) -> str:
    """Every line begins with a mark, so that no text is taken for a comment, category or blank line."""
    question = placed.question
    lines = [f"// {note}" for note in _notes(group, question)]
    lines.append(f"::第{placed.place}题::[plain]{_escape(question.stem)} {{")
    lines += _answers(question)
    if question.explanation:
        lines.append(f"####{_said(question.explanation)}")
    return "\n".join((*lines, "}", ""))


def _notes(group: Group, question: AskedRevision) -> list[str]:
    notes = {
        "案例编号": str(group.case or ""),
        "案例": group.case_stem,
        "依据": "、".join(map(str, question.citations)),
        "难度": question.difficulty.label if question.difficulty else "",
    }
    lines = [f"{name}:{_escape(text)}" for name, text in notes.items() if text]
    if any(map(_TAG_SIGNS.search, question.tags)):
        return [*lines, f"标签:{_escape('、'.join(question.tags))}"]
    return [*lines, *(f"[tag:{tag}]" for tag in question.tags)]


def _answers(question: AskedRevision) -> list[str]:
    if question.kind is Kind.TRUE_FALSE:
        return ["F" if question.answer[0] else "T"]
    if question.kind is Kind.BLANK:
        return [_item("=", "100", escape_star(answer)) for answer in question.gaps[0]]
    if question.kind is Kind.SINGLE:
        right, wrong = ("=", "100"), ("~", "0")
    else:
        right, wrong = ("~", share_of(len(question.answer))), ("~", "-100")
    return [
        _item(*(right if place in question.answer else wrong), option)
        for place, option in enumerate(question.options)
    ]


def _item(mark: str, weight: str, text: str) -> str:
    """An answer with its weight, where that doesn't go without saying or the text looks like one."""
    goes_without = (mark, weight) in {("=", "100"), ("~", "0")} and not text.startswith("%")
    return f"{mark}{'' if goes_without else f'%{weight}%'}{_said(text)}"


def escape_star(answer: str) -> str:
    """An accepted answer as Moodle reads it, for whom a bare star stands for any text."""
    return answer.replace("*", "\\*")


def share_of(count: int) -> str:
    """The per cent that Moodle knows for one of so many right options: 50, 33.33333."""
    return f"{100 / count:.5f}".rstrip("0").rstrip(".")
