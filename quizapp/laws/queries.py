"""Every select of the part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.laws.citations import Citation, law_name
from quizapp.laws.models import Law, LawArticle, LawVersion
from quizapp.laws.statutes import Article, Paragraph

#: Who reads the laws.
READERS = frozenset(Role)


@dataclass(frozen=True)
class VersionSummary:
    """A version of a law and how many articles it holds."""

    id: int
    revised_on: date
    in_force_from: date
    articles: int


@dataclass(frozen=True)
class LawSummary:
    """A law with its versions, the latest first."""

    name: str
    versions: tuple[VersionSummary, ...]

    def in_force(self, on: date) -> VersionSummary | None:
        """The version that is in force on a day."""
        begun = (version for version in self.versions if version.in_force_from <= on)
        return max(begun, key=lambda version: (version.in_force_from, version.revised_on), default=None)


def list_laws() -> list[LawSummary]:
    """Every law with its versions, by name."""
    rows = db.session.execute(
        select(Law.name, LawVersion.id, LawVersion.revised_on, LawVersion.in_force_from, func.count())
        .join(LawVersion, LawVersion.law_id == Law.id)
        .join(LawArticle, LawArticle.version_id == LawVersion.id)
        .group_by(Law.name, LawVersion.id, LawVersion.revised_on, LawVersion.in_force_from)
        .order_by(Law.name, LawVersion.revised_on.desc())
    ).all()
    versions: dict[str, list[VersionSummary]] = defaultdict(list)
    for name, version_id, revised_on, in_force_from, articles in rows:
        versions[name].append(VersionSummary(version_id, revised_on, in_force_from, articles))
    return [LawSummary(name, tuple(found)) for name, found in versions.items()]


def get_version_for(actor: User, version_id: int) -> LawVersion:
    """A version that the actor may read. Raises NotFound."""
    version = db.session.get(LawVersion, version_id) if actor.holds(READERS) else None
    if version is None:
        raise NotFound
    return version


def list_articles(version_id: int, numbers: Iterable[int] | None = None) -> list[Article]:
    """The articles of a version by number: all, or these."""
    query = select(LawArticle.number, LawArticle.chapter, LawArticle.paragraphs).order_by(LawArticle.number)
    query = query.where(LawArticle.version_id == version_id)
    if numbers is not None:
        query = query.where(LawArticle.number.in_(list(numbers)))
    return [
        Article(number, chapter, tuple(Paragraph(one["text"], tuple(one["items"])) for one in paragraphs))
        for number, chapter, paragraphs in db.session.execute(query)
    ]


def find_law(name: str) -> Law | None:
    """The law of a name, with or without 中华人民共和国."""
    return db.session.scalar(select(Law).where(Law.name == law_name(name)))


def get_law(name: str) -> Law:
    """The law of a name that is known to be there."""
    return db.session.scalars(select(Law).where(Law.name == law_name(name))).one()


def find_version_in_force(name: str, on: date) -> LawVersion | None:
    """The version of a law that is in force on a day."""
    return db.session.scalar(
        select(LawVersion)
        .join(Law, Law.id == LawVersion.law_id)
        .where(Law.name == law_name(name), LawVersion.in_force_from <= on)
        .order_by(LawVersion.in_force_from.desc(), LawVersion.revised_on.desc())
        .limit(1)
    )


def find_latest_version(name: str) -> LawVersion | None:
    """The version of a law that was revised last, in force or not yet."""
    return db.session.scalar(
        select(LawVersion)
        .join(Law, Law.id == LawVersion.law_id)
        .where(Law.name == law_name(name))
        .order_by(LawVersion.revised_on.desc())
        .limit(1)
    )


def find_previous_version(version: LawVersion) -> LawVersion | None:
    """The version before this one, of those that are loaded."""
    return db.session.scalar(
        select(LawVersion)
        .where(LawVersion.law_id == version.law_id, LawVersion.revised_on < version.revised_on)
        .order_by(LawVersion.revised_on.desc())
        .limit(1)
    )


def find_articles(citations: Iterable[Citation], on: date) -> dict[Citation, str]:
    """What the cited places say in the versions in force on a day, where these are loaded.

    A citation of a 款 or 项 gives its words only; where the article has no such one, all of it.
    """
    by_law: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        by_law[citation.law].append(citation)
    texts: dict[Citation, str] = {}
    for name, cited in by_law.items():
        for citation, article in _articles_of(name, cited, on):
            texts[citation] = article.quote(citation.paragraph, citation.item)
    return texts


def missing_laws(names: Iterable[str]) -> list[str]:
    """Of some laws those of which no text is loaded, by name."""
    wanted = set(names)
    return sorted(wanted - set(db.session.scalars(select(Law.name).where(Law.name.in_(wanted)))))


def _articles_of(name: str, cited: Sequence[Citation], on: date) -> list[tuple[Citation, Article]]:
    version = find_version_in_force(name, on)
    if version is None:
        return []
    wanted = {citation.article for citation in cited}
    articles = {article.number: article for article in list_articles(version.id, wanted)}
    return [(citation, articles[citation.article]) for citation in cited if citation.article in articles]
