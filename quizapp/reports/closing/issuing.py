"""The files of a year's report: the very bytes that were kept of a closed year, an open one as it stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from quizapp.reports.closing import queries
from quizapp.reports.closing.evidence_json import write_lines
from quizapp.reports.closing.files import KeptFile, keep, keep_lines
from quizapp.reports.closing.one_view import one_view
from quizapp.reports.closing.recounting import Recount, compare
from quizapp.reports.figures.annual import AnnualReport, Evidence
from quizapp.reports.figures.reckoning import evidence_of, for_year


class EvidenceByFigure(Mapping[str, Sequence[Evidence]]):
    """The records behind each figure, read when they are asked for and not kept."""

    def __init__(self, keys: Iterable[str], read: Callable[[str], Iterable[Evidence]]) -> None:
        self._keys, self._read = tuple(keys), read

    def __getitem__(self, key: str) -> Sequence[Evidence]:
        if key not in self._keys:
            raise KeyError(key)
        return list(self._read(key))

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def report_of(year: int) -> AnnualReport:
    """The year's report: as it was closed, or as it stands."""
    return queries.find_closed_report(year) or report_of_now(year)


def report_of_now(year: int) -> AnnualReport:
    """The year as its records stand, with what became known of the year before since that was closed."""
    return replace(for_year(year), corrections=_corrections_of(year - 1))


def recount(closed: AnnualReport) -> Recount:
    """A closed year beside what its records say now."""
    return compare(closed, for_year(closed.year))


def issue(year: int, ending: str) -> bytes:
    """A file of the year's report. Raises TemplateFault where the bureau's template can't print it."""
    kept = queries.find_file(year, ending)
    if kept is not None:
        return kept.issue()
    with one_view():
        return _WRITERS[ending](report_of_now(year), queries.find_template_content()).issue()


def write_files(report: AnnualReport, template: bytes | None) -> Mapping[str, KeptFile]:
    """All files of a report, by their ending."""
    return {ending: write(report, template) for ending, write in _WRITERS.items()}


def _write_json(report: AnnualReport, _template: bytes | None) -> KeptFile:
    return keep_lines("json", write_lines(report, partial(evidence_of, report.year)))


def _write_docx(report: AnnualReport, template: bytes | None) -> KeptFile:
    from quizapp.reports.printing.document import write_document

    return keep("docx", write_document(report, template))


def _write_xlsx(report: AnnualReport, _template: bytes | None) -> KeptFile:
    from quizapp.reports.printing.workbook import write_annual_workbook

    keys = [figure.indicator.key for figure in report.figures]
    evidence = EvidenceByFigure(keys, partial(evidence_of, report.year))
    return keep("xlsx", write_annual_workbook(report, evidence))


_WRITERS = {"json": _write_json, "docx": _write_docx, "xlsx": _write_xlsx}


def _corrections_of(year: int) -> tuple[str, ...]:
    closed = queries.find_closed_report(year)
    if closed is None:
        return ()
    return tuple(difference.sentence(year) for difference in recount(closed).differences)
