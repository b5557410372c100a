"""A frozen year is proven from itself; whatever differs is named."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from quizapp.reports.closing.evidence_json import write_lines
from quizapp.reports.closing.files import KeptFile, keep_lines
from quizapp.reports.closing.verifying import find_first_difference, find_first_fault
from tests.reports.closing.freezing import evidence_behind, frozen_files, kept_report
from tests.reports.printing.reporting import VALUES, figure, report


def forged(file: KeptFile, change: Callable[[str], str]) -> KeptFile:
    """The file with other text and a digest that fits it."""
    return keep_lines("json", [change("".join(file.lines()))])


def test_what_was_frozen_is_proven() -> None:
    assert find_first_fault(frozen_files(), kept_report()) is None


def test_what_was_not_entered_is_proven_too() -> None:
    wanting = report({**VALUES, "relief_funds": None})
    assert find_first_fault(frozen_files(wanting), kept_report(wanting)) is None


@pytest.mark.parametrize(("ending", "name"), [("docx", "年度报告"), ("xlsx", "年度报告数据")])
def test_a_document_of_one_other_byte_is_named(ending: str, name: str) -> None:
    files = frozen_files()
    files[ending] = replace(files[ending], content=files[ending].content[:-1] + b"!")
    assert find_first_fault(files, kept_report()) == f"{name}（{ending}）与封账时的校验码不一致。"


def test_evidence_of_one_other_word_is_named() -> None:
    files = frozen_files()
    text = "".join(files["json"].lines()).replace("执法台账", "执法台帐", 1)
    files["json"] = replace(files["json"], content=gzip.compress(text.encode()))
    assert find_first_fault(files, kept_report()) == "年度报告依据（json）与封账时的校验码不一致。"


@pytest.mark.parametrize("content", [b"", b"no archive", gzip.compress(b"{}", mtime=0)[:-3]])
def test_evidence_that_cannot_be_unpacked_is_named(content: bytes) -> None:
    files = frozen_files()
    files["json"] = replace(files["json"], content=content)
    fault = find_first_fault(files, kept_report())
    assert fault is not None
    assert fault.startswith("年度报告依据（json）")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "json"])
def test_a_file_that_is_gone_is_named(ending: str) -> None:
    files = frozen_files()
    del files[ending]
    fault = find_first_fault(files, kept_report())
    assert fault is not None
    assert f"（{ending}）不见了" in fault


def test_a_record_taken_out_of_the_evidence_names_its_figure() -> None:
    files = frozen_files()
    record = '["release","0","2024-02-29","城关镇","稿件\u2028<&>","1"]\n,'
    files["json"] = forged(files["json"], lambda text: text.replace(record, "", 1))
    assert find_first_fault(files, kept_report()) == "“媒体发稿”封账数为 143，由依据重算为 142。"


def test_an_entered_number_that_was_changed_names_its_figure() -> None:
    files = frozen_files()
    files["json"] = forged(
        files["json"], lambda text: text.replace('"执法台账","13245"', '"执法台账","13246"')
    )
    assert find_first_fault(files, kept_report()) == "“排查一般隐患”封账数为 13245，由依据重算为 13246。"


def test_a_share_that_rests_on_another_number_than_is_reported_names_its_figure() -> None:
    files = frozen_files()
    old, new = '"行政许可案件","212"', '"行政许可案件","212.1"'
    files["json"] = forged(files["json"], lambda text: text.replace(old, new))
    fault = find_first_fault(files, kept_report())
    assert fault == "“行政许可占比”的依据引用了“行政许可案件”，与该指标的封账数不一致。"


def test_a_figure_without_its_evidence_is_named() -> None:
    def drop_releases(text: str) -> str:
        start = text.index(',"releases":[')
        end = text.index("\n]\n", start) + 3
        return text[:start] + text[end:]

    files = frozen_files()
    files["json"] = forged(files["json"], drop_releases)
    assert find_first_fault(files, kept_report()) == "“媒体发稿”没有依据。"


def test_what_pages_show_otherwise_than_the_file_names_its_figure() -> None:
    shown: dict[str, Any] = json.loads(json.dumps(kept_report()))
    shown["figures"][5]["value"] = "647"
    fault = find_first_fault(frozen_files(), shown)
    assert fault == "“行政执法案件”在页面上显示的内容与封账的依据文件不一致。"
    shown = {**kept_report(), "cut_off": "2025-01-09T00:00:00+00:00"}
    fault = find_first_fault(frozen_files(), shown)
    assert fault == "页面上显示的年度、截止时间或核对结果与封账的依据文件不一致。"


def test_units_that_do_not_add_up_to_their_figure_name_it() -> None:
    figures = tuple(
        replace(each, by_unit=(("城关镇", Decimal(100)), ("局机关", Decimal(42))))
        if each.indicator.key == "releases"
        else each
        for each in report().figures
    )
    wrong = replace(report(), figures=figures)
    assert find_first_fault(frozen_files(wrong), kept_report(wrong)) == (
        "“媒体发稿”封账数为 143，各单位合计为 142。"
    )


def test_a_figure_is_refused_at_the_close_that_its_evidence_does_not_give() -> None:
    good = report()
    assert find_first_difference(frozen_files(good)["json"]) is None
    wrong = replace(
        good,
        figures=(figure(good.figures[0].indicator, Decimal(26)), *good.figures[1:]),
    )
    lines = "".join(frozen_files(good)["json"].lines())
    shown = json.dumps(kept_report(wrong)["figures"][0]["value"])  # type: ignore[index]
    forged_file = keep_lines("json", [lines.replace('"value":"25"', f'"value":{shown}', 1)])
    assert find_first_difference(forged_file) == "“集中学习培训次数”封账数为 26，由依据重算为 25。"


def test_a_figure_made_of_one_that_is_retired_is_proven() -> None:
    good = report()
    kept = replace(
        good, figures=tuple(one for one in good.figures if one.indicator.key != "enforcement_officers")
    )
    evidence = {one.indicator.key: list(evidence_behind(good, one.indicator.key)) for one in good.figures}
    file = keep_lines("json", write_lines(kept, lambda key: evidence[key]))
    assert find_first_difference(file) is None
