"""Figures made of figures, their rules in words, checks between them, numbers as people type them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.ledgers.values import BadCell
from quizapp.reports.figures.amounts import read_amount
from quizapp.reports.figures.annual import Evidence, Figure
from quizapp.reports.figures.checking import check_figures
from quizapp.reports.figures.deriving import derive, derive_all, in_order, is_made_of_itself, parts_of
from quizapp.reports.figures.formulas import (
    Amount,
    Derived,
    Entered,
    Formula,
    OfActivities,
    OfMaterials,
    OfParticipants,
    OfReleases,
    Operation,
)
from quizapp.reports.figures.house_style import print_number
from quizapp.reports.figures.indicators import BUILT_IN, HundredCheck, Indicator, WholeCheck
from quizapp.reports.figures.recomputing import recompute
from quizapp.reports.figures.rules import Names, write_rule
from quizapp.reports.figures.showing import (
    by_section,
    describe_change,
    is_known_year,
    make_bars,
    year_at_hand,
    years_offered,
)

KEYS = [*"abcdef"]
NAMES = Names({"drill": "应急演练"}, {"central": "中央", "city": "市级"}, {"a": "甲", "b": "乙", "c": "丙"})

formulas = st.dictionaries(
    st.sampled_from(KEYS),
    st.one_of(
        st.just(Entered()),
        st.builds(
            Derived,
            st.just(Operation.SUM),
            st.lists(st.sampled_from(KEYS), min_size=1, max_size=3).map(tuple),
        ),
    ),
)


def make_figure(key: str, value: int | str | None, measure: str = "件", **changes: object) -> Figure:
    indicator = Indicator(key, f"指标{key}", measure, Entered(), "一（四）")
    amount = None if value is None else Decimal(value)
    return replace(Figure(indicator, amount, "", ""), **changes)  # type: ignore[arg-type]


@given(formulas)
def test_exactly_what_is_made_of_itself_is_left_out_of_the_order(kept: dict[str, Formula]) -> None:
    order = in_order(kept)
    for place, key in enumerate(order):
        assert all(part not in kept or part in order[:place] for part in parts_of(kept[key]))
    graph = {key: [part for part in parts_of(formula) if part in kept] for key, formula in kept.items()}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError:
        assert len(order) < len(kept)
    else:
        assert sorted(order) == sorted(kept)


@given(formulas, st.sampled_from(KEYS), st.lists(st.sampled_from(KEYS), min_size=1).map(tuple))
def test_what_is_refused_as_made_of_itself_is_what_could_not_be_reckoned(
    kept: dict[str, Formula], key: str, parts: tuple[str, ...]
) -> None:
    sound = {one: kept[one] for one in in_order(kept)}
    sound.pop(key, None)
    sound = {one: sound[one] for one in in_order(sound)}
    formula = Derived(Operation.SUM, parts)
    refused = is_made_of_itself(key, formula, sound)
    assert refused == (key not in in_order({**sound, key: formula}))


def test_a_figure_that_is_made_of_itself_stays_wanting_and_spoils_no_other() -> None:
    ring: dict[str, Formula] = {
        "a": Derived(Operation.SUM, ("b",)),
        "b": Derived(Operation.SUM, ("a",)),
        "c": Derived(Operation.SUM, ("d", "d")),
    }
    assert derive_all(ring, {"a": None, "b": None, "d": Decimal(3)}) == {
        "a": None,
        "b": None,
        "c": 6,
        "d": 3,
    }


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (Derived(Operation.SUM, ("a", "b")), "3"),
        (Derived(Operation.SHARE, ("a",), "b"), "50.0"),
        (Derived(Operation.SHARE, ("a", "b"), "c"), None),
        (Derived(Operation.PER_HEAD, ("b",), "a"), "2.0"),
        (Derived(Operation.PER_HEAD, ("b",), "nought"), None),
        (Derived(Operation.SUM, ("a", "wanting")), None),
    ],
)
def test_a_derived_figure_follows_from_its_parts(formula: Derived, expected: str | None) -> None:
    values = {"a": Decimal(1), "b": Decimal(2), "nought": Decimal(0), "wanting": None}
    assert derive(formula, values) == (None if expected is None else Decimal(expected))


def test_a_figure_follows_from_its_evidence() -> None:
    rows = [Evidence("movement", str(n), None, "", "", Decimal(n)) for n in (5, -2)]
    of_records = Indicator("x", "指标", "件", OfMaterials("宣传品"))
    assert recompute(of_records, rows) == 3
    assert recompute(of_records, []) == 0
    entered = replace(of_records, formula=Entered())
    assert recompute(entered, [Evidence("entry", "1", None, "", "", Decimal("2.5"))]) == Decimal("2.5")
    assert recompute(entered, []) is None
    derived = replace(of_records, formula=Derived(Operation.SHARE, ("a",), "b"))
    parts = [Evidence("figure", key, None, "", "", Decimal(n)) for key, n in (("a", 1), ("b", 3))]
    assert recompute(derived, parts) == Decimal("33.3")
    assert recompute(derived, parts[:1]) is None


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (OfActivities(("drill",)), "已确认的“应急演练”（含下级类型）活动的场次合计"),
        (OfActivities((), Amount.AUDIENCE), "已确认的各类宣传活动的受众人次合计"),
        (OfMaterials("折页"), "“折页”类物品"),
        (OfReleases(("central", "city")), "已确认的中央、市级媒体发稿篇数"),
        (OfReleases(), "已确认的各级媒体发稿篇数"),
        (OfParticipants(), "演示活动和作废的答卷不计"),
        (Entered(), "逐年填报或导入"),
        (Derived(Operation.SUM, ("a", "b")), "甲＋乙。"),
        (Derived(Operation.SHARE, ("a", "b"), "c"), "（甲＋乙） ÷ 丙 × 100%，"),
        (Derived(Operation.PER_HEAD, ("a",), "gone"), "甲 ÷ gone，"),
    ],
)
def test_a_rule_is_said_in_words(formula: Formula, said: str) -> None:
    assert said in write_rule(formula, NAMES)


def test_parts_that_are_no_whole_are_told_apart_by_how_much() -> None:
    figures = [make_figure("a", 10), make_figure("b", 4), make_figure("c", 5)]
    (check,) = check_figures(figures, [WholeCheck("a", ("b", "c"))], [])
    assert not check.holds
    assert check.sentence == "指标b 4＋指标c 5＝9，与指标a 10 不一致，相差 1。请核对填报的数字。"


def test_a_whole_with_a_part_wanting_is_not_yet_checked_and_an_empty_one_not_at_all() -> None:
    whole = [WholeCheck("a", ("b", "c"))]
    (check,) = check_figures([make_figure("a", 10), make_figure("b", None), make_figure("c", 5)], whole, [])
    assert not check.holds
    assert check.sentence.startswith("指标b还没有填报")
    assert check_figures([make_figure(key, None) for key in "abc"], whole, []) == ()


@pytest.mark.parametrize(
    ("shares", "holds", "said"),
    [
        (("32.8", "55.4", "11.8"), True, "三项占比合计 100.0%。"),
        (("33.3", "33.3", "33.3"), True, "三项占比合计 99.9%，因各自四舍五入，不足 100.0%。"),
        (("16.7", "16.7", "66.7"), True, "三项占比合计 100.1%，因各自四舍五入，超过 100.0%。"),
        (("32.8", "55.4", "10.8"), False, "三项占比合计 99.0%，不是 100.0%："),
    ],
)
def test_shares_add_to_a_hundred_or_it_is_said_why(shares: tuple[str, ...], holds: bool, said: str) -> None:
    figures = [make_figure(key, share, "%") for key, share in zip("abc", shares, strict=True)]
    (check,) = check_figures(figures, [], [HundredCheck(("a", "b", "c"))])
    assert check.holds is holds
    assert check.sentence.startswith(said)


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("13,245", "条", "13245"),
        ("１３２４５条", "条", "13245"),
        ("1.3万", "条", "13000"),
        ("246.5 万元", "万元", "246.5"),
        ("247.00", "万元", "247"),
        ("一百五十二", "条", "152"),
        ("0", "次", "0"),
    ],
)
def test_a_number_is_read_as_people_type_it(text: str, measure: str, value: str) -> None:
    assert read_amount(text, measure) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "measure", "said"),
    [
        ("10万余件", "件", "确切的数字"),
        ("约300", "次", "确切的数字"),
        ("247万", "万元", "单位已经是万元"),
        ("-3", "次", "没有读懂"),
        ("3到5", "次", "没有读懂"),
        ("1.234", "亩", "小数超过两位"),
        ("9" * 13, "件", "太大"),
        ("件", "件", "请填写数字"),
    ],
)
def test_what_is_no_exact_number_is_refused_in_a_sentence(text: str, measure: str, said: str) -> None:
    with pytest.raises(BadCell) as refusal:
        read_amount(text, measure)
    assert said in refusal.value.sentence


@given(st.decimals(0, 10**11, places=2), st.sampled_from(["件", "万元", "家次", ""]))
def test_a_number_that_we_print_is_read_back(value: Decimal, measure: str) -> None:
    assert read_amount(f"{print_number(value)}{measure}", measure) == value


@given(st.text(max_size=40), st.sampled_from(["件", "万元", ""]))
def test_any_text_is_a_number_or_refused(text: str, measure: str) -> None:
    try:
        amount = read_amount(text, measure)
    except BadCell:
        return
    assert amount >= 0
    assert amount == round(amount, 2)


@pytest.mark.parametrize(
    ("value", "last_year", "measure", "said"),
    [
        (25, 20, "次", "上年 20次，增加 5次（25.0%）"),
        (5, 20, "次", "上年 20次，减少 15次（75.0%）"),
        (20, 20, "次", "上年 20次，持平"),
        (25, 0, "次", "上年 0次，增加 25次"),
        (312, 1, "次", "上年 1次，增加 311次"),
        ("32.8", "35.3", "%", "上年 35.3%，减少 2.5个百分点"),
        (25, None, "次", "上年没有数字"),
        (None, 20, "次", "上年 20次"),
    ],
)
def test_a_change_is_said_in_words(
    value: int | str | None, last_year: int | str | None, measure: str, said: str
) -> None:
    before = None if last_year is None else Decimal(last_year)
    assert describe_change(make_figure("a", value, measure, last_year=before)) == said


def test_figures_stand_under_their_sections_those_for_reckoning_last() -> None:
    figures = [Figure(one, None, "", "") for one in reversed(BUILT_IN)]
    sections = [*by_section(figures)]
    assert sections[0].startswith("一（一）")
    assert sections[-1] == "只用于计算"
    assert len(sections) == 6


def test_the_longest_bar_fills_its_place_and_a_negative_one_has_none() -> None:
    indicator = make_figure("a", 1).indicator
    branches = [(7, "甲镇"), (8, "乙镇"), (9, "丙镇")]
    by_unit = [("甲镇", Decimal(40)), ("乙镇", Decimal(10)), ("丙镇", Decimal(-2))]
    bars = make_bars(indicator, branches, by_unit)
    assert [(bar.branch_id, bar.amount, bar.length) for bar in bars] == [
        (7, "40件", 100),
        (8, "10件", 25),
        (9, "-2件", 0),
    ]
    assert make_bars(indicator, branches, [("甲镇", Decimal(0))])[0].length == 0


def test_in_the_first_months_people_are_after_the_year_before() -> None:
    assert year_at_hand(date(2026, 3, 31)) == 2025
    assert year_at_hand(date(2026, 4, 1)) == 2026
    assert years_offered(2015, date(2026, 4, 1)) == [2026, 2025, 2024, 2023, 2022, 2015]
    assert not is_known_year(2027, date(2026, 4, 1))
    assert not is_known_year(1999, date(2026, 4, 1))
