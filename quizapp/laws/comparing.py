"""Two loaded versions side by side."""

from collections import Counter
from dataclasses import dataclass

from quizapp.laws import queries
from quizapp.laws.changes import ArticleChange, Change, Run, compare, differences
from quizapp.laws.models import LawVersion
from quizapp.laws.statutes import Article


@dataclass(frozen=True)
class ComparedArticle:
    """One article before and after, and the wording's pieces where it was reworded."""

    change: ArticleChange
    old: Article | None
    new: Article | None
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Every article of two versions, and how many changed in which way."""

    articles: tuple[ComparedArticle, ...]

    @property
    def counts(self) -> Counter[Change]:
        """How many of each kind."""
        return Counter(one.change.kind for one in self.articles)

    def of(self, kind: str) -> tuple[ComparedArticle, ...]:
        """Those of a kind; for "", all that changed."""
        return tuple(
            one
            for one in self.articles
            if (one.change.kind == kind if kind else one.change.kind is not Change.SAME)
        )


def compare_versions(old: LawVersion, new: LawVersion) -> Comparison:
    """What became of each article from one version to the other."""
    before, after = queries.list_articles(old.id), queries.list_articles(new.id)
    was = {article.number: article for article in before}
    now = {article.number: article for article in after}
    return Comparison(
        tuple(
            _compared(change, was.get(change.old or 0), now.get(change.new or 0))
            for change in compare(before, after)
        )
    )


def _compared(change: ArticleChange, old: Article | None, new: Article | None) -> ComparedArticle:
    if change.kind is Change.REWORDED and old and new:
        return ComparedArticle(change, old, new, differences(old.text, new.text))
    return ComparedArticle(change, old, new)
