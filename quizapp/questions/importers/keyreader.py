"""Reading the answers that stand together at the end of a section or text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.questions.importers.keys import (
    Block,
    are_pairs,
    level_of,
    read_key,
    read_key_heading,
    read_pairs,
    read_tail,
)
from quizapp.questions.importers.lines import Line
from quizapp.questions.importers.marks import Heading, Number

if TYPE_CHECKING:
    from quizapp.questions.importers.reader import Reader


class KeyReader:
    """Reads blocks of answers; while one is open, each line is first offered to it."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.blocks: list[Block] = []
        self.block: Block | None = None
        #: Whether lines that go on belong to the explanation of the last answer.
        self.explains = False

    def read(self, place: int, line: Line) -> bool:
        """Take a line if it is part of such a block."""
        if self.block is None:
            return self._open(place, line)
        if self._read_inside(self.block, place, line):
            return True
        self.block = None
        return False

    def _open(self, place: int, line: Line) -> bool:
        """A block begins with a heading, or with numbers and answers that nothing else could be."""
        heading = read_key_heading(line.text)
        if heading is not None and not self._is_meant(*heading, place):
            heading = None
        if heading is None and line.heading is not None and (pairs := read_tail(line.heading)):
            heading = line.heading.kind, pairs
        if heading is None and not are_pairs(line.text):
            return False
        kind, pairs = heading or ("", read_pairs(line.text))
        self.reader.close()
        self.block = Block(self.reader.size, kind)
        self.blocks.append(self.block)
        self.block.add(line.where, pairs)
        self.explains = False
        return True

    def _is_meant(self, kind: str, pairs: list[tuple[int, str]], place: int) -> bool:
        """Whether a heading is one of answers to many: one answer alone may be that of a question."""
        if not pairs:
            return self._is_followed(place)
        return len(pairs) > 1 or kind != "" or self._is_done()

    def _is_done(self) -> bool:
        draft = self.reader.draft
        return draft is None or draft.is_answered

    def _is_followed(self, place: int) -> bool:
        """Whether answers stand below a heading, maybe below one of a section."""
        for below in range(place + 1, min(place + 3, len(self.reader.lines))):
            line = self.reader.lines[below]
            if line.number is not None:
                return self._is_key(below, line.number)
            if line.heading is None and read_key_heading(line.text) is None:
                return bool(read_pairs(line.text))
            if line.heading is not None and read_tail(line.heading):
                return True
        return False

    def _is_key(self, place: int, number: Number) -> bool:
        """Whether a numbered line is the answer of another question, not a point of one's own."""
        known = read_key(number)
        after = self.reader.outlook.after(place)
        if known is None:
            kind = self.reader.section.kind
            return level_of(kind) in self.reader.waiting and self._may_be_words(kind, place)
        return known[0] != "" or (after is not None and after.is_answer)

    def _read_inside(self, block: Block, place: int, line: Line) -> bool:
        heading = read_key_heading(line.text)
        if heading is not None:
            block.kind = heading[0] or block.kind
            block.add(line.where, heading[1])
            return True
        if line.heading is not None:
            return self._read_section(block, line, line.heading)
        if pairs := read_pairs(line.text):
            self.explains = False
            block.add(line.where, pairs)
            return True
        if line.number is not None:
            return self._read_number(block, place, line, line.number)
        return self._go_on(block, line)

    def _read_section(self, block: Block, line: Line, heading: Heading) -> bool:
        """The heading of answers to a section that was read; else of another section."""
        if level_of(heading.kind) not in self.reader.waiting:
            return False
        block.kind = heading.kind
        block.add(line.where, read_tail(heading))
        return True

    def _read_number(self, block: Block, place: int, line: Line, number: Number) -> bool:
        """An answer with its number and more behind it; else a question."""
        known = read_key(number)
        if known is None and not self._may_be_words(block.kind or self.reader.section.kind, place):
            return False
        answer, explanation = known or (number.rest, "")
        block.add(line.where, [(number.value, answer)])
        block.keys[-1].explanation += [explanation] if explanation else []
        self.explains = bool(explanation)
        return True

    def _may_be_words(self, kind: str, place: int) -> bool:
        """Whether answers are words: of blanks, and of what is not asked here at all."""
        following = self.reader.outlook.following(place)
        return following is None and bool(kind) and not any(one in kind for one in ("选", "判断", "是非"))

    def _go_on(self, block: Block, line: Line) -> bool:
        """What stands below an answer: its own field, its explanation."""
        if not block.keys:
            return False
        key = block.keys[-1]
        name, text = line.field or ("", line.text)
        if name == "answer" and not key.answer:
            key.answer = text
        elif name == "explanation":
            key.explanation.append(text)
            self.explains = True
        elif self.explains and not name and line.case is None:
            key.explanation.append(text)
        else:
            return False
        return True
