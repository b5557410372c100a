"""Reading the answers that stand together at the end of a section or text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.questions.importers.keys import (
    Block,
    are_pairs,
    is_waiting,
    read_key,
    read_key_heading,
    read_pairs,
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
        if heading is not None and not self._is_meant(heading[1], place):
            heading = None
        if heading is None and not are_pairs(line.text):
            return False
        kind, pairs = heading or ("", read_pairs(line.text))
        self.reader.close()
        self.block = Block(len(self.reader.drafts), kind)
        self.blocks.append(self.block)
        self.block.add(line.where, pairs)
        self.explains = False
        return True

    def _is_meant(self, pairs: list[tuple[int, str]], place: int) -> bool:
        """Whether a heading is one of answers to many: one answer alone may be that of a question."""
        return len(pairs) > 1 or (self._is_done() if pairs else self._is_followed(place))

    def _is_done(self) -> bool:
        draft = self.reader.draft
        return draft is None or draft.is_answered

    def _is_followed(self, place: int) -> bool:
        """Whether answers stand below a heading, maybe below one of a section."""
        for line in self.reader.lines[place + 1 : place + 3]:
            if line.number is not None:
                known = read_key(line.number)
                return known is not None and (known[0] != "" or self._is_done())
            if line.heading is None and read_key_heading(line.text) is None:
                return bool(read_pairs(line.text))
        return False

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
        if not is_waiting(heading.kind, self.reader.drafts):
            return False
        block.kind = heading.kind
        block.add(line.where, read_pairs(heading.tail.lstrip(":：")))
        return True

    def _read_number(self, block: Block, place: int, line: Line, number: Number) -> bool:
        """An answer with its number and more behind it; else a question."""
        known = read_key(number)
        if known is None and not self._may_be_words(block, place):
            return False
        answer, explanation = known or (number.rest, "")
        block.add(line.where, [(number.value, answer)])
        block.keys[-1].explanation += [explanation] if explanation else []
        self.explains = bool(explanation)
        return True

    def _may_be_words(self, block: Block, place: int) -> bool:
        """Whether answers are words: of blanks, and of what is not asked here at all."""
        following = self.reader.outlook.following(place)
        kind = block.kind or self.reader.section.kind
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
