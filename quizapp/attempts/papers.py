"""A paper from its attempt's row: what the phone is shown, and what it later answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from quizapp.attempts.scoring import Answer
from quizapp.campaigns.drawing import Drawn
from quizapp.campaigns.snapshots import Snapshot
from quizapp.questions.asking import AskedRevision


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
    def options(self) -> list[tuple[int, str]]:
        """The options as shown: their index in the revision, and text."""
        return [(index, self.revision.options[index]) for index in self.order]


def questions_of(paper: Sequence[Drawn], snapshot: Snapshot) -> list[Question]:
    """The questions of a paper, numbered."""
    return [
        Question(number, snapshot.revisions[drawn.revision_id], drawn.order)
        for number, drawn in enumerate(paper, start=1)
    ]


def read_answers(questions: Sequence[Question], values_of: Callable[[str], Sequence[str]]) -> list[Answer]:
    """What was chosen: a form gives, for ``q1``…, the places (0, 1…) of the options as shown.

    A value that is no such place was not offered and is not a choice.
    """
    answers = []
    for question in questions:
        places = {int(value) for value in values_of(question.field) if value.isascii() and value.isdigit()}
        chosen = frozenset(question.order[place] for place in places if place < len(question.order))
        answers.append(Answer(question.revision, chosen))
    return answers


def store_paper(paper: Sequence[Drawn]) -> list[list[object]]:
    """The paper as its row keeps it."""
    return [[drawn.revision_id, list(drawn.order)] for drawn in paper]


def read_paper(stored: Sequence[tuple[int, Sequence[int]]]) -> tuple[Drawn, ...]:
    """Read what ``store_paper`` wrote."""
    return tuple(Drawn(revision_id, tuple(order)) for revision_id, order in stored)
