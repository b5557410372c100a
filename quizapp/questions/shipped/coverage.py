"""``COVERAGE.md``: for each article of the shipped laws its questions, or why there is none."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from quizapp.core.numerals import write_chinese
from quizapp.questions.shipped.folder import ShippedBank, ShippedQuestion
from quizapp.questions.shipped.outline import ArticleOutline

COVERAGE = "COVERAGE.md"
_HEAD = """# Which article is asked by which question

Written by `flask questions coverage`; `make lint` tells when it is out of date. A question stands below the
article that is its main citation. What an article is about is said in our words; where nothing is asked, why.
"""


def write_coverage(banks: Sequence[ShippedBank]) -> str:
    """The whole document, as Markdown."""
    return "\n".join([_HEAD, *(line for bank in banks for line in _bank_lines(bank))])


def _bank_lines(bank: ShippedBank) -> Iterator[str]:
    by_article = bank.by_article()
    asked = sum(map(bool, by_article.values()))
    yield f"## {bank.name}\n"
    yield f"全法 {len(by_article)} 条，有试题的 {asked} 条，共 {len(bank.questions)} 题。\n"
    for chapter, articles in groupby(bank.outline.values(), key=lambda article: article.chapter):
        yield f"### {chapter}\n"
        for article in articles:
            yield from _article_lines(article, by_article[article.number])
        yield ""


def _article_lines(article: ArticleOutline, questions: Sequence[ShippedQuestion]) -> Iterator[str]:
    heading = f"- **第{write_chinese(article.number)}条** {article.subject}"
    yield heading if questions else f"{heading}。不出题：{article.unasked}"
    for one in questions:
        question = one.question
        degree = question.difficulty.label if question.difficulty else "难度未定"
        place = f"{one.path.parent.name}/{one.path.name}#L{one.line}"
        yield f"  - {question.kind.label}，{degree}：[{question.stem}]({place})"
