"""Reviewing, retiring and restoring questions. These add and flush; the view commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.accounts.queries import count_other_bureau_users
from quizapp.core import clock
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions import queries
from quizapp.questions.editing import EditedMeanwhile, lock_question, step
from quizapp.questions.models import Question, QuestionRevision
from quizapp.questions.signals import questions_withdrawn
from quizapp.questions.staff import BANK_STAFF
from quizapp.questions.watch.bases import end_rechecks, is_in_doubt
from quizapp.questions.watch.models import Outcome
from quizapp.questions.workflow import Act, State


class OwnWork(QuizError):
    """The reviewer wrote the revision, and somebody else could review it."""

    status = 403
    title = "自己写的试题要由别人审核"
    advice = "这道题的当前版本是您写的，请另一位题库员或审核员审核。"


@dataclass(frozen=True)
class Reviewed:
    """How a review of several questions went."""

    reviewed: int
    #: Left to others, since the reviewer wrote them.
    own: int
    #: Not waiting for review any more.
    passed_over: int

    @property
    def sentence(self) -> str:
        """The outcome for the reviewer."""
        parts = [f"审核通过 {self.reviewed} 题。"]
        if self.own:
            parts.append(f"{self.own} 题是您自己写的，请另一位题库员或审核员审核。")
        if self.passed_over:
            parts.append(f"{self.passed_over} 题刚被修改过或者已不在待审核状态，没有处理。")
        return "".join(parts)


def review(question: Question, actor: User, seen_number: int) -> None:
    """Find the revision that the actor saw right; flushes.

    By another person than its author; where no other bank staff exists the author may, and it is
    recorded as 单人审核. Raises OwnWork, EditedMeanwhile, NotInThisState.
    """
    lock_question(question)
    if question.current_number != seen_number:
        raise EditedMeanwhile("刚刚有人修改过这道题，请看过新版本再审核。")
    revision = queries.get_revision(question.id, seen_number)
    if _is_left_to_others(revision, actor):
        raise OwnWork
    _mark(question, revision, actor)
    db.session.flush()


def review_many(questions: Sequence[tuple[Question, QuestionRevision]], actor: User, ticked: int) -> Reviewed:
    """Review what waits for it as it was seen, leaving one's own work to others; flushes.

    ``ticked`` counts what the actor asked for, what was edited since included.
    """
    for question, _ in questions:
        lock_question(question)
    waiting = [pair for pair in questions if _waits(*pair)]
    free = [pair for pair in waiting if not _is_left_to_others(pair[1], actor)]
    for question, revision in free:
        _mark(question, revision, actor)
    db.session.flush()
    return Reviewed(len(free), len(waiting) - len(free), ticked - len(waiting))


def _waits(question: Question, revision: QuestionRevision) -> bool:
    return question.state == State.DRAFT and question.current_number == revision.number


def _is_left_to_others(revision: QuestionRevision, actor: User) -> bool:
    return revision.created_by == actor.id and count_other_bureau_users(actor, BANK_STAFF) > 0


def _mark(question: Question, revision: QuestionRevision, actor: User) -> None:
    step(question, Act.REVIEW)
    if is_in_doubt(question.id):
        step(question, Act.DOUBT)
    revision.reviewed_by, revision.reviewed_at = actor.id, clock.now()
    revision.reviewed_alone = revision.created_by == actor.id
    audit.record("review_alone" if revision.reviewed_alone else "review", "question", question.id)


def retire(question: Question, actor: User) -> None:
    """Ask a question no more, in running campaigns neither; flushes. Raises NotInThisState."""
    lock_question(question)
    step(question, Act.RETIRE)
    end_rechecks(question.id, Outcome.RETIRED, actor.id)
    audit.record("retire", "question", question.id)
    db.session.flush()
    questions_withdrawn.send((question.id,))


def restore(question: Question) -> None:
    """Take a retired question up again; it waits for review. Flushes. Raises NotInThisState."""
    lock_question(question)
    step(question, Act.RESTORE)
    audit.record("restore", "question", question.id)
    db.session.flush()
