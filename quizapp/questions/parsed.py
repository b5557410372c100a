"""What importers give back: questions as read, and every problem with its place and reason."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from quizapp.laws.citations import Citation
from quizapp.questions.folding import fingerprint
from quizapp.questions.kinds import Difficulty, Kind


class UnaskableError(Exception):
    """Why a question can't be asked, as a sentence for the person who wrote it."""


@dataclass(frozen=True)
class RawQuestion:
    """One question as the layout of a file shows it, its words not yet understood."""

    where: str
    stem: str
    options: tuple[str, ...] = ()
    answer: str = ""
    #: What a section heading or a 题型 field said, empty where nothing did.
    kind: str = ""
    explanation: str = ""
    basis: str = ""
    difficulty: str = ""
    tags: str = ""
    chapter: str = ""
    #: What a table gives for each gap of a blank question, accepted answers split at ``|`` or ``；``.
    #: Where it is empty, ``answer`` holds them all.
    gaps: tuple[str, ...] = ()
    #: Whether a blank's answers may stand in any order: what the file said, empty where nothing did.
    gap_order: str = ""
    #: The stem that this question shares with others of the same case, and the case's number in the
    #: file, from 1; 0 where the question stands alone.
    case_stem: str = ""
    case: int = 0


class Guess(StrEnum):
    """What was inferred rather than read, and a person should accept."""

    KIND = "kind"
    CITATIONS = "citations"


@dataclass(frozen=True)
class ParsedQuestion:
    """A question that can be asked.

    ``answer`` holds indices into ``options``, ascending. A blank question has neither, but
    ``gaps``: for each gap of its stem the accepted answers.
    """

    where: str
    kind: Kind
    stem: str
    options: tuple[str, ...]
    answer: tuple[int, ...]
    explanation: str = ""
    citations: tuple[Citation, ...] = ()
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    chapter: str = ""
    #: Why somebody should look at it though it can be asked.
    remarks: tuple[str, ...] = ()
    gaps: tuple[tuple[str, ...], ...] = ()
    gaps_in_order: bool = True
    case_stem: str = ""
    #: Number of the case within the file, 0 where it stands alone.
    case: int = 0
    guesses: tuple[Guess, ...] = ()
    #: The question as the file had it; None where no file was read.
    raw: RawQuestion | None = None

    @property
    def fingerprint(self) -> str:
        """What it shares with a question that reads the same."""
        return fingerprint(self.stem, self.options, self.case_stem)


@dataclass(frozen=True)
class Problem:
    """One place that needs a person, and why; ``rejects`` where a whole question is left out."""

    where: str
    reason: str
    rejects: bool = False
    #: The question that is left out, as far as it was read, so that it can be mended.
    raw: RawQuestion | None = None


@dataclass(frozen=True)
class UnknownColumn:
    """A column of a table whose heading says nothing we know, with the first thing in it."""

    sheet: str
    heading: str
    sample: str


@dataclass(frozen=True)
class ParsedQuestions:
    """All of a file: found = good + warned + rejected, always."""

    questions: tuple[ParsedQuestion, ...] = ()
    #: Rejected questions, remarks on warned ones, and lines that belong to no question.
    problems: tuple[Problem, ...] = ()
    #: The name of the bank, where the file gives one.
    bank: str = ""
    unknown_columns: tuple[UnknownColumn, ...] = ()
    #: The day on which the law that the questions follow was revised, where the file gives it.
    law_revised_on: date | None = None

    @property
    def rejected(self) -> int:
        """Questions left out."""
        return sum(problem.rejects for problem in self.problems)

    @property
    def warned(self) -> int:
        """Questions kept with a remark."""
        return sum(bool(question.remarks) for question in self.questions)

    @property
    def good(self) -> int:
        """Questions kept without one."""
        return len(self.questions) - self.warned

    @property
    def found(self) -> int:
        """Questions seen."""
        return len(self.questions) + self.rejected


@dataclass
class Collector:
    """Gathers what an importer finds, in the order of the file, and remarks on repeats."""

    questions: list[ParsedQuestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown_columns: list[UnknownColumn] = field(default_factory=list)
    _places: dict[str, str] = field(default_factory=dict)

    def add(self, outcome: ParsedQuestion | Problem) -> None:
        """Take a question with its remarks, or a problem."""
        if isinstance(outcome, Problem):
            self.problems.append(outcome)
            return
        first_place = self._places.setdefault(outcome.fingerprint, outcome.where)
        if first_place != outcome.where:
            outcome = replace(outcome, remarks=(*outcome.remarks, f"与{first_place}的试题相同。"))
        self.questions.append(outcome)
        self.problems.extend(Problem(outcome.where, remark) for remark in outcome.remarks)

    def finish(self, bank: str = "") -> ParsedQuestions:
        """What was gathered."""
        return ParsedQuestions(tuple(self.questions), tuple(self.problems), bank, tuple(self.unknown_columns))
