"""Placeholders of a template: what ``{{ 名称 }}`` may name, and what is printed in its place."""

import keyword
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from quizapp.core.clock import SHANGHAI, shanghai_day
from quizapp.reports.figures.annual import AnnualReport, Figure
from quizapp.reports.figures.formulas import OfMaterials
from quizapp.reports.figures.house_style import UNFILLED, print_exactly
from quizapp.reports.figures.indicators import Indicator

#: Printed for a number that is wanting, so that nobody overlooks it.
UNFILLED_MARK = f"【{UNFILLED}】"
#: After an indicator's placeholder: its exact value, and that of the year before.
EXACT, LAST_YEAR = "_确数", "_上年"

#: What became known of the year before after that was closed.
CORRECTIONS = "上年数据更正"

#: What every template may name beside the indicators, and what it means.
GENERAL = {
    "年份": "报告的年份，如 2024",
    "下一年份": "后一年的年份",
    "单位名称": "本单位的全称",
    "截止日期": "数据截止的日期，如 2025年1月8日",
    "截止时间": "数据截止的时间，如 2025年1月8日10时30分",
    "编制日期": "封账的日期，没有封账的为截止日期",
    CORRECTIONS: "上一年封账后更正的数据，逐项成句；没有的为“无”",
}
#: Names that the template language keeps to itself.
_RESERVED = {*keyword.kwlist, "true", "false", "none", "self", "super", "loop", "caller", "varargs", "kwargs"}


def placeholder_of(indicator: Indicator) -> str:
    """What names an indicator in a template: its name without all that can't stand in a placeholder.

    Letters (Chinese ones too), digits and _ stay; spaces, brackets, % and other signs are dropped:
    发放棉衣（棉被）→ 发放棉衣棉被. Where that begins with a digit or is a word of the template language, 指标
    stands before it: 12350热线 → 指标12350热线. A name of signs alone is named by its key.
    """
    name = "".join(one for one in indicator.name if f"_{one}".isidentifier())
    name = name.strip("_") or indicator.key
    return name if name.isidentifier() and name not in _RESERVED else f"指标{name}"


def short_names(indicators: Iterable[Indicator]) -> dict[str, str]:
    """For what is handed out a shorter placeholder, and the whole one: 宣传品 → 发放宣传品.

    It is the category of the materials, where that names nothing else.
    """
    counted = tuple(indicators)
    taken = {*GENERAL, *map(placeholder_of, counted)}
    short: dict[str, str] = {}
    for indicator in counted:
        if isinstance(indicator.formula, OfMaterials):
            name = placeholder_of(replace(indicator, name=indicator.formula.category))
            if name not in taken:
                short.setdefault(name, placeholder_of(indicator))
    return short


def known_placeholders(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Every placeholder that a template may use, and what it means in words."""
    known, counted = dict(GENERAL), tuple(indicators)
    for indicator in counted:
        name = placeholder_of(indicator)
        known[name] = f"{indicator.name}，按行文写法，带单位"
        known[name + EXACT] = f"{indicator.name}的确切数，带单位"
        known[name + LAST_YEAR] = f"{indicator.name}上一年的确切数，带单位"
    for short, name in short_names(counted).items():
        known[short] = f"与 {name} 相同"
    return known


def twins_among(indicators: Iterable[Indicator]) -> tuple[tuple[str, str], ...]:
    """Pairs of names that a template couldn't tell apart: of two indicators, or of one and a general name."""
    taken = {name: name for name in GENERAL}
    twins = []
    for indicator in indicators:
        name = placeholder_of(indicator)
        for form in (name, name + EXACT, name + LAST_YEAR):
            if form in taken:
                twins.append((taken[form], indicator.name))
                break
            taken[form] = indicator.name
    return tuple(twins)


def placeholder_values(report: AnnualReport) -> Mapping[str, str]:
    """What is printed for each placeholder."""
    values = {
        "年份": str(report.year),
        "下一年份": str(report.year + 1),
        "单位名称": report.owner,
        "截止日期": print_day(shanghai_day(report.cut_off)),
        "截止时间": print_time(report.cut_off),
        "编制日期": print_day(shanghai_day(report.closed_at or report.cut_off)),
        CORRECTIONS: "".join(report.corrections) or "无",
    }
    for figure in report.figures:
        values |= _values_of(figure)
    short = short_names(figure.indicator for figure in report.figures)
    return values | {name: values[whole] for name, whole in short.items()}


def print_day(day: date) -> str:
    """A day as documents write it: 2025年1月8日."""
    return f"{day.year}年{day.month}月{day.day}日"


def print_time(moment: datetime) -> str:
    """A moment as documents write it: 2025年1月8日10时30分."""
    local = moment.astimezone(SHANGHAI)
    return f"{print_day(local)}{local.hour}时{local.minute:02}分"


def _values_of(figure: Figure) -> dict[str, str]:
    name = placeholder_of(figure.indicator)
    return {
        name: UNFILLED_MARK if figure.value is None else figure.printed,
        name + EXACT: _exactly(figure, figure.value),
        name + LAST_YEAR: _exactly(figure, figure.last_year),
    }


def _exactly(figure: Figure, value: Decimal | None) -> str:
    return UNFILLED_MARK if value is None else print_exactly(figure.indicator, value)
