"""The evidence of a year as JSON: all of it, the same each time, read back as it was."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.reports.closing.evidence_json import NotOurs, read_lines, read_report, write_lines, write_report
from quizapp.reports.closing.files import keep_lines
from quizapp.reports.figures.annual import Check, Evidence
from tests.reports.closing.freezing import evidence_behind, frozen_files
from tests.reports.printing.reporting import VALUES, report

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
EVIDENCE = st.builds(
    Evidence,
    subject=st.sampled_from(["activity", "movement", "release", "campaign", "entry"]),
    reference=WORDS,
    day=st.none() | st.dates(),
    unit=WORDS,
    title=WORDS,
    amount=st.decimals(allow_nan=False, allow_infinity=False, places=2),
)


def test_a_report_is_read_back_as_it_was() -> None:
    whole = report(
        {**VALUES, "relief_funds": None},
        closed_at=datetime(2025, 1, 9, tzinfo=UTC),
        checks=(Check(False, "不等。"),),
        corrections=("2023年“媒体发稿”封账数为140篇，更正后为141篇（+1）。",),
    )
    assert read_report(json.loads(json.dumps(write_report(whole)))) == whole


def test_the_document_is_plain_json_with_every_figure_definition_and_record() -> None:
    text = "".join(frozen_files()["json"].lines())
    document = json.loads(text)
    assert document["report"]["figures"][0]["formula"] == {
        "from": "activities",
        "kinds": ["study"],
        "amount": "sessions",
    }
    assert document["report"]["cut_off"] == "2025-01-08T02:30:00+00:00"
    assert len(document["evidence"]["releases"]) == 143
    assert document["evidence"]["licence_share"] == [
        ["figure", "licence_cases", None, "", "行政许可案件", "212"],
        ["figure", "enforcement_cases", None, "", "行政执法案件", "646"],
    ]


def test_the_same_year_gives_the_same_bytes() -> None:
    assert frozen_files()["json"] == frozen_files()["json"]


@given(st.lists(EVIDENCE, max_size=5), st.lists(EVIDENCE, max_size=5))
def test_any_evidence_is_read_back_as_it_was(first: list[Evidence], second: list[Evidence]) -> None:
    held = {"drills": first, "releases": second}
    file = keep_lines("json", write_lines(report(), lambda key: held.get(key, [])))
    read, sections = read_lines(file.lines())
    assert read == report()
    assert {key: list(records) for key, records in sections if key in held} == held


def test_records_that_a_reader_leaves_are_passed_over() -> None:
    _, sections = read_lines(frozen_files()["json"].lines())
    firsts = {key: next(records, None) for key, records in sections}
    assert firsts.keys() == VALUES.keys()
    assert firsts["releases"] == next(evidence_behind(report(), "releases"))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format":"annual-report-evidence","version":2,"report":{}}', "<html>", '{"format":1'],
)
def test_what_is_no_such_document_is_told(text: str) -> None:
    with pytest.raises(NotOurs):
        read_lines([text])


def test_a_document_cut_short_is_told() -> None:
    lines = list(frozen_files()["json"].lines())
    for end in range(1, len(lines)):
        _, sections = read_lines(lines[:end])
        with pytest.raises(NotOurs):
            [list(records) for _, records in sections]


def test_an_amount_keeps_its_digits_and_shows_no_exponent() -> None:
    held = [Evidence("entry", "1", date(2024, 1, 1), "", "", Decimal("1E+3"))]
    text = "".join(write_lines(report(), lambda _key: held))
    assert json.loads(text)["evidence"]["drills"][0][-1] == "1000"
