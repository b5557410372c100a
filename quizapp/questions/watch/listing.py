"""The to-do list of a newer version: each question beside what became of the articles it rests on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.accounts.models import User
from quizapp.laws import queries as law_queries
from quizapp.laws.changes import Run, differences
from quizapp.laws.models import LawVersion
from quizapp.laws.statutes import Article
from quizapp.questions.asking import AskedRevision
from quizapp.questions.models import Question
from quizapp.questions.queries import as_asked
from quizapp.questions.watch import queries
from quizapp.questions.watch.models import Recheck
from quizapp.questions.watch.touching import Touch, Touched
from quizapp.questions.watch.watching import read_touched


@dataclass(frozen=True)
class TouchedArticle:
    """A cited place, what became of it, and how its wording changed, where both texts are loaded."""

    touched: Touched
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Item:
    """A question to be checked again."""

    recheck: Recheck
    question: Question
    asked: AskedRevision
    articles: Sequence[TouchedArticle]

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.recheck.outcome is None

    @property
    def touches(self) -> frozenset[Touch]:
        """What became of its articles."""
        return frozenset(one.touched.touch for one in self.articles)

    @property
    def can_be_right(self) -> bool:
        """Whether its citations may stay."""
        return not any(one.touched.needs_edit for one in self.articles)

    @property
    def can_be_renumbered(self) -> bool:
        """Whether new numbers put its citations right."""
        return any(one.touched.moved for one in self.articles)


def list_items(actor: User, version: LawVersion) -> list[Item]:
    """The re-checks that a version opened and the actor reads, open ones first."""
    now = {article.number: article for article in law_queries.list_articles(version.id)}
    older: dict[int | None, dict[int, Article]] = {None: {}}
    items = []
    for recheck, question, revision in queries.list_rechecks_for(actor, version.id):
        old_id = recheck.old_version_id
        if old_id not in older:
            older[old_id] = {one.number: one for one in law_queries.list_articles(old_id or 0)}
        articles = [_beside(one, older[old_id], now) for one in read_touched(recheck)]
        items.append(Item(recheck, question, as_asked(question, revision), articles))
    return items


def _beside(touched: Touched, old: dict[int, Article], now: dict[int, Article]) -> TouchedArticle:
    before, after = old.get(touched.citation.article), now.get(touched.new or 0)
    if touched.touch is Touch.UNKNOWN:
        after = now.get(touched.citation.article)
        return TouchedArticle(touched, (Run("same", after.text),) if after else ())
    return TouchedArticle(touched, differences(before.text if before else "", after.text if after else ""))


def count_touches(items: Sequence[Item]) -> Counter[Touch]:
    """How many questions each touch concerns."""
    return Counter(touch for item in items for touch in item.touches)
