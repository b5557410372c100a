"""Submitting a paper, and showing its result again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection

from quizapp.attempts import journal, queries
from quizapp.attempts.journal import Submission
from quizapp.attempts.papers import (
    Question,
    group_by_case,
    questions_of,
    read_answers,
    read_paper,
    recall_answers,
    store_answers,
)
from quizapp.attempts.scoring import Answer, is_late, mark, score
from quizapp.attempts.tokens import PaperInvalid, PaperToken
from quizapp.campaigns import snapshots
from quizapp.campaigns.rules import Rules
from quizapp.campaigns.snapshots import Snapshot
from quizapp.core import clock
from quizapp.core.database import AnyRow, reading
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.questions.gaps import match_gaps


@dataclass(frozen=True)
class ReviewedGap:
    """What was typed into a gap, and the answers accepted there.

    Where gaps may be filled in any order, the accepted answers are those of the gap that it fills
    rightly, or of one that nothing fills.
    """

    filled: str
    is_right: bool
    accepted: Sequence[str]


@dataclass(frozen=True)
class ReviewedQuestion:
    """A question with what was answered and what it earned."""

    question: Question
    chosen: frozenset[int]
    gaps: Sequence[ReviewedGap]
    points: Decimal
    full: Decimal

    @property
    def is_right(self) -> bool:
        """Whether it earned all its points."""
        return self.points == self.full

    @property
    def is_answered(self) -> bool:
        """Whether anything was chosen or typed."""
        return bool(self.chosen) or any(gap.filled for gap in self.gaps)


@dataclass(frozen=True)
class Result:
    """A submitted attempt as its participant sees it."""

    participant_id: UUID
    number: int
    snapshot: Snapshot
    submitted_at: datetime
    points: Decimal
    full: Decimal
    passed: bool
    late: bool
    questions: Sequence[ReviewedQuestion]

    @property
    def right_count(self) -> int:
        """Questions answered rightly."""
        return sum(question.is_right for question in self.questions)

    @property
    def cases(self) -> list[tuple[str, list[ReviewedQuestion]]]:
        """The questions below the stems of their cases."""
        return group_by_case(self.questions, lambda one: one.question.revision)


def submit(proof: PaperToken, values_of: Callable[[str], Sequence[str]]) -> Result:
    """Score and keep the answers, once: whoever submits again gets the first result.

    ``values_of`` gives a form's values by the field's name. Raises PaperInvalid.
    """
    with reading(db.engine) as connection:
        row, snapshot = _read(connection, proof)
    if row.submitted_at is None:
        journal.write_submission(_scored(row, snapshot, values_of))
        with reading(db.engine) as connection:
            row, snapshot = _read(connection, proof)
    return _result(row, snapshot)


def find_result(participant: UUID, snapshot: Snapshot, number: int) -> Result:
    """The result of a participant's attempt by its number. Raises NotFound."""
    with reading(db.engine) as connection:
        row = queries.find_submitted_attempt(connection, participant, number)
        if row is None:
            raise NotFound("这台手机上没有这次答题的记录。请重新扫码参加。")
        return _result(row, snapshots.get(connection, snapshot.campaign_id, row.snapshot_number))


def latest_number(participant: UUID) -> int | None:
    """The number of a participant's latest submitted attempt."""
    with reading(db.engine) as connection:
        return queries.find_latest_submitted_number(connection, participant)


def _read(connection: Connection, proof: PaperToken) -> tuple[AnyRow, Snapshot]:
    row = queries.find_attempt(connection, proof.participant_id, proof.attempt_id)
    if row is None:
        raise PaperInvalid
    return row, snapshots.get(connection, proof.campaign_id, proof.snapshot_number)


def _scored(row: AnyRow, snapshot: Snapshot, values_of: Callable[[str], Sequence[str]]) -> Submission:
    now = clock.now()
    answers = read_answers(questions_of(read_paper(row.paper), snapshot), values_of)
    result = score(answers, snapshot.rules, is_late(now, row.due_at))
    return Submission(
        participant_id=row.participant_id,
        attempt_id=row.id,
        channel_id=row.channel_id,
        submitted_at=now,
        submitted_day=clock.shanghai_day(now),
        answers=store_answers(answers),
        score=result.points,
        full_score=result.full,
        passed=result.passed,
        late=result.late,
    )


def _result(row: AnyRow, snapshot: Snapshot) -> Result:
    questions = questions_of(read_paper(row.paper), snapshot)
    answers = recall_answers(questions, row.answers)
    return Result(
        participant_id=row.participant_id,
        number=row.number,
        snapshot=snapshot,
        submitted_at=row.submitted_at,
        points=row.score,
        full=row.full_score,
        passed=row.passed,
        late=row.late,
        questions=[_review(*pair, snapshot.rules) for pair in zip(questions, answers, strict=True)],
    )


def _review(question: Question, answer: Answer, rules: Rules) -> ReviewedQuestion:
    full = rules.points_of(question.revision.kind)
    points = mark(answer, full, rules.multiple_rule)
    return ReviewedQuestion(question, answer.chosen, _review_gaps(answer), points, full)


def _review_gaps(answer: Answer) -> list[ReviewedGap]:
    gaps = answer.revision.gaps
    filled_gaps = match_gaps(gaps, answer.revision.gaps_in_order, answer.filled)
    others = iter([place for place in range(len(gaps)) if place not in filled_gaps])
    return [
        ReviewedGap(text, place is not None, gaps[next(others) if place is None else place])
        for text, place in zip(answer.filled, filled_gaps, strict=True)
    ]
