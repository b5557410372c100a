"""Closing a year: once, whole, by its own evidence; issued again byte for byte, corrected beside."""

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import docx
import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from quizapp.accounts.models import AuditEntry, User
from quizapp.accounts.roles import Role
from quizapp.core.jobs.models import Job, JobState
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials.queries import find_latest_movement
from quizapp.publicity.reviewing.amending import confirm_amendment, propose, propose_void
from quizapp.publicity.reviewing.reviewing import confirm
from quizapp.publicity.workflow import State
from quizapp.reports.closing import closing, issuing, proving, queries
from quizapp.reports.closing.closing import AlreadyClosed, NotConfirmed, NotEnded, ask_close
from quizapp.reports.closing.happened import list_changes
from quizapp.reports.closing.models import ClosedFile, ReportTemplate, YearClose
from quizapp.reports.closing.showing import show_annual, show_unfinished
from quizapp.reports.closing.verifying import find_first_difference
from quizapp.reports.figures.reckoning import for_year
from quizapp.reports.printing import document
from tests.factories import make_activity, make_release, make_user
from tests.racing import AT_ONCE, at_once
from tests.reports.closing.closed_year import JANUARY, YEAR, close, enter, record_year, run_jobs

SetClock = Callable[[datetime], None]
ENDINGS = ("docx", "xlsx", "json")


@pytest.fixture
def boss(app: Flask, set_clock: SetClock) -> User:
    """The administrator of the bureau, in January after the year."""
    set_clock(JANUARY)
    return make_user("boss", Role.ADMINISTRATOR)


@pytest.fixture
def reviewer(boss: User) -> User:
    """Somebody else who confirms."""
    return make_user("reviewer", Role.REVIEWER)


@pytest.fixture
def closed(boss: User) -> YearClose:
    """A closed year."""
    record_year(boss)
    close(boss)
    found = queries.find_close(YEAR)
    assert found is not None
    assert found.closed_at is not None
    return found


def later(set_clock: SetClock, days: int = 30) -> None:
    set_clock(JANUARY + timedelta(days=days))


def test_a_close_freezes_figures_evidence_and_files(closed: YearClose, boss: User) -> None:
    assert (closed.cut_off, closed.closed_at, closed.closed_by) == (JANUARY, JANUARY, boss.id)
    report = queries.find_closed_report(YEAR)
    assert report is not None
    values = {key: report[key].value for key in ("drills", "releases", "licence_share")}
    assert values == {"drills": Decimal(3), "releases": Decimal(2), "licence_share": Decimal("25.0")}
    for file in queries.list_files(YEAR):
        issued = issuing.issue(YEAR, file.ending)
        assert (len(issued), hashlib.sha256(issued).hexdigest()) == (file.size, file.digest)
    assert [file.ending for file in queries.list_files(YEAR)] == ["docx", "json", "xlsx"]
    entries = select(AuditEntry.action).where(AuditEntry.subject_type == "year").order_by(AuditEntry.id)
    assert db.session.scalars(entries).all() == ["ask_close", "close"]
    assert proving.find_fault(YEAR) is None


def test_it_is_issued_as_the_same_bytes_whatever_becomes_of_data_template_and_code(
    closed: YearClose, boss: User, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {ending: issuing.issue(YEAR, ending) for ending in ENDINGS}
    later(set_clock)
    db.session.execute(update(Activity).values(sessions=9))
    make_release(day=date(YEAR, 3, 3), recorder=boss)
    db.session.add(
        ReportTemplate(file_name="x", content=b"x", digest="0" * 64, uploaded_by=boss.id, uploaded_at=JANUARY)
    )
    db.session.commit()
    monkeypatch.setattr(document, "write_document", lambda *_: b"of a later version")
    assert {ending: issuing.issue(YEAR, ending) for ending in ENDINGS} == before
    assert proving.find_fault(YEAR) is None


def test_of_several_who_close_at_once_one_wins(app: Flask, boss: User) -> None:
    record_year(boss)
    boss_id = boss.id

    def act(_number: int) -> None:
        ask_close(YEAR, str(YEAR), db.session.get_one(User, boss_id))

    assert at_once(app, act) == ["AlreadyClosed"] * (AT_ONCE - 1) + ["done"]
    run_jobs()
    assert proving.find_fault(YEAR) is None
    assert len(db.session.scalars(select(YearClose.year)).all()) == 1


def test_it_is_closed_once_and_never_again(closed: YearClose, boss: User) -> None:
    with pytest.raises(AlreadyClosed):
        ask_close(YEAR, str(YEAR), boss)
    db.session.rollback()
    closing.give_up_close(YEAR, "")
    assert queries.find_close(YEAR) is not None


@pytest.mark.parametrize("typed", ["", "2024", "25", "２０２５", "是"])
def test_the_year_must_be_typed(boss: User, typed: str) -> None:
    with pytest.raises(NotConfirmed):
        ask_close(YEAR, typed, boss)


def test_a_year_is_closed_from_its_end_in_shanghai_on(boss: User, set_clock: SetClock) -> None:
    set_clock(datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC))
    with pytest.raises(NotEnded):
        ask_close(YEAR, str(YEAR), boss)
    set_clock(datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
    ask_close(YEAR, str(YEAR), boss)


def test_a_closed_row_is_whole_or_only_asked_for(boss: User) -> None:
    db.session.add(YearClose(year=YEAR, closed_by=boss.id, asked_at=JANUARY, closed_at=JANUARY))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_where_the_template_cannot_print_it_the_year_stays_open_and_says_why(boss: User) -> None:
    record_year(boss)
    template = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("{{ 早先的指标 }}")
    made.save(template)
    db.session.add(
        ReportTemplate(
            file_name="模板.docx",
            content=template.getvalue(),
            digest="0" * 64,
            uploaded_by=boss.id,
            uploaded_at=JANUARY,
        )
    )
    db.session.commit()
    close(boss)
    job = db.session.scalars(select(Job)).one()
    assert job.state == JobState.FAILED
    assert "早先的指标" in job.error
    assert queries.find_close(YEAR) is None
    db.session.execute(delete(ReportTemplate))
    db.session.commit()
    close(boss)
    assert proving.find_fault(YEAR) is None


def test_a_figure_that_its_evidence_does_not_give_is_not_closed(
    boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_year(boss)
    monkeypatch.setattr(issuing, "evidence_of", lambda _year, _key: iter(()))
    close(boss)
    job = db.session.scalars(select(Job)).one()
    assert job.state == JobState.FAILED
    assert "由依据重算为" in job.error
    assert queries.find_close(YEAR) is None


def test_what_is_unfinished_is_told_before(boss: User) -> None:
    record_year(boss)
    make_activity("lecture", day=date(YEAR, 5, 1), state=State.SUBMITTED, title="待审讲座", recorder=boss)
    make_activity("lecture", day=date(YEAR + 1, 1, 1), state=State.SUBMITTED, recorder=boss)
    make_release(day=date(YEAR, 5, 1), state=State.RETURNED, recorder=boss)
    unfinished = show_unfinished(YEAR)
    assert [(one.label, one.count) for one in unfinished.waiting] == [
        ("宣传活动：待审核", 1),
        ("媒体发稿：已退回", 1),
    ]
    assert next(rows[0].title for _, rows in unfinished.named) == "待审讲座"
    names = {figure.indicator.key for figure in unfinished.missing}
    assert "relief_funds" in names
    assert "licence_cases" not in names


def test_what_changes_after_stands_beside_the_closed_figure_with_its_reason(
    closed: YearClose, boss: User, reviewer: User, set_clock: SetClock
) -> None:
    later(set_clock)
    first, second, third = db.session.scalars(select(Activity).order_by(Activity.id))
    confirm_amendment(propose(first, {"sessions": 5}, "漏记四场", boss), reviewer)
    confirm_amendment(propose_void(second, "重复登记", boss), reviewer)
    confirm_amendment(propose(third, {"begins_on": date(YEAR + 1, 1, 2), "ends_on": date(YEAR + 1, 1, 2)},
                              "记错年份", boss), reviewer)  # fmt: skip
    make_release(day=date(YEAR, 7, 1), title="晚到的稿件", decided_by=reviewer.id, recorder=boss,
                 decided_at=JANUARY + timedelta(days=30))  # fmt: skip
    db.session.commit()
    enter("licence_cases", 2, boss, "复核后改为两件")

    page = show_annual(YEAR)
    assert page.report["drills"].value == 3
    words = {one.indicator.key: one.words for one in page.recount.differences}
    assert words["drills"] == "更正后 5次（+2）"
    assert words["releases"] == "更正后 3篇（+1）"
    assert words["licence_share"] == "更正后 50.0%（+25）"
    behind = [(one.act, one.title, one.who) for one in page.changes_of("drills")]
    assert sorted(behind) == sorted(
        [("更正", "1月演练", "Reviewer"), ("作废", "6月演练", "Reviewer"), ("更正", "12月演练", "Reviewer")]
    )
    (late,) = page.changes_of("releases")
    assert (late.act, late.title, late.reason) == ("补充确认", "晚到的稿件", "封账后才审核确认")
    (entry,) = page.changes_of("licence_share")
    assert (entry.act, entry.reason) == ("补充填报", "复核后改为两件")


def test_what_was_done_before_the_close_is_no_change_of_it(
    closed: YearClose, boss: User, set_clock: SetClock
) -> None:
    later(set_clock)
    assert list_changes(YEAR, closed.cut_off or JANUARY) == []
    assert show_annual(YEAR).recount.differences == ()


def test_a_record_moved_into_a_closed_year_is_a_change_of_it(
    closed: YearClose, boss: User, reviewer: User, set_clock: SetClock
) -> None:
    later(set_clock)
    drill = make_activity("drill", day=date(YEAR + 1, 1, 2), recorder=boss)
    moved = {"begins_on": date(YEAR, 12, 31), "ends_on": date(YEAR, 12, 31)}
    confirm_amendment(propose(drill, moved, "记错年份", boss), reviewer)
    db.session.commit()
    page = show_annual(YEAR)
    assert [one.words for one in page.recount.differences] == ["更正后 4次（+1）"]
    assert [one.title for one in page.changes_of("drills")] == [drill.title]


def test_the_next_report_cites_what_became_known_of_the_year_before(
    closed: YearClose, boss: User, set_clock: SetClock
) -> None:
    later(set_clock)
    assert issuing.report_of_now(YEAR + 1).corrections == ()
    make_release(day=date(YEAR, 7, 1), recorder=boss)
    sentence = f"{YEAR}年“媒体发稿”封账数为2篇，更正后为3篇（+1）。"
    assert issuing.report_of_now(YEAR + 1).corrections == (sentence,)
    written = docx.Document(io.BytesIO(issuing.issue(YEAR + 1, "docx")))
    paragraphs = [paragraph.text for paragraph in written.paragraphs]
    assert paragraphs[paragraphs.index("四、上年数据更正") + 1] == sentence


def test_without_corrections_the_report_has_no_place_for_them(boss: User) -> None:
    written = docx.Document(io.BytesIO(issuing.issue(YEAR, "docx")))
    assert not [one for one in written.paragraphs if "更正" in one.text]


def test_an_open_year_is_written_as_it_stands(boss: User) -> None:
    record_year(boss)
    assert '"closed_at":null' in issuing.issue(YEAR, "json").decode()
    make_release(day=date(YEAR, 7, 1), recorder=boss)
    assert issuing.report_of(YEAR)["releases"].value == 3


def test_whatever_was_kept_differently_is_found(closed: YearClose) -> None:
    for ending, name in (("docx", "年度报告"), ("xlsx", "年度报告数据")):
        file = db.session.get_one(ClosedFile, (YEAR, ending))
        kept = file.content
        file.content = kept[:-1] + bytes([kept[-1] ^ 1])
        db.session.commit()
        assert proving.find_fault(YEAR) == f"{name}（{ending}）与封账时的校验码不一致。"
        file.content = kept
        db.session.commit()
    assert proving.find_fault(YEAR) is None


def test_a_figure_changed_in_the_database_is_found(closed: YearClose) -> None:
    report = dict(queries.find_kept_report(YEAR) or {})
    figures = [dict(figure) for figure in report["figures"]]
    next(one for one in figures if one["key"] == "releases")["value"] = "20"
    db.session.execute(update(YearClose).values(report={**report, "figures": figures}))
    db.session.commit()
    assert proving.find_fault(YEAR) == "“媒体发稿”在页面上显示的内容与封账的依据文件不一致。"


def test_while_a_year_is_read_others_write(boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The freeze sees one moment; what is written meanwhile is neither kept out nor counted in half."""
    record_year(boss)

    def interrupted(year: int) -> object:
        report = for_year(year)
        with db.engine.begin() as another:
            another.execute(text("UPDATE activities SET sessions = 7"))
        return report

    monkeypatch.setattr(issuing, "for_year", interrupted)
    close(boss)
    closed_report = queries.find_closed_report(YEAR)
    assert closed_report is not None
    assert closed_report["drills"].value == 3
    assert proving.find_fault(YEAR) is None
    monkeypatch.undo()
    assert for_year(YEAR)["drills"].value == 21


def test_what_is_confirmed_and_entered_while_a_year_is_frozen_counts_whole_or_not_at_all(
    app: Flask, boss: User, reviewer: User
) -> None:
    record_year(boss)
    waiting = [
        make_activity("drill", day=date(YEAR, 5, 1), state=State.SUBMITTED, recorder=boss).id
        for _ in range(12)
    ]
    frozen: list[closing.Frozen] = []

    def act(number: int) -> None:
        if number == 0:
            frozen.extend(closing.freeze(YEAR) for _ in range(2))
            return
        for activity_id in waiting[number - 1 :: 3]:
            found = db.session.get_one(Activity, activity_id, populate_existing=True)
            confirm(found, reviewer, found.version, find_latest_movement())
            if number == 1:
                enter("licence_cases", 1 + activity_id, boss)
            db.session.commit()

    db.session.commit()
    assert at_once(app, act) == ["done"] * AT_ONCE
    for one in frozen:
        held = {file.ending: file for file in one.files}
        assert find_first_difference(held["json"]) is None
        assert (one.report["drills"].value or 0) >= 3
    assert for_year(YEAR)["drills"].value == 15
