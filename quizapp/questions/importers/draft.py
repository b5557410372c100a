"""A question while it is being read."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from quizapp.questions.answers import read_letters
from quizapp.questions.blanks import has_gap
from quizapp.questions.folding import fold
from quizapp.questions.importers.brackets import is_answered, plain_ticks, settle
from quizapp.questions.importers.escapes import show_all
from quizapp.questions.importers.marks import label_of
from quizapp.questions.kinds import Kind
from quizapp.questions.parsed import ParsedQuestion, Problem, RawQuestion, UnaskableError
from quizapp.questions.validation import named_kind, understand

#: Where a loose line is added to what stands before it; anywhere else it is remarked on.
_GOES_ON = frozenset({"stem", "option", "explanation", "basis"})
#: What may be said in several pieces; of anything else a second is a fault.
_ADDS_UP = frozenset({"explanation", "tags", "kind", "unused"})
#: An answer that repeats the text of its option: A. 甲
_LETTER_AND_TEXT = re.compile(r"^([A-Ha-hＡ-Ｈ])\s*[.．、:：\s]\s*(\S.*?)[。；;]?$", re.DOTALL)
#: Why it is so, in brackets behind the letters: C（丙为金属火灾）
_LETTERS_AND_WHY = re.compile(r"^([A-Ha-hＡ-Ｈ]{1,8})\s*[（(]\s*([^()（）]{2,})[)）][。.]?$")
#: Numbers before the answers of several gaps: （1）甲（2）乙
_GAP_NUMBER = re.compile(r"\s*(?:[（(]\s*\d{1,2}\s*[)）]|[①-⑳])\s*")


@dataclass(eq=False)
class Section:
    """What stands under one heading; answers at the end are given to it as a whole."""

    kind: str = ""
    #: How its heading is numbered.
    style: str = ""


@dataclass(eq=False)
class Case:
    """A stem that several questions share."""

    number: int
    where: str
    #: The style of questions that stand beside it; one of them ends it.
    style: str = ""
    stem: list[str] = field(default_factory=list)
    is_open: bool = True
    #: How many questions stand below it.
    size: int = 0

    def lost(self) -> Problem:
        """What is said of a case that no question was read of; its stem is not to be lost."""
        raw = RawQuestion(self.where, "", case_stem="\n".join(self.stem), case=self.number)
        reason = "这个案例下面没有读到小题。请检查小题的题号和答案。"
        return Problem(self.where, reason, rejects=True, raw=raw)


@dataclass(eq=False)
class Draft:
    """What was read of a question; ``open`` names the place that was read last."""

    where: str
    number: int
    style: str
    section: Section
    chapter: str
    case: Case | None = None
    fields: dict[str, list[str]] = field(default_factory=dict)
    options: list[list[str]] = field(default_factory=list)
    #: The letters of the options as places from 0.
    places: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    open: str = "stem"
    #: The last numbered point of the stem, 0 for none.
    point: int = 0
    #: Whether an answer stands in the stem's brackets.
    is_ticked: bool = False
    #: Whether 对 and 错 were read below the stem.
    has_truths: bool = False

    @property
    def kind(self) -> str:
        """What its own field or its heading says."""
        return " ".join(self.fields.get("kind", [])) or self.section.kind

    @property
    def is_answered(self) -> bool:
        """Whether its answer was read, so that another question may begin."""
        return "answer" in self.fields or self.is_ticked

    @property
    def waits(self) -> bool:
        """Whether its options or answer must still follow."""
        return not self.options and not self.is_answered and self.open != "explanation"

    @property
    def answers_in_lines(self) -> bool:
        """Whether the answer stands in the lines below its name."""
        return self.open == "answer" and not self.fields["answer"][0]

    @property
    def takes_points(self) -> bool:
        """Whether a numbered line may be a point of what is being read rather than a question."""
        return self.open == "explanation" or self.answers_in_lines

    @property
    def takes_options(self) -> bool:
        """Whether a lettered line is an option: before the answer, or all of them right below it."""
        if "answer" in self.fields:
            return self.open == "option" or (self.open == "answer" and not self.options)
        return self.open != "explanation"

    def add(self, name: str, text: str) -> None:
        """Begin a field; a second one that says something else is a fault, not a silent choice."""
        self.open = name
        given = self.fields.setdefault(name, [])
        if given and name not in _ADDS_UP:
            if fold(text) == fold(given[0]):
                return
            self.faults.append(f"“{label_of(name)}”出现了两次。")
            text = f"或 {text}"  # so that nobody takes both for one answer
        given.append(text)

    def add_stem(self, text: str) -> None:
        """Add a line to the stem."""
        self.fields.setdefault("stem", []).append(text)
        self.is_ticked = self.is_ticked or is_answered(text)

    def add_option(self, place: int, text: str) -> None:
        """Begin an option; letters must follow each other."""
        expected = len(self.options)
        if place != expected:
            self.faults.append(f"选项 {_letter(place)} 的位置应为选项 {_letter(expected)}。")
        self.options.append([text])
        self.places.append(place)
        self.open = "option"

    def continue_with(self, text: str) -> None:
        """Add a loose line to what was being read, or remark on it."""
        if self.open == "option":
            self.options[-1].append(text)
        elif self.open == "stem":
            self.add_stem(text)
        elif self.open in _GOES_ON or self.answers_in_lines:
            self.fields.setdefault(self.open, []).append(text)
        else:
            self.remarks.append(f"没有读懂这一行：“{text[:60]}”。")

    def take_answer(self, answer: str, explanation: str) -> None:
        """Take what stands for it at the end of the text."""
        given = " ".join(self.fields.get("answer", []))
        if given.strip() and answer and fold(given) != fold(answer):
            self.faults.append(f"题下的答案“{given[:20]}”与文末的答案“{answer[:20]}”不一致。")
        elif answer:
            self.fields["answer"] = [answer]
        if explanation:
            self.fields.setdefault("explanation", []).append(explanation)

    def outcome(self) -> ParsedQuestion | Problem:
        """The question, or why it can't be asked."""
        raw = show_all(self._raw())
        outcome = (
            Problem(self.where, "".join(dict.fromkeys(self.faults)), rejects=True, raw=raw)
            if self.faults
            else understand(raw)
        )
        remarks = tuple(dict.fromkeys(self.remarks))
        if isinstance(outcome, Problem):
            return replace(outcome, reason="".join([outcome.reason, *remarks]))
        return replace(outcome, remarks=(*outcome.remarks, *remarks))

    def _raw(self) -> RawQuestion:
        options = tuple(map(_joined, self._placed()))
        stem = "\n".join(self.fields.get("stem", []))
        answer = _plain_answer("\n".join(self.fields.get("answer", [])).strip(), options)
        explanation = "\n".join(self.fields.get("explanation", [])).strip()
        why = _LETTERS_AND_WHY.match(answer) if options and read_letters(answer) is None else None
        if why:
            answer, explanation = why[1], "\n".join(filter(None, (why[2], explanation)))
        if not options and has_gap(stem):
            answer = _unnumbered(answer)
        if _may_bear_answer(self.kind):
            settled = settle(stem, answer, are_letters=bool(options))
            stem, answer = settled.stem, settled.answer
            self.faults += [settled.fault] if settled.fault else []
        return RawQuestion(
            where=self.where,
            stem=stem,
            options=options,
            answer=answer,
            kind=self.kind,
            explanation=explanation,
            basis=" ".join(self.fields.get("basis", [])),
            difficulty=" ".join(self.fields.get("difficulty", [])),
            tags=" ".join(self.fields.get("tags", [])),
            chapter=self.chapter,
            gap_order=" ".join(self.fields.get("order", [])),
            case_stem="\n".join(self.case.stem) if self.case else "",
            case=self.case.number if self.case else 0,
        )

    def _placed(self) -> list[list[str]]:
        """Options each in the place that its letter gives it; as they stand where two share one."""
        if len(set(self.places)) < len(self.places):
            return self.options
        by_place = dict(zip(self.places, self.options, strict=True))
        return [by_place.get(place, [""]) for place in range(max(self.places, default=-1) + 1)]


def _may_bear_answer(kind: str) -> bool:
    """Whether brackets in the stem may hold the answer: not where they are gaps to fill in."""
    try:
        return named_kind(kind) is not Kind.BLANK
    except UnaskableError:
        return False


def _plain_answer(text: str, options: tuple[str, ...]) -> str:
    """An answer without what people add to it: other ticks, the option's text."""
    text = plain_ticks(text)
    match = _LETTER_AND_TEXT.match(text)
    place = ord(fold(match[1])) - ord("a") if match else len(options)
    if (
        match
        and place < len(options)
        and fold(match[2]).rstrip("。；;") == fold(options[place]).rstrip("。；;")
    ):
        return match[1]
    return text


def _unnumbered(answer: str) -> str:
    """The answers of several gaps without their numbers: （1）甲（2）乙."""
    if not _GAP_NUMBER.match(answer):
        return answer
    return "；".join(piece.strip("；;，,、 ") for piece in _GAP_NUMBER.split(answer) if piece)


def _joined(lines: list[str]) -> str:
    """The lines of an option as one; only between words of letters a line's end is a space."""
    ends = (before[-1:] + after[:1] for before, after in pairwise(lines))
    gaps = [" " if len(end) == 2 and end.isascii() and end.isalnum() else "" for end in ends]
    return "".join(line + gap for line, gap in zip(lines, [*gaps, ""], strict=True))


def _letter(place: int) -> str:
    return chr(ord("A") + place)
