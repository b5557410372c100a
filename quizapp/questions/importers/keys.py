"""Answers that stand together at the end of a section or text, and whose they are."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from quizapp.questions.importers.draft import Draft, Section
from quizapp.questions.importers.marks import Heading, Number
from quizapp.questions.parsed import Problem, UnaskableError
from quizapp.questions.validation import KIND_NAMES, named_kind

_L = "A-Ha-hＡ-Ｈａ-ｈ"
_TRUTH = "[√×✓✗✔✘☑☒TX]|正确|错误|对|错"
_BETWEEN = r"[\s,，;；。、.]"
_PAIR = re.compile(
    rf"{_BETWEEN}*[（(]?\s*(\d{{1,5}})\s*(?:[)）]\s*[.．、:：]?|[.．、:：]|题|\s|(?=\D))\s*[（(]?\s*"
    rf"({_TRUTH}|[{_L}](?:[ 、,，/]{{0,2}}[{_L}])*)\s*[)）]?(?=$|{_BETWEEN}|[（(\d])"
)
_RANGE = re.compile(
    rf"{_BETWEEN}*[（(]?\s*(\d{{1,5}})\s*(?:[-~—–－～―]+|至|到)\s*(\d{{1,5}})\s*[)）]?\s*题?\s*[:：.．、]?\s*"
    rf"((?:(?:{_TRUTH}|[{_L}])[\s,，、;；]*)+)"
)
_ONE = re.compile(rf"{_TRUTH}|[{_L}]")
_SPACES = re.compile(r"[\s,，、;；]+")
#: 参考答案, 单选题答案：1.A 2.B
_HEADING = re.compile(
    r"^(?:#{1,6}\s*)?[【\[（(]?([^:：。，,]{0,40}?)(?:参考|标准|正确|试题|试卷)?答案(?:[及与和]?(?:解析|详解))?\s*[】\])）]?\s*"
    r"(?:[:：]\s*(.*))?$"
)
_KIND = re.compile(rf"(?:{KIND_NAMES})")
_TEXT_AFTER = re.compile(rf"^({_TRUTH}|[{_L}]{{1,8}})\s*(?:[。.；;，,]|\s)\s*(.+)$")
_MOST = 500
_MAX_LINE = 20_000


@dataclass
class Key:
    """The answer of one question, by its number."""

    where: str
    number: int
    answer: str = ""
    explanation: list[str] = field(default_factory=list)
    kind: str = ""

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join([f"{self.number}. {self.answer}", *self.explanation])


@dataclass
class Block:
    """Answers that stand together, below the drafts that were read before them."""

    drafts: int
    kind: str = ""
    keys: list[Key] = field(default_factory=list)

    def add(self, where: str, pairs: Iterable[tuple[int, str]]) -> None:
        """Take answers with their numbers."""
        self.keys += [Key(where, number, answer, kind=self.kind) for number, answer in pairs]


def read_pairs(text: str) -> list[tuple[int, str]]:
    """Numbers with their answers: 1.A 2.B 3.ABC, 1-5 ABCDA; none where a line holds anything else."""
    pairs: list[tuple[int, str]] = []
    place = 0
    while place < len(text):
        if spread := _RANGE.match(text, place):
            many = _spread(spread)
            if not many:
                return []
            pairs += many
            place = spread.end()
        elif pair := _PAIR.match(text, place):
            pairs.append((int(pair[1]), pair[2]))
            place = pair.end()
        else:
            return [] if text[place:].strip(" ,，;；。、.") else pairs
    return pairs


def _spread(match: re.Match[str]) -> list[tuple[int, str]]:
    """The answers of a range of numbers, if there are as many."""
    numbers = range(int(match[1]), min(int(match[2]), int(match[1]) + _MOST) + 1)
    pieces = [piece for piece in _SPACES.split(match[3]) if piece]
    if len(pieces) != len(numbers):
        pieces = _ONE.findall(match[3])
    return list(zip(numbers, pieces, strict=True)) if len(pieces) == len(numbers) else []


def read_key_heading(text: str) -> tuple[str, list[tuple[int, str]]] | None:
    """The heading of answers: the kind that it names, and the answers on its line."""
    match = _HEADING.match(text) if len(text) < _MAX_LINE else None
    if not match:
        return None
    kind = _KIND.search(match[1])
    pairs = read_pairs(match[2] or "")
    return None if match[2] and not pairs else (kind[0] if kind else "", pairs)


def read_tail(heading: Heading) -> list[tuple[int, str]]:
    """The answers behind the heading of a section."""
    return read_pairs(heading.tail.lstrip(":： "))


def read_key(number: Number) -> tuple[str, str] | None:
    """The answer behind a number and what explains it; None where it isn't one."""
    if not number.rest:
        return "", ""
    if pairs := read_pairs(f"{number.value}.{number.rest}"):
        return (pairs[0][1], "") if len(pairs) == 1 else None
    match = _TEXT_AFTER.match(number.rest)
    return (match[1], match[2]) if match else None


def are_pairs(text: str) -> bool:
    """Whether a line is nothing but answers, even where no heading says so."""
    pairs = read_pairs(text) if text[:1].isdigit() or text[:1] in set("（(") else []
    return len(pairs) > 2 or bool(len(pairs) > 1 and _RANGE.match(text))


def level_of(kind: str) -> str:
    """What headings of one kind have in common: 单选题, 单项选择题."""
    try:
        return named_kind(kind) or ""
    except UnaskableError:
        return kind[:2]


class _Sections:
    """The sections that were read up to a block, and which of them wait for answers."""

    def __init__(self) -> None:
        self.numbers: dict[Section, dict[int, list[Draft]]] = {}
        self.waiting: defaultdict[str, deque[Section]] = defaultdict(deque)
        self.known: set[Section] = set()
        self.last: dict[str, Section] = {}

    def add(self, draft: Draft) -> None:
        """Take a question, in the order of the text."""
        section = draft.section
        level = level_of(section.kind)
        self.last[level] = self.last[""] = section
        self.numbers.setdefault(section, {}).setdefault(draft.number, []).append(draft)
        if not draft.is_answered and section not in self.known:
            self.known.add(section)
            for queue in {level, "" if _can_be_scored(section.kind) else "unscored"}:
                self.waiting[queue].append(section)

    def take(self, kind: str, is_only: bool) -> dict[int, list[Draft]]:
        """The questions that a run of answers is for, by number: those of the first section that waits.

        A run that is the only one, and names no kind, may go on from section to section.
        """
        level = level_of(kind)
        taken: list[Section] = []
        for queue in (self.waiting[level], self.waiting["" if level else "unscored"]):
            while queue and (not taken or (is_only and not level)):
                section = queue.popleft()
                taken += [section] if section in self.known else []
                self.known.discard(section)
            if taken or level:
                break
        if not taken:
            taken = [self.last[level]] if level in self.last else []
        if len(taken) == 1:
            return self.numbers[taken[0]]
        together: dict[int, list[Draft]] = {}
        for section in taken:
            for number, drafts in self.numbers[section].items():
                together.setdefault(number, []).extend(drafts)
        return together


def distribute(blocks: Iterable[Block], drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Give each answer to its question; say where there is none, or more than one."""
    sections = _Sections()
    read = 0
    for block in blocks:
        for draft in drafts[read : block.drafts]:
            sections.add(draft)
        read = block.drafts
        runs = list(_runs(block.keys))
        for run in runs:
            by_number = sections.take(run[0].kind, len(runs) == 1)
            for key in run:
                found = by_number.get(key.number, [])
                if len(found) == 1:
                    found[0].take_answer(key.answer.strip(), "\n".join(key.explanation))
                else:
                    how = "没有找到对应的试题" if not found else "对应的试题不止一道"
                    yield Problem(key.where, f"答案“{key.text[:60]}”{how}。")


def _runs(keys: Sequence[Key]) -> Iterator[list[Key]]:
    """Keys whose numbers go up, below one heading."""
    run: list[Key] = []
    for key in keys:
        if run and (key.kind != run[-1].kind or key.number <= run[-1].number):
            yield run
            run = []
        run.append(key)
    if run:
        yield run


def _can_be_scored(kind: str) -> bool:
    """Whether questions of a kind are asked here at all."""
    try:
        named_kind(kind)
    except UnaskableError:
        return False
    return True
