"""Any file of a ledger: what it is, and its tables."""

import csv
from collections.abc import Mapping, Sequence
from itertools import islice

from quizapp.core.documents import read_docx
from quizapp.core.spreadsheets import MAX_COLUMNS, MAX_ROWS, Sheet, read_delimited, read_xls, read_xlsx
from quizapp.core.uploads import FileType, UnreadableFile, decode_text, recognise
from quizapp.ledgers.columns import Column
from quizapp.ledgers.found import LedgerReading
from quizapp.ledgers.headings import HEADING_WITHIN, recognise_headings
from quizapp.ledgers.tables import read_tables

_DELIMITERS = "\t,;"
#: As much of a text as is looked at for its delimiter.
_START = 20_000


def read_ledger(content: bytes, columns: Sequence[Column], remembered: Mapping[str, str]) -> LedgerReading:
    """Read a ledger from a file's bytes, whatever its name. Raises UnreadableFile with a sentence.

    ``remembered`` is what people said of headings, as ``recognise_headings`` takes it.
    """
    return read_tables(_sheets(content, columns, remembered), columns, remembered)


def _sheets(content: bytes, columns: Sequence[Column], remembered: Mapping[str, str]) -> list[Sheet]:
    kind = recognise(content)
    if kind is FileType.XLSX:
        return read_xlsx(content)
    if kind is FileType.XLS:
        return read_xls(content)
    if kind is FileType.DOCX:
        return _tables_of_document(content)
    text = decode_text(content)
    return read_delimited(text, _delimiter(text, columns, remembered))


def _tables_of_document(content: bytes) -> list[Sheet]:
    """The tables of a Word file; that its running text isn't read is told."""
    document = read_docx(content)
    if sum(len(table.rows) for table in document.tables) > MAX_ROWS:
        raise UnreadableFile(f"文件中的表格超过 {MAX_ROWS} 行。请拆成几个文件后重试。")
    if not document.lines:
        return list(document.tables)
    return [Sheet("", (), ("Word 文件只读取表格，表格之外的文字没有读取。",)), *document.tables]


def _delimiter(text: str, columns: Sequence[Column], remembered: Mapping[str, str]) -> str:
    """What parts the cells: by it the first rows name the most columns, or else have the most cells."""
    start = text[:_START].splitlines()

    def worth(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(islice(csv.reader(start, delimiter=delimiter), HEADING_WITHIN))
        except csv.Error:
            return 0, 0
        known = (recognise_headings(row[:MAX_COLUMNS], columns, remembered).by_name for row in rows)
        return max(map(len, known), default=0), max(map(len, rows), default=0)

    return max(_DELIMITERS, key=worth)
