"""Finding, among questions that exist, the one that a new question nearly repeats.

Two questions are near when their sets of two-character shingles (stem and options, folded) share
at least ``NEAR`` of their union (Jaccard). Candidates come from an index over each set's rarest
shingles: two sets that near must share one of them (prefix filtering; Bayardo, Ma, Srikant 2007).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from quizapp.questions.folding import fold_hard

NEAR = 0.8
#: Candidates compared for one question; templated banks would otherwise cost the square of their size.
MAX_CANDIDATES = 200

Shingles = frozenset[str]


def shingles(stem: str, options: Iterable[str]) -> Shingles:
    """The two-character pieces of a question as it reads, options in any order."""
    texts = [fold_hard(stem), *sorted(map(fold_hard, options))]
    return frozenset(text[place : place + 2] for text in texts for place in range(max(1, len(text) - 1)))


class Twins:
    """An index of existing questions by id."""

    def __init__(self, existing: Mapping[int, Shingles]) -> None:
        self.existing = existing
        self.counts: Counter[str] = Counter()
        for pieces in existing.values():
            self.counts.update(pieces)
        self.by_rare: dict[str, list[int]] = defaultdict(list)
        for question_id, pieces in existing.items():
            for piece in self._rarest(pieces):
                self.by_rare[piece].append(question_id)

    def find(self, pieces: Shingles) -> int | None:
        """The id of the nearest existing question, None where none is near; the oldest of equals."""
        best: tuple[float, int] | None = None
        for question_id in self._candidates(pieces):
            nearness = _jaccard(pieces, self.existing[question_id])
            if nearness >= NEAR and (best is None or (nearness, -question_id) > best):
                best = (nearness, -question_id)
        return None if best is None else -best[1]

    def _candidates(self, pieces: Shingles) -> Sequence[int]:
        found: dict[int, None] = {}
        for piece in self._rarest(pieces):
            for question_id in self.by_rare.get(piece, ()):
                found.setdefault(question_id)
                if len(found) >= MAX_CANDIDATES:
                    return list(found)
        return list(found)

    def _rarest(self, pieces: Shingles) -> Sequence[str]:
        """So many of the rarest that a near set must share one."""
        kept = len(pieces) - math.ceil(NEAR * len(pieces)) + 1
        return sorted(pieces, key=lambda piece: (self.counts[piece], piece))[:kept]


def _jaccard(one: Shingles, other: Shingles) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
