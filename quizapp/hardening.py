"""What every answer carries, every change must prove and no request may exceed, whatever the view."""

import sys
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, request

from quizapp.core.database import SAFE_METHODS
from quizapp.core.uploads import MAX_BYTES, TAKES_FILES
from quizapp.errors import QuizError
from quizapp.inlining import content_security_policy

FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": that makes browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class BoundedRequest(Request):
    """A request whose body may be as long as its view expects: a form, or a form with files."""

    def _bound(self, usual: int | None, files: int) -> int | None:
        """``usual``, and as much of the view's files as ``files`` allows."""
        view = current_app.view_functions.get(self.endpoint or "")
        expected = getattr(view, TAKES_FILES, 0)
        return min(expected, files) + (usual or 0) if expected else usual

    @property  # type: ignore[misc]  # nobody sets it for one request
    def max_content_length(self) -> int | None:  # type: ignore[override]
        """Bytes of the whole body."""
        return self._bound(super().max_content_length, sys.maxsize)

    @property  # type: ignore[misc]
    def max_form_memory_size(self) -> int | None:  # type: ignore[override]
        """Bytes of what is no file: pasted text is as welcome as a file of it."""
        return self._bound(super().max_form_memory_size, MAX_BYTES)


class ForeignForm(QuizError):
    """A form that another site sent in this person's name."""

    status = 403
    title = "来源不明的提交"
    advice = "请从本站页面提交；参加答题请重新扫码。"


def refuse_foreign_forms() -> None:
    """Refuse a change whose page stands on another host.

    Browsers send Origin (or at least Referer) with every form post and a page can't
    forge it. Public forms have no session to hold a token, so this guards 开始答题;
    the submit is guarded by its signed paper token too, staff forms by Flask-WTF.
    """
    if request.method in SAFE_METHODS:
        return
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if source is None:
        return
    own = {request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc}
    if urlsplit(source).netloc not in own:
        raise ForeignForm


def add_security_headers(response: Response) -> Response:
    """Add the fixed headers, the page's policy and, on https, HSTS; pages are not stored by caches."""
    for name, value in FIXED_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", content_security_policy())
    if current_app.config["PUBLIC_URL"].startswith("https:"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint not in {"static", "bootstrap.static"}:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def register_hardening(app: Flask) -> None:
    """Put these around every request."""
    app.request_class = BoundedRequest
    app.before_request(refuse_foreign_forms)
    app.after_request(add_security_headers)
