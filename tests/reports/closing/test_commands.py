"""``flask reports annual`` and ``flask reports verify``."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import docx
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import update

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.reports.closing import issuing
from quizapp.reports.closing.models import ClosedFile
from tests.factories import make_user
from tests.reports.closing.closed_year import JANUARY, YEAR, close, record_year


@pytest.fixture
def boss(app: Flask, set_clock: Callable[[datetime], None]) -> User:
    """The administrator of the bureau, in January after a recorded year."""
    set_clock(JANUARY)
    boss = make_user("boss", Role.ADMINISTRATOR)
    record_year(boss)
    return boss


def run(app: Flask, *words: str) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["reports", *words])


def test_an_open_year_is_written_as_it_stands_and_said_to_be_open(
    app: Flask, boss: User, tmp_path: Path
) -> None:
    place = tmp_path / "报告.docx"
    result = run(app, "annual", str(YEAR), "--docx", str(place))
    assert (result.exit_code, result.output) == (0, f"{YEAR}年（未封账）：{place}\n")
    assert any("媒体发稿2篇" in one.text for one in docx.Document(io.BytesIO(place.read_bytes())).paragraphs)


def test_a_closed_year_is_written_as_the_very_bytes(app: Flask, boss: User, tmp_path: Path) -> None:
    close(boss)
    places = {ending: tmp_path / f"a.{ending}" for ending in ("docx", "xlsx")}
    words = [word for ending, place in places.items() for word in (f"--{ending}", str(place))]
    result = run(app, "annual", str(YEAR), *words)
    assert "已封账" in result.output
    for ending, place in places.items():
        assert place.read_bytes() == issuing.issue(YEAR, ending)


def test_the_evidence_goes_to_the_screen_alone(app: Flask, boss: User, tmp_path: Path) -> None:
    close(boss)
    result = run(app, "annual", str(YEAR), "--json", "--xlsx", str(tmp_path / "a.xlsx"))
    assert result.exit_code == 0
    assert result.stdout_bytes == issuing.issue(YEAR, "json")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["annual", "2025"], "--json"),
        (["annual", "2025", "--docx", "/nowhere/a.docx"], "无法写入 /nowhere/a.docx"),
        (["annual", "abc", "--json"], "abc"),
        (["verify", "2025"], "还没有封账"),
    ],
)
def test_what_cannot_be_done_is_told(app: Flask, boss: User, words: list[str], told: str) -> None:
    result = run(app, *words)
    assert result.exit_code == 2
    assert told in result.output


def test_a_closed_year_is_proven(app: Flask, boss: User) -> None:
    close(boss)
    result = run(app, "verify", str(YEAR))
    assert result.exit_code == 0
    assert "核对无误" in result.output


@pytest.mark.parametrize("ending", ["docx", "xlsx", "json"])
def test_a_closed_year_that_differs_names_what_does_and_exits_1(app: Flask, boss: User, ending: str) -> None:
    close(boss)
    db.session.execute(update(ClosedFile).where(ClosedFile.ending == ending).values(content=b"other"))
    db.session.commit()
    result = run(app, "verify", str(YEAR))
    assert result.exit_code == 1
    assert f"（{ending}）" in result.output
