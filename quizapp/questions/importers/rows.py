"""A question as the rows of a table show it: one row, or one row an option."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from quizapp.core.spreadsheets import Row
from quizapp.core.wording import OPTION_LETTERS
from quizapp.questions.answers import read_letters, read_truth
from quizapp.questions.folding import fold
from quizapp.questions.importers.case_numbers import CaseNumbers
from quizapp.questions.importers.cell_options import split_options, split_stem, strip_letters
from quizapp.questions.importers.columns import name_column
from quizapp.questions.importers.layout import Table, is_title, kind_in_name
from quizapp.questions.parsed import RawQuestion

#: What marks an option as right or wrong, beside the words that ``read_truth`` knows.
_RIGHT_SIGNS = {"1": True, "0": False, "✔": True, "●": True, "": False}
_UNORDERED_SIGNS = {"0": "否"}


@dataclass(frozen=True)
class Reading:
    """A question as read, and why it can't be used where that shows already."""

    raw: RawQuestion
    fault: str = ""


@dataclass(frozen=True)
class Entry:
    """The rows of one question, and the kind that a section row above them names."""

    rows: tuple[Row, ...]
    section: str

    def all(self, index: int | None) -> list[str]:
        """What each row holds in a column."""
        if index is None:
            return [""] * len(self.rows)
        return [row.cells[index] if index < len(row.cells) else "" for row in self.rows]

    def first(self, index: int | None) -> str:
        """The first that a row holds in a column."""
        return next(filter(None, self.all(index)), "")

    def joined(self, indices: Iterable[int | None], between: str) -> str:
        """All the different things that the rows hold in some columns."""
        return between.join(dict.fromkeys(cell for index in indices for cell in self.all(index) if cell))


def is_substantial(row: Row, table: Table) -> bool:
    """Whether a row holds something of a question, and not only its number or what is filled in ahead."""
    if is_title(row, table):
        return False
    asked = table.columns.asked
    return any(index in asked for index, cell in enumerate(row.cells) if cell) or any(
        index in asked for index, _ in row.faults
    )


def group_rows(table: Table, rows: Sequence[tuple[Row, str]]) -> Iterator[Entry]:
    """The rows of each question: one, or as many as it has options where each stands in a row of its own."""
    if "options" not in table.columns.by_meaning:
        yield from (Entry((row,), section) for row, section in rows)
        return
    groups = list(_group_by_stem(table, rows))
    if {"right", "option_mark"} & set(table.columns.by_meaning) or _are_tall(table, groups):
        yield from (_in_order(table, group) for group in groups)
    else:
        yield from (Entry((row,), section) for row, section in rows)


def read_entry(table: Table, entry: Entry, where: str, cases: CaseNumbers) -> Reading:
    """What the rows of a question say. ``cases`` numbers the cases of a file."""
    columns = table.columns.by_meaning
    stem, options = entry.first(columns.get("stem")), _read_options(table, entry)
    if not options and not table.columns.options and "options" not in columns:
        stem, options = split_stem(stem)
    gaps = tuple(entry.first(index) for index in table.columns.gaps)
    answer, fault = _read_answer(table, entry, options)
    label = entry.first(columns.get("case"))
    case_stem, case = cases.place(
        entry.first(columns.get("case_stem")), f"{table.name} {label}" if label else ""
    )
    order = entry.first(columns.get("gap_order"))
    raw = RawQuestion(
        where=where,
        stem=stem,
        options=options,
        answer=answer,
        kind=entry.first(columns.get("kind")) or entry.section or _kind_of_table(table, gaps, options),
        explanation=entry.joined([columns.get("explanation")], "\n"),
        basis=entry.joined([columns.get("basis")], "；"),
        difficulty=entry.first(columns.get("difficulty")),
        tags=entry.joined(table.columns.tags, " "),
        chapter=entry.first(columns.get("chapter")),
        gaps=gaps if any(gaps) else (),
        gap_order=_UNORDERED_SIGNS.get(order, "") if order.isdecimal() else order,
        case_stem=case_stem,
        case=case,
    )
    return Reading(raw, _cell_fault(table, entry) or fault)


def _group_by_stem(table: Table, rows: Iterable[tuple[Row, str]]) -> Iterator[Entry]:
    group: list[Row] = []
    kind = ""
    for row, section in rows:
        if group and not (section == kind and _continues(table, group, row)):
            yield Entry(tuple(group), kind)
            group = []
        group.append(row)
        kind = section
    if group:
        yield Entry(tuple(group), kind)


def _in_order(table: Table, entry: Entry) -> Entry:
    """The rows in the order of their options' letters, where each has one."""
    marks = [fold(mark) for mark in entry.all(table.columns.by_meaning.get("option_mark"))]
    if len({*marks}) < len(marks) or any(len(mark) != 1 for mark in marks):
        return entry
    return replace(
        entry, rows=tuple(row for _, row in sorted(zip(marks, entry.rows, strict=True), key=itemgetter(0)))
    )


def _continues(table: Table, group: Sequence[Row], row: Row) -> bool:
    """Whether a row holds a further option of the question whose rows came before."""
    columns = table.columns.by_meaning
    before, entry = Entry(tuple(group), ""), Entry((row,), "")
    option = entry.first(columns["options"])
    stem = entry.first(columns["stem"])
    if not option or option in before.all(columns["options"]):
        return False
    return not stem or stem == before.first(columns["stem"])


def _are_tall(table: Table, groups: Sequence[Entry]) -> bool:
    """Whether most rows stand in groups of several that hold one option each."""
    index = table.columns.by_meaning["options"]
    tall = [group for group in groups if len(group.rows) > 1]
    single = sum(len(split_options(cell)) <= 1 for group in tall for cell in group.all(index))
    return 2 * single > sum(len(group.rows) for group in groups)


def _read_options(table: Table, entry: Entry) -> tuple[str, ...]:
    """Options from their own columns up to the last that is filled, from one cell, or from a row each."""
    columns = table.columns
    if columns.options:
        options = [entry.first(index) for index in columns.options]
        while options and not options[-1]:
            options.pop()
        return strip_letters(options)
    cells = entry.all(columns.by_meaning.get("options"))
    return split_options(cells[0]) if len(cells) == 1 else strip_letters(cells)


def _read_answer(table: Table, entry: Entry, options: Sequence[str]) -> tuple[str, str]:
    """The answer, and why it can't be read."""
    columns = table.columns
    answer = columns.by_meaning.get("answer")
    marks: list[str] = []
    if columns.rights:
        marks = [entry.first(columns.rights.get(place)) for place in range(len(columns.options))]
    elif len(entry.rows) > 1:
        marks = entry.all(columns.by_meaning.get("right"))
    if any(marks):
        return _from_marks(marks, options)
    if len(entry.rows) > 1 and _are_marks(entry.all(answer), options):
        return _from_marks(entry.all(answer), options)
    said = [text for text in dict.fromkeys(entry.all(answer)) if text]
    if not said:
        return entry.first(columns.by_meaning.get("right")), ""
    return "|".join(said) if any(read_letters(text) is None for text in said) else "".join(said), ""


def _are_marks(answers: Sequence[str], options: Sequence[str]) -> bool:
    """Whether the answer of each row says of its own option that it is right or wrong."""
    truths = [_truth(answer) for answer in answers if answer]
    if None in truths or True not in truths:
        return False
    is_whole = len(truths) == len(answers)
    if is_whole and len({*answers}) == 1:  # one answer, repeated or merged
        return False
    return is_whole or all(read_truth(option) is None for option in options)


def _from_marks(marks: Sequence[str], options: Sequence[str]) -> tuple[str, str]:
    truths = [_truth(mark) for mark in marks]
    letters = "".join(letter for letter, truth in zip(OPTION_LETTERS, truths, strict=False) if truth)
    if None in truths:
        return letters, f"没有读懂“是否正确”的“{marks[truths.index(None)][:20]}”，应为“是”或“否”。"
    if True in truths[len(options) :] or any(
        truth and not option for truth, option in zip(truths, options, strict=False)
    ):
        return letters, "标为正确的选项是空白的。"
    return letters, ""


def _truth(mark: str) -> bool | None:
    sign = _RIGHT_SIGNS.get(fold(mark))
    return read_truth(mark) if sign is None else sign


def _kind_of_table(table: Table, gaps: Sequence[str], options: Sequence[str]) -> str:
    return "填空" if any(gaps) and not options else kind_in_name(table.name)


def _cell_fault(table: Table, entry: Entry) -> str:
    used = table.columns.used
    faults = (
        f"{name_column(index)}{fault}。" for row in entry.rows for index, fault in row.faults if index in used
    )
    return next(faults, "")
