"""How the shipped questions are spread over kinds, answers, difficulties, audiences; and the bounds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from quizapp.questions.kinds import Difficulty, Kind
from quizapp.questions.parsed import ParsedQuestion

#: Whom a question suits; its tags are of these.
AUDIENCES = ("公众", "从业人员", "企业负责人", "执法人员")


@dataclass(frozen=True)
class Share:
    """A part of a whole and the bounds, in per cent, that a good bank keeps to."""

    name: str
    part: int
    whole: int
    least: int
    most: int

    @property
    def percent(self) -> Decimal:
        """The share in per cent, to one decimal, half up; 0 of nothing."""
        exact = Decimal(100) * self.part / (self.whole or 1)
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def is_within(self) -> bool:
        """Whether the share keeps to its bounds."""
        return self.least * self.whole <= 100 * self.part <= self.most * self.whole

    def __str__(self) -> str:
        bounds = f"{self.least}%～{self.most}%"
        return f"{self.name}：{self.part}/{self.whole}，{self.percent}%（{bounds}）"


def spread(questions: Sequence[ParsedQuestion]) -> Iterator[Share]:
    """Every share that is watched.

    The mix of kinds and difficulties is that of a public contest; right options are spread so that
    no letter and no length gives an answer away.
    """
    whole = len(questions)
    of_kind = {kind: [one for one in questions if one.kind is kind] for kind in Kind}
    for kind, least, most in ((Kind.SINGLE, 47, 53), (Kind.MULTIPLE, 18, 22), (Kind.TRUE_FALSE, 27, 33)):
        yield Share(f"{kind.label}题", len(of_kind[kind]), whole, least, most)
    true = sum(one.answer == (0,) for one in of_kind[Kind.TRUE_FALSE])
    yield Share("判断题答案为对", true, len(of_kind[Kind.TRUE_FALSE]), 45, 55)
    for kind in (Kind.SINGLE, Kind.MULTIPLE):
        yield from _letters(kind, of_kind[kind])
    yield from _lengths(of_kind[Kind.SINGLE])
    yield from _right_options(of_kind[Kind.MULTIPLE])
    degrees = Counter(one.difficulty for one in questions)
    for degree, least, most in (
        (Difficulty.EASY, 46, 54),
        (Difficulty.MEDIUM, 26, 34),
        (Difficulty.HARD, 16, 24),
    ):
        yield Share(f"难度{degree.label}", degrees[degree], whole, least, most)
    for audience in AUDIENCES:
        yield Share(f"适合{audience}", sum(audience in one.tags for one in questions), whole, 20, 80)


def _letters(kind: Kind, questions: Sequence[ParsedQuestion]) -> Iterator[Share]:
    right = Counter(place for one in questions for place in one.answer)
    for place, letter in enumerate("ABCD"):
        yield Share(f"{kind.label}题正确选项为{letter}", right[place], right.total(), 22, 28)


def _lengths(questions: Sequence[ParsedQuestion]) -> Iterator[Share]:
    """By chance the right one of four options of different lengths is the longest once in four."""
    longest = shortest = 0
    for one in questions:
        right = len(one.options[one.answer[0]])
        others = [len(option) for place, option in enumerate(one.options) if place not in one.answer]
        longest += right > max(others)
        shortest += right < min(others)
    yield Share("单选题正确选项最长", longest, len(questions), 10, 30)
    yield Share("单选题正确选项最短", shortest, len(questions), 10, 30)


def _right_options(questions: Sequence[ParsedQuestion]) -> Iterator[Share]:
    counts = Counter(len(one.answer) for one in questions)
    for count, least, most in ((2, 25, 45), (3, 30, 50), (4, 15, 35)):
        yield Share(f"多选题有{count}个正确选项", counts[count], len(questions), least, most)
