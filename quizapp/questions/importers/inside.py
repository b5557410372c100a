"""What stands inside a question: its stem, options, fields, and lines that go on."""

from quizapp.questions.importers.brackets import plain_ticks
from quizapp.questions.importers.draft import Draft
from quizapp.questions.importers.lines import Line
from quizapp.questions.importers.marks import Number, read_kind
from quizapp.questions.importers.options import find_options, is_both_truths, is_truth, split_options
from quizapp.questions.kinds import Kind
from quizapp.questions.parsed import UnaskableError
from quizapp.questions.validation import named_kind


def begin(draft: Draft, number: Number, following: int | None) -> None:
    """Take the line that a question begins with; ``following`` is the option below it."""
    kind, stem = read_kind(number.rest)
    if kind:
        draft.fields["kind"] = [kind]
    _take_stem(draft, stem, following)
    if number.answer:
        draft.fields["answer"] = [plain_ticks(number.answer)]


def read_inside(draft: Draft, line: Line, following: int | None, after: Line | None) -> None:
    """Take a line of a question that has begun."""
    if line.field is not None:
        _take_field(draft, *line.field)
        return
    if draft.takes_options:
        options = split_options(line.text, len(draft.options), following)
        for place, text in options:
            draft.add_option(place, text)
        if options or _is_truth(draft, line, after):
            return
    if draft.open == "stem":
        _take_stem(draft, line.text, following)
    else:
        draft.continue_with(line.text)


def _take_field(draft: Draft, name: str, text: str) -> None:
    if name == "answer":
        text = plain_ticks(text)
    if name == "unused" and not text:
        return  # 选项：
    draft.add(name, text)


def _take_stem(draft: Draft, text: str, following: int | None) -> None:
    """A line of the stem, and options that stand on it."""
    options: list[tuple[int, str]] = []
    if not draft.options and _may_have_options(draft.kind):
        text, options = find_options(text, following)
    draft.add_stem(text)
    for place, option in options:
        draft.add_option(place, option)


def _may_have_options(kind: str) -> bool:
    try:
        return named_kind(kind) not in {Kind.TRUE_FALSE, Kind.BLANK}
    except UnaskableError:
        return True


def _is_truth(draft: Draft, line: Line, after: Line | None) -> bool:
    """对 and 错 below a stem, without letters: every true/false question has them, none needs them."""
    if not draft.waits and not draft.has_truths:
        return False
    is_pair = is_both_truths(line.text) or (
        is_truth(line.text) and (draft.has_truths or (after is not None and is_truth(after.text)))
    )
    draft.has_truths = draft.has_truths or is_pair
    return is_pair
