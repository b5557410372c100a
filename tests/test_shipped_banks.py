"""The shipped questions load whole, and rest on articles that exist."""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from quizapp.config import ROOT
from quizapp.core.numerals import read_chinese
from quizapp.questions.importers.text import read_text
from quizapp.questions.kinds import Kind
from quizapp.questions.parsed import ParsedQuestions

FILES = sorted((ROOT / "question_bank").glob("*/*.txt"))
LAWS = ROOT.parent / "shared" / "laws"
TEXTS = {"安全生产法": "安全生产法-2021.md", "突发事件应对法": "突发事件应对法-2024.md"}


def parsed_by_bank() -> dict[str, list[ParsedQuestions]]:
    banks: dict[str, list[ParsedQuestions]] = {}
    for path in FILES:
        parsed = read_text(path.read_text(encoding="utf-8"))
        banks.setdefault(parsed.bank, []).append(parsed)
    return banks


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_loads_with_no_problem(path: Path) -> None:
    parsed = read_text(path.read_text(encoding="utf-8"))
    assert [(problem.where, problem.reason) for problem in parsed.problems] == []
    assert parsed.found > 0
    assert re.fullmatch(r"\d\d-[a-z-]+\.txt", path.name)


def test_the_first_file_of_a_bank_names_the_revision_of_its_law() -> None:
    revised_on = {
        bank: [file.law_revised_on for file in files if file.law_revised_on]
        for bank, files in parsed_by_bank().items()
    }
    assert revised_on == {"安全生产法": [date(2021, 6, 10)], "突发事件应对法": [date(2024, 6, 28)]}


def test_both_banks_hold_at_least_forty_questions_of_every_kind() -> None:
    banks = parsed_by_bank()
    assert set(banks) == set(TEXTS)
    for files in banks.values():
        questions = [question for file in files for question in file.questions]
        assert len(questions) >= 40
        assert {question.kind for question in questions} >= {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE}
        assert len({question.fingerprint for question in questions}) == len(questions)


def test_every_question_has_explanation_citation_difficulty_tags_and_chapter() -> None:
    for bank, files in parsed_by_bank().items():
        for question in (question for file in files for question in file.questions):
            assert question.explanation, question.stem
            assert len(question.citations) == 1, question.stem
            assert question.citations[0].law == bank, question.stem
            assert question.difficulty, question.stem
            assert question.tags, question.stem
            assert question.chapter, question.stem


def articles_of(law: str) -> dict[int, int]:
    """Article number → how many paragraphs (or items) its text has, from the statute's file."""
    if not LAWS.is_dir():
        assert os.environ.get("CI") != "true", f"{LAWS} is missing"
        pytest.skip("the statutes are not on this machine")
    articles: dict[int, int] = {}
    number = 0
    for line in (LAWS / TEXTS[law]).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if match := re.match(r"第([零一二三四五六七八九十百]+)条\s", line):
            number = read_chinese(match[1])
            articles[number] = 1
        elif line and number and not line.startswith(("#", "（")):
            articles[number] += 1
    return articles


@pytest.mark.parametrize("law", TEXTS)
def test_every_citation_names_an_article_and_paragraph_of_the_statute(law: str) -> None:
    articles = articles_of(law)
    for file in parsed_by_bank()[law]:
        for question in file.questions:
            for citation in question.citations:
                assert citation.article in articles, (question.stem, str(citation))
                assert (citation.paragraph or 1) <= articles[citation.article], (question.stem, str(citation))
