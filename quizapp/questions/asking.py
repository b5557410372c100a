"""A question as campaigns and attempts see it: one revision as plain, immutable values."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.laws.citations import Citation
from quizapp.questions.kinds import Difficulty, Kind


@dataclass(frozen=True)
class AskedRevision:
    """One revision, ready to draw, show and score. ``answer`` holds indices into ``options``."""

    id: int
    bank_id: int
    kind: Kind
    stem: str
    options: tuple[str, ...]
    answer: tuple[int, ...]
    explanation: str = ""
    citations: tuple[Citation, ...] = ()
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    chapter: str = ""


def read_citation_lists(stored: Iterable[list[str | int | None]]) -> tuple[Citation, ...]:
    """Citations from their stored form, ``Citation.as_list``."""
    return tuple(Citation(*values) for values in stored)  # type: ignore[arg-type]  # as_list wrote them
