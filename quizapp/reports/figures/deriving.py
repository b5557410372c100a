"""Figures made of other figures. No database here."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from quizapp.reports.figures.formulas import Derived, Formula, Operation
from quizapp.reports.figures.house_style import per_head, share

Values = Mapping[str, Decimal | None]


def parts_of(formula: Formula) -> tuple[str, ...]:
    """Keys of the figures that a formula is made of, each once; none for what is counted or entered."""
    if not isinstance(formula, Derived):
        return ()
    return tuple(dict.fromkeys(key for key in (*formula.parts, formula.whole) if key))


def derive(formula: Derived, values: Values) -> Decimal | None:
    """The derived figure; None where a part of it is wanting, or it would be of nothing."""
    found = [values.get(key) for key in formula.parts]
    parts = [part for part in found if part is not None]
    if len(parts) < len(found):
        return None
    total = sum(parts, Decimal(0))
    if formula.operation is Operation.SUM:
        return total
    whole = values.get(formula.whole)
    if whole is None:
        return None
    return share(total, whole) if formula.operation is Operation.SHARE else per_head(total, whole)


def derive_all(formulas: Mapping[str, Formula], found: Values) -> dict[str, Decimal | None]:
    """``found`` with every derived figure; one that is made of itself stays None."""
    values = dict(found)
    for key in in_order(formulas):
        formula = formulas[key]
        if isinstance(formula, Derived):
            values[key] = derive(formula, values)
    return values


def in_order(formulas: Mapping[str, Formula]) -> list[str]:
    """Keys so that each stands after what it is made of; those that are made of themselves are left out."""
    ordered: dict[str, None] = {}
    waiting = dict(formulas)
    while True:
        ready = [key for key in waiting if _stands(parts_of(waiting[key]), ordered, waiting)]
        if not ready:
            return list(ordered)
        for key in ready:
            del waiting[key]
            ordered[key] = None


def _stands(parts: Iterable[str], ordered: Mapping[str, None], waiting: Mapping[str, Formula]) -> bool:
    """Whether all parts are placed; one that doesn't exist is as good as placed."""
    return all(part in ordered or part not in waiting for part in parts)


def is_made_of_itself(key: str, formula: Formula, others: Mapping[str, Formula]) -> bool:
    """Whether an indicator with this formula would be made of itself, directly or through others."""
    seen: set[str] = set()
    waiting = list(parts_of(formula))
    while waiting:
        part = waiting.pop()
        if part == key:
            return True
        if part not in seen and part in others:
            seen.add(part)
            waiting += parts_of(others[part])
    return False
