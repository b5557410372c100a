"""Rules between figures: parts that make a whole, shares that add to 100. No database here."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from quizapp.reports.figures.annual import Check, Figure
from quizapp.reports.figures.house_style import print_number
from quizapp.reports.figures.indicators import (
    HUNDRED_CHECKS,
    WHOLE_CHECKS,
    HundredCheck,
    WholeCheck,
)

_HUNDRED = Decimal("100.0")
#: Rounding a share to one decimal moves it by this at most.
_ROUNDED_BY = Decimal("0.05")
_NUMERALS = "零一二三四五六七八九十"


def check_figures(
    figures: Iterable[Figure],
    wholes: Iterable[WholeCheck] = WHOLE_CHECKS,
    hundreds: Iterable[HundredCheck] = HUNDRED_CHECKS,
) -> tuple[Check, ...]:
    """What is to be said of the figures of a year; nothing of those that nobody began to fill in."""
    by_key = {figure.indicator.key: figure for figure in figures}
    return (*_check_wholes(by_key, wholes), *_check_hundreds(by_key, hundreds))


def _check_wholes(figures: Mapping[str, Figure], checks: Iterable[WholeCheck]) -> Iterator[Check]:
    for check in checks:
        whole, parts = figures[check.whole], [figures[key] for key in check.parts]
        wanting = [one.indicator.name for one in (whole, *parts) if one.value is None]
        if not wanting:
            yield _check_whole(whole, parts)
        elif len(wanting) <= len(parts):
            yield Check(
                False,
                f"{'、'.join(wanting)}还没有填报，暂不能核对各部分与{whole.indicator.name}是否一致。",
            )


def _check_whole(whole: Figure, parts: Iterable[Figure]) -> Check:
    amounts = [(part.indicator.name, part.value or Decimal(0)) for part in parts]
    total, expected = sum((amount for _, amount in amounts), Decimal(0)), whole.value or Decimal(0)
    added = "＋".join(f"{name} {print_number(amount)}" for name, amount in amounts)
    start = f"{added}＝{print_number(total)}，与{whole.indicator.name}"
    if total == expected:
        return Check(True, f"{start}一致。")
    apart = print_number(abs(total - expected))
    return Check(False, f"{start} {print_number(expected)} 不一致，相差 {apart}。请核对填报的数字。")


def _check_hundreds(figures: Mapping[str, Figure], checks: Iterable[HundredCheck]) -> Iterator[Check]:
    for check in checks:
        values = [figures[key].value for key in check.parts]
        shares = [value for value in values if value is not None]
        if len(shares) == len(values):
            yield _check_hundred(shares)


def _check_hundred(shares: list[Decimal]) -> Check:
    total = sum(shares, Decimal(0)).quantize(Decimal("0.1"))
    start = f"{_NUMERALS[len(shares)]}项占比合计 {total:f}%"
    if total == _HUNDRED:
        return Check(True, f"{start}。")
    if abs(total - _HUNDRED) <= _ROUNDED_BY * len(shares):
        beside = "不足" if total < _HUNDRED else "超过"
        return Check(True, f"{start}，因各自四舍五入，{beside} 100.0%。")
    return Check(False, f"{start}，不是 100.0%：各部分相加与总数不一致。请核对填报的数字。")
