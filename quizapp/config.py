"""The only reader of the environment: every setting named, typed and documented.

``docs/deployment.md`` lists the same settings for operators; a test holds the two together.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from quizapp.core.network import local_address

ROOT = Path(__file__).resolve().parent.parent


class SettingError(Exception):
    """A setting that can't be used; its text tells the operator what to do."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, how it is read, its default and its meaning."""

    name: str
    read: Callable[[str], Any]
    default: str
    meaning: str


def _whole_number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("必须是正整数")
    return int(text)


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError("应形如 https://quiz.example.gov.cn")
    return text.rstrip("/")


SETTINGS = (
    Setting(
        "VAR_DIR",
        Path,
        str(ROOT / "var"),
        "Folder of the embedded database, the generated keys and the photos.",
    ),
    Setting("DATABASE_URL", str, "", "Database; the embedded SQLite under VAR_DIR when empty."),
    Setting("HOST", str, "0.0.0.0", "Address that the server listens on."),  # noqa: S104 - phones must reach it
    Setting("PORT", _whole_number, "8000", "Port that the server listens on."),
    Setting(
        "PUBLIC_URL",
        str,
        "",
        "Only source of absolute addresses and of codes; this machine's own when empty.",
    ),
    Setting("SECRET_KEY", str, "", "Signs sessions, cookies and papers; generated into VAR_DIR when empty."),
    Setting("DATA_KEY", str, "", "Fernet key that wraps campaign keys; generated into VAR_DIR when empty."),
    Setting("SITE_OWNER", str, "应急管理局", "主办单位, shown in the footer."),
    Setting("SITE_CONTACT", str, "", "联系方式, shown in the footer."),
    Setting("SITE_ICP", str, "", "ICP备案号, shown in the footer."),
    Setting("SITE_POLICE", str, "", "公安备案号, shown in the footer."),
    Setting("SITE_CODE", str, "", "政府网站标识码, shown in the footer."),
    Setting("PAPER_HOURS", _whole_number, "24", "Hours after its start for which a paper can be submitted."),
    Setting("SESSION_IDLE_MINUTES", _whole_number, "15", "Minutes after which an idle staff session ends."),
    Setting("LOGIN_FAILURES", _whole_number, "5", "Wrong passwords in a row that lock an account."),
    Setting("LOGIN_LOCK_MINUTES", _whole_number, "30", "Minutes for which a locked account stays locked."),
    Setting("SQLITE_BUSY_SECONDS", _whole_number, "10", "Seconds that a SQLite writer waits for another."),
    Setting(
        "SCAN_FLUSH_SECONDS", _whole_number, "1", "Seconds between writes of the scans counted in memory."
    ),
    Setting("WORKERS", str, "", "Server processes; 1 on SQLite, 2 on PostgreSQL when empty."),
)


def read_settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Read every setting and derive what Flask and its extensions need.

    Raises SettingError with a sentence that names the setting.
    """
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environ.get(setting.name, "").strip() or setting.default
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            raise SettingError(f"设置 {setting.name}={text!r} 无法使用：{error}") from error
    values["PUBLIC_URL_IS_GUESSED"] = not values["PUBLIC_URL"]
    try:
        values["PUBLIC_URL"] = _web_address(
            values["PUBLIC_URL"] or f"http://{local_address()}:{values['PORT']}"
        )
    except ValueError as error:
        raise SettingError(f"设置 PUBLIC_URL={values['PUBLIC_URL']!r} 无法使用：{error}") from error
    values["SECRET_KEY"] = values["SECRET_KEY"] or _kept_key(values["VAR_DIR"], "secret.key", _new_secret)
    values["DATA_KEY"] = values["DATA_KEY"] or _kept_key(values["VAR_DIR"], "data.key", _new_data_key)
    return values | _derived(values)


def _derived(values: Mapping[str, Any]) -> dict[str, Any]:
    secure = values["PUBLIC_URL"].startswith("https:")
    host = urlsplit(values["PUBLIC_URL"]).hostname or ""
    embedded = f"sqlite:///{values['VAR_DIR'] / 'quiz.sqlite3'}"
    return {
        "SQLALCHEMY_DATABASE_URI": _database_address(values["DATABASE_URL"] or embedded),
        "TRUSTED_HOSTS": [host, "localhost", "127.0.0.1", "[::1]"],
        "SESSION_COOKIE_NAME": "staff",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": values["SESSION_IDLE_MINUTES"] * 60,
        # Forms without a file, and a paper is a few kilobytes; see hardening.BoundedRequest.
        "MAX_CONTENT_LENGTH": 256 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open is still good; it ends with its session
        "WTF_I18N_ENABLED": False,  # messages come from WTForms' own Chinese catalogue
        "BOOTSTRAP_SERVE_LOCAL": True,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_MIN_SIZE": 500,
    }


def _database_address(address: str) -> str:
    for scheme in ("postgres://", "postgresql://"):
        if address.startswith(scheme):
            return "postgresql+psycopg://" + address.removeprefix(scheme)
    return address


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _new_data_key() -> str:
    return Fernet.generate_key().decode()


def _kept_key(folder: Path, name: str, make: Callable[[], str]) -> str:
    """Read a key from a file of mode 600, made once; the first of two racing processes wins."""
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingError(
            f"无法写入 {path}（{error.strerror}）。请检查目录权限，或设置 VAR_DIR。"
        ) from error
    key = path.read_text().strip()
    if not key:
        raise SettingError(f"{path} 是空文件。请从备份恢复；全新安装可删除它后重试。")
    return key
