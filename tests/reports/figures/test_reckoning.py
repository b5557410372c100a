"""The figures of a year, counted by hand, and the records behind each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import event

from quizapp.accounts.models import Unit, UnitKind
from quizapp.accounts.units import UnitPlan, edit_unit
from quizapp.core import clock
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.releases.models import Level
from quizapp.publicity.workflow import State
from quizapp.reports.figures.annual import Evidence, Figure
from quizapp.reports.figures.beginning import ensure_indicators
from quizapp.reports.figures.closed import register_closed_reports
from quizapp.reports.figures.formulas import (
    Amount,
    Derived,
    Entered,
    Formula,
    OfActivities,
    OfReleases,
    Operation,
    write_formula,
)
from quizapp.reports.figures.models import IndicatorRow
from quizapp.reports.figures.reckoning import evidence_of, for_year, list_indicators
from quizapp.reports.figures.recomputing import recompute
from tests.factories import make_activity, make_kind, make_release, make_root, make_unit
from tests.reports.figures.recording import (
    FIRST_OF_2026,
    FIRST_OF_2027,
    LAST_OF_2025,
    LAST_OF_2026,
    NEW_YEAR,
    NEW_YEARS_EVE,
    correct,
    enter_number,
    hand_out,
    make_campaign_of,
    submit_at,
)
from tests.reports.printing.reporting import report as report_by_hand


@pytest.fixture
def bureau(app: Flask, noon: datetime) -> Unit:
    """The bureau with the built-in indicators, at noon of 10 March 2026."""
    ensure_indicators()
    return make_root()


def own_indicator(key: str, formula: Formula, **changes: object) -> None:
    values = {"name": key, "measure": "次", "position": 100, **changes}
    db.session.add(IndicatorRow(key=key, formula=write_formula(formula), **values))
    db.session.commit()


def value_of(key: str, year: int = 2026) -> Decimal | None:
    value = for_year(year)[key].value
    db.session.rollback()
    return value


def rows_of(key: str, year: int = 2026) -> list[tuple[str, int]]:
    return [(one.reference, int(one.amount)) for one in evidence_of(year, key)]


def branches_of(figure: Figure) -> list[int]:
    """What each branch adds, the bureau's own first."""
    return [int(amount) for _, amount in figure.by_unit]


def references(key: str, year: int = 2026) -> list[str]:
    found = [one.reference for one in evidence_of(year, key)]
    db.session.rollback()
    return found


def test_a_bureau_without_records_has_noughts_for_what_is_counted_and_gaps_for_what_is_entered(
    bureau: Unit,
) -> None:
    report = for_year(2026)
    assert len(report.figures) == 34
    assert (report.owner, report.cut_off, report.closed_at) == (bureau.name, clock.now(), None)
    assert [report[key].value for key in ("drills", "items_handed_out", "releases", "participants")] == [
        0
    ] * 4
    assert report["enforcement_cases"].value is None
    assert report["licence_share"].value is None
    assert report["enforcement_cases"].printed == "未填报"
    assert report.checks == ()


def test_the_built_in_indicators_are_there_even_before_the_registry_is_filled(app: Flask) -> None:
    make_root()
    assert len(list_indicators()) == 34
    assert for_year(2026)["releases"].value == 0


def test_only_confirmed_activities_of_the_kind_that_begin_in_the_year_count(bureau: Unit) -> None:
    first = make_activity("drill", day=NEW_YEAR, sessions=3)
    last = make_activity("drill", day=NEW_YEARS_EVE, ends_on=date(2027, 1, 2), sessions=2)
    make_activity("drill", day=date(2025, 12, 31), ends_on=NEW_YEAR)
    make_activity("drill", day=date(2027, 1, 1))
    make_activity("training", sessions=9)
    for state in State:
        if state is not State.CONFIRMED:
            make_activity("drill", state=state)
    assert value_of("drills") == 5
    assert references("drills") == [str(first.id), str(last.id)]
    assert value_of("drills", 2025) == 1
    assert value_of("drills", 2027) == 1


def test_a_kind_counts_those_beneath_it_also_when_they_are_retired(bureau: Unit) -> None:
    own_indicator("visits", OfActivities(("five_visits",)))
    make_activity("five_visits")
    make_activity("into_schools", sessions=2)
    make_kind("into_families").retired = True
    make_activity("into_families", sessions=4)
    make_activity("lecture", sessions=8)
    assert value_of("visits") == 7
    assert [one.amount for one in evidence_of(2026, "visits")] == [1, 2, 4]


def test_a_kind_of_no_known_key_counts_nothing_and_no_kind_counts_all(bureau: Unit) -> None:
    own_indicator("lost", OfActivities(("gone",)))
    own_indicator("everything", OfActivities((), Amount.AUDIENCE))
    make_activity("lecture", audience=30)
    make_activity("drill", audience=12)
    assert value_of("lost") == 0
    assert value_of("everything") == 42


def test_what_was_handed_out_counts_by_category_less_corrections_where_all_is_confirmed(bureau: Unit) -> None:
    activity = make_activity(day=NEW_YEARS_EVE)
    counted = hand_out(activity, 300)
    slip = hand_out(activity, 50)
    taken_back = correct(slip)
    hand_out(activity, 7, "宣传折页")
    hand_out(activity, 11, confirmed_at=None)
    hand_out(make_activity(state=State.SUBMITTED), 13)
    hand_out(make_activity(state=State.VOIDED), 17)
    hand_out(activity, 19, day=date(2027, 1, 1))
    assert value_of("items_handed_out") == 300
    assert value_of("leaflets_handed_out") == 7
    assert references("items_handed_out") == [str(one.id) for one in (counted, slip, taken_back)]
    assert [one.amount for one in evidence_of(2026, "items_handed_out")] == [300, 50, -50]
    assert value_of("items_handed_out", 2027) == 19


def test_releases_count_by_day_state_and_level(bureau: Unit) -> None:
    own_indicator("central_releases", OfReleases(("central", "province")))
    make_release(day=NEW_YEAR)
    make_release(day=NEW_YEARS_EVE, level=Level.CENTRAL)
    make_release(day=date(2027, 1, 1))
    make_release(state=State.SUBMITTED)
    make_release(state=State.VOIDED)
    assert value_of("releases") == 2
    assert value_of("central_releases") == 1


def test_a_participant_counts_in_the_year_of_the_submission_by_shanghai_time(bureau: Unit) -> None:
    channel = make_campaign_of()
    for moment in (LAST_OF_2025, FIRST_OF_2026, LAST_OF_2026, FIRST_OF_2027):
        submit_at(channel, moment)
    submit_at(channel, LAST_OF_2026, first=False)
    assert [value_of("participants", year) for year in (2025, 2026, 2027)] == [1, 2, 1]


def test_participants_are_added_over_campaigns_and_never_those_of_the_sample(bureau: Unit) -> None:
    one, other = make_campaign_of(), make_campaign_of()
    sample = make_campaign_of(is_sample=True)
    for channel in (one, one, other, sample):
        submit_at(channel, FIRST_OF_2026)
    assert value_of("participants") == 3
    assert rows_of("participants") == [(str(one.campaign_id), 2), (str(other.campaign_id), 1)]


def test_the_latest_entry_counts_and_an_empty_one_takes_it_back(bureau: Unit) -> None:
    enter_number("relief_funds", 2026, "246.5")
    entry = enter_number("relief_funds", 2026, 247, "救灾科统计表")
    enter_number("relief_funds", 2025, 200)
    enter_number("irrigated_area", 2026, 9000)
    enter_number("irrigated_area", 2026, None)
    report = for_year(2026)
    assert report["relief_funds"].value == 247
    assert report["relief_funds"].last_year == 200
    assert report["relief_funds"].printed == "247万元"
    assert report["irrigated_area"].value is None
    assert list(evidence_of(2026, "relief_funds")) == [
        Evidence("entry", str(entry.id), date(2026, 3, 10), "", "救灾科统计表", Decimal(247))
    ]
    assert list(evidence_of(2026, "irrigated_area")) == []


def test_shares_and_values_per_head_follow_from_other_figures(bureau: Unit) -> None:
    amounts = {
        "enforcement_cases": 646,
        "licence_cases": 212,
        "inspection_cases": 358,
        "penalty_cases": 76,
        "enforcement_officers": 21,
    }
    for key, amount in amounts.items():
        enter_number(key, 2026, amount)
    report = for_year(2026)
    assert [report[f"{key}_share"].printed for key in ("licence", "inspection", "penalty")] == [
        "32.8%",
        "55.4%",
        "11.8%",
    ]
    assert report["cases_per_officer"].value == Decimal("30.8")
    assert [check.sentence for check in report.checks] == [
        "行政许可案件 212＋行政检查案件 358＋行政处罚案件 76＝646，与行政执法案件一致。",
        "三项占比合计 100.0%。",
    ]
    assert {row.subject for row in evidence_of(2026, "licence_share")} == {"figure"}
    assert rows_of("licence_share") == [("licence_cases", 212), ("enforcement_cases", 646)]


def test_a_derived_figure_is_wanting_where_a_part_is_or_where_it_would_be_of_nothing(bureau: Unit) -> None:
    enter_number("licence_cases", 2026, 212)
    assert value_of("licence_share") is None
    enter_number("enforcement_cases", 2026, 0)
    assert value_of("licence_share") is None


def test_a_sum_of_counted_figures_tells_what_each_unit_adds(bureau: Unit) -> None:
    own_indicator("both", Derived(Operation.SUM, ("drills", "trainings")))
    town = make_unit("城关镇")
    make_activity("drill", town)
    make_activity("training", town, sessions=2)
    make_activity("training", bureau)
    figure = for_year(2026)["both"]
    assert figure.value == 4
    assert branches_of(figure) == [1, 3]
    assert [name for name, _ in figure.by_unit] == [f"{bureau.name}（本级）", "城关镇"]


def test_the_branches_add_up_with_villages_in_their_town_and_campaigns_by_their_unit(bureau: Unit) -> None:
    town = make_unit("城关镇")
    village = make_unit("东关村", town, UnitKind.VILLAGE)
    make_unit("北山镇")
    make_activity("drill", bureau)
    make_activity("drill", town, sessions=2)
    make_activity("drill", village, sessions=4)
    submit_at(make_campaign_of(village), FIRST_OF_2026)
    report = for_year(2026)
    assert branches_of(report["drills"]) == [1, 6, 0]
    assert dict(report["participants"].by_unit)["城关镇"] == 1
    for figure in report.figures:
        if figure.by_unit:
            assert sum(amount for _, amount in figure.by_unit) == figure.value


def test_a_unit_counts_where_it_stands_now(bureau: Unit) -> None:
    old, new = make_unit("城关镇"), make_unit("北山镇")
    village = make_unit("东关村", old, UnitKind.VILLAGE)
    make_activity("drill", village, sessions=4)
    assert dict(for_year(2026)["drills"].by_unit)["城关镇"] == 4
    db.session.rollback()
    edit_unit(village, UnitPlan(village.name, UnitKind.VILLAGE, new))
    db.session.commit()
    assert branches_of(for_year(2026)["drills"]) == [0, 0, 4]


def test_a_closed_unit_is_shown_while_it_has_records(bureau: Unit) -> None:
    town = make_unit("城关镇")
    make_activity("drill", town)
    town.closed = True
    db.session.commit()
    report = for_year(2026)
    assert "城关镇" in dict(report["drills"].by_unit)
    assert "城关镇" not in dict(report["trainings"].by_unit)


def test_last_year_is_counted_anew_unless_it_was_closed(
    bureau: Unit, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_activity("drill", day=date(2025, 6, 1), sessions=7)
    assert for_year(2026)["drills"].last_year == 7
    db.session.rollback()
    monkeypatch.setitem(app.extensions, "closed_reports", None)
    register_closed_reports(
        app, lambda year: report_by_hand({"drills": Decimal(6)}) if year == 2025 else None
    )
    report = for_year(2026)
    assert report["drills"].last_year == 6
    assert report["trainings"].last_year is None
    assert for_year(2027)["drills"].last_year == 0


def test_a_retired_indicator_is_not_in_the_report_yet_what_is_made_of_it_still_is(bureau: Unit) -> None:
    own_indicator("old", Entered(), retired=True)
    own_indicator("twice", Derived(Operation.SUM, ("old", "drills")))
    enter_number("old", 2026, 5)
    report = for_year(2026)
    assert "old" not in {figure.indicator.key for figure in report.figures}
    assert report["twice"].value == 5


def test_every_figure_follows_from_its_evidence_alone(bureau: Unit) -> None:
    hand_out(make_activity("study", audience=40), 20)
    make_release()
    submit_at(make_campaign_of(), FIRST_OF_2026)
    for key in ("enforcement_cases", "licence_cases", "enforcement_officers"):
        enter_number(key, 2026, 30)
    report = for_year(2026)
    for figure in report.figures:
        found = recompute(figure.indicator, evidence_of(2026, figure.indicator.key))
        assert found == figure.value, figure.indicator.name


def test_there_is_no_evidence_of_what_is_no_indicator(bureau: Unit) -> None:
    with pytest.raises(NotFound):
        evidence_of(2026, "nothing")


@contextmanager
def counting_statements() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_year_takes_so_many_statements_however_many_indicators_there_are(bureau: Unit) -> None:
    def statements() -> int:
        db.session.rollback()
        with counting_statements() as counted:
            for_year(2026)
        return len(counted)

    before = statements()
    for number in range(20):
        own_indicator(f"own-{number}", OfActivities((("drill", "lecture")[number % 2],)))
    assert statements() == before <= 19
