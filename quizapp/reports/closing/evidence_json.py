"""A year's report and all its evidence as one JSON document, written and read row by row. No database here.

The same report and evidence give the same text: every record of evidence has a line of its own, in the order
given, so that two documents can be compared by any tool and 100,000 records need no memory.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from quizapp.reports.figures.annual import AnnualReport, Check, Evidence, Figure
from quizapp.reports.figures.formulas import read_formula, write_formula
from quizapp.reports.figures.indicators import Indicator

FORMAT, VERSION = "annual-report-evidence", 1

_OPENING = ',"evidence":{'


class NotOurs(ValueError):
    """The text is no document that ``write_lines`` wrote."""


def write_lines(report: AnnualReport, read_evidence: Callable[[str], Iterable[Evidence]]) -> Iterator[str]:
    """The document, a line at a time; ``read_evidence`` gives the records behind a figure's key."""
    head = _dump({"format": FORMAT, "version": VERSION, "report": write_report(report)})
    yield head.removesuffix("}") + _OPENING + "\n"
    for number, figure in enumerate(report.figures):
        yield f"{',' if number else ''}{_dump(figure.indicator.key)}:[\n"
        comma = ""
        for one in read_evidence(figure.indicator.key):
            yield f"{comma}{_dump(_write_evidence(one))}\n"
            comma = ","
        yield "]\n"
    yield "}}\n"


def read_lines(lines: Iterable[str]) -> tuple[AnnualReport, Iterator[tuple[str, Iterator[Evidence]]]]:
    """The report, and for each key in order the records behind it, read as they are asked for.

    Raises NotOurs, at once or while the records are read.
    """
    remaining = iter(lines)
    first = next(remaining, "").rstrip("\n")
    try:
        head = json.loads(first.removesuffix(_OPENING) + "}")
        if (head["format"], head["version"]) != (FORMAT, VERSION):
            raise NotOurs
        report = read_report(head["report"])
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise NotOurs from error
    return report, _read_sections(remaining)


def write_report(report: AnnualReport) -> dict[str, Any]:
    """The report without its evidence, as JSON can hold it."""
    return {
        "year": report.year,
        "owner": report.owner,
        "cut_off": report.cut_off.isoformat(),
        "closed_at": report.closed_at.isoformat() if report.closed_at else None,
        "figures": [_write_figure(figure) for figure in report.figures],
        "checks": [[check.holds, check.sentence] for check in report.checks],
        "corrections": list(report.corrections),
    }


def read_report(kept: dict[str, Any]) -> AnnualReport:
    """A report from its JSON. Raises KeyError, TypeError, ValueError or ArithmeticError for anything else."""
    return AnnualReport(
        year=kept["year"],
        owner=kept["owner"],
        cut_off=datetime.fromisoformat(kept["cut_off"]),
        closed_at=datetime.fromisoformat(kept["closed_at"]) if kept["closed_at"] else None,
        figures=tuple(_read_figure(figure) for figure in kept["figures"]),
        checks=tuple(Check(holds, sentence) for holds, sentence in kept["checks"]),
        corrections=tuple(kept["corrections"]),
    )


def _write_figure(figure: Figure) -> dict[str, Any]:
    one = figure.indicator
    return {
        "key": one.key,
        "name": one.name,
        "measure": one.measure,
        "section": one.section,
        "exact": one.exact,
        "digits": one.digits,
        "remark": one.remark,
        "formula": _as_json(write_formula(one.formula)),
        "rule": figure.rule,
        "value": _write_number(figure.value),
        "printed": figure.printed,
        "last_year": _write_number(figure.last_year),
        "by_unit": [[unit, _write_number(value)] for unit, value in figure.by_unit],
    }


def _read_figure(kept: dict[str, Any]) -> Figure:
    names = ("key", "name", "measure", "section", "exact", "digits", "remark")
    return Figure(
        indicator=Indicator(**{name: kept[name] for name in names}, formula=read_formula(kept["formula"])),
        rule=kept["rule"],
        value=_read_number(kept["value"]),
        printed=kept["printed"],
        last_year=_read_number(kept["last_year"]),
        by_unit=tuple((unit, Decimal(value)) for unit, value in kept["by_unit"]),
    )


def _write_evidence(one: Evidence) -> list[str | None]:
    day = one.day.isoformat() if one.day else None
    return [one.subject, one.reference, day, one.unit, one.title, _write_number(one.amount)]


def _read_sections(lines: Iterator[str]) -> Iterator[tuple[str, Iterator[Evidence]]]:
    for line in lines:
        if line.startswith("}}"):
            return
        name = line.strip().removeprefix(",").removesuffix(":[")
        try:
            key = json.loads(name)
        except ValueError as error:
            raise NotOurs from error
        records = _read_records(lines)
        yield key, records
        for _ in records:  # whatever the reader left
            pass
    raise NotOurs


def _read_records(lines: Iterator[str]) -> Iterator[Evidence]:
    for line in lines:
        if line.startswith("]"):
            return
        try:
            subject, reference, day, unit, title, amount = json.loads(line.removeprefix(","))
            held = date.fromisoformat(day) if day else None
            yield Evidence(subject, reference, held, unit, title, Decimal(amount))
        except (ValueError, TypeError, ArithmeticError) as error:
            raise NotOurs from error
    raise NotOurs


def _as_json(formula: dict[str, Any]) -> dict[str, Any]:
    """Just as it comes back from JSON, so that the two can be compared."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in formula.items()}


def _write_number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _read_number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
