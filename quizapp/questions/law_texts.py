"""The words of the law beside the questions that rest on them."""

from collections.abc import Iterable

from quizapp.core import clock
from quizapp.laws import queries as law_queries
from quizapp.laws.citations import Citation
from quizapp.questions.asking import AskedRevision


def read_law_texts(questions: Iterable[AskedRevision]) -> dict[str, object]:
    """For a page: ``texts``, what cited places say today by citation, and ``missing``, laws not loaded."""
    cited: set[Citation] = {citation for question in questions for citation in question.citations}
    return {
        "texts": law_queries.find_articles(cited, clock.shanghai_day(clock.now())),
        "missing": law_queries.missing_laws(citation.law for citation in cited),
    }
