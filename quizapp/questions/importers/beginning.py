"""Whether a numbered line begins a question, or is a point of what is being read."""

from quizapp.questions.importers.draft import Draft
from quizapp.questions.importers.marks import WEAK_STYLES, Number
from quizapp.questions.importers.outlook import Outlook


def begins(outlook: Outlook, place: int, number: Number, draft: Draft | None, was_answered: bool) -> bool:
    """Whether a question begins here. ``was_answered``: the one before ``draft`` bore its own answer."""
    asks_at_once = outlook.asks_at_once[place]
    if number.style in WEAK_STYLES and (draft is None or draft.style != number.style):
        return asks_at_once and (draft is None or draft.is_answered)
    if draft is None:
        return number.is_sure or asks_at_once
    if not number.is_sure and number.value != draft.number + 1:
        return False
    if number.style == draft.style and number.style != "named":
        return _begins_alike(outlook, place, number, draft, was_answered)
    if draft.waits:
        if number.style == "named":
            return "stem" not in draft.fields or number.style == draft.style  # 问：… may go on with a stem
        return not is_point(number, draft) and (number.value == draft.number + 1 or outlook.asks[place])
    if draft.takes_points:
        return outlook.asks[place] and (number.value == draft.number + 1 or number.style == outlook.style)
    return True


def _begins_alike(outlook: Outlook, place: int, number: Number, draft: Draft, was_answered: bool) -> bool:
    """Whether a question begins that is numbered like the one before it."""
    is_next = number.value == draft.number + 1
    if draft.waits:
        if draft.point:
            return not is_point(number, draft)
        return is_next or number.value != 1 or outlook.asks_at_once[place] or not was_answered
    if not draft.takes_points or outlook.asks[place]:
        return True
    return is_next and outlook.next_number[place] != number.value  # else the true one is yet to come


def is_point(number: Number, draft: Draft) -> bool:
    """Whether a number counts on, or begins to count, the points of a stem."""
    return number.value == draft.point + 1 and (
        number.style != draft.style or draft.point > 0 or number.value == 1
    )


def is_implicit_case(outlook: Outlook, place: int, number: Number, draft: Draft) -> bool:
    """Whether a question's first point asks by itself, so that what stands above it is a case."""
    is_first = number.value == 1 and number.style != draft.style and number.style not in WEAK_STYLES
    return (
        is_first
        and draft.waits
        and not draft.point
        and outlook.asks_at_once[place]
        and "stem" in draft.fields
    )
