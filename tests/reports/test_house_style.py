"""Numbers by the house style: the product page's examples, the reference's expressions, any number."""

import csv
import os
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.config import ROOT
from quizapp.reports.figures.formulas import Entered
from quizapp.reports.figures.house_style import (
    floor_approximately,
    per_head,
    print_approximately,
    print_figure,
    print_number,
    share,
)
from quizapp.reports.figures.indicators import BUILT_IN, Indicator
from tests.reports.printing.reporting import VALUES

REFERENCE = ROOT.parent / "shared" / "reference" / "annual-report-2024-figures.csv"


@pytest.mark.parametrize(
    ("value", "measure", "digits", "printed"),
    [
        (103482, "件", None, "10万余件"),
        (100000, "件", None, "10万件"),
        (31250, "份", None, "3万余份"),
        (34500, "份", None, "3.4万余份"),
        (34500, "份", 1, "3万余份"),
        (3021, "人", None, "3000余人"),
        (13245, "条", None, "1.3万余条"),
        (1392, "条", 3, "1390余条"),
        (312, "次", None, "300余次"),
        (23, "场", 1, "20余场"),
    ],
)
def test_an_approximate_number_prints_as_the_product_says(
    value: int, measure: str, digits: int | None, printed: str
) -> None:
    assert print_approximately(value, measure, digits) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0件"),
        (7, "7件"),
        (23, "23件"),  # 20 would lose more than a tenth
        (21, "20余件"),
        (300, "300件"),
        (9999, "9000余件"),
        (10000, "1万件"),
        (10001, "1万余件"),
        (123456789, "1.2亿余件"),
        (100000000, "1亿件"),
        (Decimal("12.7"), "12.7件"),
        (Decimal("247.5"), "240余件"),
        (-3, "-3件"),
    ],
)
def test_borders_of_the_approximate_form(value: int | Decimal, printed: str) -> None:
    assert print_approximately(value, "件") == printed


def test_a_measure_that_counts_in_myriads_gets_no_second_one() -> None:
    assert print_approximately(13245, "万元") == "13000余万元"


@pytest.mark.parametrize(
    ("value", "printed"),
    [(143, "143"), (2620, "2620"), (Decimal("247.5000"), "247.5"), (Decimal("300.00"), "300"), (0, "0")],
)
def test_an_exact_number_prints_as_it_is(value: int | Decimal, printed: str) -> None:
    assert print_number(value) == printed
    assert print_figure(Indicator("k", "名", "件", Entered()), value) == f"{printed}件"


def test_a_wanting_number_says_so() -> None:
    assert {print_figure(indicator, None) for indicator in BUILT_IN} == {"未填报"}


def test_shares_and_values_per_head_round_half_up_to_one_decimal() -> None:
    assert [share(part, 646) for part in (212, 358, 76)] == [Decimal(t) for t in ("32.8", "55.4", "11.8")]
    assert per_head(646, 52) == Decimal("12.4")
    assert per_head(1, 4) == Decimal("0.3")  # 0.25
    assert share(1, 800) == Decimal("0.1")  # 0.125
    assert share(1, 0) is per_head(1, 0) is None


def test_a_share_keeps_its_decimal_where_it_is_nought() -> None:
    third = next(one for one in BUILT_IN if one.key == "licence_share")
    assert print_figure(third, Decimal(33)) == "33.0%"


def reference() -> Iterator[dict[str, str]]:
    if not REFERENCE.is_file():
        assert os.environ.get("CI") != "true", f"{REFERENCE} is missing"
        pytest.skip("the reference is not on this machine")
    with REFERENCE.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def test_each_expression_of_the_reference_comes_out_of_a_likely_value() -> None:
    printed = {row["indicator"]: row["printed"] for row in reference()}
    named = {one.name: one for one in BUILT_IN if one.section}
    assert printed == {name: print_figure(one, VALUES[one.key]) for name, one in named.items()}
    assert len(printed) == 33


WORTH = {"": 1, "万": 10**4, "亿": 10**8}


def read_back(printed: str) -> Decimal:
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([万亿]?)余?件", printed)
    assert found
    return Decimal(found[1]) * WORTH[found[2]]


@given(st.integers(0, 10**13))
def test_the_printed_value_never_exceeds_the_exact_one_nor_loses_more_than_a_tenth(value: int) -> None:
    printed = print_approximately(value, "件")
    assert read_back(printed) <= value <= read_back(printed) * 10 / 9
    assert ("余" in printed) == (read_back(printed) != value)


@given(st.integers(0, 10**13), st.integers(1, 6))
def test_with_digits_it_never_exceeds_either(value: int, digits: int) -> None:
    printed = print_approximately(value, "件", digits)
    assert read_back(printed) <= value
    assert ("余" in printed) == (read_back(printed) != value)
    significant = re.sub(r"\D", "", printed).strip("0")
    assert "余" not in printed or len(significant) <= digits


@given(st.decimals(0, 10**9, places=4))
def test_what_is_floored_ends_in_tens_or_is_the_value(value: Decimal) -> None:
    floored = floor_approximately(value)
    assert floored == value or floored % 10 == 0
