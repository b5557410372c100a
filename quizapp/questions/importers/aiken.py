"""Aiken: a stem, options ``A.`` or ``A)``, and ``ANSWER: B`` (Moodle's documentation, "Aiken format")."""

import re

from quizapp.questions.parsed import Collector, ParsedQuestions, Problem, RawQuestion
from quizapp.questions.validation import understand

_OPTION = re.compile(r"^([A-Z])[.)]\s+(.*)$")
_ANSWER = re.compile(r"^ANSWER:\s*(.*)$")


def is_aiken(content: str) -> bool:
    """Whether a text has the format's answer lines."""
    return any(_ANSWER.match(line.strip()) for line in content.splitlines())


def read_aiken(content: str) -> ParsedQuestions:
    """Read questions; ``where`` is the line of the stem. Never raises."""
    collector = Collector()
    stem: list[str] = []
    options: list[str] = []
    start = 0
    for number, line in enumerate(content.splitlines(), start=1):
        line = line.strip()
        if not line:
            continue
        if answer := _ANSWER.match(line):
            raw = RawQuestion(f"第{start or number}行", "\n".join(stem), tuple(options), answer[1])
            collector.add(understand(raw))
            stem, options, start = [], [], 0
        elif stem and (option := _OPTION.match(line)):
            options.append(option[2])
        elif options:
            options[-1] += f"\n{line}"
        else:
            start = start or number
            stem.append(line)
    if stem:
        collector.add(Problem(f"第{start}行", "没有答案。请加一行“ANSWER: B”。", rejects=True))
    return collector.finish()
