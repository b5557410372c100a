"""Styles and scripts put into a public page itself, allowed by their SHA-256 in the CSP.

A page that inlines nothing is allowed files from its own host only.
"""

import base64
import hashlib
from functools import cache

from flask import Flask, g
from markupsafe import Markup

from quizapp.config import ROOT

STATIC = ROOT / "static"


@cache
def _read(names: tuple[str, ...]) -> tuple[str, str]:
    """The text of some static files, one after the other, and its CSP source expression."""
    text = "".join((STATIC / name).read_text(encoding="utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return text, f"'sha256-{digest}'"


def inline_style(*names: str) -> Markup:
    """A style element holding the files ``static/<name>``."""
    text, g.inlined_style = _read(names)
    return Markup("<style>{}</style>").format(Markup(text))  # noqa: S704 - our own files


def inline_script(*names: str) -> Markup:
    """A script element holding the files ``static/<name>``."""
    text, g.inlined_script = _read(names)
    return Markup("<script>{}</script>").format(Markup(text))  # noqa: S704 - our own files


def content_security_policy() -> str:
    """The policy of the page just rendered."""
    style = g.get("inlined_style", "'self'")
    script = g.get("inlined_script", "'none'" if "inlined_style" in g else "'self'")
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {style}",
            f"script-src {script}",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def register_inlining(app: Flask) -> None:
    """Offer both to the templates."""
    app.jinja_env.globals.update(inline_style=inline_style, inline_script=inline_script)
