"""Aiken: a stem, options ``A.`` or ``A)``, and ``ANSWER: B`` (Moodle's documentation, "Aiken format").

Several letters in an answer, which Moodle refuses, are read as a multiple choice.
"""

import re
from dataclasses import dataclass, field

from quizapp.questions.kinds import TRUE_FALSE_OPTIONS
from quizapp.questions.parsed import Collector, ParsedQuestion, ParsedQuestions, Problem, RawQuestion
from quizapp.questions.validation import understand

_LINE_END = re.compile(r"\r\n|\r|\n")
_OPTION = re.compile(r"^([A-Z])[.)．、）](\s*)(.*)$")
_ANSWER = re.compile(r"^ANSWER\s*[:：]\s*(.*)$")


@dataclass
class _Draft:
    """A question being read, from its first line."""

    start: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def read(self, number: int, line: str) -> None:
        """Take a line that is no answer."""
        self.start = self.start or number
        option = _OPTION.match(line) if self.stem else None
        expected = chr(ord("A") + len(self.options))
        if option and option[1] == expected:
            self.options.append(option[3])
        elif option and option[2] and self.options:
            self.faults.append(f"选项 {option[1]} 的位置应为选项 {expected}。")
            self.options.append(option[3])
        elif self.options:
            self.options[-1] += f"\n{line}"
        else:
            self.stem.append(line)

    def finish(self, answer: str) -> ParsedQuestion | Problem:
        """The question, or why it can't be asked."""
        is_truth = tuple(self.options) == TRUE_FALSE_OPTIONS
        raw = RawQuestion(
            f"第{self.start}行",
            "\n".join(self.stem),
            tuple(self.options),
            answer,
            kind="判断" if is_truth else "",
        )
        if self.faults:
            return Problem(raw.where, "".join(self.faults), rejects=True, raw=raw)
        if not answer:
            return Problem(raw.where, "没有答案。请加一行“ANSWER: B”。", rejects=True, raw=raw)
        return understand(raw)


def is_aiken(content: str) -> bool:
    """Whether a text has the format's answer lines."""
    return any(_ANSWER.match(line.strip()) for line in _LINE_END.split(content))


def read_aiken(content: str) -> ParsedQuestions:
    """Read questions; ``where`` is the line of the stem. Never raises."""
    collector = Collector()
    draft = _Draft()
    for number, line in enumerate(_LINE_END.split(content), start=1):
        line = line.strip()
        if answer := _ANSWER.match(line):
            draft.start = draft.start or number
            collector.add(draft.finish(answer[1]))
            draft = _Draft()
        elif line:
            draft.read(number, line)
    if draft.start:
        collector.add(draft.finish(""))
    return collector.finish()
