"""The product's own workbook: one row a question, everything but the law's revision.

Every cell is text: ``=1+1`` stays what somebody wrote. The library is imported at the first export.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from quizapp.core.wording import OPTION_LETTERS
from quizapp.questions.asking import AskedRevision
from quizapp.questions.exporters.exported import Exported, Group, Placed, in_groups, tell_revision
from quizapp.questions.exporters.own_text import write_answer
from quizapp.questions.importers.cell_options import strip_letters
from quizapp.questions.kinds import Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET = "试题"
#: Each heading and the width of its column in characters.
COLUMNS = {
    "题型": 8,
    "题干": 50,
    **{f"选项{letter}": 20 for letter in OPTION_LETTERS},
    "答案": 14,
    "解析": 40,
    "依据": 28,
    "难度": 8,
    "标签": 16,
    "章节": 16,
    "案例": 40,
    "案例编号": 10,
    "顺序": 12,
    "题库": 16,
}
ANY_ORDER = "不分先后"


def write_workbook(
    questions: Sequence[AskedRevision], bank_name: str, law_revised_on: date | None = None
) -> Exported:
    """Questions as xlsx, those of a case in rows that follow each other."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        write_sheet(book, questions, bank_name)
    return Exported(buffer.getvalue(), tell_revision(law_revised_on))


def write_sheet(book: "Workbook", questions: Iterable[AskedRevision], bank_name: str) -> "Worksheet":
    """The sheet of questions, its heading frozen, and how many rows it has."""
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet = book.add_worksheet(SHEET)
    for column, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(0, column, name, heading)
    sheet.freeze_panes(1, 2)
    row = 0
    for group in in_groups(questions):
        for placed in group.members:
            row += 1
            _write_row(sheet, row, _cells(group, placed, bank_name))
    return sheet


def _lettered(options: tuple[str, ...]) -> tuple[str, ...]:
    """Options with their letters, where the reader would take the beginning of each for one."""
    if strip_letters(options) == options:
        return options
    return tuple(f"{letter}. {option}" for letter, option in zip(OPTION_LETTERS, options, strict=False))


def _write_row(sheet: "Worksheet", row: int, cells: dict[str, str]) -> None:
    for column, name in enumerate(COLUMNS):
        if cells.get(name):
            sheet.write_string(row, column, cells[name])


def _cells(group: Group, placed: Placed, bank_name: str) -> dict[str, str]:
    question = placed.question
    options = () if question.kind is Kind.TRUE_FALSE else _lettered(question.options)
    return {
        "题型": question.kind.label,
        "题干": question.stem,
        **{f"选项{letter}": option for letter, option in zip(OPTION_LETTERS, options, strict=False)},
        "答案": write_answer(question),
        "解析": question.explanation,
        "依据": "、".join(map(str, question.citations)),
        "难度": question.difficulty.label if question.difficulty else "",
        "标签": "、".join(question.tags),
        "章节": question.chapter,
        "案例": group.case_stem,
        "案例编号": str(group.case or ""),
        "顺序": "" if question.gaps_in_order else ANY_ORDER,
        "题库": bank_name,
    }
