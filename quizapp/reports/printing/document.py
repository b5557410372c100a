"""The annual report as docx, by our default template or the bureau's own."""

from collections.abc import Mapping

from quizapp.errors import QuizError
from quizapp.reports.figures.annual import AnnualReport
from quizapp.reports.printing.default_template import write_default_template
from quizapp.reports.printing.placeholders import placeholder_values, twins_among
from quizapp.reports.printing.template_check import DAMAGED, check_template


class TemplateFault(QuizError):
    """A template that the report can't be printed by; says why and what to do."""

    title = "模板不能使用"


def write_document(report: AnnualReport, template: bytes | None = None) -> bytes:
    """The report as docx; by our default wording where there is no template. Raises TemplateFault.

    Every placeholder is filled or named in the error, none is dropped. What is wanting prints 【未填报】.
    """
    indicators = [figure.indicator for figure in report.figures]
    _refuse_twins(report)
    content = template or write_default_template(indicators, bool(report.corrections))
    values = placeholder_values(report)
    check = check_template(content, values.keys())
    if not check.sound:
        raise TemplateFault("".join(check.sentences))
    return _fill(content, report, values)


def _refuse_twins(report: AnnualReport) -> None:
    """Of two names that a template can't tell apart one would print the other's number."""
    for one, other in twins_among(figure.indicator for figure in report.figures):
        raise TemplateFault(f"“{one}”与“{other}”在模板中无法区分。请改其中一个的名称。")


def _fill(content: bytes, report: AnnualReport, values: Mapping[str, str]) -> bytes:
    from quizapp.reports.printing.filling import Filling

    filling = Filling(content)
    try:
        filling.fill(values)
        properties = filling.docx.core_properties
        properties.created = properties.modified = report.cut_off
        return filling.write()
    except Exception:  # of docxtpl or lxml, on a file that no program would write
        raise TemplateFault(DAMAGED) from None
