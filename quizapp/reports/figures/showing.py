"""What the pages say of figures beside their numbers. No database here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from quizapp.reports.figures.annual import Figure
from quizapp.reports.figures.house_style import print_exactly, print_number
from quizapp.reports.figures.indicators import Indicator
from quizapp.reports.printing.template_text import SECTIONS

#: No records are older.
FIRST_YEAR = 2000
#: So many years are offered to choose from.
_OFFERED = 5
#: In the first months of a year people are after the year before.
_LOOKING_BACK_UNTIL = 3
#: Per cent.
_MOST_GROWTH = 1000
#: Where an indicator stands that no sentence of the report needs.
UNPRINTED = "只用于计算"


def year_at_hand(today: date) -> int:
    """The year whose figures somebody is after: in its first months the year before."""
    return today.year - 1 if today.month <= _LOOKING_BACK_UNTIL else today.year


def is_known_year(year: int, today: date) -> bool:
    """Whether there can be figures of a year."""
    return FIRST_YEAR <= year <= today.year


def years_offered(year: int, today: date) -> list[int]:
    """Years to choose from, the latest first, the one shown among them."""
    latest = range(today.year, max(today.year - _OFFERED, FIRST_YEAR - 1), -1)
    return sorted({*latest, year}, reverse=True)


def name_section(section: str) -> str:
    """A section with its heading: 一（四）普法宣传."""
    if not section:
        return UNPRINTED
    return f"一{SECTIONS[section]}" if section in SECTIONS else section


def by_section(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Figures under the sections' names, those that stand in no sentence last."""
    sections: dict[str, list[Figure]] = {}
    for figure in figures:
        sections.setdefault(figure.indicator.section, []).append(figure)
    return {name_section(section): sections[section] for section in sorted(sections, key=_place)}


def _place(section: str) -> tuple[int, str]:
    known = list(SECTIONS)
    place = known.index(section) if section in known else len(known)
    return (place if section else len(known) + 1), section


def describe_printing(indicator: Indicator) -> str:
    """How an indicator prints, in words."""
    if indicator.exact:
        return "照实写"
    return f"取整写余，保留 {indicator.digits} 位" if indicator.digits else "取整写余"


def split_number(figure: Figure) -> str:
    """The exact value without its measure, as it stands large."""
    if figure.value is None:
        return ""
    return print_exactly(figure.indicator, figure.value).removesuffix(figure.indicator.measure)


def describe_change(figure: Figure) -> str:
    """How a figure stands to last year's, in words; shares differ by 个百分点."""
    if figure.last_year is None:
        return "上年没有数字"
    before = f"上年 {print_exactly(figure.indicator, figure.last_year)}"
    if figure.value is None:
        return before
    change = figure.value - figure.last_year
    if not change:
        return f"{before}，持平"
    measure = "个百分点" if figure.indicator.measure == "%" else figure.indicator.measure
    more = "增加" if change > 0 else "减少"
    return f"{before}，{more} {print_number(abs(change))}{measure}{_growth(figure, change)}"


def _growth(figure: Figure, change: Decimal) -> str:
    """In per cent; nothing where that would say nothing, as of what is more than ten times as much."""
    if not figure.last_year or figure.indicator.measure == "%":
        return ""
    growth = (abs(change) * 100 / figure.last_year).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"（{growth:f}%）" if growth <= _MOST_GROWTH else ""


@dataclass(frozen=True)
class Bar:
    """One branch's share of a figure's longest bar."""

    #: None for one that a closed year names, and that is called otherwise now.
    branch_id: int | None
    name: str
    #: With its measure, exactly.
    amount: str
    #: 0 to 100.
    length: int


def make_bars(
    indicator: Indicator, branches: Sequence[tuple[int, str]], by_unit: Sequence[tuple[str, Decimal]]
) -> list[Bar]:
    """Bars from zero, the longest filling its place; a branch without records has none."""
    numbers = {name: branch_id for branch_id, name in branches}
    longest = max((abs(amount) for _, amount in by_unit), default=Decimal(0))
    return [
        Bar(numbers.get(name), name, print_exactly(indicator, amount), _length(amount, longest))
        for name, amount in by_unit
    ]


def _length(amount: Decimal, longest: Decimal) -> int:
    return int(max(amount, Decimal(0)) * 100 / longest) if longest else 0
