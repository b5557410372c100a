"""House style of numbers: counts floor and never round up; shares and values per head round half up.

Exact figures print as they are (143篇, 2620件, 247万元). Approximate ones print 余 after flooring to the
fewest significant digits that lose at most a tenth (103482 → 10万余件), and no 余 where nothing is lost.
"""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from quizapp.reports.counts import percentage
from quizapp.reports.figures.formulas import Derived, Operation
from quizapp.reports.figures.indicators import Indicator

#: Printed where a number is wanting.
UNFILLED = "未填报"

_ONE_PLACE = Decimal("0.1")
_MOST_LOST = Decimal("0.1")
_MYRIAD, _HUNDRED_MILLION = Decimal(10**4), Decimal(10**8)
_ROUNDED = {Operation.SHARE, Operation.PER_HEAD}


def share(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """``part`` of ``whole`` in per cent, half up to one decimal; None of nothing."""
    return percentage(part, whole)


def per_head(total: int | Decimal, heads: int | Decimal) -> Decimal | None:
    """``total`` over ``heads``, half up to one decimal; None where there are no heads."""
    if not heads:
        return None
    return (Decimal(total) / Decimal(heads)).quantize(_ONE_PLACE, ROUND_HALF_UP)


def floor_approximately(value: int | Decimal, digits: int | None = None) -> Decimal:
    """``value`` floored to ``digits`` significant digits, or to the fewest that lose at most a tenth of it.

    Never floored to less than tens, since 余 stands after a round number only: 23 → 23, with ``digits=1``
    → 20. What is negative comes back as it is.
    """
    value = Decimal(value)
    if value < 10:
        return value
    step = Decimal(10) ** value.adjusted()
    if digits:
        return _floor(value, step.scaleb(1 - digits))
    while value - _floor(value, step) > value * _MOST_LOST:
        step = step.scaleb(-1)
    return _floor(value, step)


def print_number(value: int | Decimal) -> str:
    """A number as it is: no separator of thousands, no exponent, no zeros at the end of decimals."""
    text = f"{Decimal(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def print_approximately(value: int | Decimal, measure: str, digits: int | None = None) -> str:
    """A floored number with 万 or 亿, 余 where something is lost, and its measure: 10万余件."""
    floored = floor_approximately(value, digits)
    more = "余" if floored != value else ""
    return f"{_with_myriads(floored, measure)}{more}{measure}"


def print_exactly(indicator: Indicator, value: int | Decimal) -> str:
    """The value with its measure, not floored; shares and values per head with their one decimal."""
    formula = indicator.formula
    if isinstance(formula, Derived) and formula.operation in _ROUNDED:
        return f"{Decimal(value).quantize(_ONE_PLACE, ROUND_HALF_UP):f}{indicator.measure}"
    return f"{print_number(value)}{indicator.measure}"


def print_figure(indicator: Indicator, value: int | Decimal | None) -> str:
    """A figure as it stands in a sentence, by its indicator's way: 1390余条, 32.8%; 未填报 where wanting."""
    if value is None:
        return UNFILLED
    if indicator.exact:
        return print_exactly(indicator, value)
    return print_approximately(value, indicator.measure, indicator.digits)


def _floor(value: Decimal, step: Decimal) -> Decimal:
    """The greatest multiple of a step in ``value``; ``value`` itself for a step below ten."""
    return value if step < 10 else (value / step).to_integral_value(ROUND_FLOOR) * step


def _with_myriads(value: Decimal, measure: str) -> str:
    """103000 → 10.3万; plain where the measure itself counts in 万 or 亿."""
    if measure.startswith(("万", "亿")) or value < _MYRIAD:
        return print_number(value)
    if value < _HUNDRED_MILLION:
        return f"{print_number(value / _MYRIAD)}万"
    return f"{print_number(value / _HUNDRED_MILLION)}亿"
