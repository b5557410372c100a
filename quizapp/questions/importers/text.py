"""Questions as plain text: the convention of the shipped banks and of what staff paste.

    题库:安全生产法
    法律版本:2021-06-10
    章节:第一章 总则

    一、单选题

    1. 题干
    A. 选项
    B. 选项
    答案:A
    解析:为什么
    依据:《安全生产法》第三条第二款
    难度:易
    标签:公众、从业人员

    案例:几道题共用的材料
    2. 填空题干____和____
    答案:甲|甲方；乙
    顺序:不分先后
    案例完

A backslash before a line, stem, option or explanation makes it plain text (``escapes.py``). Every line
that is not blank belongs to a question, is a heading, or is reported.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from quizapp.questions.importers.escapes import hide, show_all
from quizapp.questions.parsed import Collector, ParsedQuestion, ParsedQuestions, Problem, RawQuestion
from quizapp.questions.validation import KIND_NAMES, understand

_FIELDS = {
    "答案": "answer",
    "正确答案": "answer",
    "参考答案": "answer",
    "标准答案": "answer",
    "解析": "explanation",
    "答案解析": "explanation",
    "答案说明": "explanation",
    "依据": "basis",
    "题目依据": "basis",
    "难度": "difficulty",
    "标签": "tags",
    "题型": "kind",
    "顺序": "gap_order",
}
#: What editors count as a line; str.splitlines would also break at form feeds and the like.
_LINE_END = re.compile(r"\r\n|\r|\n")
_FIELD = re.compile(
    rf"^[【\[]?({'|'.join(sorted(_FIELDS, key=len, reverse=True))})\s*[】\]]?\s*[:：]\s*(.*)$"
)
_BANK = re.compile(r"^题库\s*[:：]\s*(.+)$")
_REVISED = re.compile(r"^法律版本\s*[:：]\s*(.*)$")
_CHAPTER = re.compile(r"^章节\s*[:：]\s*(.*)$")
_CASE = re.compile(r"^案例\s*[:：]\s*(.*)$")
_CASE_END = re.compile(r"^案例完$")
#: 一、单选题(共20题): only with the name of a kind, lest a stem be taken for a heading.
_SECTION = re.compile(rf"^[一二三四五六七八九十]{{1,3}}\s*[、.．]\s*((?:{KIND_NAMES})(?:选择)?题.*)$")
_STEM = re.compile(r"^(?:第\s*)?[（(]?\s*(\d{1,5})\s*(?:[)）]\s*[.．、]?|[.．、]|题\s*[:：.．、]?)\s*(.*)$")
_OPTION = re.compile(r"^([A-Ha-h])\s*[.．、:：)）]\s*(.*)$")
#: Between options on one line, the next one's letter stands after white space.
_NEXT_OPTION = re.compile(r"(?<=\s)(?=[A-H]\s*[.．、:：)）])")
#: Long white space says no more than short, and costs a pattern much.
_LONG_SPACE = re.compile(r"\s{5,}")
#: Where a loose line is added to what stands before it; anywhere else it is remarked on.
_GOES_ON = frozenset({"stem", "option", "explanation", "basis"})


@dataclass
class _Draft:
    """A question being read; ``open`` names the place that was read last."""

    where: str
    number: int
    style: str
    kind: str
    chapter: str
    case_stem: str = ""
    case: int = 0
    fields: dict[str, list[str]] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    open: str = "stem"

    def add(self, name: str, text: str) -> None:
        """Begin a field; a second one of the same name is a fault, not a silent choice."""
        if name in self.fields and name != "kind":
            self.faults.append(f"“{_name_of(name)}”出现了两次。")
        self.fields.setdefault(name, []).append(text)
        self.open = name

    def continue_with(self, text: str) -> None:
        """Add a loose line to what was being read, or keep it to be remarked on."""
        if self.open == "option":
            self.options[-1] += text
        elif self.open in _GOES_ON or self.answers_in_lines:
            self.fields.setdefault(self.open, []).append(text)
        else:
            self.loose.append(text)

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
        """Whether a lettered line is an option: before the answer, outside an explanation."""
        return "answer" not in self.fields and self.open != "explanation"

    def add_option(self, letter: str, text: str) -> None:
        """Begin an option; letters must follow each other."""
        expected = chr(ord("A") + len(self.options))
        if letter.upper() != expected:
            self.faults.append(f"选项 {letter.upper()} 的位置应为选项 {expected}。")
        self.options.append(text)
        self.open = "option"

    def understand(self) -> ParsedQuestion | Problem:
        """The question, or why it can't be asked."""
        if self.faults:
            return Problem(self.where, "".join(dict.fromkeys(self.faults)), rejects=True)
        raw = RawQuestion(
            where=self.where,
            stem="\n".join(self.fields.get("stem", [])),
            options=tuple(self.options),
            answer=" ".join(self.fields.get("answer", [])),
            kind=" ".join(self.fields.get("kind", [])) or self.kind,
            explanation="\n".join(self.fields.get("explanation", [])),
            basis=" ".join(self.fields.get("basis", [])),
            difficulty=" ".join(self.fields.get("difficulty", [])),
            tags=" ".join(self.fields.get("tags", [])),
            chapter=self.chapter,
            gap_order=" ".join(self.fields.get("gap_order", [])),
            case_stem=self.case_stem,
            case=self.case,
        )
        outcome = understand(show_all(raw))
        if isinstance(outcome, Problem):
            return outcome
        remarks = tuple(f"没有读懂这一行：“{line[:60]}”。" for line in self.loose)
        return replace(outcome, remarks=(*outcome.remarks, *remarks))


def _name_of(field_name: str) -> str:
    return next((label for label, name in _FIELDS.items() if name == field_name), "题干")


def _style(line: str) -> str:
    """How a line is numbered: （1） or 1."""
    return "bracketed" if line.startswith(("(", "（")) else "plain"


def _lines_that_ask(lines: Sequence[str]) -> list[bool]:
    """For each line, whether options or an answer follow before the next numbered line."""
    asks = [False] * len(lines)
    follows = False
    for place in range(len(lines) - 1, -1, -1):
        asks[place] = follows
        field_name = _FIELD.match(lines[place])
        if _STEM.match(lines[place]):
            follows = False
        elif _OPTION.match(lines[place]) or (field_name and _FIELDS[field_name[1]] == "answer"):
            follows = True
    return asks


class _Reader:
    """Reads line by line; what it has not given back is the question in ``draft``."""

    def __init__(self, lines: Sequence[str], unit: str) -> None:
        self.asks = _lines_that_ask(lines)
        self.unit = unit
        self.collector = Collector()
        self.bank = ""
        self.revised_on: date | None = None
        self.chapter = ""
        self.kind = ""
        self.case_lines: list[str] = []
        self.case = self.cases = 0
        self.draft: _Draft | None = None

    def read(self, number: int, line: str) -> None:
        """Take one line that is not blank."""
        for pattern, take in self._HEADINGS:
            if match := pattern.match(line):
                self.close()
                take(self, number, match[match.lastindex or 0].strip())
                return
        if match := self._beginning(number - 1, line):
            self._begin(number, line, match)
        elif self.draft is not None:
            self._read_inside(self.draft, line)
        elif self.case:
            self.case_lines.append(line)
        elif not line.startswith("//"):
            self._tell(number, f"这一行不属于任何试题：“{line[:30]}”。")

    def _tell(self, number: int, reason: str) -> None:
        self.collector.add(Problem(f"第{number}{self.unit}", reason))

    def _take_revision(self, number: int, day: str) -> None:
        try:
            self.revised_on = date.fromisoformat(day)
        except ValueError:
            self._tell(number, f"法律版本没有读懂：“{day[:20]}”，应形如 2021-06-10。")

    def _take_bank(self, _: int, name: str) -> None:
        self.bank = name

    def _take_chapter(self, _: int, name: str) -> None:
        self.chapter = name

    def _take_kind(self, _: int, name: str) -> None:
        self.kind = name

    def _take_case(self, _: int, stem: str) -> None:
        self.cases += 1
        self.case, self.case_lines = self.cases, [stem]

    def _end_case(self, _: int, __: str) -> None:
        self.case, self.case_lines = 0, []

    _HEADINGS = (
        (_BANK, _take_bank),
        (_REVISED, _take_revision),
        (_CHAPTER, _take_chapter),
        (_CASE, _take_case),
        (_CASE_END, _end_case),
        (_SECTION, _take_kind),
    )

    def _beginning(self, place: int, line: str) -> re.Match[str] | None:
        """The numbered line of a new question, as against a numbered point of an answer or explanation."""
        match = _STEM.match(line)
        if not match or self.draft is None or not self.draft.takes_points:
            return match
        if self.asks[place]:
            return match
        is_next = _style(line) == self.draft.style and int(match[1]) == self.draft.number + 1
        return match if is_next else None

    def _begin(self, number: int, line: str, match: re.Match[str]) -> None:
        self.close()
        where = f"第{number}{self.unit}"
        case = ("\n".join(self.case_lines), self.case)
        self.draft = _Draft(where, int(match[1]), _style(line), self.kind, self.chapter, *case)
        self.draft.add("stem", match[2])

    def _read_inside(self, draft: _Draft, line: str) -> None:
        if match := _FIELD.match(line):
            draft.add(_FIELDS[match[1]], match[2])
        elif draft.takes_options and _OPTION.match(line):
            for piece in _NEXT_OPTION.split(line):
                if option := _OPTION.match(piece):
                    draft.add_option(option[1], option[2].strip())
        else:
            draft.continue_with(line)

    def close(self) -> None:
        """Give back the question being read."""
        if self.draft is not None:
            self.collector.add(self.draft.understand())
            self.draft = None


def read_text(content: str) -> ParsedQuestions:
    """Read questions from text; ``where`` is 第N行. Never raises, whatever the text."""
    return read_lines(_LINE_END.split(content.removeprefix("\ufeff")))


def read_lines(lines: Iterable[str], unit: str = "行") -> ParsedQuestions:
    """Read questions from lines; ``where`` is 第N and the unit that the reader of the file counts in."""
    lines = [_LONG_SPACE.sub("    ", hide(line).strip()) for line in lines]
    reader = _Reader(lines, unit)
    for number, line in enumerate(lines, start=1):
        if line:
            reader.read(number, line)
    reader.close()
    if not reader.collector.finish().found:
        reader.collector.add(Problem("全文", "没有找到试题。每题应以题号开头，如“1.”。"))
    return replace(reader.collector.finish(reader.bank), law_revised_on=reader.revised_on)
