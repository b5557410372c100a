"""Numbers that no record holds: entered on one page or imported from a file, with all their history."""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from quizapp.accounts.models import AuditEntry, User
from quizapp.accounts.roles import Role
from quizapp.config import ROOT
from quizapp.extensions import db
from quizapp.reports.figures.closed import register_closed_reports
from quizapp.reports.figures.entering import NotEntered, Typed, enter
from quizapp.reports.figures.models import IndicatorEntry
from quizapp.reports.figures.queries import latest_values
from quizapp.reports.figures.reckoning import for_year
from tests.factories import PASSWORD, make_indicators, make_root, make_user
from tests.pages import Visitor
from tests.racing import AT_ONCE, at_once
from tests.reports.figures.recording import enter_number
from tests.reports.printing.reporting import report as report_by_hand

REFERENCE = ROOT.parent / "shared" / "reference" / "annual-report-2024-figures.csv"
CASES, FUNDS, AREA = "enforcement_cases", "relief_funds", "irrigated_area"


@pytest.fixture
def clerk(app: Flask, noon: datetime) -> User:
    """An organiser of the bureau, at noon of 10 March 2026."""
    make_root()
    make_indicators()
    return make_user("clerk", Role.ORGANISER)


@pytest.fixture
def closed_2025(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """2025 is closed, with 600 cases."""
    monkeypatch.setitem(app.extensions, "closed_reports", None)
    register_closed_reports(app, lambda year: report_by_hand({CASES: Decimal(600)}) if year == 2025 else None)


def typed(key: str, value: int | str | None, note: str = "", seen: int = 0) -> Typed:
    return Typed(key, None if value is None else Decimal(value), note, seen)


def entries() -> list[tuple[Any, ...]]:
    found = db.session.scalars(select(IndicatorEntry).order_by(IndicatorEntry.id)).all()
    rows = [(one.indicator_key, one.number, one.value, one.note) for one in found]
    db.session.commit()
    return rows


def test_only_what_changed_is_written(clerk: User) -> None:
    enter_number(CASES, 2025, 640, "台账")
    enter_number(FUNDS, 2025, 247)
    changed = enter(
        2025,
        [
            typed(CASES, 646, "台账", 1),
            typed(FUNDS, "247.00", "", 1),
            typed(AREA, None),
            typed("drills", None),
        ],
        clerk,
    )
    assert changed == [CASES]
    assert entries()[2:] == [(CASES, 2, 646, "台账")]
    assert db.session.scalars(select(AuditEntry.subject_id).where(AuditEntry.action == "enter")).all() == [
        f"{CASES}/2025"
    ]


def test_another_source_is_a_change_too_and_an_emptied_number_is_taken_back(clerk: User) -> None:
    enter_number(CASES, 2025, 640)
    assert enter(2025, [typed(CASES, 640, "执法台账", 1)], clerk) == [CASES]
    assert enter(2025, [typed(CASES, None, "执法台账", 2)], clerk) == [CASES]
    assert latest_values(2025) == {CASES: None}


def test_who_saw_an_older_number_is_told_and_nothing_is_written(clerk: User) -> None:
    enter_number(CASES, 2025, 640)
    enter_number(CASES, 2025, 646)
    with pytest.raises(NotEntered) as refusal:
        enter(2025, [typed(CASES, 650, "", 1), typed(FUNDS, 247)], clerk)
    assert refusal.value.complaints == {CASES: "这一项刚刚有人改过，现在是 646。请核对后重新保存。"}
    assert len(entries()) == 2


def test_who_changes_nothing_is_not_bothered_by_others(clerk: User) -> None:
    enter_number(CASES, 2025, 640)
    enter_number(CASES, 2025, 646)
    assert enter(2025, [typed(CASES, 640, "", 1)], clerk) == []


def test_of_several_who_enter_at_once_one_does(app: Flask, clerk: User) -> None:
    user_id = clerk.id
    db.session.rollback()

    def act(number: int) -> None:
        enter(2025, [typed(CASES, 600 + number)], db.session.get_one(User, user_id))

    assert at_once(app, act) == [*["NotEntered"] * (AT_ONCE - 1), "done"]
    assert len(entries()) == 1


def test_a_closed_year_is_changed_only_with_a_reason_of_its_own(clerk: User, closed_2025: None) -> None:
    enter_number(CASES, 2025, 600, "执法台账")
    for note in ("", "执法台账"):
        with pytest.raises(NotEntered, match="没有保存") as refusal:
            enter(2025, [typed(CASES, 601, note, 1)], clerk)
        assert "更正的原因" in refusal.value.complaints[CASES]
    assert enter(2025, [typed(CASES, 601, "漏登一件，法制科更正", 1)], clerk) == [CASES]
    assert enter(2024, [typed(CASES, 500)], clerk) == [CASES]


def test_the_page_keeps_what_was_typed_where_a_number_cannot_be_read(
    clerk: User, visitor: Callable[[], Visitor]
) -> None:
    person = visitor()
    person.log_in("clerk", PASSWORD)
    page = person.open("/figures/2025/enter")
    page = person.submit(page.own_form, **{f"value-{CASES}": "约600件", f"value-{FUNDS}": "247"})
    assert "“约600件”不是确切的数字" in page.text
    assert page.own_form.values[f"value-{CASES}"] == ["约600件"]
    assert page.own_form.values[f"value-{FUNDS}"] == ["247"]
    assert entries() == []
    page = person.submit(page.own_form, **{f"value-{CASES}": "646件", f"note-{CASES}": "执法台账"})
    assert "已保存 2 项。" in page.text
    assert entries() == [(CASES, 1, 646, "执法台账"), (FUNDS, 1, 247, "")]
    again = person.submit(person.open("/figures/2025/enter").own_form)
    assert "没有改动" in again.text


def test_of_two_pages_the_second_is_told_and_may_save_again(
    clerk: User, visitor: Callable[[], Visitor]
) -> None:
    person = visitor()
    person.log_in("clerk", PASSWORD)
    page = person.open("/figures/2025/enter")
    enter_number(CASES, 2025, 640)
    page = person.submit(page.own_form, **{f"value-{CASES}": "646"})
    assert "现在是 640" in page.text
    assert page.own_form.values[f"value-{CASES}"] == ["646"]
    page = person.submit(page.own_form)
    assert "已保存 1 项。" in page.text
    assert latest_values(2025) == {CASES: 646}


def test_the_figures_page_of_a_number_shows_its_history(clerk: User, visitor: Callable[[], Visitor]) -> None:
    enter(2025, [typed(CASES, 640, "初报")], clerk)
    db.session.commit()
    enter_number(CASES, 2025, 646, "核定")
    person = visitor()
    person.log_in("clerk", PASSWORD)
    text = person.open(f"/figures/2025/{CASES}").text
    assert text.index("核定") < text.index("初报")
    assert "Clerk" in text
    assert "命令行导入" in text


# --- flask reports import-indicators


def run(app: Flask, content: str | bytes, tmp_path: Path, *options: str, name: str = "数据.csv") -> Result:
    db.session.rollback()
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return app.test_cli_runner().invoke(args=["reports", "import-indicators", str(file), *options])


def test_a_file_is_imported_by_name_or_key(app: Flask, clerk: User, tmp_path: Path) -> None:
    rows = ["行政执法案件,646件,2025年,执法台账", f"{FUNDS},247,2025,", "抗旱灌溉面积,300,2024,农业股"]
    content = "\n".join(["指标,数值,年度,来源", *rows])
    done = run(app, content, tmp_path)
    assert done.exit_code == 0, done.output
    assert done.output.strip() == "读出 3 项，写入 3 项，0 项与已有的相同。"
    assert for_year(2025)[CASES].value == 646
    assert latest_values(2024) == {AREA: 300}
    db.session.rollback()
    assert "0 项，3 项与已有的相同" in run(app, content, tmp_path).output.replace("写入 ", "")


def test_a_workbook_is_imported_and_its_year_told(app: Flask, clerk: User, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["indicator", "value", "note"])
        sheet.write_row(1, 0, ["行政执法案件", 646, "台账"])
        sheet.write_row(2, 0, ["发放应急救助资金", 246.5])
    done = run(app, buffer.getvalue(), tmp_path, "--year", "2025", name="数据.xlsx")
    assert done.exit_code == 0, done.output
    assert latest_values(2025) == {CASES: 646, FUNDS: Decimal("246.5")}


def test_each_row_that_cannot_be_taken_is_named_and_nothing_is_written(
    app: Flask, clerk: User, tmp_path: Path
) -> None:
    rows = [
        "行政执法案件,646,2025",
        "行政执法案件,640,2025",
        "媒体发稿,143,2025",
        "行政许可占比,32.8,2025",
        "没有的指标,1,2025",
        "抗旱灌溉面积,300余,2025",
        "发放应急救助资金,247,2099",
        "发放棉衣棉被,2620,",
        "矿山检查复查,,2025",
    ]
    done = run(app, "\n".join(["指标,数值,年度", *rows]), tmp_path)
    assert done.exit_code == 2
    for said in (
        "第3行：与第2行是同一指标",
        "第4行：“媒体发稿”由系统统计或计算得出",
        "第5行：“行政许可占比”由系统统计或计算得出",
        "第6行：没有“没有的指标”这个指标",
        "第7行：“300余”不是确切的数字",
        "第8行：年度 2099 不在 2000 至 2026 之间",
        "第9行：没有写年度",
        "第10行：请填写数字",
        "有 8 行不能导入，什么都没有写入",
    ):
        assert said in done.output
    assert entries() == []


def test_a_closed_year_is_not_changed_by_a_file_without_a_reason(
    app: Flask, clerk: User, closed_2025: None, tmp_path: Path
) -> None:
    done = run(app, "指标,数值,年度\n行政执法案件,646,2025\n", tmp_path)
    assert done.exit_code == 2
    assert "第2行：2025 年已经封账" in done.output
    assert entries() == []


def test_a_file_without_numbers_is_told_what_it_lacks(app: Flask, clerk: User, tmp_path: Path) -> None:
    for content in ("指标,行文\n行政执法案件,646件\n", "甲,乙\n1,2\n"):
        done = run(app, content, tmp_path, "--year", "2025")
        assert done.exit_code == 2
        assert "没有找到“指标”和“数值”两列" in done.output
    assert run(app, b"%PDF-1.7", tmp_path).exit_code == 2
    missing = app.test_cli_runner().invoke(args=["reports", "import-indicators", str(tmp_path / "无.csv")])
    assert "无法读取" in missing.output


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference is not on this machine")
def test_the_reference_table_holds_only_printed_words_and_that_is_said(
    app: Flask, clerk: User, tmp_path: Path
) -> None:
    done = run(app, REFERENCE.read_bytes(), tmp_path, "--year", "2024")
    assert done.exit_code == 2
    assert "行文写法（如 10万余件）不是确数" in done.output
