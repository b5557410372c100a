"""What exporters give back, and what they share: cases, places, lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from quizapp.questions.asking import AskedRevision
from quizapp.questions.parsed import ParsedQuestion

_LINE_END = re.compile(r"\r\n|\r|\n")
#: More places than this are counted rather than named.
_MAX_NAMED = 20


@dataclass(frozen=True)
class Exported:
    """A file's content, and in sentences what of the questions is not in it or only we read back."""

    content: str | bytes
    omitted: tuple[str, ...] = ()


class Writer(Protocol):
    """What every format offers. The bank's name and its law's revision go in where there is a place."""

    def __call__(
        self, questions: Sequence[AskedRevision], bank_name: str, law_revised_on: date | None = None
    ) -> Exported:
        """The questions as a file, those of a case together."""


@dataclass(frozen=True)
class Placed:
    """A question and its place in the export, from 1."""

    place: int
    question: AskedRevision


@dataclass(frozen=True)
class Group:
    """A case with its questions, or one question that stands alone under an empty stem."""

    case_stem: str
    members: tuple[Placed, ...]
    #: Number of the case in the export, from 1; 0 for none.
    case: int = 0


def in_groups(questions: Iterable[AskedRevision]) -> list[Group]:
    """Questions in their order; those of a case stand together where its first one does."""
    gathered: dict[tuple[str, int], list[AskedRevision]] = {}
    for number, question in enumerate(questions):
        is_shared = question.case_id is not None and _has_case(question)
        key = ("case", question.case_id or 0) if is_shared else ("alone", number)
        gathered.setdefault(key, []).append(question)
    groups: list[Group] = []
    place = case = 0
    for members in gathered.values():
        is_case = _has_case(members[0])
        case += is_case
        placed = tuple(Placed(place + offset, member) for offset, member in enumerate(members, start=1))
        groups.append(Group(members[0].case_stem if is_case else "", placed, case if is_case else 0))
        place += len(members)
    return groups


def _has_case(question: AskedRevision) -> bool:
    return bool(question.case_stem.strip())


def meaning_of(question: AskedRevision | ParsedQuestion) -> tuple[object, ...]:
    """All that an export should bring back, apart from the chapter and the grouping of cases."""
    return (
        question.kind,
        question.stem,
        question.options,
        question.answer,
        question.explanation,
        question.citations,
        question.difficulty,
        question.tags,
        question.gaps,
        question.gaps_in_order,
    )


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return _LINE_END.split(text)


def one_line(text: str) -> str:
    """A text without line ends."""
    return " ".join(line.strip() for line in lines_of(text)).strip()


def tell(places: Sequence[int], reason: str) -> tuple[str, ...]:
    """A sentence about the questions at some places, none where there are none: 第 2、5 题是多选题。"""
    if not places:
        return ()
    named = "、".join(map(str, places[:_MAX_NAMED]))
    more = f"等 {len(places)} 题" if len(places) > _MAX_NAMED else "题"
    return (f"第 {named} {more}{reason}",)


def tell_revision(law_revised_on: date | None) -> tuple[str, ...]:
    """That the day of the law's revision has no place in a format."""
    return ("这种格式没有法律版本的位置，没有写入。",) if law_revised_on else ()


def tell_fields(questions: Sequence[AskedRevision], names: dict[str, str], reason: str) -> tuple[str, ...]:
    """A sentence about the fields, attribute → 名称, that some question fills."""
    filled = [
        label for name, label in names.items() if any(getattr(question, name) for question in questions)
    ]
    return (f"{'、'.join(filled)}{reason}",) if filled else ()
