"""Scoring, on the server only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from quizapp.campaigns.rules import LateRule, MultipleRule, Rules
from quizapp.questions.asking import AskedRevision
from quizapp.questions.gaps import count_right
from quizapp.questions.kinds import Kind

#: What a slow network may take beyond the time limit before a paper is late.
GRACE = timedelta(seconds=10)


@dataclass(frozen=True)
class Answer:
    """A question of a paper and what was chosen, as indices into the revision's options.

    Of a blank question ``filled`` holds what was typed instead, gap by gap.
    """

    revision: AskedRevision
    chosen: frozenset[int] = frozenset()
    filled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """An attempt's result. ``points`` of ``full``, both with at most two decimals."""

    points: Decimal
    full: Decimal
    passed: bool
    late: bool


def mark(answer: Answer, points: Decimal, multiple_rule: MultipleRule) -> Decimal:
    """Points for one answer, of ``points``.

    Single and true/false: all or nothing. Multiple: all or nothing; or, by HALF_FOR_PART, half
    where some of the right options and no wrong one are chosen. Blank: a share for each gap filled
    rightly. Parts are rounded half up to hundredths.
    """
    if answer.revision.kind is Kind.BLANK:
        return _mark_gaps(answer, points)
    key = frozenset(answer.revision.answer)
    if answer.chosen == key:
        return points
    is_part = bool(answer.chosen) and answer.chosen < key
    if answer.revision.kind is Kind.MULTIPLE and multiple_rule is MultipleRule.HALF_FOR_PART and is_part:
        return _round(points / 2)
    return Decimal(0)


def _mark_gaps(answer: Answer, points: Decimal) -> Decimal:
    gaps = answer.revision.gaps
    right = count_right(gaps, answer.revision.gaps_in_order, answer.filled)
    return points if right == len(gaps) > 0 else _round(points * right / max(1, len(gaps)))


def _round(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP)


def is_late(submitted_at: datetime, due_at: datetime) -> bool:
    """Whether a paper came after its time and the grace."""
    return submitted_at > due_at + GRACE


def score(answers: Sequence[Answer], rules: Rules, late: bool) -> Score:
    """The result of a paper. A late one counts for nothing where the rule says so."""
    full = sum((rules.points_of(answer.revision.kind) for answer in answers), Decimal(0))
    points = sum(
        (mark(answer, rules.points_of(answer.revision.kind), rules.multiple_rule) for answer in answers),
        Decimal(0),
    )
    if late and rules.late_rule is LateRule.ZERO:
        points = Decimal(0)
    return Score(points, full, passed=points * 100 >= full * rules.pass_percent, late=late)
