"""Questions in the rows of a sheet or of a table in a document."""

import re
from collections.abc import Iterable
from dataclasses import replace

from quizapp.core.spreadsheets import Row, Sheet
from quizapp.questions.importers.case_numbers import CaseNumbers
from quizapp.questions.importers.columns import HEADING_WITHIN, Columns, recognise_columns
from quizapp.questions.parsed import Collector, ParsedQuestions, Problem, RawQuestion
from quizapp.questions.validation import understand

#: The sheet of our template that says how to fill in the others.
NOTES_SHEET = "填写说明"
_OPTION_ENDS = re.compile(r"\s*(?:\||\n)\s*")
_LETTER = re.compile(r"^[A-Ha-hＡ-Ｈ]\s*[.．、:：)）]\s*")


def read_sheets(sheets: Iterable[Sheet]) -> ParsedQuestions:
    """Read every sheet that holds questions; ``where`` is 表名 第N行. Nothing is passed over silently."""
    collector = Collector()
    cases = CaseNumbers()
    bank = ""
    for sheet in sheets:
        for omission in sheet.omissions:
            collector.add(Problem(sheet.name, omission))
        if sheet.rows:
            bank = _read_sheet(sheet, collector, cases) or bank
    if not collector.finish().found:
        collector.add(Problem("全文", "没有找到试题。表头应有“题干”“答案”等列。"))
    return collector.finish(bank)


def _read_sheet(sheet: Sheet, collector: Collector, cases: CaseNumbers) -> str:
    """Read a sheet, and give the name of the bank where a column tells it."""
    place, columns = _find_heading(sheet.rows)
    if columns is None and sheet.name == NOTES_SHEET:
        return ""
    if columns is None:
        collector.add(Problem(sheet.name, f"前 {HEADING_WITHIN} 行没有认出表头，这个工作表没有读取。"))
        return ""
    for row in sheet.rows[:place]:
        collector.add(Problem(_where(sheet, row), "表头之前的说明，没有读取。"))
    used = sheet.rows[place + 1 :]
    for index, heading in columns.unknown.items():
        if any(index < len(row.cells) and row.cells[index] for row in used):
            collector.add(Problem(sheet.name, f"没有认出“{heading}”列，其中内容没有使用。"))
    for row in used:
        raw = _read_row(sheet, row, columns)
        label = _cell(row, columns, "case")
        case_stem, case = cases.place(raw.case_stem, f"{sheet.name} {label}" if label else "")
        collector.add(understand(replace(raw, case_stem=case_stem, case=case)))
    return next((bank for row in used if (bank := _cell(row, columns, "bank"))), "")


def _find_heading(rows: tuple[Row, ...]) -> tuple[int, Columns | None]:
    for place, row in enumerate(rows[:HEADING_WITHIN]):
        columns = recognise_columns(row.cells)
        if columns.are_questions:
            return place, columns
    return 0, None


def _read_row(sheet: Sheet, row: Row, columns: Columns) -> RawQuestion:
    def cell(meaning: str) -> str:
        return _cell(row, columns, meaning)

    return RawQuestion(
        where=_where(sheet, row),
        stem=cell("stem"),
        options=_read_options(row, columns, cell("options")),
        answer=cell("answer"),
        kind=cell("kind") or ("填空" if columns.blanks else sheet.name),
        explanation=cell("explanation"),
        basis=cell("basis"),
        difficulty=cell("difficulty"),
        tags=cell("tags"),
        chapter=cell("chapter"),
        gap_order=cell("gap_order"),
        case_stem=cell("case_stem"),
    )


def _cell(row: Row, columns: Columns, meaning: str) -> str:
    index = columns.by_meaning.get(meaning, -1)
    return row.cells[index] if 0 <= index < len(row.cells) else ""


def _read_options(row: Row, columns: Columns, together: str) -> tuple[str, ...]:
    """Options from their own columns up to the last that is filled, or from one cell split at |."""
    if not columns.options:
        return tuple(_LETTER.sub("", piece) for piece in _OPTION_ENDS.split(together.strip()) if piece)
    options = [row.cells[index] if index < len(row.cells) else "" for index in columns.options]
    while options and not options[-1]:
        options.pop()
    return tuple(options)


def _where(sheet: Sheet, row: Row) -> str:
    return f"{sheet.name} 第{row.number}行"
