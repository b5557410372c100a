"""Reading a text line by line: what begins, what goes on, what ends."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from quizapp.questions.importers.beginning import begins, is_implicit_case, is_point
from quizapp.questions.importers.cases import remark_on_halves
from quizapp.questions.importers.draft import Case, Draft, Section
from quizapp.questions.importers.inside import begin, read_inside
from quizapp.questions.importers.keyreader import KeyReader
from quizapp.questions.importers.keys import distribute, level_of
from quizapp.questions.importers.lines import Line
from quizapp.questions.importers.marks import WEAK_STYLES, Number
from quizapp.questions.importers.outlook import Outlook
from quizapp.questions.parsed import Collector, Problem
from quizapp.questions.validation import CASE_NAME

_TITLE = re.compile(r"^(题库|章节|法律版本)\s*[:：]\s*(.*)$")
_CASE_END = re.compile(r"^案例(?:完|结束)[。]?$")
#: A chapter as books print it; a sentence that cites one goes on.
_CHAPTER = re.compile(
    r"^(?:#{1,6}\s*)?(第\s*[一二三四五六七八九十百\d]{1,4}\s*[章编篇节](?:[\s:：、].{0,40})?)$"
)
_TOPIC_LENGTH = 40


class Reader:
    """Reads lines; what it has not yet given back is the question in ``draft``."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.outlook = Outlook(lines)
        self.entries: list[Draft | Problem] = []
        self.bank = ""
        self.law_revised_on: date | None = None
        self.chapter = ""
        self.section = Section()
        self.case: Case | None = None
        self.cases = 0
        self.draft: Draft | None = None
        #: How many questions were read, and of which kinds some had no answer of their own.
        self.size = 0
        self.waiting: set[str] = set()
        #: A kind that stands above the question it is of.
        self.next_kind = ""
        #: Whether the question before bore its own answer.
        self.was_answered = False
        self.keys = KeyReader(self)

    def collect(self) -> Collector:
        """Everything that was read, in the order of the text."""
        steps: tuple[Callable[[int, Line], bool], ...] = (
            self._read_title,
            self.keys.read,
            self._read_heading,
            self._read_case,
            self._read_beginning,
            self._read_topic,
            self._read_inside,
        )
        for place, line in enumerate(self.lines):
            if line.text:
                next(True for step in steps if step(place, line))
            self._remark(line)
        self.close_case()
        drafts = [one for one in self.entries if isinstance(one, Draft)]
        problems = list(distribute(self.keys.blocks, drafts))
        outcomes = [
            (one.case.number if one.case else 0, one.outcome()) if isinstance(one, Draft) else (0, one)
            for one in self.entries
        ]
        collector = Collector()
        for outcome in [*remark_on_halves(outcomes), *problems]:
            collector.add(outcome)
        return collector

    def report(self, line: Line, reason: str) -> bool:
        """Say what is wrong with a line that belongs to no question."""
        self.entries.append(Problem(line.where, reason))
        return True

    def close(self) -> None:
        """Give back the question being read."""
        if self.draft is not None:
            self.was_answered = self.draft.is_answered
            if not self.was_answered:
                self.waiting.add(level_of(self.draft.section.kind))
            self.entries.append(self.draft)
            self.size += 1
            self.draft = None

    def close_case(self) -> None:
        """End the case, and the question being read."""
        self.close()
        if self.case is not None and not self.case.size:
            self.entries.append(self.case.lost())
        self.case = None

    def open_section(self, kind: str, style: str = "") -> None:
        """Begin what stands under another heading."""
        self.close_case()
        self.section = Section(kind, style)

    def _open_case(self, where: str, stem: Sequence[str], style: str = "") -> None:
        self.close_case()
        self.section = Section(self.section.kind, self.section.style)
        self.cases += 1
        self.case = Case(self.cases, where, style, [line for line in stem if line])

    def _remark(self, line: Line) -> None:
        """Say what of a line was not read."""
        for sentence in line.omitted:
            if self.draft is not None:
                self.draft.remarks.append(sentence)
            else:
                self.report(line, sentence)

    def _read_title(self, place: int, line: Line) -> bool:
        if match := _TITLE.match(line.text):
            self.close_case()
            self._take_title(line, match[1], match[2].strip())
        elif _CASE_END.match(line.text):
            self.open_section(self.section.kind, self.section.style)
        elif (match := _CHAPTER.match(line.text)) and self._is_title(place):
            self.close_case()
            self.chapter = match[1].strip()
        else:
            return False
        return True

    def _is_title(self, place: int) -> bool:
        """Whether what looks like a chapter is none that an explanation names: questions follow."""
        after = self.outlook.after(place)
        if after is None or (self.draft is not None and self.draft.waits):
            return False
        is_mark = after.heading is not None or after.case is not None or after.number is not None
        return is_mark or place + 1 in self.outlook.starts or _CHAPTER.match(after.text) is not None

    def _take_title(self, line: Line, name: str, text: str) -> None:
        if name == "题库":
            self.bank = text
        elif name == "章节":
            self.chapter = text
        else:
            try:
                self.law_revised_on = date.fromisoformat(text)
            except ValueError:
                self.report(line, f"法律版本没有读懂：“{text[:20]}”，应为修订日期，如 2021-06-10。")

    def _read_heading(self, place: int, line: Line) -> bool:
        if line.heading is None or not (line.heading.is_sure or not self.outlook.asks_at_once[place]):
            return False
        self.open_section(line.heading.kind, line.heading.style)
        return True

    def _read_case(self, place: int, line: Line) -> bool:
        if line.case is None or (
            self.draft is not None and self.draft.waits and CASE_NAME not in line.text[:12]
        ):
            return False  # 材料： within a stem
        self._open_case(line.where, [line.case])
        return True

    def _read_beginning(self, place: int, line: Line) -> bool:
        if self.case is not None and self.case.is_open:
            return self._read_case_stem(self.case, place, line)
        if line.number is None:
            if place not in self.outlook.starts or not self._is_done():
                return False
            self._begin(place, line, Number(0, "none", line.text))
            return True
        if self.draft is not None and is_implicit_case(self.outlook, place, line.number, self.draft):
            draft, self.draft = self.draft, None
            self._open_case(draft.where, draft.fields["stem"], draft.style)
        elif not begins(self.outlook, place, line.number, self.draft, self.was_answered):
            return self._take_point(line.number, line.text)
        elif self.case is not None and self.case.style == line.number.style:
            self.open_section(self.section.kind, self.section.style)
        self._begin(place, line, line.number)
        return True

    def _is_done(self) -> bool:
        """Whether a stem without a number may begin."""
        draft = self.draft
        return draft is None or draft.is_answered or (bool(draft.options) and draft.open != "explanation")

    def _read_case_stem(self, case: Case, place: int, line: Line) -> bool:
        """The stem goes on until a question begins."""
        if line.number is not None and self.outlook.asks_at_once[place]:
            self._begin(place, line, line.number)
        elif place in self.outlook.starts and line.after_blank and case.stem:
            self._begin(place, line, Number(0, "none", line.text))
        else:
            case.stem.append(line.text)
        return True

    def _take_point(self, number: Number, text: str) -> bool:
        """A numbered point of the stem counts on; any other is a line like others."""
        draft = self.draft
        if draft is None or not draft.waits or not is_point(number, draft):
            return False
        draft.point = number.value
        draft.continue_with(text)
        return True

    def _begin(self, place: int, line: Line, number: Number) -> None:
        self.close()
        if self.case is not None:
            self.case.is_open = False
            self.case.size += 1
        self.draft = Draft(line.where, number.value, number.style, self.section, self.chapter, self.case)
        if self.next_kind:
            self.draft.fields["kind"], self.next_kind = [self.next_kind], ""
        begin(self.draft, number, self.outlook.following(place))

    def _read_topic(self, place: int, line: Line) -> bool:
        """一、用电安全: a heading that names no kind, known by the number 1 below it."""
        number, after = line.number, self.outlook.after(place)
        if number is None or number.style not in WEAK_STYLES or len(line.text) > _TOPIC_LENGTH:
            return False
        if (
            after is None
            or after.number is None
            or after.number.value != 1
            or after.number.style in WEAK_STYLES
        ):
            return False
        if self.draft is not None and self.draft.waits:
            return False
        is_level = self.section.style == ("chinese" if number.style == "chinese" else "bracketed")
        self.open_section("" if is_level else self.section.kind, self.section.style)
        self.chapter = line.text
        return True

    def _read_inside(self, place: int, line: Line) -> bool:
        draft = self.draft
        is_kind = line.field is not None and line.field[0] == "kind"
        if line.field and is_kind and (draft is None or (draft.is_answered and "kind" in draft.fields)):
            self.close()
            self.next_kind = line.field[1]
        elif draft is not None:
            read_inside(draft, line, self.outlook.following(place), self.outlook.after(place))
        elif CASE_NAME in self.section.kind and line.is_loose:
            self._open_case(line.where, [line.text])
        elif not line.text.startswith("//"):  # notes of our template
            self.report(line, f"这一行不属于任何试题：“{line.text[:30]}”。")
        return True
