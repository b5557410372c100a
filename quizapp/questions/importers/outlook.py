"""What follows a line: whether it can begin a question is often known only from the lines below it."""

from collections import Counter
from collections.abc import Sequence

from quizapp.questions.importers.brackets import has_letters
from quizapp.questions.importers.lines import Line
from quizapp.questions.importers.marks import WEAK_STYLES


class Outlook:
    """For each line of a text, by its place, what the lines below it say of it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        #: Whether options or an answer follow before the next numbered line, whatever its style.
        self.asks_at_once = self._asking(frozenset())
        asking = (
            line.number.style
            for line, asks in zip(lines, self.asks_at_once, strict=True)
            if line.number and asks and line.number.style not in WEAK_STYLES
        )
        #: The style in which most questions are numbered.
        self.style = next((style for style, _ in Counter(asking).most_common(1)), "")
        #: The same for lines of that style before the next of that style; points stand between.
        self.asks = self._asking(frozenset({self.style}))
        self.next_number = self._next_numbers()
        self.starts = self._unnumbered_starts()

    def following(self, place: int) -> int | None:
        """The place of the option that the next line begins with."""
        if place + 1 >= len(self.lines):
            return None
        line = self.lines[place + 1]
        return line.bare_letter if line.letter is None else line.letter

    def after(self, place: int) -> Line | None:
        """The next line."""
        return self.lines[place + 1] if place + 1 < len(self.lines) else None

    def _asking(self, outer: frozenset[str]) -> list[bool]:
        """Points, in other styles than the outer ones, don't part such a line from its options."""
        asks = [False] * len(self.lines)
        follows = follows_outer = False
        for place in range(len(self.lines) - 1, -1, -1):
            line = self.lines[place]
            is_outer = line.number is not None and line.number.style in outer
            asks[place] = (follows_outer if is_outer else follows) or (
                line.number is not None and line.is_answered
            )
            if line.heading or line.case is not None or is_outer:
                follows = follows_outer = False
            elif line.number:
                follows = False
            elif line.letter is not None or line.is_answer:
                follows = follows_outer = True
        return asks

    def _next_numbers(self) -> list[int]:
        """For each numbered line, the number of the next in its style that asks; 0 for none."""
        numbers = [0] * len(self.lines)
        seen: dict[str, int] = {}
        for place in range(len(self.lines) - 1, -1, -1):
            line = self.lines[place]
            if line.heading:
                seen = {}
            if line.number:
                numbers[place] = seen.get(line.number.style, 0)
                if self.asks[place]:
                    seen[line.number.style] = line.number.value
        return numbers

    def _unnumbered_starts(self) -> frozenset[int]:
        """The first lines of stems without a number: what stands right above options or an answer."""
        starts: set[int] = set()
        group: list[int] = []
        #: What the group stands below: nothing that could claim its lines, or text that may go on.
        is_clean = True
        has_options = False
        answers = self._answers_below()
        for place, line in enumerate(self.lines):
            if line.is_loose and line.text:
                if line.after_blank or not group:
                    is_clean = line.after_blank or self._ends_above(place)
                    group = []
                group.append(place)
                if line.is_answered and (is_clean or (group[:-1] and self.lines[place - 1].is_answered)):
                    starts.add(place)
                has_options = has_options and not line.after_blank
                continue
            if group and line.letter == 0 and (answers[place] or any(map(self._bears_letters, group))):
                starts.add(group[0] if is_clean else group[-1])
            elif group and line.is_answer and is_clean and not has_options:
                starts.add(group[0])
            has_options = line.letter is not None or (has_options and not line.is_answer)
            group = []
        return frozenset(starts)

    def _bears_letters(self, place: int) -> bool:
        return has_letters(self.lines[place].text)

    def _ends_above(self, place: int) -> bool:
        """Whether what stands above a line is done with: a heading, or an answer."""
        above = self.lines[place - 1]
        return above.heading is not None or (
            above.field is not None and above.field[0] in _ONE_LINE and above.field[1] != ""
        )

    def _answers_below(self) -> list[bool]:
        """For each first option, whether an answer follows before another question begins."""
        answers = [False] * len(self.lines)
        follows = False
        for place in range(len(self.lines) - 1, -1, -1):
            line = self.lines[place]
            answers[place] = follows
            if line.is_answer:
                follows = True
            elif line.number or line.heading or line.letter == 0:
                follows = False
        return answers


#: Fields that end with their line.
_ONE_LINE = frozenset({"answer", "difficulty", "tags", "kind", "order", "unused"})
