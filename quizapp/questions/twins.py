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
#: Candidates compared for one question, those first that share most of its rare shingles: a bank made
#: from templates would otherwise cost the square of its size.
MAX_CANDIDATES = 20

Shingles = frozenset[str]
#: A question's stem and options.
Reading = tuple[str, tuple[str, ...]]


def shingles(stem: str, options: Iterable[str]) -> Shingles:
    """The two-character pieces of a question as it reads, options in any order."""
    texts = [fold_hard(stem), *sorted(map(fold_hard, options))]
    return frozenset(text[place : place + 2] for text in texts for place in range(max(1, len(text) - 1)))


class Twins:
    """An index of existing questions by id.

    Their shingles are made anew when compared: kept, they would take twenty times the texts' room.
    """

    def __init__(self, existing: Mapping[int, Reading]) -> None:
        self.existing = existing
        self.counts: Counter[str] = Counter()
        for reading in existing.values():
            self.counts.update(shingles(*reading))
        self.by_rare: dict[str, list[int]] = defaultdict(list)
        for question_id, reading in existing.items():
            for piece in self._rarest(shingles(*reading)):
                self.by_rare[piece].append(question_id)

    def find(self, reading: Reading) -> int | None:
        """The id of the nearest existing question, None where none is near; the oldest of equals."""
        pieces = shingles(*reading)
        best: tuple[float, int] | None = None
        for question_id in self._candidates(pieces):
            near = nearness(pieces, shingles(*self.existing[question_id]))
            if near >= NEAR and (best is None or (near, -question_id) > best):
                best = (near, -question_id)
        return None if best is None else -best[1]

    def _candidates(self, pieces: Shingles) -> Sequence[int]:
        shared: Counter[int] = Counter()
        for piece in self._rarest(pieces):
            shared.update(self.by_rare.get(piece, ()))
        return [question_id for question_id, _ in shared.most_common(MAX_CANDIDATES)]

    def _rarest(self, pieces: Shingles) -> Sequence[str]:
        """So many of the rarest that a near set must share one."""
        kept = len(pieces) - math.ceil(NEAR * len(pieces)) + 1
        return sorted(pieces, key=lambda piece: (self.counts[piece], piece))[:kept]


def nearness(one: Shingles, other: Shingles) -> float:
    """The part that two questions share of the pieces that either has (Jaccard), from 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
