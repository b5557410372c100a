"""A year of a county, from its records to the printed report, its close and its proof, through the shell."""

import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from quizapp.accounts.models import Unit
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials import stock
from quizapp.publicity.materials.confirming import confirm_movements
from quizapp.publicity.materials.models import Material
from quizapp.publicity.materials.stock import Entry
from quizapp.reports.figures.indicators import BUILT_IN
from tests.factories import make_kind, make_root, make_user
from tests.reference_year import ENTERED, ITEMS, LEAFLETS, PRINTED, YEAR, make_year
from tests.reports.closing.closed_year import close, enter
from tests.reports.printing.test_document import WORDS

#: What stood in no book is handed out too, and taken back: it doesn't count.
MISTAKE = 5_000


def hand_out_the_year(root: Unit) -> None:
    """The bureau gets items and leaflets, issues them to its ten townships, which hand them out."""
    clerk = make_user("stock-clerk", Role.PUBLICIST)
    lesson_kind = make_kind("first_lesson").id
    lessons = db.session.scalars(
        select(Activity).where(Activity.kind_id == lesson_kind).order_by(Activity.id)
    ).all()
    new_year, handed_out = date(YEAR, 1, 1), []
    for category, portions in (("宣传品", ITEMS), ("宣传折页", LEAFLETS)):
        material = db.session.scalars(select(Material).where(Material.category == category)).one()
        stock.receive(Entry(root, material, new_year, sum(portions) + MISTAKE, clerk))
        for lesson, portion in zip(lessons, portions, strict=True):
            town = db.session.get_one(Unit, lesson.unit_id)
            stock.issue(Entry(root, material, new_year, portion, clerk), town)
            entry = Entry(town, material, lesson.begins_on, portion, clerk)
            handed_out.append(stock.hand_out(entry, lesson))
        wrong = stock.hand_out(Entry(root, material, new_year, MISTAKE, clerk), lessons[0])
        confirm_movements([wrong, stock.take_back(wrong, clerk, "记错了")], 2, clerk)
        # Handed out and never confirmed: it doesn't count either.
        stock.hand_out(Entry(root, material, new_year, 1, clerk), lessons[0])
    confirm_movements(handed_out, len(handed_out), make_user("stock-reviewer", Role.REVIEWER))
    db.session.commit()


@pytest.fixture
def _year(app: Flask) -> None:
    """The whole year."""
    hand_out_the_year(make_year())
    boss = make_user("year-boss", Role.ADMINISTRATOR)
    for key, value in ENTERED.items():
        enter(key, value, boss, year=YEAR)
    db.session.commit()


def sentences(content: bytes) -> str:
    """The text of a document."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def assert_prints_the_year(text: str) -> None:
    """Each of the 33 expressions stands right behind the words of its own indicator, whole."""
    printed = dict(PRINTED)
    for indicator in (one for one in BUILT_IN if one.section):
        expression = re.escape(printed.pop(indicator.name))
        assert re.search(rf"{WORDS[indicator.key]}{expression}(?![0-9.万亿余])", text), indicator.name
    assert not printed


@pytest.mark.usefixtures("_year")
def test_a_years_records_print_as_the_33_figures_of_the_report_and_stay_so_once_closed(
    app: Flask, tmp_path: Path
) -> None:
    shell = app.test_cli_runner()
    document, workbook = tmp_path / "annual.docx", tmp_path / "annual.xlsx"
    asked = ["reports", "annual", str(YEAR), "--docx", str(document), "--xlsx", str(workbook)]
    assert shell.invoke(args=asked).exit_code == 0
    assert_prints_the_year(sentences(document.read_bytes()))
    sheet = load_workbook(workbook)["指标"]
    names = {row[1].value: row for row in sheet.iter_rows()}
    assert [cell.value for cell in names["发放宣传品"]][2:5] == [103_482, "件", "10万余件"]

    said = shell.invoke(args=["reports", "annual", str(YEAR), "--json"]).output
    evidence = json.loads(said)["evidence"]
    added = {key: sum(Decimal(row[-1]) for row in rows) for key, rows in evidence.items()}
    assert (added["items_handed_out"], added["releases"], added["participants"]) == (103_482, 143, 3_021)
    assert len(evidence["drills"]) == 312

    close(make_user("closer", Role.ADMINISTRATOR), YEAR)
    assert shell.invoke(args=asked).exit_code == 0
    kept = document.read_bytes()
    assert_prints_the_year(sentences(kept))
    hand_out_more()
    assert shell.invoke(args=asked).exit_code == 0
    assert document.read_bytes() == kept
    proven = shell.invoke(args=["reports", "verify", str(YEAR)])
    assert (proven.exit_code, "核对无误" in proven.output) == (0, True)


def hand_out_more() -> None:
    """Something of the closed year that becomes known too late."""
    clerk, reviewer = make_user("late-clerk", Role.PUBLICIST), make_user("late-reviewer", Role.REVIEWER)
    material = db.session.scalars(select(Material).where(Material.category == "宣传品")).one()
    lesson = db.session.scalars(
        select(Activity).where(Activity.kind_id == make_kind("first_lesson").id)
    ).first()
    assert lesson is not None
    entry = Entry(make_root(), material, date(YEAR, 12, 31), MISTAKE // 2, clerk)
    confirm_movements([stock.hand_out(entry, lesson)], 1, reviewer)
    db.session.commit()
