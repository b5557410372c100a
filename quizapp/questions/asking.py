"""A question as campaigns and attempts see it: one revision as plain, immutable values."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.laws.citations import Citation
from quizapp.questions.kinds import Difficulty, Kind


@dataclass(frozen=True)
class AskedRevision:
    """One revision, ready to draw, show and score.

    ``answer`` holds indices into ``options``. A blank question has neither: ``gaps`` holds the
    accepted answers of each gap of the stem, to be given in the gaps' order unless
    ``gaps_in_order`` is False.
    """

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
    gaps: tuple[tuple[str, ...], ...] = ()
    gaps_in_order: bool = True
    #: Id of the first question of the case that this one belongs to; None where it stands alone.
    #: The questions of a case are asked together, by ascending id, below their common ``case_stem``.
    case_id: int | None = None
    question_id: int = 0
    case_stem: str = ""


def read_citation_lists(stored: Iterable[list[str | int | None]]) -> tuple[Citation, ...]:
    """Citations from their stored form, ``Citation.as_list``."""
    return tuple(Citation(*values) for values in stored)  # type: ignore[arg-type]  # as_list wrote them
