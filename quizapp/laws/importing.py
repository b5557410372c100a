"""Importing the official text of a law. These add and flush; the caller commits."""

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.core import clock
from quizapp.core.documents import read_docx
from quizapp.core.uploads import FileType, UnreadableFile, decode_text, recognise
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.laws import queries
from quizapp.laws.models import Law, LawArticle, LawVersion
from quizapp.laws.signals import version_imported
from quizapp.laws.statutes import Article, Statute, read_statute


class VersionLoaded(QuizError):
    """The law is there already as of that revision."""

    status = 409
    title = "这一版本已经载入"


class DateMissing(QuizError):
    """The text doesn't tell a date that we need, or not a sound one."""

    def __init__(self, field: str, advice: str) -> None:
        super().__init__(advice)
        #: ``revised_on`` or ``in_force_from``.
        self.field = field


def read_law_lines(content: bytes) -> Sequence[str]:
    """The lines of a law's file. Raises UnreadableFile."""
    if content.startswith(b"%PDF"):
        raise UnreadableFile("这是 PDF 文件。请在国家法律法规数据库改为下载 Word 版，或复制全文粘贴。")
    found = recognise(content)
    if found is FileType.DOCX:
        return read_docx(content).lines
    if found is FileType.TEXT:
        return decode_text(content).splitlines()
    raise UnreadableFile("这是工作簿，不是法律文本。请提供 docx、txt 或 md 文件。")


def read_law_file(content: bytes) -> Statute:
    """A law from its file. Raises UnreadableFile and UnreadableStatute."""
    return read_statute(read_law_lines(content))


def digest_of(content: bytes) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(content).hexdigest()


def settle_dates(statute: Statute, revised_on: date | None, in_force_from: date | None) -> tuple[date, date]:
    """The two dates of a version: as given, else as the text tells. Raises DateMissing."""
    passed = revised_on or statute.revised_on
    if passed is None:
        raise DateMissing("revised_on", "文中没有通过或修订的日期。请填写修订日期。")
    told = statute.in_force_from if statute.in_force_from and statute.in_force_from >= passed else None
    forced = in_force_from or told
    if forced is None:
        raise DateMissing("in_force_from", "文中没有这次修订的施行日期。请按公布的主席令填写施行日期。")
    if forced < passed:
        raise DateMissing("in_force_from", f"施行日期不能早于修订日期 {passed}。请检查两个日期。")
    return passed, forced


def import_law(
    statute: Statute, digest: str, revised_on: date, in_force_from: date, actor_id: int | None
) -> LawVersion:
    """Add a version with its articles and tell who listens, all in the present transaction.

    Raises VersionLoaded, by the database's own constraint.
    """
    version = LawVersion(
        law=_find_or_add_law(statute.name),
        revised_on=revised_on,
        in_force_from=in_force_from,
        digest=digest,
        imported_at=clock.now(),
        imported_by=actor_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(version)
    except IntegrityError as error:
        raise VersionLoaded(
            f"《{statute.name}》{revised_on} 的版本已经载入过。如果这是另一次修订，请改正修订日期。"
        ) from error
    db.session.add_all(_stored(version.id, article) for article in statute.articles)
    db.session.flush()
    audit.record("import", "law_version", version.id, ["revised_on", "in_force_from", "articles"])
    version_imported.send(version)
    return version


def _find_or_add_law(name: str) -> Law:
    """Whoever adds a law first, adds it for all."""
    if found := queries.find_law(name):
        return found
    law = Law(name=name)
    try:
        with db.session.begin_nested():
            db.session.add(law)
    except IntegrityError:
        return queries.get_law(name)
    return law


def _stored(version_id: int, article: Article) -> LawArticle:
    return LawArticle(
        version_id=version_id,
        number=article.number,
        chapter=article.chapter,
        paragraphs=[{"text": one.text, "items": list(one.items)} for one in article.paragraphs],
    )
