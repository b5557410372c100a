"""Proving a closed year, out of what is kept."""

from quizapp.errors import QuizError
from quizapp.reports.closing import queries
from quizapp.reports.closing.files import NAMES
from quizapp.reports.closing.verifying import find_first_fault


class NotClosed(QuizError):
    """There is nothing frozen to prove."""

    status = 404
    title = "还没有封账"
    advice = "这一年度还没有封账，没有可以核对的内容。请核对年份。"


def find_fault(year: int) -> str | None:
    """The first file or figure of a closed year that differs, as a sentence. Raises NotClosed."""
    kept_report = queries.find_kept_report(year)
    if kept_report is None:
        raise NotClosed
    found = {ending: queries.find_file(year, ending) for ending in NAMES}
    return find_first_fault({ending: file for ending, file in found.items() if file}, kept_report)
