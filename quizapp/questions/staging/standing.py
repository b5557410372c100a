"""Where a staged question stands: ready to be imported, or what is wanting."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from quizapp.questions.parsed import ParsedQuestion, RawQuestion


class Standing(StrEnum):
    """What a staged question waits for."""

    #: It can't be asked as it stands.
    FAULTY = "faulty"
    #: It nearly repeats a question of the bank; a person decides.
    TWIN = "twin"
    #: Something was inferred; a person accepts it.
    GUESS = "guess"
    READY = "ready"
    SKIPPED = "skipped"
    IMPORTED = "imported"

    @property
    def label(self) -> str:
        """The standing in Chinese."""
        return {
            Standing.FAULTY: "需修改",
            Standing.TWIN: "疑似重复",
            Standing.GUESS: "待接受推测",
            Standing.READY: "可以导入",
            Standing.SKIPPED: "跳过",
            Standing.IMPORTED: "已导入",
        }[self]


#: What keeps a question, and the case that it belongs to, from being imported.
WANTING = (Standing.FAULTY, Standing.TWIN, Standing.GUESS)


class Decision(StrEnum):
    """What to do with a question that repeats one of the bank."""

    KEEP = "keep"
    REPLACE = "replace"
    SKIP = "skip"

    @property
    def label(self) -> str:
        """The decision in Chinese."""
        return {
            Decision.KEEP: "保留两题",
            Decision.REPLACE: "用它替换，成为新版本",
            Decision.SKIP: "跳过这一题",
        }[self]


@dataclass(frozen=True)
class Twin:
    """The question of the bank that a staged one repeats; ``id`` is None for one of the same file."""

    id: int | None
    is_same: bool


def stands(question: ParsedQuestion | None, twin: Twin | None, decision: Decision | None) -> Standing:
    """The standing of a question as understood, None where it can't be asked."""
    if question is None:
        return Standing.SKIPPED if decision is Decision.SKIP else Standing.FAULTY
    if decision is Decision.SKIP:
        return Standing.SKIPPED
    if twin is not None and decision is None:
        return Standing.TWIN
    return Standing.GUESS if question.guesses else Standing.READY


def proposed(twin: Twin | None) -> Decision | None:
    """What is done with a repeat unless somebody says otherwise: the very same is skipped."""
    return Decision.SKIP if twin is not None and twin.is_same else None


def write_raw(raw: RawQuestion) -> dict[str, Any]:
    """The fields as a row keeps them."""
    return asdict(raw)


def read_raw(stored: dict[str, Any]) -> RawQuestion:
    """Read what ``write_raw`` wrote."""
    return RawQuestion(**{**stored, "options": tuple(stored["options"]), "gaps": tuple(stored["gaps"])})
