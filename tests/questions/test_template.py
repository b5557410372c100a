"""What staff download to fill in imports as it is."""

import io

from openpyxl import load_workbook

from quizapp.questions.exporters.exported import in_groups, meaning_of
from quizapp.questions.exporters.template import SAMPLES, write_template, write_text_template
from quizapp.questions.exporters.workbook import COLUMNS
from quizapp.questions.importers.files import read_file
from quizapp.questions.kinds import Kind
from quizapp.questions.parsed import ParsedQuestions


def check_samples(parsed: ParsedQuestions) -> None:
    assert parsed.problems == ()
    assert parsed.bank == "示例题库"
    assert parsed.good == len(SAMPLES) == 7
    assert {question.kind for question in parsed.questions} == set(Kind)
    assert [meaning_of(question) for question in parsed.questions] == [meaning_of(one) for one in SAMPLES]
    assert [question.case for question in parsed.questions] == [
        group.case for group in in_groups(SAMPLES) for _ in group.members
    ]
    assert all(not question.guesses for question in parsed.questions)


def test_the_template_imports_with_no_problem() -> None:
    check_samples(read_file(write_template()))


def test_the_template_offers_lists_a_frozen_heading_and_notes() -> None:
    book = load_workbook(io.BytesIO(write_template()))
    assert book.sheetnames == ["试题", "填写说明"]
    sheet = book["试题"]
    lists = {validation.formula1 for validation in sheet.data_validations.dataValidation}
    assert lists == {'"单选,多选,判断,填空"', '"易,中,难"', '"不分先后"'}
    assert sheet.freeze_panes == "C2"
    explained = {cell.value for cell in book["填写说明"]["A"]}
    assert {heading for heading in COLUMNS if not heading.startswith("选项")} <= explained


def test_the_text_template_imports_with_no_problem() -> None:
    check_samples(read_file(write_text_template().encode()))
