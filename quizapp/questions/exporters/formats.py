"""The formats of an export by name, for menus and addresses."""

from dataclasses import dataclass

from quizapp.questions.exporters.aiken import write_aiken
from quizapp.questions.exporters.exported import Writer
from quizapp.questions.exporters.gift import write_gift
from quizapp.questions.exporters.moodle_xml import write_moodle_xml
from quizapp.questions.exporters.own_text import write_own_text
from quizapp.questions.exporters.workbook import write_workbook

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_TYPE = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Format:
    """A format: what people call it, how a file's name ends, its media type, and who writes it."""

    label: str
    ending: str
    media_type: str
    write: Writer


#: The two formats of our own, which hold everything, come first.
FORMATS = {
    "xlsx": Format("Excel 工作簿（可再导入）", "xlsx", XLSX_TYPE, write_workbook),
    "text": Format("文本（可再导入）", "txt", TEXT_TYPE, write_own_text),
    "moodle-xml": Format("Moodle XML", "xml", "application/xml", write_moodle_xml),
    "gift": Format("GIFT", "gift.txt", TEXT_TYPE, write_gift),
    "aiken": Format("Aiken", "aiken.txt", TEXT_TYPE, write_aiken),
}
