import os
from collections import Counter
from difflib import SequenceMatcher

import pytest

from quizapp.config import ROOT
from quizapp.reports.figures.formulas import Entered
from quizapp.reports.figures.indicators import BUILT_IN, Indicator
from quizapp.reports.printing.placeholders import known_placeholders, placeholder_of, twins_among
from quizapp.reports.printing.template_text import Style, compose_template

REFERENCE = ROOT.parent / "shared" / "reference" / "annual-report-2024.txt"
#: Longer runs of words than this are no longer only the indicators' own names.
_LONGEST_SHARED = 14


def own(name: str, section: str = "一（四）", key: str = "own_1") -> Indicator:
    return Indicator(key, name, "个", Entered(), section)


def text_of(*more: Indicator, without: str = "") -> str:
    kept = [one for one in BUILT_IN if one.key != without]
    return "\n".join(line.text for line in compose_template([*kept, *more]))


def test_each_of_the_33_indicators_stands_in_the_wording_once() -> None:
    text = text_of()
    counts = Counter(
        {one.key: text.count(f"{{{{ {placeholder_of(one)} }}}}") for one in BUILT_IN if one.section}
    )
    assert len(counts) == 33
    assert set(counts.values()) == {1}
    assert "执法人员数" not in text


def test_the_sections_stand_in_order() -> None:
    headings = [line.text for line in compose_template(BUILT_IN) if line.style in {Style.FIRST, Style.SECOND}]
    assert [heading[:3] for heading in headings if heading[0] == "（"] == [f"（{n}）" for n in "一二三四五"]
    assert headings[-2:] == ["二、存在的不足", "三、{{ 下一年份 }}年工作安排"]


def test_an_indicator_of_the_bureaus_own_ends_its_section() -> None:
    lines = [line.text for line in compose_template([*BUILT_IN, own("普法短视频（条）")])]
    place = lines.index("普法短视频（条）{{ 普法短视频条 }}。")
    assert lines[place + 2] == "（五）防灾减灾救灾"


def test_an_indicator_of_a_section_that_we_have_not_stands_under_other_work() -> None:
    lines = [
        line.text for line in compose_template([*BUILT_IN, own("来信", "四"), own("来访", "一(五)", "own_2")])
    ]
    assert lines[lines.index("（六）其他工作") + 1] == "来信{{ 来信 }}。"
    assert "来访{{ 来访 }}。" in lines


def test_a_sentence_about_what_is_no_longer_kept_is_left_out_and_its_other_numbers_are_listed() -> None:
    text = text_of(without="drills")
    assert "应急演练" not in text
    assert "应急培训{{ 应急培训 }}。志愿者应急服务{{ 志愿者应急服务 }}。" in text


def test_a_renamed_indicator_keeps_its_sentence() -> None:
    renamed = Indicator("releases", "发稿 数（篇）", "篇", Entered(), "一（四）")
    assert "在各级媒体发稿{{ 发稿数篇 }}。" in text_of(renamed, without="releases")


def test_braces_in_a_name_begin_no_placeholder() -> None:
    assert "（（ x ））{{ x }}。" in text_of(own("{{ x }}"))


def test_no_sentence_of_the_reference_is_ours() -> None:
    if not REFERENCE.is_file():
        assert os.environ.get("CI") != "true", f"{REFERENCE} is missing"
        pytest.skip("the reference is not on this machine")
    theirs = REFERENCE.read_text(encoding="utf-8").replace(",", "，").replace(";", "；")
    for line in text_of().split("\n"):
        match = SequenceMatcher(None, line, theirs, autojunk=False).find_longest_match()
        assert match.size <= _LONGEST_SHARED, line[match.a : match.a + match.size]


@pytest.mark.parametrize(
    ("name", "placeholder"),
    [
        ("发放宣传品", "发放宣传品"),
        ("发放棉衣（棉被）", "发放棉衣棉被"),
        ("合格率 %", "合格率"),
        ("12350 热线", "指标12350热线"),
        ("in", "指标in"),
        ("self", "指标self"),
        ("（）", "own_1"),
        ("{{ 年份 }}", "年份"),
    ],
)
def test_a_placeholder_is_the_name_without_what_cannot_stand_in_one(name: str, placeholder: str) -> None:
    assert placeholder_of(own(name)) == placeholder
    assert placeholder in known_placeholders([own(name)])


def test_names_that_a_template_could_not_tell_apart_are_found() -> None:
    assert twins_among(BUILT_IN) == ()
    assert twins_among([own("演练"), own("演 练", key="own_2"), own("年份", key="own_3")]) == (
        ("演练", "演 练"),
        ("年份", "年份"),
    )
    assert twins_among([own("演练"), own("演练_上年", key="own_2")]) == (("演练", "演练_上年"),)
