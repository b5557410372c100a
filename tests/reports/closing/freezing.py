"""A frozen year by hand: the report of the reference with the evidence that its figures follow from."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from quizapp.reports.closing.evidence_json import write_lines, write_report
from quizapp.reports.closing.files import KeptFile, keep, keep_lines
from quizapp.reports.figures.annual import AnnualReport, Evidence
from quizapp.reports.figures.formulas import Derived, Entered, OfReleases
from tests.reports.printing.reporting import report


def evidence_behind(frozen: AnnualReport, key: str) -> Iterator[Evidence]:
    """Two records and the rest of an indicator that is counted, the number itself of one that is entered."""
    figure = frozen[key]
    formula, value = figure.indicator.formula, figure.value
    if isinstance(formula, Derived):
        for part in filter(None, (*formula.parts, formula.whole)):
            found = frozen[part]
            assert found.value is not None
            yield Evidence("figure", part, None, "", found.indicator.name, found.value)
    elif value is None:
        return
    elif isinstance(formula, Entered):
        yield Evidence("entry", "7", None, "", "执法台账", value)
    elif isinstance(formula, OfReleases):
        for number in range(int(value)):
            yield Evidence("release", str(number), date(2024, 2, 29), "城关镇", "稿件\u2028<&>", Decimal(1))
    else:
        yield Evidence("activity", "1", date(2024, 1, 1), "城关镇", '“引号”和"引号"\n换行', Decimal(2))
        yield Evidence("activity", "2", date(2024, 12, 31), "", "]", Decimal(1))
        yield Evidence("activity", "3", date(2024, 12, 31), "", "", value - 3)


def frozen_files(frozen: AnnualReport | None = None) -> dict[str, KeptFile]:
    """All three files of a frozen year."""
    held = frozen or report()
    lines = write_lines(held, lambda key: evidence_behind(held, key))
    return {
        "docx": keep("docx", b"a document"),
        "xlsx": keep("xlsx", b"a workbook"),
        "json": keep_lines("json", lines),
    }


def kept_report(frozen: AnnualReport | None = None) -> dict[str, object]:
    """What the row of the year holds."""
    return write_report(frozen or report())
