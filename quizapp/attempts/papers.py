"""A paper from its attempt's row: what the phone is shown, and what it later answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from quizapp.attempts.scoring import Answer
from quizapp.campaigns.drawing import Drawn
from quizapp.campaigns.snapshots import Snapshot
from quizapp.questions.asking import AskedRevision
from quizapp.questions.kinds import GAP, Kind

T = TypeVar("T")

#: Characters of one gap that are kept.
MAX_FILLED = 100


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt that can be answered."""

    participant_id: UUID
    id: UUID
    started_at: datetime
    due_at: datetime
    expires_at: datetime
    paper: tuple[Drawn, ...]


@dataclass(frozen=True)
class Question:
    """One question of a paper in the order of its options as shown."""

    #: 1 for the first.
    number: int
    revision: AskedRevision
    order: tuple[int, ...]

    @property
    def field(self) -> str:
        """The name of its inputs in the form."""
        return f"q{self.number}"

    @property
    def stem(self) -> str:
        """The stem as shown: where it has several gaps, each with its number, on one line with it."""
        pieces = self.revision.stem.split(GAP)
        if len(pieces) <= 2 or self.revision.kind is not Kind.BLANK:
            return self.revision.stem
        numbered = (f"（{n}）\N{NO-BREAK SPACE}{GAP}{piece}" for n, piece in enumerate(pieces[1:], start=1))
        return pieces[0] + "".join(numbered)

    @property
    def options(self) -> list[tuple[int, str]]:
        """The options as shown: their index in the revision, and text."""
        return [(index, self.revision.options[index]) for index in self.order]


def questions_of(paper: Sequence[Drawn], snapshot: Snapshot) -> list[Question]:
    """The questions of a paper, numbered."""
    return [
        Question(number, snapshot.revisions[drawn.revision_id], drawn.order)
        for number, drawn in enumerate(paper, start=1)
    ]


def group_by_case(items: Iterable[T], revision_of: Callable[[T], AskedRevision]) -> list[tuple[str, list[T]]]:
    """What follows each other in one case, below its stem; what stands alone, below an empty one."""
    groups = (list(group) for _, group in groupby(items, key=lambda item: revision_of(item).case_id))
    return [(revision_of(group[0]).case_stem, group) for group in groups]


def read_answers(questions: Sequence[Question], values_of: Callable[[str], Sequence[str]]) -> list[Answer]:
    """What was answered: a form gives, for ``q1``…, the places (0, 1…) of the options as shown.

    A value that is no such place was not offered and is not a choice. For a blank question it
    gives, under the one name, what was typed into each gap, in the gaps' order.
    """
    return [
        Answer(question.revision, filled=_read_filled(question, values_of(question.field)))
        if question.revision.kind is Kind.BLANK
        else Answer(question.revision, _read_chosen(question, values_of(question.field)))
        for question in questions
    ]


def _read_chosen(question: Question, values: Sequence[str]) -> frozenset[int]:
    places = {str(place): index for place, index in enumerate(question.order)}
    return frozenset(places[value] for value in values if value in places)


def _read_filled(question: Question, values: Sequence[str]) -> tuple[str, ...]:
    gaps = len(question.revision.gaps)
    typed = [value.replace("\0", "").strip()[:MAX_FILLED] for value in values[:gaps]]
    return (*typed, *[""] * (gaps - len(typed)))


def store_answers(answers: Sequence[Answer]) -> list[list[int | str]]:
    """The answers as the attempt's row keeps them."""
    return [
        list(answer.filled) if answer.revision.kind is Kind.BLANK else sorted(answer.chosen)
        for answer in answers
    ]


def recall_answers(questions: Sequence[Question], stored: Sequence[Sequence[Any]]) -> list[Answer]:
    """Read what ``store_answers`` wrote."""
    return [
        Answer(question.revision, filled=tuple(values))
        if question.revision.kind is Kind.BLANK
        else Answer(question.revision, frozenset(values))
        for question, values in zip(questions, stored, strict=True)
    ]


def store_paper(paper: Sequence[Drawn]) -> list[list[object]]:
    """The paper as its row keeps it."""
    return [[drawn.revision_id, list(drawn.order)] for drawn in paper]


def read_paper(stored: Sequence[tuple[int, Sequence[int]]]) -> tuple[Drawn, ...]:
    """Read what ``store_paper`` wrote."""
    return tuple(Drawn(revision_id, tuple(order)) for revision_id, order in stored)
