"""From a file to records and back, as the services do it."""

import pytest
from flask import Flask

from quizapp.accounts.roles import Role
from quizapp.core.jobs.queries import find_latest_job
from quizapp.errors import NotFound, QuizError
from quizapp.extensions import db
from quizapp.ledgers import confirming, mending, queries, reading
from quizapp.ledgers.ledger import Ledger, find_ledger, ledgers_of
from quizapp.ledgers.standing import ImportState
from tests.factories import make_unit, make_user
from tests.ledgers.fake import (
    TEXT,
    TOO_LATE,
    UNWRITABLE,
    bring,
    confirm,
    events,
    fresh,
    rows,
    run_jobs,
    standings,
    undo,
)


def test_a_file_is_read_and_each_row_judged(app: Flask, ledger: Ledger) -> None:
    begun = bring(make_user(role=Role.PUBLICIST))
    assert (begun.state, begun.found, begun.imported) == (ImportState.PREVIEW, 4, 0)
    assert standings(begun) == ["ready", "ready", "faulty", "caution"]
    faulty, repeated = rows(begun)[2:]
    assert (faulty.where, faulty.problems) == ("第4行", {"日期": "请填写。"})
    assert repeated.cautions == ["与前面的一行重复。"]
    assert events() == []


def test_what_is_confirmed_is_written_once_in_the_order_of_the_file(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    begun = confirm(bring(actor), actor)
    assert (begun.state, begun.imported, begun.state_label) == (ImportState.PREVIEW, 3, "已导入")
    assert standings(begun) == ["imported", "imported", "faulty", "imported"]
    assert events() == ["甲", "乙", "甲"]
    with pytest.raises(confirming.NothingReady):
        confirming.ask_confirmation(begun, actor)


def test_a_mended_row_keeps_what_was_typed_and_is_confirmed_later(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    begun = confirm(bring(actor), actor)
    faulty = rows(begun)[2]
    mending.mend(begun, faulty, {"日期": "三月上旬"}, actor)
    assert (faulty.standing, faulty.cells["日期"], faulty.cells["活动名称"]) == ("faulty", "三月上旬", "丙")
    assert "没有读懂日期" in faulty.problems["日期"]
    mending.mend(begun, faulty, {"日期": "2026-3-5"}, actor)
    assert (faulty.standing, faulty.problems) == ("ready", {})
    db.session.commit()
    begun = confirm(begun, actor)
    assert begun.imported == 4
    assert events() == ["甲", "乙", "甲", "丙"]
    with pytest.raises(mending.NotInPreview):
        mending.mend(begun, rows(begun)[2], {"日期": "2026-3-6"}, actor)


def test_an_excluded_row_is_not_written_until_it_is_included_again(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    begun = bring(actor)
    mending.exclude(begun, rows(begun)[:3])
    db.session.commit()
    begun = confirm(begun, actor)
    assert standings(begun) == ["excluded", "excluded", "excluded", "imported"]
    mending.include(begun, rows(begun), actor)
    assert standings(begun) == ["ready", "ready", "faulty", "imported"]


def test_a_row_that_cannot_be_written_says_why_and_keeps_no_other_back(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    text = f"名称,日期\n甲,2026-3-1\n{UNWRITABLE},2026-3-2\n乙,2026-3-3\n"
    begun = confirm(bring(actor, text), actor)
    assert standings(begun) == ["imported", "faulty", "imported"]
    assert rows(begun)[1].problems == {"": "这个月已经封账。请改日期。"}
    assert events() == ["甲", "乙"]


def test_undoing_erases_what_can_be_erased_and_says_of_the_rest_why_not(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    text = f"名称,日期\n甲,2026-3-1\n{TOO_LATE},2026-3-2\n乙,2026-3-3\n"
    begun = undo(confirm(bring(actor, text), actor), actor)
    assert events() == [TOO_LATE]
    assert (begun.state, begun.imported) == (ImportState.PREVIEW, 1)
    assert standings(begun) == ["excluded", "imported", "excluded"]
    assert rows(begun)[1].cautions == ["没有撤销：已经审核，不能删除。"]


def test_an_import_undone_as_a_whole_leaves_nothing(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    begun = undo(confirm(bring(actor), actor), actor)
    assert (begun.state, begun.imported, begun.content, rows(begun), events()) == (
        ImportState.UNDONE,
        0,
        None,
        [],
        [],
    )
    with pytest.raises(mending.NotInPreview):
        confirming.ask_undo(begun, actor)


def test_an_import_is_given_up_while_nothing_of_it_stands(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    begun = bring(actor)
    mending.discard(begun)
    assert (begun.state, rows(begun)) == (ImportState.DISCARDED, [])
    db.session.commit()
    with pytest.raises(mending.NotInPreview, match="撤销导入"):
        mending.discard(confirm(bring(actor), actor))


def test_what_is_said_of_a_heading_is_remembered_for_this_and_later_files(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    text = "活动名称,哪天（阳历）,人数,备注\n甲,2026-3-1,9,老张\n"
    begun = bring(actor, text)
    assert standings(begun) == ["faulty"]
    assert [one["heading"] for one in begun.unknown_headings] == ["哪天（阳历）", "备注"]
    reading.remember_headings(begun, {"哪天（阳历）": "日期", "备注": "-"}, actor.id)
    db.session.commit()
    run_jobs()
    begun = fresh(begun.id)
    assert (standings(begun), begun.unknown_headings) == (["ready"], [])
    assert standings(bring(actor, text.replace("（阳历）", " "))) == ["ready"]
    begun = confirm(fresh(begun.id), actor)
    with pytest.raises(reading.AlreadyConfirmed):
        reading.remember_headings(begun, {"备注": "人数"}, actor.id)


def test_the_same_file_twice_is_known(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    first = confirm(bring(actor), actor)
    assert queries.find_import_of_file(first) is None
    again = queries.find_import_of_file(bring(actor))
    assert again is not None
    assert again.id == first.id
    assert queries.find_import_of_file(bring(actor, TEXT + "丁,2026-3-9,,\n")) is None


def test_a_file_that_cannot_be_read_says_why(app: Flask, ledger: Ledger) -> None:
    actor = make_user(role=Role.PUBLICIST)
    with pytest.raises(reading.CannotRead, match="空的"):
        reading.begin_import(ledger, "a.xlsx", b"", actor.id)
    begun = reading.begin_import(ledger, "../甲.csv", b"\x80\xff\x00", actor.id)
    db.session.commit()
    run_jobs()
    begun = fresh(begun.id)
    assert (begun.state, begun.file_name, begun.content) == (ImportState.UNREADABLE, "甲.csv", None)
    assert "读不出文字" in begun.notes[0]["reason"]


def test_only_who_brought_an_import_and_administrators_above_see_it(app: Flask, ledger: Ledger) -> None:
    township, other = make_unit(), make_unit()
    author = make_user("zhang", Role.PUBLICIST, unit=township)
    begun = bring(author)
    sees = {
        "boss": make_user("boss", Role.ADMINISTRATOR),
        "chief": make_user("chief", Role.ADMINISTRATOR, unit=township),
    }
    blind = {
        "colleague": make_user("colleague", Role.PUBLICIST, unit=township),
        "stranger": make_user("stranger", Role.ADMINISTRATOR, unit=other),
        "organiser": make_user("organiser", Role.ORGANISER),
    }
    for actor in (author, *sees.values()):
        assert queries.get_import_for(actor, begun.id) == begun
        assert [one.id for one, _ in queries.list_imports_for(actor, ledger.key)] == [begun.id]
    for actor in blind.values():
        with pytest.raises(NotFound):
            queries.get_import_for(actor, begun.id)
        assert queries.list_imports_for(actor, ledger.key) == []


def test_ledgers_are_found_by_key_and_by_who_may_import_them(app: Flask, ledger: Ledger) -> None:
    assert find_ledger("events") == ledger
    with pytest.raises(NotFound):
        find_ledger("nothing")
    assert ledger in ledgers_of(make_user("zhang", Role.PUBLICIST))
    organiser = make_user("li", Role.ORGANISER)
    assert ledger not in ledgers_of(organiser)
    with pytest.raises(NotFound):
        queries.get_ledger_for(organiser, "events")


def test_a_confirmation_that_fails_for_good_opens_the_import_again(
    app: Flask, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = make_user(role=Role.PUBLICIST)
    begun = bring(actor)

    def fail(*_: object) -> None:
        raise QuizError("暂时不能写入。")

    monkeypatch.setattr(confirming, "_write", fail)
    begun = confirm(begun, actor)
    job = find_latest_job((confirming.CONFIRM_JOB,), begun.id)
    assert job is not None
    assert (begun.state, job.error, events()) == (ImportState.PREVIEW, "暂时不能写入。", [])
