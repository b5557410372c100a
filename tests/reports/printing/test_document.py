"""The annual report as docx, read back."""

import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import docx
import pytest
from docx.shared import Mm

from quizapp.reports.figures.formulas import Entered
from quizapp.reports.figures.house_style import print_figure
from quizapp.reports.figures.indicators import BUILT_IN, Indicator
from quizapp.reports.printing.document import TemplateFault, write_document
from tests.reports.printing.reading import NAMESPACE, template, texts, with_part
from tests.reports.printing.reporting import VALUES, figure, report
from tests.reports.test_house_style import reference

#: The words right before the number of each indicator in our wording.
WORDS = {
    "study_sessions": "组织集中学习培训",
    "study_attendance": "干部职工参加学习",
    "general_hazards": "排查一般隐患",
    "major_hazards": "录入重大事故隐患",
    "case_meetings": "案件审理委员会会议",
    "enforcement_cases": "行政执法案件共",
    "licence_cases": "行政许可案件",
    "licence_share": "行政许可案件212件，占比",
    "inspection_cases": "行政检查案件",
    "inspection_share": "行政检查案件358件，占比",
    "penalty_cases": "行政处罚案件",
    "penalty_share": "行政处罚案件76件，占比",
    "cases_per_officer": "人均办案量",
    "mine_inspections": "矿山检查复查",
    "mine_hazards": "矿山整改隐患",
    "listed_enterprises": "挂牌督办企业",
    "chemical_hazards": "危化品和烟花爆竹单位消除隐患",
    "industry_hazards": "工商贸企业消除隐患",
    "model_cases_reported": "上报执法典型案例",
    "model_cases_adopted": "省厅录用典型案例",
    "commended_reports": "通报表扬的灾害风险隐患信息有",
    "items_handed_out": "发放宣传品",
    "leaflets_handed_out": "发放宣传折页",
    "participants": "知识竞赛采用扫码答题，参与人数",
    "releases": "媒体发稿",
    "model_stations": "应急服务示范驿站",
    "standard_stations": "应急服务标准驿站",
    "drills": "应急演练",
    "trainings": "应急培训",
    "volunteer_services": "志愿者应急服务",
    "irrigated_area": "抗旱灌溉面积",
    "relief_funds": "应急救助资金",
    "relief_clothing": "发放棉衣棉被",
}


def test_each_printed_expression_stands_in_its_own_indicators_sentence() -> None:
    printed = {row["indicator"]: row["printed"] for row in reference()}
    text = "\n".join(texts(write_document(report())))
    for indicator in (one for one in BUILT_IN if one.section):
        expression = printed.pop(indicator.name)
        assert re.search(rf"{WORDS[indicator.key]}{re.escape(expression)}(?![0-9.万亿余])", text), (
            indicator.name
        )
    assert not printed


def test_the_document_names_the_bureau_the_year_and_the_cut_off() -> None:
    lines = texts(write_document(report()))
    assert lines[:2] == ["某县应急管理局", "2024年法治建设和普法工作报告"]
    assert "截至2025年1月8日。" in lines[3]
    assert "三、2025年工作安排" in lines
    assert lines[-2:] == ["某县应急管理局", "2025年1月8日"]


def test_a_closed_report_is_dated_by_its_closing() -> None:
    closed = report(closed_at=datetime(2025, 1, 19, 16, 0, tzinfo=UTC))  # midnight in Shanghai
    assert texts(write_document(closed))[-1] == "2025年1月20日"


def test_what_is_wanting_is_marked() -> None:
    lines = texts(write_document(report({**VALUES, "relief_funds": None})))
    assert any("应急救助资金【未填报】，发放棉衣棉被2620件" in line for line in lines)


def test_an_indicator_of_the_bureaus_own_is_printed_at_the_end_of_its_section() -> None:
    mine = figure(Indicator("own_1", "普法短视频 <新>", "条", Entered(), "一（四）"), Decimal(18))
    assert "普法短视频 <新>18条。" in texts(write_document(report(more=(mine,))))


def test_signs_of_markup_in_values_survive() -> None:
    lines = texts(write_document(report(owner="甲<乙>&丙“丁”'\"局"), template("{{ 单位名称 }}报告")))
    assert lines == ["甲<乙>&丙“丁”'\"局报告"]


def split_in_runs(document: Any) -> None:
    paragraph = document.add_paragraph("共")
    for piece in ("{", "{ 发放", "宣传品", " }", "}"):
        paragraph.add_run(piece).bold = True
    paragraph.add_run("。")


def test_a_placeholder_that_word_split_over_runs_is_filled() -> None:
    assert texts(write_document(report(), template(arrange=split_in_runs))) == ["共10万余件。"]


def test_what_is_handed_out_may_be_named_by_its_category_alone() -> None:
    written = write_document(report(), template("发放{{ 宣传品 }}，折页{{ 宣传折页 }}。"))
    assert texts(written) == ["发放10万余件，折页3万余份。"]


def test_a_category_that_names_another_indicator_is_that_indicator() -> None:
    own = Indicator("own", "宣传品", "箱", Entered(), section="一（四）")
    written = write_document(
        report(more=(figure(own, Decimal(7)),)), template("{{ 宣传品 }}、{{ 发放宣传品 }}")
    )
    assert texts(written) == ["7箱、10万余件"]


def everywhere(document: Any) -> None:
    document.add_table(1, 2).cell(0, 1).text = "{{ 应急演练 }}"
    document.sections[0].header.paragraphs[0].text = "{{ 单位名称 }}"
    document.sections[0].footer.paragraphs[0].text = "{{ 年份 }}"
    document.core_properties.title = "{{ 年份 }}年报告"


def test_tables_headers_footers_and_properties_are_filled() -> None:
    written = docx.Document(io.BytesIO(write_document(report(), template(arrange=everywhere))))
    section = written.sections[0]
    assert written.tables[0].cell(0, 1).text == "300余次"
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == (
        "某县应急管理局",
        "2024",
    )
    assert written.core_properties.title == "2024年报告"


def footnoted(name: str) -> bytes:
    """A template with a note to its paragraph."""
    notes = (
        f'<w:footnotes xmlns:w="{NAMESPACE}"><w:footnote w:id="2">'
        f"<w:p><w:r><w:t>注：{{{{ {name} }}}}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    made = with_part(template("正文"), "word/footnotes.xml", lambda _: notes)
    made = with_part(
        made,
        "[Content_Types].xml",
        lambda part: part.replace(
            "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
        ),
    )
    return with_part(
        made,
        "word/_rels/document.xml.rels",
        lambda part: part.replace(
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{link}" Target="footnotes.xml"/></Relationships>',
        ),
    )


def test_footnotes_are_filled_and_looked_at() -> None:
    with_part(
        write_document(report(), footnoted("媒体发稿")),
        "word/footnotes.xml",
        lambda part: "" if "注：143篇" in part else pytest.fail(part),
    )
    with pytest.raises(TemplateFault, match="没有这一项"):
        write_document(report(), footnoted("没有这一项"))


def test_exact_values_and_last_years_have_placeholders_too() -> None:
    drills = next(one for one in BUILT_IN if one.key == "drills")
    made = report(more=())
    figures = tuple(
        figure(drills, Decimal(312), last_year=Decimal(250)) if one.indicator is drills else one
        for one in made.figures
    )
    lines = texts(
        write_document(
            report(figures=figures), template("{{ 应急演练_确数 }}，{{ 应急演练_上年 }}，{{ 媒体发稿_上年 }}")
        )
    )
    assert lines == ["312次，250次，【未填报】"]


def test_an_unknown_placeholder_is_named_wherever_it_stands() -> None:
    made = template(
        "{{ 宣传费 }}{{ 宣传费 }}",
        arrange=lambda document: document.sections[0].footer.add_paragraph("{{ 页脚 }}"),
    )
    with pytest.raises(TemplateFault) as caught:
        write_document(report(), made)
    assert caught.value.advice == (
        "模板中的 {{ 宣传费 }}、{{ 页脚 }} 没有对应的指标。请改成指标的名称，或者先添加指标。"
    )


def test_two_names_that_a_template_cannot_tell_apart_are_refused() -> None:
    twin = figure(Indicator("own_1", "应急 演练", "次", Entered()), Decimal(1))
    with pytest.raises(TemplateFault, match="“应急演练”与“应急 演练”"):
        write_document(report(more=(twin,)))


def test_the_default_document_has_the_page_of_the_standard() -> None:
    written = docx.Document(io.BytesIO(write_document(report())))
    section = written.sections[0]
    page = [section.page_width, section.page_height]
    margins = [section.top_margin, section.left_margin, section.right_margin, section.bottom_margin]
    assert [round(side / Mm(1)) for side in (*page, *margins) if side] == [210, 297, 37, 28, 26, 35]
    xml = written.styles["Normal"].element.xml
    for said in (
        'w:eastAsia="仿宋_GB2312"',
        '<w:sz w:val="32"/>',
        '<w:spacing w:val="-5"/>',
        'w:line="578" w:lineRule="exact"',
        'w:firstLineChars="200"',
        '<w:widowControl w:val="0"/>',
    ):
        assert said in xml
    fonts = {name: written.styles[name].element.xml for name in ("Title", "Heading 1", "Heading 2")}
    assert 'w:eastAsia="方正小标宋简体"' in fonts["Title"]
    assert 'w:eastAsia="黑体"' in fonts["Heading 1"]
    assert 'w:eastAsia="楷体_GB2312"' in fonts["Heading 2"]
    assert not written.element.xpath("//w:docGrid")
    assert "PAGE" in section.footer._element.xml
    assert 'w:jc w:val="right"' in section.footer._element.xml
    assert 'w:jc w:val="left"' in section.even_page_footer._element.xml
    assert written.settings.odd_and_even_pages_header_footer


def test_every_built_in_figure_is_printed_by_the_house_style() -> None:
    assert all(one.printed == print_figure(one.indicator, one.value) for one in report().figures)
