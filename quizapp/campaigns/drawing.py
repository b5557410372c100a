"""Drawing a paper: which revisions, in which order, with their options in which order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from quizapp.campaigns.rules import Rules
from quizapp.questions.asking import AskedRevision
from quizapp.questions.kinds import Kind


@dataclass(frozen=True)
class Drawn:
    """One question of a paper. ``order[n]`` is the index, in the revision, of the option shown n-th."""

    revision_id: int
    order: tuple[int, ...]


@dataclass(frozen=True)
class Pool:
    """What may be drawn, sorted once: for each kind, its revisions bank by bank."""

    by_kind: Mapping[Kind, Sequence[Sequence[AskedRevision]]]

    @classmethod
    def of(cls, revisions: Iterable[AskedRevision]) -> "Pool":
        """Sort revisions by kind and bank."""
        sorted_out: dict[Kind, dict[int, list[AskedRevision]]] = defaultdict(lambda: defaultdict(list))
        for revision in revisions:
            sorted_out[revision.kind][revision.bank_id].append(revision)
        return cls({kind: tuple(banks.values()) for kind, banks in sorted_out.items()})

    def size(self, kind: Kind) -> int:
        """Revisions of a kind in all banks."""
        return sum(len(bank) for bank in self.by_kind.get(kind, ()))


def shortfall(rules: Rules, pool: Pool) -> dict[Kind, int]:
    """By how many questions of each kind the pool falls short of the rules; empty where it suffices."""
    missing = {kind: rule.count - pool.size(kind) for kind, rule in rules.kinds.items()}
    return {kind: count for kind, count in missing.items() if count > 0}


def draw_paper(rules: Rules, pool: Pool, random: Random) -> tuple[Drawn, ...]:
    """Draw a paper: kinds in their order; within a kind no question twice, banks as evenly as they allow.

    Which questions, their order, and the order of options are uniformly random; 对 and 错 keep
    their places. Where a kind falls short of its count, all there is of it is asked.
    """
    paper: list[Drawn] = []
    for kind in Kind:
        if rule := rules.kinds.get(kind):
            chosen = _choose(pool.by_kind.get(kind, ()), rule.count, random)
            paper.extend(Drawn(revision.id, _option_order(revision, random)) for revision in chosen)
    return tuple(paper)


def _choose(banks: Sequence[Sequence[AskedRevision]], count: int, random: Random) -> list[AskedRevision]:
    """Deal from the shuffled banks in turn until ``count`` are chosen, then shuffle those."""
    stacks = [random.sample(bank, min(count, len(bank))) for bank in banks]
    random.shuffle(stacks)
    chosen: list[AskedRevision] = []
    while len(chosen) < count and any(stacks):
        for stack in stacks:
            if stack and len(chosen) < count:
                chosen.append(stack.pop())
    random.shuffle(chosen)
    return chosen


def _option_order(revision: AskedRevision, random: Random) -> tuple[int, ...]:
    order = list(range(len(revision.options)))
    if revision.kind is not Kind.TRUE_FALSE:
        random.shuffle(order)
    return tuple(order)
