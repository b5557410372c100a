import socket
from pathlib import Path

import pytest
from click import ClickException
from flask import Flask
from sqlalchemy import func, select

from quizapp import cli, create_app
from quizapp.accounts.models import User
from quizapp.campaigns.channels import find_open
from quizapp.campaigns.models import Campaign
from quizapp.core.database import Base
from quizapp.extensions import db
from quizapp.first_run import Beginnings, prepare
from tests.conftest import SETTINGS
from tests.factories import make_user


def prepare_and_commit(app: Flask, bank_folder: Path) -> Beginnings:
    made = prepare(bank_folder, app.config["DATA_KEY"], "某县应急管理局")
    db.session.commit()
    return made


def row_counts() -> dict[str, int | None]:
    tables = Base.metadata.sorted_tables
    counts = {table.name: db.session.scalar(select(func.count()).select_from(table)) for table in tables}
    db.session.rollback()
    return counts


def test_a_new_installation_has_banks_an_administrator_and_an_open_sample(
    app: Flask, bank_folder: Path
) -> None:
    made = prepare_and_commit(app, bank_folder)
    assert [loaded.added for loaded in made.loaded] == [12, 12]
    administrator = db.session.scalars(select(User)).one()
    assert (administrator.username, administrator.postings_label) == ("admin", "某县应急管理局管理员")
    assert administrator.must_change_password
    assert made.first_password
    assert made.sample
    snapshot = find_open(made.sample.code).snapshot
    assert snapshot.is_sample
    assert snapshot.rules.question_count == 10
    assert snapshot.rules.full_score == 100


def test_a_second_run_changes_nothing_and_shows_no_password(app: Flask, bank_folder: Path) -> None:
    first = prepare_and_commit(app, bank_folder)
    before = row_counts()
    second = prepare_and_commit(app, bank_folder)
    assert row_counts() == before
    assert second.first_password is None
    assert second.loaded == []
    assert first.sample
    assert second.sample
    assert second.sample.code == first.sample.code


def test_an_upgrade_that_brings_questions_publishes_the_sample_again(app: Flask, bank_folder: Path) -> None:
    first = prepare_and_commit(app, bank_folder)
    file = bank_folder / "work-safety-law" / "02-new.txt"
    file.write_text("1. 新版本带来的题\n答案:对\n", encoding="utf-8")
    assert [loaded.sentence for loaded in prepare_and_commit(app, bank_folder).loaded] == ["载入 1 题。"]
    assert first.sample
    snapshot = find_open(first.sample.code).snapshot
    assert snapshot.number == 2
    assert "新版本带来的题" in {revision.stem for revision in snapshot.revisions.values()}


def test_an_upgrade_leaves_a_sample_alone_that_staff_have_begun_to_change(
    app: Flask, bank_folder: Path
) -> None:
    first = prepare_and_commit(app, bank_folder)
    sample = db.session.scalars(select(Campaign)).one()
    sample.title = "改了一半"
    (bank_folder / "work-safety-law" / "02-new.txt").write_text("1. 新题\n答案:对\n", encoding="utf-8")
    prepare_and_commit(app, bank_folder)
    assert first.sample
    assert find_open(first.sample.code).snapshot.number == 1


def test_an_installation_with_accounts_gets_no_other_administrator(app: Flask, bank_folder: Path) -> None:
    make_user("boss")
    assert prepare_and_commit(app, bank_folder).first_password is None


def test_without_questions_there_is_no_sample(app: Flask, tmp_path: Path) -> None:
    assert prepare_and_commit(app, tmp_path).sample is None
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 0


def test_the_terminal_shows_the_address_and_its_caution(
    app: Flask, bank_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = prepare_and_commit(app, bank_folder)
    assert made.sample
    cli._tell_address()
    shown = capsys.readouterr().out
    assert f"http://localhost/q/{made.sample.code}" in shown
    assert "手机打不开" in shown
    assert "█" in shown


def test_a_database_that_cannot_be_reached_is_told_in_a_sentence_without_its_password() -> None:
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://u:secret@127.0.0.1:1/x"})
    done = app.test_cli_runner().invoke(args=["prepare"])
    assert done.exit_code == 1
    assert "数据库打不开" in done.output
    assert "请检查 DATABASE_URL" in done.output
    assert "secret" not in done.output


def test_a_port_in_use_is_told_in_a_sentence(app: Flask) -> None:
    with socket.socket() as taken, pytest.raises(ClickException, match="已被占用"):
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        cli._refuse_taken_port("127.0.0.1", taken.getsockname()[1])
