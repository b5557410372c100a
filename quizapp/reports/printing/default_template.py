"""Our default template of the annual report as docx: what a bureau prints by, or downloads and edits."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from quizapp.reports.figures.indicators import Indicator
from quizapp.reports.printing.page_setup import STYLE_NAMES, new_document
from quizapp.reports.printing.template_text import compose_template

_TITLE = "年度报告模板"
#: A template has no moment of its own: two of the same indicators say the same.
_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def write_default_template(indicators: Iterable[Indicator], corrected: bool = False) -> bytes:
    """The default wording for these indicators as a docx with placeholders, on the page of GB/T 9704-2012."""
    document = new_document(_TITLE, "", _MADE_AT)
    for line in compose_template(indicators, corrected):
        document.add_paragraph(line.text, STYLE_NAMES[line.style])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
