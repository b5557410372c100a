"""What is wrong with the shipped questions: what a machine can see of the rules in its README."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from quizapp.questions.kinds import Kind
from quizapp.questions.parsed import ParsedQuestion
from quizapp.questions.shipped.folder import OUTLINE, ShippedBank, ShippedQuestion
from quizapp.questions.shipped.spread import AUDIENCES, spread
from quizapp.questions.twins import nearness, shingles

#: A whole bank for a county: fewer questions come back too soon.
LEAST_QUESTIONS = 600
#: Of the articles of a law, so many in a hundred are the main citation of a question.
LEAST_ASKED = 86
MOST_STEM, MOST_OPTION = 80, 40
EXPLANATION = range(15, 141)
OPTIONS = 4
#: Two questions share at most this part of the two-character pieces that either has.
TOO_NEAR = 0.6
_ALL_OF_THEM = re.compile(r"以上(?:都|均|全|皆|各项|选项|说法)|都对$|都不对|均不对|[A-H]项|选项[A-H]")
_NUMBERING = re.compile(r"第几|哪一条规定|几条规定")


@dataclass(frozen=True)
class Fault:
    """One thing to mend, where it stands and why."""

    path: Path
    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}:{self.where} {self.reason}"


def inspect_banks(banks: Sequence[ShippedBank]) -> Iterator[Fault]:
    """Every fault of the banks: in what was read, question by question, between questions, in the whole."""
    for bank in banks:
        yield from (Fault(path, problem.where, problem.reason) for path, problem in bank.problems)
        for one in bank.questions:
            yield from (Fault(one.path, one.question.where, why) for why in _faults_of(one.question, bank))
        yield from _uncovered(bank)
    questions = [one for bank in banks for one in bank.questions]
    yield from _twins(questions)
    yield from _ill_spread(banks, questions)


def _faults_of(question: ParsedQuestion, bank: ShippedBank) -> Iterator[str]:
    yield from _faults_of_basis(question, bank)
    if len(question.stem) > MOST_STEM:
        yield f"题干有 {len(question.stem)} 字，最多 {MOST_STEM} 字。"
    if len(question.explanation) not in EXPLANATION:
        yield f"解析有 {len(question.explanation)} 字，应为 {EXPLANATION[0]}～{EXPLANATION[-1]} 字。"
    if not question.difficulty:
        yield "没有难度。"
    if not question.tags or set(question.tags) - set(AUDIENCES):
        yield f"标签应为{'、'.join(AUDIENCES)}中的一项或几项。"
    if _NUMBERING.search(question.stem):
        yield "题干考的是条款序号。"
    if question.kind is Kind.BLANK:
        yield "随系统提供的题库没有填空题。"
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        yield from _faults_of_options(question)


def _faults_of_options(question: ParsedQuestion) -> Iterator[str]:
    if len(question.options) != OPTIONS:
        yield f"有 {len(question.options)} 个选项，应为 {OPTIONS} 个。"
    for option in question.options:
        if len(option) > MOST_OPTION:
            yield f"选项“{option[:10]}……”有 {len(option)} 字，最多 {MOST_OPTION} 字。"
        if _ALL_OF_THEM.search(option):
            yield f"选项“{option}”指向别的选项。"


def _faults_of_basis(question: ParsedQuestion, bank: ShippedBank) -> Iterator[str]:
    if not question.citations:
        yield "没有依据。"
        return
    for citation in question.citations:
        article = bank.outline.get(citation.article) if citation.law == bank.name else None
        if article is None:
            yield f"依据{citation}不存在。"
        elif fault := article.fault_of(citation):
            yield f"依据{citation}：{fault}"
    main = bank.outline.get(question.citations[0].article)
    if main and question.chapter != main.chapter:
        yield f"章节应为“{main.chapter}”。"


def _uncovered(bank: ShippedBank) -> Iterator[Fault]:
    by_article = bank.by_article()
    for article in bank.outline.values():
        if not by_article[article.number] and not article.unasked:
            yield Fault(bank.folder / OUTLINE, f"第{article.number}条", "没有试题，也没有写明原因。")
        if by_article[article.number] and article.unasked:
            yield Fault(bank.folder / OUTLINE, f"第{article.number}条", "有试题，却写着不出题的原因。")
    asked = sum(map(bool, by_article.values()))
    if 100 * asked < LEAST_ASKED * len(by_article) or not by_article:
        yield Fault(
            bank.folder / OUTLINE,
            "全文",
            f"{len(by_article)} 条中只有 {asked} 条有试题，应达 {LEAST_ASKED}%。",
        )


def _twins(questions: Iterable[ShippedQuestion]) -> Iterator[Fault]:
    """Pairs that read nearly alike, 对 and 错 not counted."""
    pieces = [
        (
            one,
            shingles(one.question.stem, () if one.question.kind is Kind.TRUE_FALSE else one.question.options),
        )
        for one in questions
    ]
    for (first, read), (second, other) in combinations(pieces, 2):
        if nearness(read, other) >= TOO_NEAR:
            place = f"{first.path.parent.name}/{first.path.name}:{first.question.where}"
            yield Fault(second.path, second.question.where, f"与 {place} 相同或很相近。")


def _ill_spread(banks: Sequence[ShippedBank], questions: Sequence[ShippedQuestion]) -> Iterator[Fault]:
    root = banks[0].folder.parent if banks else Path()
    if len(questions) < LEAST_QUESTIONS:
        yield Fault(root, "全部", f"共 {len(questions)} 题，至少要有 {LEAST_QUESTIONS} 题。")
    for share in spread([one.question for one in questions]):
        if not share.is_within:
            yield Fault(root, "全部", f"{share}，超出范围。")
