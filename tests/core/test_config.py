import stat
from pathlib import Path

import pytest

from quizapp.config import ROOT, SETTINGS, SettingError, read_settings


def read(tmp_path: Path, **environ: str) -> dict[str, object]:
    return read_settings({"VAR_DIR": str(tmp_path), **environ})


def test_without_settings_the_database_and_keys_live_under_var(tmp_path: Path) -> None:
    values = read(tmp_path)
    assert values["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/quiz.sqlite3"
    assert values["SECRET_KEY"] == (tmp_path / "secret.key").read_text()
    assert stat.S_IMODE((tmp_path / "data.key").stat().st_mode) == 0o600


def test_generated_keys_stay_the_same(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert first["DATA_KEY"] == second["DATA_KEY"]


def test_given_keys_are_not_written(tmp_path: Path) -> None:
    read(tmp_path, SECRET_KEY="given", DATA_KEY="given too")
    assert not list(tmp_path.iterdir())


def test_an_empty_key_file_is_refused_rather_than_replaced(tmp_path: Path) -> None:
    (tmp_path / "data.key").touch()
    with pytest.raises(SettingError, match="空文件"):
        read(tmp_path)


def test_public_url_defaults_to_this_machine_and_the_port(tmp_path: Path) -> None:
    values = read(tmp_path, PORT="8123")
    assert str(values["PUBLIC_URL"]).endswith(":8123")
    assert values["SESSION_COOKIE_SECURE"] is False


def test_https_makes_cookies_secure_and_names_the_trusted_host(tmp_path: Path) -> None:
    values = read(tmp_path, PUBLIC_URL="https://quiz.example.gov.cn/")
    assert values["PUBLIC_URL"] == "https://quiz.example.gov.cn"
    assert values["SESSION_COOKIE_SECURE"] is True
    assert values["TRUSTED_HOSTS"] == ["quiz.example.gov.cn", "localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_reached_by_our_driver(tmp_path: Path, scheme: str) -> None:
    values = read(tmp_path, DATABASE_URL=f"{scheme}://u:p@db/quiz")
    assert values["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://u:p@db/quiz"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PUBLIC_URL", "quiz.example.gov.cn"),
        ("PUBLIC_URL", "https://quiz.example.gov.cn/sub"),
        ("PAPER_HOURS", "-1"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        read(tmp_path, **{name: value})


def test_every_setting_is_documented_for_operators() -> None:
    text = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert [setting.name for setting in SETTINGS if f"`{setting.name}`" not in text] == []
