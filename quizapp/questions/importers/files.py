"""Any file of questions: what it is, and the importer that reads it."""

from quizapp.core.documents import Document, read_docx
from quizapp.core.spreadsheets import read_xls, read_xlsx
from quizapp.core.uploads import FileType, decode_text, recognise
from quizapp.questions.importers.aiken import is_aiken, read_aiken
from quizapp.questions.importers.gift import is_gift, read_gift
from quizapp.questions.importers.moodle_xml import is_xml, read_moodle_xml
from quizapp.questions.importers.table import read_sheets
from quizapp.questions.importers.text import read_lines, read_text
from quizapp.questions.parsed import ParsedQuestions


def read_file(content: bytes) -> ParsedQuestions:
    """Read questions from a file's bytes, whatever its name. Raises UnreadableFile with a sentence."""
    kind = recognise(content)
    if kind is FileType.XLSX:
        return read_sheets(read_xlsx(content))
    if kind is FileType.XLS:
        return read_sheets(read_xls(content))
    if kind is FileType.DOCX:
        return _read_document(read_docx(content))
    return _read_plain(decode_text(content))


def _read_plain(text: str) -> ParsedQuestions:
    """Text in whichever of the four conventions it shows the marks of."""
    if is_xml(text):
        return read_moodle_xml(text)
    if is_aiken(text):
        return read_aiken(text)
    parsed = read_text(text)
    return read_gift(text) if not parsed.questions and is_gift(text) else parsed


def _read_document(document: Document) -> ParsedQuestions:
    """Questions in the paragraphs, then those in tables."""
    parsed = read_lines(document.lines, unit="段")
    if not document.tables:
        return parsed
    in_tables = read_sheets(document.tables)
    if not in_tables.found:
        return parsed
    problems = parsed.problems if parsed.found else ()
    return ParsedQuestions(parsed.questions + in_tables.questions, problems + in_tables.problems, parsed.bank)
