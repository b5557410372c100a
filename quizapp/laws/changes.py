"""What changed from one version of a law to the next, article by article and word by word."""

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Literal, NamedTuple

from quizapp.laws.statutes import Article

#: How alike two articles must be to be one that was reworded, wherever each stands, and where both
#: stand between the same neighbours. Set by 突发事件应对法 of 2007 and of 2024, read side by side:
#: strangers without a counterpart come up to 0.37, the most reworded one that kept its place has 0.29.
ALIKE = 0.40
ALIKE_IN_PLACE = 0.25


#: What two texts are cut into may number so many pairs; else it is cut more coarsely.
_PAIRS = 1_000_000
_CLAUSE = re.compile(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+")
#: Characters that two wordings share by chance, between two changes.
_BY_CHANCE = 1


class Change(StrEnum):
    """What became of an article."""

    SAME = "same"
    MOVED = "moved"
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"

    @property
    def label(self) -> str:
        """The change in Chinese."""
        return {
            Change.SAME: "未变",
            Change.MOVED: "只变条号",
            Change.REWORDED: "有修改",
            Change.NEW: "新增",
            Change.GONE: "删去",
        }[self]


@dataclass(frozen=True)
class ArticleChange:
    """One article through a revision: its number before and after; None where it wasn't or isn't there."""

    kind: Change
    old: int | None
    new: int | None

    @property
    def moved(self) -> bool:
        """Whether it stands under another number, reworded or not."""
        return self.old is not None and self.new is not None and self.old != self.new


def compare(old: Sequence[Article], new: Sequence[Article]) -> tuple[ArticleChange, ...]:
    """What became of each article, in the order of the new text; one that is gone stands after its neighbour.

    Articles are matched by their words, whatever their numbers, each at most once.
    """
    pairs = _match(old, new)
    words = {article.number: _plain(article.text) for article in old}
    changes = []
    for article in new:
        number = pairs.get(article.number)
        if number is None:
            kind = Change.NEW
        elif words[number] != _plain(article.text):
            kind = Change.REWORDED
        else:
            kind = Change.SAME if number == article.number else Change.MOVED
        changes.append(ArticleChange(kind, number, article.number))
    return tuple(_with_gone(changes, [article.number for article in old]))


def _with_gone(changes: Sequence[ArticleChange], numbers: Sequence[int]) -> Iterator[ArticleChange]:
    kept = {change.old for change in changes}
    followers: dict[int | None, list[int]] = defaultdict(list)
    neighbour = None
    for number in numbers:
        if number in kept:
            neighbour = number
        else:
            followers[neighbour].append(number)
    for number in followers[None]:
        yield ArticleChange(Change.GONE, number, None)
    for change in changes:
        yield change
        if change.old is not None:
            for number in followers[change.old]:
                yield ArticleChange(Change.GONE, number, None)


def _plain(text: str) -> str:
    """Without what an editor may change: spaces, line ends and the width of signs."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _match(old: Sequence[Article], new: Sequence[Article]) -> dict[int, int]:
    """The old number of each new article that has one.

    Equal texts first; then the most alike pair of all, the most alike of the rest, and so on;
    last those less alike whose place between the articles that kept their order speaks for them.
    """
    pairs = _equal(old, new)
    left = [article for article in old if article.number not in set(pairs.values())]
    likenesses = sorted(_likenesses(left, [one for one in new if one.number not in pairs]))
    taken = set(pairs.values())
    for likeness, was, now in likenesses:
        if -likeness >= ALIKE and now not in pairs and was not in taken:
            pairs[now] = was
            taken.add(was)
    backbone = _in_order(pairs)
    for _, was, now in likenesses:
        if now not in pairs and was not in taken and _fits(backbone, was, now):
            pairs[now] = was
            taken.add(was)
    return pairs


def _equal(old: Sequence[Article], new: Sequence[Article]) -> dict[int, int]:
    by_text: dict[str, list[int]] = defaultdict(list)
    for article in old:
        by_text[_plain(article.text)].append(article.number)
    pairs = {}
    for article in new:
        if equal := by_text[_plain(article.text)]:
            pairs[article.number] = equal.pop(0)
    return pairs


def _in_order(pairs: Mapping[int, int]) -> list[tuple[int, int]]:
    """The longest run of pairs, new and old number, in which both rise: what was not moved about."""
    lowest: list[int] = []
    chains: list[tuple[tuple[int, int], ...]] = []
    for now, was in sorted(pairs.items()):
        place = bisect_left(lowest, was)
        chain = (*(chains[place - 1] if place else ()), (now, was))
        lowest[place : place + 1] = [was]
        chains[place : place + 1] = [chain]
    return list(chains[-1]) if chains else []


def _fits(backbone: Sequence[tuple[int, int]], was: int, now: int) -> bool:
    """Whether an old and a new article stand between the same neighbours of the backbone."""
    return bisect_left(backbone, now, key=lambda pair: pair[0]) == bisect_left(
        backbone, was, key=lambda pair: pair[1]
    )


def _likenesses(old: Sequence[Article], new: Sequence[Article]) -> Iterator[tuple[float, int, int]]:
    """How alike each two articles are, negated so that the best sort first; pairs far apart are left out."""
    before, after = ({one.number: _grams(_plain(one.text)) for one in side} for side in (old, new))
    weights = _weights([*before.values(), *after.values()])
    sizes = {number: _weigh(grams, weights) for number, grams in after.items()}
    holders: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for now, grams in after.items():
        for gram, count in grams.items():
            holders[gram].append((now, count))
    for was, grams in before.items():
        size = _weigh(grams, weights)
        shared: dict[int, float] = defaultdict(float)
        for gram, count in grams.items():
            for now, times in holders[gram]:
                shared[now] += weights[gram] * min(count, times)
        for now, common in shared.items():
            likeness = common / (size + sizes[now] or 1) + common / (min(size, sizes[now]) or 1) / 2
            if likeness >= ALIKE_IN_PLACE:
                yield -likeness, was, now


def _grams(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


def _weights(articles: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """Words that every article uses say little about which two are one."""
    counts = Counter(gram for article in articles for gram in article)
    return {gram: math.log((len(articles) + 1) / count) for gram, count in counts.items()}


def _weigh(grams: Mapping[str, int], weights: Mapping[str, float]) -> float:
    return sum(weights[gram] * count for gram, count in grams.items())


class Run(NamedTuple):
    """A piece of text that both versions have, or that was added, or removed."""

    kind: Literal["same", "added", "removed"]
    text: str


def differences(old: str, new: str) -> tuple[Run, ...]:
    """How one wording became another: all but what was added is the old, all but what was removed the new."""
    before, after = _cut(old, new)
    runs: list[Run] = []
    removed = added = ""
    for kind, start, end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        was, now = "".join(before[start:end]), "".join(after[new_start:new_end])
        if kind == "equal" and (len(was) > _BY_CHANCE or not (removed or added)):
            runs += _changed(removed, added)
            runs.append(Run("same", was))
            removed = added = ""
        else:
            removed, added = removed + was, added + now
    runs += _changed(removed, added)
    return tuple(runs)


def _cut(old: str, new: str) -> tuple[Sequence[str], Sequence[str]]:
    """Two texts in characters; long ones in clauses; where even these are too many, each in one."""
    if len(old) * len(new) <= _PAIRS:
        return old, new
    before, after = _CLAUSE.findall(old), _CLAUSE.findall(new)
    return (before, after) if len(before) * len(after) <= _PAIRS else ([old], [new])


def _changed(removed: str, added: str) -> Iterator[Run]:
    if removed:
        yield Run("removed", removed)
    if added:
        yield Run("added", added)
