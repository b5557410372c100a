"""The words of the law beside the questions that rest on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quizapp.core import clock
from quizapp.laws import queries as law_queries
from quizapp.laws.citations import Citation


@dataclass(frozen=True)
class LawTexts:
    """What the places that a page cites say today."""

    by_citation: Mapping[Citation, str]
    #: Names of the laws of which no text is loaded.
    missing_laws: tuple[str, ...]
    #: Cited places of loaded laws that have no such article.
    wrong: frozenset[Citation]


def read_law_texts(citations: Iterable[Citation]) -> LawTexts:
    """The texts of all that a page cites, two statements a law."""
    cited = set(citations)
    found = law_queries.find_articles(cited, clock.shanghai_day(clock.now()))
    missing = tuple(law_queries.missing_laws(citation.law for citation in cited))
    wrong = frozenset(one for one in cited if one not in found and one.law not in missing)
    return LawTexts(found, missing, wrong)
