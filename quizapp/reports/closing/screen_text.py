"""The report's text on screen: the lines of its template, each figure in them leading to its records."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizapp.core.documents import read_docx
from quizapp.reports.figures.annual import AnnualReport
from quizapp.reports.printing.placeholders import (
    EXACT,
    LAST_YEAR,
    placeholder_of,
    placeholder_values,
    short_names,
)
from quizapp.reports.printing.template_text import Line, Style, compose_template

_MARK = re.compile(r"\{\{\s*(\w+)\s*\}\}")
#: How headings begin; in a bureau's own file nothing else tells them.
_HEADINGS = (
    (re.compile(r"[一二三四五六七八九十]+、"), Style.FIRST),
    (re.compile(r"（[一二三四五六七八九十]+）"), Style.SECOND),
)
#: Longer lines are sentences.
_LONGEST_HEADING = 30


@dataclass(frozen=True)
class Piece:
    """Some words of a line; those of a figure bear its key."""

    text: str
    key: str = ""


@dataclass(frozen=True)
class ScreenLine:
    """A heading or paragraph: its style in lower case, its words."""

    style: str
    pieces: tuple[Piece, ...]


def lines_on_screen(report: AnnualReport, template: bytes | None) -> tuple[ScreenLine, ...]:
    """The report as it reads: by the bureau's template, or by ours where there is none."""
    values, keys = placeholder_values(report), _keys_by_placeholder(report)
    return tuple(
        ScreenLine(line.style.name.lower(), tuple(_pieces(line.text, values, keys)))
        for line in _lines(report, template)
        if line.text.strip()
    )


def _lines(report: AnnualReport, template: bytes | None) -> Iterator[Line]:
    if template is None:
        indicators = [figure.indicator for figure in report.figures]
        yield from compose_template(indicators, bool(report.corrections))
        return
    document = read_docx(template)
    yield from (Line(_style_of(text), text) for text in document.lines)
    for table in document.tables:
        yield from (Line(Style.BODY, "　".join(filter(None, row.cells))) for row in table.rows)


def _style_of(text: str) -> Style:
    if len(text) <= _LONGEST_HEADING:
        for pattern, style in _HEADINGS:
            if pattern.match(text.strip()):
                return style
    return Style.BODY


def _keys_by_placeholder(report: AnnualReport) -> dict[str, str]:
    keys = {
        placeholder_of(figure.indicator) + ending: figure.indicator.key
        for figure in report.figures
        for ending in ("", EXACT, LAST_YEAR)
    }
    short = short_names(figure.indicator for figure in report.figures)
    return keys | {name: keys[whole] for name, whole in short.items()}


def _pieces(text: str, values: Mapping[str, str], keys: Mapping[str, str]) -> Iterator[Piece]:
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() > end:
            yield Piece(text[end : mark.start()])
        name = mark[1]
        yield Piece(values.get(name, mark[0]), keys.get(name, ""))
        end = mark.end()
    if end < len(text):
        yield Piece(text[end:])
