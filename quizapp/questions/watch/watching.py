"""What happens to the questions when a newer version of a law is imported."""

from collections.abc import Iterator, Sequence

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.core.jobs.queue import Progress
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.laws import queries as law_queries
from quizapp.laws.changes import ArticleChange, compare
from quizapp.laws.models import LawVersion
from quizapp.questions import queries as question_queries
from quizapp.questions.editing import lock_question, revise_as_typed, step
from quizapp.questions.models import Question
from quizapp.questions.signals import questions_withdrawn
from quizapp.questions.watch import queries
from quizapp.questions.watch.bases import end_rechecks, is_in_doubt, link_to_version
from quizapp.questions.watch.models import Outcome, Recheck
from quizapp.questions.watch.queries import CitingQuestion
from quizapp.questions.watch.touching import Touch, Touched, missing_in, renumbered, touched_by, unknown
from quizapp.questions.workflow import Act
from quizapp.questions.writing import write_raw_question

DAILY_JOB = "withdraw_questions"


class CitationGone(QuizError):
    """A cited article is gone or elsewhere: the question can't stay as it is."""

    status = 409
    title = "依据需要修改"
    advice = "这道题依据的条文已经删去或者换了条号，请修改依据，或者停用这道题。"


class AlreadyDecided(QuizError):
    """Somebody decided on the re-check before."""

    status = 409
    title = "已经处理过"
    advice = "这一项已经处理过，结果在列表里。"


class NothingMoved(QuizError):
    """No cited article bears a new number."""

    status = 409
    title = "条号没有变化"
    advice = "这道题依据的条号没有变化，请判断内容是否仍然正确。"


def watch_version(version: LawVersion) -> None:
    """Open a re-check of each question that rests on an article which the version changed; flushes.

    A text older than one that is loaded is for reference and opens none. Where the version is not
    yet in force the questions are drawn until it is.
    """
    latest = law_queries.find_latest_version(version.law.name)
    if latest is None or latest.id != version.id:
        return
    compared = _Comparisons(version)
    kept, doubted = [], []
    for citing in queries.list_questions_citing(version.law):
        touched, old = compared.touched(citing)
        if touched is None:
            continue
        if touched:
            _open(citing.question, version, old, touched)
            doubted.append(citing.question)
        else:
            kept.append(citing.question.id)
    link_to_version(kept, version)
    if version.in_force_from <= clock.shanghai_day(clock.now()):
        _withdraw(doubted)


class _Comparisons:
    """A version beside the older ones that questions follow, each compared once."""

    def __init__(self, version: LawVersion) -> None:
        self.version = version
        self.articles = law_queries.list_articles(version.id)
        self.numbers = {article.number for article in self.articles}
        self.previous = law_queries.find_previous_version(version)
        self.changes: dict[int, tuple[ArticleChange, ...]] = {}

    def touched(self, citing: CitingQuestion) -> tuple[tuple[Touched, ...] | None, int | None]:
        """What the version does to a question, and the version it is compared with.

        None for a question that follows a newer text than this.
        """
        follows = citing.revised_on if citing.version_id is None else None
        if follows is not None and follows > self.version.revised_on:
            return None, None
        old = self._old_version(citing)
        if old is not None:
            return touched_by(self._changes_since(old), citing.cited), old
        if follows is not None and follows < self.version.revised_on:
            return unknown(citing.cited), None
        return missing_in(self.numbers, citing.cited), None

    def _old_version(self, citing: CitingQuestion) -> int | None:
        """The loaded version that a question follows; None where that is this one, or isn't loaded."""
        if citing.version_id is not None:
            return citing.version_id if citing.version_id != self.version.id else None
        if citing.revised_on is None:
            return self.previous.id if self.previous else None
        found = queries.find_version_of_day(self.version.law_id, citing.revised_on)
        return found.id if found and found.id != self.version.id else None

    def _changes_since(self, old: int) -> tuple[ArticleChange, ...]:
        if old not in self.changes:
            self.changes[old] = compare(law_queries.list_articles(old), self.articles)
        return self.changes[old]


def _open(
    question: Question, version: LawVersion, old_version_id: int | None, touched: Sequence[Touched]
) -> None:
    end_rechecks(question.id, Outcome.SUPERSEDED, None, version.law_id)
    db.session.add(
        Recheck(
            question_id=question.id,
            version_id=version.id,
            old_version_id=old_version_id,
            touched=[one.as_dict() for one in touched],
            opened_at=clock.now(),
        )
    )
    audit.record("open_recheck", "question", question.id)


def _withdraw(questions: Sequence[Question]) -> None:
    for question in questions:
        lock_question(question)
        step(question, Act.DOUBT)
    db.session.flush()
    if questions:
        questions_withdrawn.send(tuple(question.id for question in questions))


def withdraw_steps(_day: int) -> Iterator[Progress]:
    """The daily job: ask no more what a version that came into force today has put in doubt."""
    due = queries.list_due_rechecks(clock.shanghai_day(clock.now()))
    _withdraw([question for _, question in due])
    yield Progress(len(due), len(due))


def settle(recheck: Recheck, question: Question, actor: User) -> None:
    """Find a question still right under the newer version; flushes.

    It is drawn again unless another law leaves it in doubt. Raises AlreadyDecided, CitationGone.
    """
    _ensure_open(recheck, question)
    if any(one.needs_edit for one in read_touched(recheck)):
        raise CitationGone
    version = db.session.get_one(LawVersion, recheck.version_id)
    end_rechecks(question.id, Outcome.RIGHT, actor.id, version.law_id)
    if not is_in_doubt(question.id):
        step(question, Act.SETTLE)
    link_to_version([question.id], version)
    audit.record("settle", "question", question.id)
    db.session.flush()


def renumber(recheck: Recheck, question: Question, actor: User) -> None:
    """Give a question a revision that cites the articles' new numbers; it waits for review.

    Flushes. Raises AlreadyDecided, NothingMoved.
    """
    _ensure_open(recheck, question)
    current = question_queries.as_asked(
        question, question_queries.get_revision(question.id, question.current_number)
    )
    citations = renumbered(current.citations, read_touched(recheck))
    if citations == current.citations:
        raise NothingMoved
    raw = write_raw_question(current, "本题", citations)
    revise_as_typed(question, raw, actor.id, question.current_number)


def _ensure_open(recheck: Recheck, question: Question) -> None:
    """Whoever decides next waits at the question's row."""
    lock_question(question)
    lock_row(recheck, "outcome")
    if recheck.outcome is not None:
        raise AlreadyDecided


def read_touched(recheck: Recheck) -> list[Touched]:
    """What a re-check is about."""
    return [Touched.from_dict(stored) for stored in recheck.touched]


def renumber_moved(actor: User, version_id: int) -> None:
    """Renumber every question of a version's list whose articles only moved; flushes."""
    for recheck, question, _ in queries.list_rechecks_for(actor, version_id):
        touched = read_touched(recheck)
        if recheck.outcome is None and all(one.touch is Touch.MOVED for one in touched):
            renumber(recheck, question, actor)
