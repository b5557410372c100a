"""The absolute address behind a code, and how far it reaches."""

from urllib.parse import urlsplit

from flask import current_app

from quizapp.core.network import reach_of


def scan_address(code: str) -> str:
    """The address that a code holds, under PUBLIC_URL."""
    return f"{current_app.config['PUBLIC_URL']}/q/{code}"


def caution() -> str | None:
    """What to know before a code is printed, where not every phone can reach PUBLIC_URL."""
    address = current_app.config["PUBLIC_URL"]
    reach = reach_of(urlsplit(address).hostname or "")
    if reach == "loopback":
        return f"这个二维码指向本机（{address}），手机打不开。请设置 PUBLIC_URL 后再打印。"
    if reach == "private":
        return (
            f"这个二维码指向内网地址（{address}），只有同一网络里的手机能打开。对外张贴前请设置 PUBLIC_URL。"
        )
    return None
