from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from quizapp.extensions import db
from quizapp.laws.models import LawVersion
from tests.laws.test_importing import TEXT
from tests.laws.test_pages import AMENDED
from tests.laws.test_real_laws import LAWS, read


def load(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["laws", "import", *arguments])


def test_a_law_is_loaded_and_counted(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "law.md"
    file.write_text(TEXT, encoding="utf-8")
    done = load(app, str(file))
    assert done.exit_code == 0
    assert done.output == "《试验法》2023-04-05 版，自 2023-09-01 起施行：1 章，2 条。\n"
    assert db.session.query(LawVersion).one().imported_by is None


def test_what_cannot_be_loaded_exits_2_with_a_sentence(app: Flask, tmp_path: Path) -> None:
    files = {"amended.txt": AMENDED, "gap.txt": TEXT.replace("第二条", "第四条"), "whole.txt": TEXT}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert load(app, str(tmp_path / "whole.txt")).exit_code == 0
    for name, words in (
        ("amended.txt", "施行日期"),
        ("gap.txt", "条号从第一条跳到第四条"),
        ("whole.txt", "已经载入过"),
        ("none.txt", "无法读取"),
        (".", "无法读取"),
    ):
        done = load(app, str(tmp_path / name))
        assert done.exit_code == 2
        assert words in done.output
    assert db.session.query(LawVersion).count() == 1


def test_dates_may_be_given(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "law.txt"
    file.write_text(AMENDED, encoding="utf-8")
    assert load(app, str(file), "--in-force-from", "soon").exit_code == 2
    done = load(app, str(file), "--revised-on", "2023-04-06", "--in-force-from", "2023-09-01")
    assert "2023-04-06 版，自 2023-09-01 起施行" in done.output


@pytest.mark.parametrize(
    ("name", "options", "outcome"),
    [
        ("安全生产法-2021.md", ["--in-force-from", "2021-09-01"], "7 章，119 条"),
        ("突发事件应对法-2007.md", [], "2007-08-30 版，自 2007-11-01 起施行：7 章，70 条"),
        ("突发事件应对法-2024.md", [], "2024-06-28 版，自 2024-11-01 起施行：8 章，106 条"),
    ],
)
def test_real_laws_are_loaded_whole(app: Flask, name: str, options: list[str], outcome: str) -> None:
    read(name)  # skips where the texts are not on this machine
    done = load(app, str(LAWS / name), *options)
    assert done.exit_code == 0
    assert outcome in done.output
