"""What a newer version of a law does to the articles that a question cites."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from quizapp.laws.changes import ArticleChange, Change
from quizapp.laws.citations import Citation


class Touch(StrEnum):
    """How a cited article is touched."""

    MOVED = "moved"
    REWORDED = "reworded"
    GONE = "gone"
    #: The law has no such article: the citation is wrong.
    MISSING = "missing"
    #: There is no older text of it to compare: not loaded, or without this article.
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The touch in Chinese."""
        return {
            Touch.MOVED: "只变条号",
            Touch.REWORDED: "有修改",
            Touch.GONE: "已删去",
            Touch.MISSING: "没有这一条",
            Touch.UNKNOWN: "没有旧版本可以比对",
        }[self]


@dataclass(frozen=True)
class Touched:
    """One cited place and what became of its article; ``new`` is its number now."""

    citation: Citation
    touch: Touch
    new: int | None = None

    @property
    def moved(self) -> bool:
        """Whether the article stands under another number."""
        return self.new is not None and self.new != self.citation.article

    @property
    def needs_edit(self) -> bool:
        """Whether the citation can't stay as it is."""
        return self.moved or self.touch in {Touch.GONE, Touch.MISSING}

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a row."""
        return {"citation": self.citation.as_list(), "touch": self.touch.value, "new": self.new}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Touched":
        """Read what ``as_dict`` wrote."""
        return cls(Citation(*stored["citation"]), Touch(stored["touch"]), stored["new"])


def touched_by(changes: Collection[ArticleChange], cited: Iterable[Citation]) -> tuple[Touched, ...]:
    """Of the cited places those whose article is not what and where it was."""
    by_old = {change.old: change for change in changes if change.old is not None}
    numbers = {change.new for change in changes}
    touched = []
    for citation in cited:
        change = by_old.get(citation.article)
        if change is None:
            is_there = citation.article in numbers
            touched.append(Touched(citation, Touch.UNKNOWN if is_there else Touch.MISSING))
        elif change.kind is not Change.SAME:
            touched.append(Touched(citation, Touch(change.kind.value), change.new))
    return tuple(touched)


def missing_in(numbers: Collection[int], cited: Iterable[Citation]) -> tuple[Touched, ...]:
    """Of the cited places those whose article a version doesn't have."""
    return tuple(Touched(one, Touch.MISSING) for one in cited if one.article not in numbers)


def unknown(cited: Iterable[Citation]) -> tuple[Touched, ...]:
    """Every cited place, where there is no older text to compare."""
    return tuple(Touched(one, Touch.UNKNOWN) for one in cited)


def renumbered(citations: Sequence[Citation], touched: Iterable[Touched]) -> tuple[Citation, ...]:
    """The citations with the numbers that their articles bear now."""
    new = {one.citation: one.new for one in touched if one.moved and one.new is not None}
    return tuple(replace(one, article=new.get(one, one.article)) for one in citations)
