"""Judging a staged question: understood or not, repeated or not, ready or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.questions.parsed import ParsedQuestion, Problem, RawQuestion
from quizapp.questions.staging.standing import Decision, Standing, Twin, proposed, stands
from quizapp.questions.twins import Twins


@dataclass(frozen=True)
class Judged:
    """What a staged question's row says of it."""

    standing: Standing
    reasons: list[str]
    fingerprint: str | None
    twin_id: int | None
    is_same: bool
    decision: Decision | None


class Repeats:
    """Recognises questions that a bank, or the file read so far, holds already."""

    def __init__(self, same: Mapping[str, int], near: Twins) -> None:
        self.same = same
        self.near = near
        self.in_file: set[str] = set()

    def find(self, question: ParsedQuestion) -> Twin | None:
        """What a question repeats; the question itself is part of the file from now on."""
        fingerprint = question.fingerprint
        if fingerprint in self.same:
            return Twin(self.same[fingerprint], is_same=True)
        if fingerprint in self.in_file:
            return Twin(None, is_same=True)
        self.in_file.add(fingerprint)
        near = self.near.find((question.stem, question.options))
        return None if near is None else Twin(near, is_same=False)


def judge(outcome: ParsedQuestion | Problem, repeats: Repeats, decided: Decision | None = None) -> Judged:
    """Judge a question as understood. A decision stands unless it no longer has anything to decide."""
    if isinstance(outcome, Problem):
        kept = decided if decided is Decision.SKIP else None
        return Judged(stands(None, None, kept), [outcome.reason], None, None, False, kept)
    twin = repeats.find(outcome)
    decision = _still_possible(decided, twin) or proposed(twin)
    return Judged(
        stands(outcome, twin, decision),
        list(outcome.remarks),
        outcome.fingerprint,
        twin.id if twin else None,
        bool(twin and twin.is_same),
        decision,
    )


def _still_possible(decided: Decision | None, twin: Twin | None) -> Decision | None:
    if decided is Decision.SKIP:
        return decided
    if twin is None or decided is None:
        return None
    return decided if decided in choices(twin) else None


def choices(twin: Twin) -> Sequence[Decision]:
    """What may be done with a repeat: a bank holds no two that read the same."""
    if not twin.is_same:
        return (Decision.KEEP, Decision.REPLACE, Decision.SKIP)
    return (Decision.REPLACE, Decision.SKIP) if twin.id is not None else (Decision.SKIP,)


def raw_of(outcome: ParsedQuestion | Problem) -> RawQuestion:
    """The question as the file had it; where nothing of it was kept, its place alone."""
    return outcome.raw or RawQuestion(outcome.where, stem="")
