"""Native charts of the annual workbook: this year beside last, and what each unit adds.

Bars begin at zero and bear their numbers. Figures differ too much in size to share an axis, so each has a
small chart of its own.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from quizapp.reports.figures.annual import AnnualReport, Figure
from quizapp.reports.figures.formulas import OfActivities, OfMaterials, OfParticipants, OfReleases
from quizapp.reports.printing.sheets import set_paper

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

YEARS, UNITS = "本年与上年", "各单位"
_PUBLICITY = (OfActivities, OfMaterials, OfParticipants, OfReleases)
_NOW, _BEFORE = "#0B5CAD", "#9AA5B1"
#: Pixels of a small chart, with the gap after it.
_WIDTH, _HEIGHT, _GAP, _A_ROW = 300, 220, 12, 4
_BAR = 26


def draw_charts(book: "Workbook", report: AnnualReport, units: Sequence[str], units_sheet: str) -> None:
    """A sheet of charts by year with their table, and one by unit drawn from the sheet of units."""
    compared = [one for one in report.figures if one.value is not None and one.last_year is not None]
    if compared:
        _draw_years(book, report.year, compared)
    divided = [figure for figure in report.figures if figure.by_unit]
    if any(isinstance(one.indicator.formula, _PUBLICITY) for one in divided):
        _draw_units(book, divided, units, units_sheet)


def _draw_years(book: "Workbook", year: int, figures: Iterable[Figure]) -> None:
    sheet = book.add_worksheet(YEARS)
    set_paper(sheet)
    headings = [f"{year - 1}年", f"{year}年"]
    for column, text in enumerate(("指标", *headings)):
        sheet.write_string(0, column, text)
    sheet.set_column(0, 0, 34)
    for row, figure in enumerate(figures, start=1):
        numbers = [float(one) for one in (figure.last_year, figure.value) if one is not None]
        sheet.write_string(row, 0, _title(figure))
        for column, number in enumerate(numbers, start=1):
            sheet.write_number(row, column, number)
        chart = _chart(book, "column", _title(figure), _WIDTH, _HEIGHT)
        chart.add_series(
            _series((YEARS, 0, 1, 0, 2), headings, (YEARS, row, 1, row, 2), numbers)
            | {"points": [{"fill": {"color": _BEFORE}}, {"fill": {"color": _NOW}}]}
        )
        _place(sheet, chart, row - 1)


def _place(sheet: "Worksheet", chart: Any, place: int) -> None:
    """Beside the table, four a row."""
    down, across = divmod(place, _A_ROW)
    offset = {"x_offset": across * (_WIDTH + _GAP), "y_offset": down * (_HEIGHT + _GAP)}
    sheet.insert_chart(0, 4, chart, offset)


def _draw_units(book: "Workbook", divided: Sequence[Figure], units: Sequence[str], units_sheet: str) -> None:
    sheet = book.add_worksheet(UNITS)
    set_paper(sheet)
    height = 90 + _BAR * len(units)
    drawn = 0
    for column, figure in enumerate(divided, start=1):
        if not isinstance(figure.indicator.formula, _PUBLICITY):
            continue
        amounts = dict(figure.by_unit)
        chart = _chart(book, "bar", _title(figure), 2 * _WIDTH, height)
        chart.set_y_axis({"reverse": True, "line": {"none": True}, "major_tick_mark": "none"})
        chart.add_series(
            _series(
                (units_sheet, 1, 0, len(units), 0),
                list(units),
                (units_sheet, 1, column, len(units), column),
                [float(amounts.get(unit, 0)) for unit in units],
            )
        )
        down, across = divmod(drawn, 2)
        offset = {"x_offset": across * (2 * _WIDTH + _GAP), "y_offset": down * (height + _GAP)}
        sheet.insert_chart(0, 0, chart, offset)
        drawn += 1


def _title(figure: Figure) -> str:
    return f"{figure.indicator.name}（{figure.indicator.measure}）"


def _chart(book: "Workbook", kind: str, title: str, width: int, height: int) -> Any:
    """An empty chart without a legend; the axis of the numbers begins at zero and isn't shown."""
    chart = book.add_chart({"type": kind})
    chart.set_title({"name": title, "name_font": {"size": 11, "bold": False}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_size({"width": width, "height": height})
    hidden = {"min": 0, "visible": False, "major_gridlines": {"visible": False}}
    if kind == "bar":
        chart.set_x_axis(hidden)
    else:
        chart.set_y_axis(hidden)
    return chart


def _series(
    categories: tuple[str, int, int, int, int],
    names: list[str],
    values: tuple[str, int, int, int, int],
    numbers: list[float],
) -> dict[str, Any]:
    """Bars with their numbers; what stands in the cells is given too, for viewers that don't calculate."""
    return {
        "categories": list(categories),
        "categories_data": names,
        "values": list(values),
        "values_data": numbers,
        "data_labels": {"value": True},
        "fill": {"color": _NOW},
        "gap": 60,
    }
