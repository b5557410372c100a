"""The outline of a law: which articles it has and how each is divided. Facts only, none of its text."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from quizapp.core.numerals import write_chinese
from quizapp.laws.citations import Citation


@dataclass(frozen=True)
class ArticleOutline:
    """One article 条."""

    number: int
    #: The heading that it stands below: 第一章 总则.
    chapter: str
    #: How many items 项 each of its paragraphs 款 has.
    items: tuple[int, ...]
    #: What it is about, in our words.
    subject: str
    #: Why no question rests on it; empty where one does.
    unasked: str = ""

    def fault_of(self, citation: Citation) -> str:
        """What is wrong with a citation of this article, empty where it names its place rightly."""
        paragraphs = len(self.items)
        if citation.paragraph is None and paragraphs > 1:
            return f"该条有{write_chinese(paragraphs)}款，应写明第几款。"
        if citation.paragraph is not None and paragraphs == 1:
            return "该条只有一款，不写款。"
        if (citation.paragraph or 1) > paragraphs:
            return f"该条只有{write_chinese(paragraphs)}款。"
        if (citation.item or 0) > self.items[(citation.paragraph or 1) - 1]:
            return "该款没有这一项。"
        return ""


def read_outline(text: str) -> Mapping[int, ArticleOutline]:
    """The articles by number, from a table with the columns article, chapter, items, subject, unasked.

    ``items`` holds a number for each paragraph: ``7 0`` is two paragraphs, the first with seven items.
    """
    articles = (
        ArticleOutline(
            int(row["article"]),
            row["chapter"],
            tuple(map(int, row["items"].split())),
            row["subject"],
            row["unasked"],
        )
        for row in csv.DictReader(StringIO(text))
    )
    return {article.number: article for article in articles}
