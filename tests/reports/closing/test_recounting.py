"""A closed year beside the same year counted now."""

from dataclasses import replace
from decimal import Decimal

from quizapp.reports.closing.changes import Change, changes_behind
from quizapp.reports.closing.recounting import compare
from quizapp.reports.figures.formulas import OfActivities
from quizapp.reports.figures.indicators import BUILT_IN
from tests.conftest import NOON
from tests.reports.printing.reporting import VALUES, report

INDICATORS = {one.key: one for one in BUILT_IN}


def change(subject: str, *marks: str) -> Change:
    return Change(subject, 1, "更正", "标题", "原因", "张", NOON, frozenset(marks))


def test_nothing_differs_where_nothing_changed() -> None:
    assert compare(report(), report()).differences == ()


def test_a_difference_says_what_it_is_now_and_by_how_much() -> None:
    now = report({**VALUES, "items_handed_out": Decimal(103490), "releases": Decimal(140)})
    recount = compare(report(), now)
    words = {one.indicator.key: one.words for one in recount.differences}
    assert words == {"items_handed_out": "更正后 103490件（+8）", "releases": "更正后 140篇（−3）"}
    difference = recount.of("items_handed_out")
    assert difference is not None
    assert difference.sentence(2024) == "2024年“发放宣传品”封账数为103482件，更正后为103490件（+8）。"
    assert recount.of("drills") is None


def test_what_was_entered_late_is_told_without_a_difference() -> None:
    closed = report({**VALUES, "relief_funds": None})
    (difference,) = compare(closed, report()).differences
    assert difference.sentence(2024) == "2024年“发放应急救助资金”封账数为未填报，更正后为247万元。"


def test_a_figure_defined_otherwise_since_is_not_compared_nor_what_is_made_of_it() -> None:
    counted = replace(INDICATORS["licence_cases"], formula=OfActivities())
    figures = tuple(
        replace(one, indicator=counted, value=Decimal(1)) if one.indicator.key == "licence_cases" else one
        for one in report().figures
    )
    recount = compare(report(), replace(report(), figures=figures))
    assert recount.differences == ()
    assert recount.redefined == ("行政许可案件", "行政许可占比")


def test_a_retired_indicator_is_not_compared() -> None:
    now = replace(report(), figures=report().figures[1:])
    assert compare(report(), now).redefined == ("集中学习培训次数",)


def test_changes_are_told_beside_the_figures_that_they_can_have_moved() -> None:
    drill, study = change("activity", "drill"), change("activity", "study", "宣传品")
    town_release, cases = change("release", "city"), change("entry", "licence_cases")
    handed_out = change("movement", "宣传折页")
    all_of_them = (drill, study, town_release, cases, handed_out)
    expected = {
        "drills": (drill,),
        "study_sessions": (study,),
        "study_attendance": (study,),
        "items_handed_out": (study,),
        "leaflets_handed_out": (handed_out,),
        "releases": (town_release,),
        "licence_cases": (cases,),
        "licence_share": (cases,),
        "penalty_share": (),
        "participants": (),
    }
    found = {key: changes_behind(key, INDICATORS, all_of_them) for key in expected}
    assert found == expected
