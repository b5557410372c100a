"""Any file of questions: what it is, and the importer that reads it."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from quizapp.core.documents import Document, read_docx
from quizapp.core.spreadsheets import MAX_COLUMNS, read_delimited, read_xls, read_xlsx
from quizapp.core.uploads import FileType, UnreadableFile, decode_text, recognise
from quizapp.questions.importers.aiken import is_aiken, read_aiken
from quizapp.questions.importers.columns import HEADING_WITHIN, recognise_columns
from quizapp.questions.importers.gift import is_gift, read_gift
from quizapp.questions.importers.moodle_xml import is_xml, read_moodle_xml
from quizapp.questions.importers.table import NOTHING_REMEMBERED, read_sheets
from quizapp.questions.importers.text import read_lines, read_text
from quizapp.questions.parsed import ParsedQuestions

#: Lines of one text or document: some 8,000 questions. Each line costs a kilobyte while it is read.
MAX_LINES = 80_000
#: As much of a text as is looked at for the heading of a table.
_HEADING_CHARACTERS = 20_000


def read_file(content: bytes, remembered: Mapping[str, str] = NOTHING_REMEMBERED) -> ParsedQuestions:
    """Read questions from a file's bytes, whatever its name. Raises UnreadableFile with a sentence.

    ``remembered`` gives for a ``plain_heading`` of a table's column one of ``MEANINGS``, as a person said.
    """
    kind = recognise(content)
    if kind is FileType.XLSX:
        return read_sheets(read_xlsx(content), remembered)
    if kind is FileType.XLS:
        return read_sheets(read_xls(content), remembered)
    if kind is FileType.DOCX:
        return _read_document(read_docx(content), remembered)
    text = decode_text(content)
    if is_xml(text):
        return read_moodle_xml(text)
    delimiter = _delimiter(text, remembered)
    if delimiter:
        return read_sheets(read_delimited(text, delimiter), remembered)
    return _read_plain(text)


def _refuse_too_many(lines: int) -> None:
    if lines > MAX_LINES:
        raise UnreadableFile(f"文件超过 {MAX_LINES} 行。请拆成几个文件后重试。")


def _delimiter(text: str, remembered: Mapping[str, str]) -> str:
    """What parts the cells of a text whose first lines hold the heading of a table; empty for other texts."""
    start = text[:_HEADING_CHARACTERS].splitlines()
    for delimiter in "\t,;":
        try:
            rows = list(islice(csv.reader(start, delimiter=delimiter), HEADING_WITHIN))
        except csv.Error:
            continue
        if any(recognise_columns(row[:MAX_COLUMNS], remembered).are_questions for row in rows):
            return delimiter
    return ""


def _read_plain(text: str) -> ParsedQuestions:
    """Text in whichever of the three conventions it shows the marks of."""
    _refuse_too_many(text.count("\n") + text.count("\r"))
    if is_aiken(text):
        return read_aiken(text)
    parsed = read_text(text)
    return read_gift(text) if not parsed.questions and is_gift(text) else parsed


def _read_document(document: Document, remembered: Mapping[str, str]) -> ParsedQuestions:
    """Questions in the paragraphs, then those in tables."""
    _refuse_too_many(len(document.lines))
    parsed = read_lines(document.lines, unit="段")
    if not document.tables:
        return parsed
    in_tables = read_sheets(document.tables, remembered)
    if not in_tables.found:
        return parsed if parsed.found else replace(parsed, unknown_columns=in_tables.unknown_columns)
    return replace(
        parsed,
        questions=parsed.questions + in_tables.questions,
        problems=(parsed.problems if parsed.found else ()) + in_tables.problems,
        unknown_columns=in_tables.unknown_columns,
    )
