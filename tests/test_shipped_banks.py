"""The shipped questions keep to every rule that can be checked, and their outlines to the statutes."""

import os
from collections import Counter
from datetime import date
from fractions import Fraction
from math import ceil
from random import Random

import pytest
from flask import Flask

from quizapp.campaigns.channels import find_open
from quizapp.campaigns.drawing import draw_paper
from quizapp.config import ROOT
from quizapp.extensions import db
from quizapp.first_run import prepare
from quizapp.laws.statutes import Article, read_statute
from quizapp.questions.kinds import Kind
from quizapp.questions.shipped.folder import list_shipped_banks

BANKS = {bank.name: bank for bank in list_shipped_banks(ROOT / "question_bank")}
LAWS = ROOT.parent / "shared" / "laws"
TEXTS = {"安全生产法": "安全生产法-2021.md", "突发事件应对法": "突发事件应对法-2024.md"}


def test_each_bank_names_the_revision_of_its_law() -> None:
    assert {bank.name: bank.law_revised_on for bank in BANKS.values()} == {
        "安全生产法": date(2021, 6, 10),
        "突发事件应对法": date(2024, 6, 28),
    }


def test_the_inspection_finds_nothing_to_mend(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["questions", "inspect"])
    assert done.exit_code == 0, done.output


def articles_of(law: str) -> tuple[Article, ...]:
    """The articles of a law, from the statute's file."""
    if not LAWS.is_dir():
        assert os.environ.get("CI") != "true", f"{LAWS} is missing"
        pytest.skip("the statutes are not on this machine")
    return read_statute((LAWS / TEXTS[law]).read_text(encoding="utf-8").splitlines()).articles


@pytest.mark.parametrize("law", TEXTS)
def test_the_outline_of_a_law_is_that_of_the_statute(law: str) -> None:
    outline = BANKS[law].outline
    assert {number: (one.chapter.replace(" ", ""), one.items) for number, one in outline.items()} == {
        article.number: (
            article.chapter.replace(" ", ""),
            tuple(len(paragraph.items) for paragraph in article.paragraphs),
        )
        for article in articles_of(law)
    }
    assert all(one.subject for one in outline.values())


def test_the_sample_campaign_draws_papers_balanced_by_law_kind_and_chapter(app: Flask) -> None:
    """5 + 2 + 3 questions, five of either law; of no chapter more than its share of five, rounded up."""
    sample = prepare(ROOT / "question_bank", app.config["DATA_KEY"], "某县应急管理局").sample
    assert sample
    db.session.commit()
    snapshot = find_open(sample.code).snapshot
    whole = list(snapshot.revisions.values())
    sizes = Counter((one.citations[0].law, one.chapter, one.kind) for one in whole)
    of_law = Counter((one.citations[0].law, one.kind) for one in whole)
    for seed in range(100):
        drawn = draw_paper(snapshot.rules, snapshot.pool, Random(seed))
        paper = [snapshot.revisions[question.revision_id] for question in drawn]
        assert Counter(one.kind for one in paper) == {Kind.SINGLE: 5, Kind.MULTIPLE: 2, Kind.TRUE_FALSE: 3}
        assert Counter(one.citations[0].law for one in paper) == {"安全生产法": 5, "突发事件应对法": 5}
        kinds = Counter((one.citations[0].law, one.kind) for one in paper)
        for (law, chapter), count in Counter((one.citations[0].law, one.chapter) for one in paper).items():
            share = sum(
                Fraction(kinds[law, kind] * sizes[law, chapter, kind], of_law[law, kind])
                for kind in Kind
                if of_law[law, kind]
            )
            assert count <= ceil(share)
