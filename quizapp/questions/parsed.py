"""What importers give back: questions as read, and every problem with its place and reason."""

from dataclasses import dataclass, field, replace

from quizapp.laws.citations import Citation
from quizapp.questions.folding import fingerprint
from quizapp.questions.kinds import Difficulty, Kind


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


@dataclass(frozen=True)
class ParsedQuestion:
    """A question that can be asked. ``answer`` holds indices into ``options``, ascending."""

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

    @property
    def fingerprint(self) -> str:
        """What it shares with a question that reads the same."""
        return fingerprint(self.stem, self.options)


@dataclass(frozen=True)
class Problem:
    """One place that needs a person, and why; ``rejects`` where a whole question is left out."""

    where: str
    reason: str
    rejects: bool = False


@dataclass(frozen=True)
class ParsedQuestions:
    """All of a file: found = good + warned + rejected, always."""

    questions: tuple[ParsedQuestion, ...] = ()
    #: Rejected questions, remarks on warned ones, and lines that belong to no question.
    problems: tuple[Problem, ...] = ()
    #: The name of the bank, where the file gives one.
    bank: str = ""

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
        return ParsedQuestions(tuple(self.questions), tuple(self.problems), bank)
