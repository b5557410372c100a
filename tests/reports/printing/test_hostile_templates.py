"""Templates that would run, hang, hide or break something are refused with a sentence."""

import io
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.reports.printing.document import TemplateFault, write_document
from quizapp.reports.printing.template_check import check_template
from tests.reports.printing.reading import template, with_part
from tests.reports.printing.reporting import report

KNOWN = {"年份", "应急演练"}


@pytest.mark.parametrize(
    "text",
    [
        "{% for x in 年份 %}{{ x }}{% endfor %}",
        "{%p for x in 年份 %}",
        "{{ 年份 * 9999999 }}",
        "{{ 年份|upper }}",
        "{{ 年份.__class__ }}",
        "{{ range(9) }}",
        "{{ '甲' }}",
        "{{ 123 }}",
        "{{r 年份 }}",
        "{{p 年份 }}",
        "{{- 年份 -}}",
        "{{ 年份",
        "{# 年份 #}",
        "{{ 年份 }}}} {{ {",
        "{{ 年 份 }}",
        "{{}}",
        "{{ 占 比% }}",
    ],
)
def test_anything_but_a_plain_name_is_refused_and_shown(text: str) -> None:
    check = check_template(template(text), KNOWN)
    assert check.faults
    assert "“{" in check.faults[0]
    assert "不能使用" in check.faults[0]
    with pytest.raises(TemplateFault):
        write_document(report(), template(text))


def test_full_width_braces_are_told_apart() -> None:
    (fault,) = check_template(template("共｛｛ 年份 ｝｝"), KNOWN).faults
    assert fault == "“｛｛ 年份 ｝｝”用了全角的大括号。请改成半角的 {{ 和 }}。"


def test_a_sound_template_says_what_it_uses() -> None:
    check = check_template(template("{{年份}}{{ 应急演练 }}{{ 年份 }} { 单 } }} 完"), KNOWN)
    assert (check.used, check.unknown, check.faults, check.sound) == (("年份", "应急演练"), (), (), True)


def test_a_placeholder_over_two_paragraphs_is_refused() -> None:
    assert check_template(template("{{ 年份", "}}"), KNOWN).faults


def test_placeholders_where_nothing_is_filled_are_told() -> None:
    described = with_part(
        template("正文"),
        "word/document.xml",
        lambda part: part.replace("<w:p>", '<w:p title="{{ 年份 }}">', 1),
    )
    endnotes = with_part(template("正文"), "word/endnotes.xml", lambda _: "<e>{{ 年份 }}</e>")
    for made in (described, endnotes):
        (fault,) = check_template(made, KNOWN).faults
        assert "不会被填写" in fault


def hidden_code(document: Any) -> None:
    document.core_properties.title = "{% for a in range(10**9) %}{% endfor %}"


def test_code_in_the_properties_is_refused() -> None:
    assert check_template(template("正文", arrange=hidden_code), KNOWN).faults


def many_empty_paragraphs(part: str) -> str:
    return part.replace("<w:body>", "<w:body>" + '<w:p w:rsidR="1"/>' * 200_000, 1)


def spaces_in_a_field(part: str) -> str:
    code = "{% colspan" + " " * 100_000
    return part.replace("<w:body>", f"<w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:instrText>{code}", 1).replace(
        "</w:body>", "</w:instrText></w:r></w:p></w:tc></w:tr></w:tbl></w:body>"
    )


@pytest.mark.parametrize("change", [many_empty_paragraphs, spaces_in_a_field])
def test_a_text_made_to_take_long_does_not(change: Callable[[str], str]) -> None:
    made = with_part(template(), "word/document.xml", change)
    began = time.perf_counter()
    try:
        write_document(report(), made)
    except TemplateFault as fault:
        assert_a_sentence(fault.advice)
    assert time.perf_counter() - began < 30


def deleted(part: str) -> str:
    return part.replace(
        "<w:body>", "<w:body><w:p><w:del><w:r><w:delText>{% set a = 1 %}</w:delText></w:r></w:del></w:p>", 1
    )


def test_code_in_deleted_text_is_refused() -> None:
    assert check_template(with_part(template("正文"), "word/document.xml", deleted), KNOWN).faults


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "docProps/core.xml"]
)
@pytest.mark.parametrize("declared", [BOMB, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'])
def test_a_declared_entity_is_refused_in_any_part(name: str, declared: str) -> None:
    made = with_part(template("正文"), name, lambda part: part.replace("?>", f"?>{declared}", 1))
    (fault,) = check_template(made, KNOWN).faults
    assert "文档类型声明" in fault


def test_what_is_no_word_document_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    for content in (b"", b"%PDF-1.7", b"text", b"PK\x03\x04broken", buffer.getvalue()):
        (fault,) = check_template(content, KNOWN).faults
        assert fault.endswith("重试。")


def test_a_bomb_is_refused_unopened() -> None:
    made = with_part(template("正文"), "word/media/a.bin", lambda _: "0" * 60_000_000)
    assert "过大" in check_template(made, KNOWN).faults[0]


def test_a_template_of_too_much_text_is_refused() -> None:
    long = "".join(f"字{number}" for number in range(1_000_000))
    (fault,) = check_template(template(long), KNOWN).faults
    assert "过长" in fault


def test_a_long_template_is_looked_at_in_time() -> None:
    made = template(*(f"第{number}段 {{{{ 年份 }}}}，{{ 单括号" for number in range(8000)))
    began = time.perf_counter()
    assert check_template(made, KNOWN).sound
    assert time.perf_counter() - began < 15


def test_a_package_without_a_document_inside_is_damaged() -> None:
    made = with_part(template("正文"), "word/document.xml", lambda _: "<w>")
    assert "损坏" in check_template(made, KNOWN).faults[0]


def assert_a_sentence(text: str) -> None:
    assert text.endswith("。")


@settings(max_examples=25, deadline=None)
@given(st.text("{}%# 年份r-p|.\"'<&", max_size=16))
def test_whatever_is_written_is_filled_or_refused_and_never_run(text: str) -> None:
    made = template(text)
    try:
        written = write_document(report(), made)
    except TemplateFault as fault:
        assert_a_sentence(fault.advice)
    else:
        assert check_template(written, KNOWN).used == ()
