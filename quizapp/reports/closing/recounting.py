"""A closed year beside the same year counted now. No database here."""

from dataclasses import dataclass
from decimal import Decimal

from quizapp.reports.figures.annual import AnnualReport, Figure
from quizapp.reports.figures.deriving import parts_of
from quizapp.reports.figures.formulas import Formula
from quizapp.reports.figures.house_style import UNFILLED, print_exactly, print_number
from quizapp.reports.figures.indicators import Indicator


@dataclass(frozen=True)
class Difference:
    """A figure that counts otherwise now than when its year was closed."""

    indicator: Indicator
    closed: Decimal | None
    now: Decimal | None

    @property
    def closed_words(self) -> str:
        """The closed figure with its measure, exactly."""
        return self._print(self.closed)

    @property
    def words(self) -> str:
        """Beside the closed figure: 更正后 103490件（+8）."""
        return f"更正后 {self._print(self.now)}{self._change()}"

    def sentence(self, year: int) -> str:
        """What the next year's report says of it."""
        return (
            f"{year}年“{self.indicator.name}”封账数为{self._print(self.closed)}，"
            f"更正后为{self._print(self.now)}{self._change()}。"
        )

    def _print(self, value: Decimal | None) -> str:
        return UNFILLED if value is None else print_exactly(self.indicator, value)

    def _change(self) -> str:
        if self.now is None or self.closed is None:
            return ""
        change = self.now - self.closed
        return f"（{'+' if change > 0 else '−'}{print_number(abs(change))}）"


@dataclass(frozen=True)
class Recount:
    """What became of a closed year's figures."""

    differences: tuple[Difference, ...] = ()
    #: Names of figures that are defined otherwise now, or no more: there is nothing to compare.
    redefined: tuple[str, ...] = ()

    def of(self, key: str) -> Difference | None:
        """The difference of one figure, None where there is none."""
        return next((one for one in self.differences if one.indicator.key == key), None)


def compare(closed: AnnualReport, now: AnnualReport) -> Recount:
    """Set the closed figures beside those of now."""
    present = {figure.indicator.key: figure for figure in now.figures}
    redefined = _redefined(closed, present)
    return Recount(
        differences=tuple(
            Difference(figure.indicator, figure.value, present[figure.indicator.key].value)
            for figure in closed.figures
            if figure.indicator.key not in redefined and figure.value != present[figure.indicator.key].value
        ),
        redefined=tuple(closed[key].indicator.name for key in redefined),
    )


def _redefined(closed: AnnualReport, present: dict[str, Figure]) -> tuple[str, ...]:
    """Keys of figures whose formula, or that of a figure they are made of, is another now."""
    formulas = {figure.indicator.key: figure.indicator.formula for figure in closed.figures}
    changed: set[str] = set()
    more = {
        key for key, formula in formulas.items() if key not in present or _formula(present[key]) != formula
    }
    while more:
        changed |= more
        more = {key for key, formula in formulas.items() if changed.intersection(parts_of(formula))} - changed
    return tuple(key for key in formulas if key in changed)


def _formula(figure: Figure) -> Formula:
    return figure.indicator.formula
