"""Drawing a paper: which questions and cases, in which order, with their options in which order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from random import Random
from typing import TypeAlias

from quizapp.campaigns.rules import Rules
from quizapp.campaigns.sharing import ShareTable, even_shares, proportional_shares
from quizapp.questions.asking import AskedRevision
from quizapp.questions.kinds import Kind

#: The revisions that are drawn together: one, or those of a whole case in their order.
Unit: TypeAlias = tuple[AskedRevision, ...]
#: The questions of a bank that stand alone: of each chapter those of each kind.
Bank: TypeAlias = Sequence[Mapping[Kind, Sequence[AskedRevision]]]
#: How many questions of each kind, in the order of ``Kind``.
Amounts: TypeAlias = tuple[int, ...]

#: Steps of the search for cases that make up what standing-alone questions lack. Papers of 5, 2 and 3
#: questions need 72 for each different make-up of a case at most.
MOST_STEPS = 20_000

_NOTHING: Amounts = (0,) * len(Kind)
_PLACES = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Drawn:
    """One question of a paper. ``order[n]`` is the index, in the revision, of the option shown n-th."""

    revision_id: int
    order: tuple[int, ...]


@dataclass(frozen=True)
class Pool:
    """What may be drawn, sorted once."""

    #: Of each bank the questions that stand alone, by chapter and kind.
    banks: Mapping[int, Bank]
    cases: Sequence[Unit]

    @classmethod
    def of(cls, revisions: Iterable[AskedRevision]) -> "Pool":
        """Sort revisions by bank, chapter and kind, and those of a case into their order."""
        banks: dict[int, dict[str, dict[Kind, list[AskedRevision]]]] = defaultdict(dict)
        cases: dict[int, list[AskedRevision]] = defaultdict(list)
        for revision in revisions:
            if revision.case_id is None:
                chapter = banks[revision.bank_id].setdefault(revision.chapter, {kind: [] for kind in Kind})
                chapter[revision.kind].append(revision)
            else:
                cases[revision.case_id].append(revision)
        return cls(
            {bank_id: tuple(chapters.values()) for bank_id, chapters in banks.items()},
            tuple(tuple(sorted(case, key=lambda one: one.question_id)) for case in cases.values()),
        )

    def size(self, kind: Kind) -> int:
        """Revisions of a kind in all banks, those of cases too."""
        return sum(amounts[_PLACES[kind]] for bank in self.lots for amounts, _ in bank)

    @cached_property
    def alone(self) -> Amounts:
        """How many questions stand alone."""
        return _sum(self.sizes.values())

    @cached_property
    def sizes(self) -> Mapping[int, Amounts]:
        """How many questions stand alone in each bank."""
        return {
            bank_id: tuple(sum(len(chapter[kind]) for chapter in bank) for kind in Kind)
            for bank_id, bank in self.banks.items()
        }

    def chapter_shares(self, bank_id: int, amounts: Amounts) -> ShareTable:
        """How many questions that stand alone each chapter of a bank owes of each kind."""
        if (bank_id, amounts) not in self._chapter_shares:
            self._chapter_shares[bank_id, amounts] = ShareTable(
                [
                    proportional_shares([len(chapter[kind]) for chapter in self.banks[bank_id]], count)
                    for kind, count in zip(Kind, amounts, strict=True)
                ]
            )
        return self._chapter_shares[bank_id, amounts]

    @cached_property
    def _chapter_shares(self) -> dict[tuple[int, Amounts], ShareTable]:
        """Those asked for so far: as many as a bank's counts can be."""
        return {}

    @cached_property
    def shapes(self) -> tuple[tuple[Amounts, int], ...]:
        """What cases hold, the largest first, and how many hold just that."""
        counted = Counter(map(_amounts, self.cases)).items()
        return tuple(sorted(counted, key=lambda shape: (-sum(shape[0]), shape)))

    @cached_property
    def lots(self) -> Sequence[Sequence[tuple[Amounts, Unit]]]:
        """Every unit with what it holds, bank by bank."""
        chapters = (chapter for bank in self.banks.values() for chapter in bank)
        alone = ((one,) for chapter in chapters for ones in chapter.values() for one in ones)
        by_bank: dict[int, list[tuple[Amounts, Unit]]] = defaultdict(list)
        for unit in (*alone, *self.cases):
            by_bank[unit[0].bank_id].append((_amounts(unit), unit))
        return tuple(by_bank.values())


def select_drawable(rules: Rules, revisions: Iterable[AskedRevision]) -> list[AskedRevision]:
    """The revisions that papers under the rules can hold: of a case all or none."""
    wanted = _counts(rules)
    by_case: dict[int, list[AskedRevision]] = defaultdict(list)
    found = list(revisions)
    for revision in found:
        if revision.case_id is not None:
            by_case[revision.case_id].append(revision)
    fitting = {case_id for case_id, case in by_case.items() if _fits(_amounts(case), wanted)}
    return [
        one for one in found if (one.kind in rules.kinds if one.case_id is None else one.case_id in fitting)
    ]


def shortfall(rules: Rules, pool: Pool) -> dict[Kind, int]:
    """By how many questions of each kind papers fall short of the rules; empty where the pool suffices.

    So many more that stand alone would do. Where those at hand don't suffice by themselves, it is
    searched which whole cases make up for it best; the search ends after ``MOST_STEPS`` steps,
    and then may tell a shortfall where there is none, never the other way round.
    """
    wanted = _counts(rules)
    made_up = _sum(_best_cases(wanted, pool.alone, pool.shapes))
    lacking = _lacking(_left(wanted, made_up), pool.alone)
    return {kind: count for kind, count in zip(Kind, lacking, strict=True) if count}


def draw_paper(rules: Rules, pool: Pool, random: Random) -> tuple[Drawn, ...]:
    """Draw a paper: the questions that stand alone, kind by kind, then the cases.

    Guaranteed, whatever the pool:

    - Of each kind the paper holds its count less its ``shortfall`` (more only where the search of
      ``shortfall`` gave up). No question comes twice. A case comes whole and in its order, or not at all.
    - Which cases come is decided by lot among all units, a question that stands alone and a case
      being one each: banks give a unit in turn, each of a bank's as likely as another, and what
      doesn't fit into the counts any more is passed over. Where the lots leave counts that the
      questions standing alone can't fill, the cases are those of the best sum, of its shapes
      each as likely as another.
    - Banks give as evenly as they allow: a bank gives a question that stands alone only where
      each bank that has another of the kind has given at least as many, those in cases included. Over
      all kinds, no bank of equal means gives two more than another.
    - Chapters of a bank give in proportion to what they hold of each kind, rounded down or up: a chapter
      with a quarter of a bank's questions gives two or three of ten. Cases come on top.
    - Within a bank each question of a kind that stands alone is as likely as another. Their order, the
      order of cases, and the order of options are uniformly random; 对 and 错 keep their places.
    """
    cases = _choose_cases(_counts(rules), pool, random)
    in_cases = [one for case in cases for one in case]
    left = _left(_counts(rules), _amounts(in_cases))
    chosen: dict[Kind, list[AskedRevision]] = {kind: [] for kind in Kind}
    for bank_id, amounts in _share_among_banks(left, pool, in_cases, random).items():
        for kind, counts in zip(Kind, pool.chapter_shares(bank_id, amounts).round(random), strict=True):
            for chapter, count in zip(pool.banks[bank_id], counts, strict=True):
                chosen[kind] += random.sample(chapter[kind], count)
    for alone in chosen.values():
        random.shuffle(alone)
    paper = [*(one for alone in chosen.values() for one in alone), *in_cases]
    return tuple(Drawn(one.id, _option_order(one, random)) for one in paper)


def _share_among_banks(
    left: Amounts, pool: Pool, in_cases: Iterable[AskedRevision], random: Random
) -> Mapping[int, Amounts]:
    """How many questions that stand alone each bank gives of each kind."""
    given = Counter((one.kind, one.bank_id) for one in in_cases)
    banks = tuple(pool.banks)
    shares = [
        even_shares(
            [pool.sizes[bank_id][place] for bank_id in banks],
            [given[kind, bank_id] for bank_id in banks],
            left[place],
        )
        for place, kind in enumerate(Kind)
    ]
    return dict(zip(banks, zip(*ShareTable(shares).round(random), strict=True), strict=True))


def _choose_cases(wanted: Amounts, pool: Pool, random: Random) -> list[Unit]:
    """Cases by lot where the questions standing alone can fill up the counts, else the best there are."""
    cases = _cases_by_lot(wanted, pool, random) if pool.cases else []
    if any(_lacking(_left(wanted, _sum(map(_amounts, cases))), pool.alone)):
        shapes = Counter(_best_cases(wanted, pool.alone, pool.shapes))
        alike = {shape: [case for case in pool.cases if _amounts(case) == shape] for shape in shapes}
        cases = [case for shape, number in shapes.items() for case in random.sample(alike[shape], number)]
    random.shuffle(cases)
    return cases


def _cases_by_lot(wanted: Amounts, pool: Pool, random: Random) -> list[Unit]:
    """The cases that come up while units are drawn until every count is full or no unit is left."""
    left, cases = wanted, []
    for amounts, unit in _lots(pool, random):
        if _fits(amounts, left):
            left = _left(left, amounts)
            if unit[0].case_id is not None:
                cases.append(unit)
            if not any(left):
                break
    return cases


def _lots(pool: Pool, random: Random) -> Iterator[tuple[Amounts, Unit]]:
    """Every unit once: the banks in turn, each in random order."""
    stacks = [list(bank) for bank in pool.lots]
    random.shuffle(stacks)
    while stacks:
        for stack in stacks:
            place = random.randrange(len(stack))
            stack[place], stack[-1] = stack[-1], stack[place]
            yield stack.pop()
        stacks = [stack for stack in stacks if stack]


@lru_cache(maxsize=256)
def _best_cases(
    wanted: Amounts, alone: Amounts, shapes: tuple[tuple[Amounts, int], ...]
) -> Sequence[Amounts]:
    """What those cases hold that leave the fewest questions lacking, none where none are needed."""
    best: tuple[Amounts, ...] = ()
    least = sum(wanted) + 1
    seen: set[tuple[int, Amounts]] = set()
    ahead = [(0, wanted, best)]
    while ahead and least and len(seen) < MOST_STEPS:
        place, left, used = ahead.pop()
        lacking = sum(_lacking(left, alone))
        if lacking < least:
            best, least = used, lacking
        if place == len(shapes) or (place, left) in seen:
            continue
        seen.add((place, left))
        shape, number = shapes[place]
        for _ in range(number + 1):
            ahead.append((place + 1, left, used))
            if not _fits(shape, left):
                break
            left, used = _left(left, shape), (*used, shape)
    return best


def _counts(rules: Rules) -> Amounts:
    return tuple(rules.kinds[kind].count if kind in rules.kinds else 0 for kind in Kind)


def _amounts(unit: Iterable[AskedRevision]) -> Amounts:
    kinds = [one.kind for one in unit]
    return tuple(kinds.count(kind) for kind in Kind)


def _sum(several: Iterable[Amounts]) -> Amounts:
    return tuple(map(sum, zip(_NOTHING, *several, strict=True)))


def _left(have: Amounts, taken: Amounts) -> Amounts:
    return tuple(one - other for one, other in zip(have, taken, strict=True))


def _lacking(wanted: Amounts, alone: Amounts) -> Amounts:
    return tuple(max(0, count - held) for count, held in zip(wanted, alone, strict=True))


def _fits(amounts: Amounts, left: Amounts) -> bool:
    return all(one <= other for one, other in zip(amounts, left, strict=True))


def _option_order(revision: AskedRevision, random: Random) -> tuple[int, ...]:
    order = list(range(len(revision.options)))
    if revision.kind is not Kind.TRUE_FALSE:
        random.shuffle(order)
    return tuple(order)
