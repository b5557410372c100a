"""Proving a closed year from what was frozen: every file by its digest, every figure from its evidence.

No database here, and nothing of today's records: only what was kept, and the rules of ``recompute``.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from quizapp.reports.closing.evidence_json import NotOurs, read_lines, write_report
from quizapp.reports.closing.files import NAMES, Damaged, KeptFile
from quizapp.reports.figures.annual import AnnualReport, Evidence, Figure
from quizapp.reports.figures.formulas import Derived
from quizapp.reports.figures.recomputing import recompute


def find_first_fault(files: Mapping[str, KeptFile], kept_report: Mapping[str, Any] | None) -> str | None:
    """The first file or figure that isn't what was closed, as a sentence; None where all is.

    ``files`` by ending; ``kept_report`` is what pages show of the closed year.
    """
    return next(_faults(files, kept_report), None)


def find_first_difference(evidence: KeptFile) -> str | None:
    """The first figure that its frozen evidence doesn't give, as a sentence."""
    try:
        return next(_faults_of_figures(evidence, None), None)
    except (NotOurs, Damaged):
        return _UNREADABLE


_UNREADABLE = f"{NAMES['json']}（json）的内容不能读取。"


def _faults(files: Mapping[str, KeptFile], kept_report: Mapping[str, Any] | None) -> Iterator[str]:
    for ending, name in NAMES.items():
        if ending not in files:
            yield f"{name}（{ending}）不见了。"
            return
        yield from _faults_of_file(name, files[ending])
    try:
        yield from _faults_of_figures(files["json"], kept_report)
    except (NotOurs, Damaged):
        yield _UNREADABLE


def _faults_of_file(name: str, file: KeptFile) -> Iterator[str]:
    try:
        content = file.issue()
    except Damaged:
        yield f"{name}（{file.ending}）已损坏，不能解开。"
        return
    if len(content) != file.size or hashlib.sha256(content).hexdigest() != file.digest:
        yield f"{name}（{file.ending}）与封账时的校验码不一致。"


def _faults_of_figures(file: KeptFile, kept_report: Mapping[str, Any] | None) -> Iterator[str]:
    report, sections = read_lines(file.lines())
    if kept_report is not None and write_report(report) != kept_report:
        yield _difference_of_pages(report, kept_report)
    missing = [figure.indicator.key for figure in report.figures]
    for key, evidence in sections:
        if key not in missing:
            raise NotOurs
        missing.remove(key)
        yield from _faults_of_figure(report, report[key], evidence)
    yield from (f"“{report[key].indicator.name}”没有依据。" for key in missing)


def _difference_of_pages(report: AnnualReport, kept: Mapping[str, Any]) -> str:
    """Which figure the pages show otherwise than the file."""
    shown = {figure.get("key"): figure for figure in kept.get("figures", ())}
    for figure in write_report(report)["figures"]:
        if shown.get(figure["key"]) != figure:
            return f"“{figure['name']}”在页面上显示的内容与封账的依据文件不一致。"
    return "页面上显示的年度、截止时间或核对结果与封账的依据文件不一致。"


def _faults_of_figure(report: AnnualReport, figure: Figure, evidence: Iterable[Evidence]) -> Iterator[str]:
    name = figure.indicator.name
    strangers: list[str] = []
    parts = _noting_strangers(evidence, _values(report), strangers)
    value = recompute(figure.indicator, parts)
    for _ in parts:  # what a formula had no need of
        pass
    if value != figure.value:
        yield f"“{name}”封账数为 {_words(figure.value)}，由依据重算为 {_words(value)}。"
    if strangers:
        yield f"“{name}”的依据引用了“{strangers[0]}”，与该指标的封账数不一致。"
    if figure.by_unit and not isinstance(figure.indicator.formula, Derived):
        total = sum((amount for _, amount in figure.by_unit), Decimal(0))
        if total != figure.value:
            yield f"“{name}”封账数为 {_words(figure.value)}，各单位合计为 {_words(total)}。"


def _values(report: AnnualReport) -> dict[str, Decimal | None]:
    return {figure.indicator.key: figure.value for figure in report.figures}


def _noting_strangers(
    evidence: Iterable[Evidence], values: Mapping[str, Decimal | None], strangers: list[str]
) -> Iterator[Evidence]:
    """The evidence; what it says of another figure otherwise than that figure says itself is noted.

    A figure that is no more in the report, but still a part of another, says nothing itself.
    """
    for one in evidence:
        if one.subject == "figure" and values.get(one.reference, one.amount) != one.amount:
            strangers.append(one.title or one.reference)
        yield one


def _words(value: Decimal | None) -> str:
    return "空" if value is None else f"{value:f}"
