import re
from base64 import b64encode
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp import create_app
from quizapp.config import ROOT
from quizapp.extensions import db
from quizapp.first_run import prepare
from tests.conftest import SETTINGS
from tests.factories import make_channel


def policy(response_headers: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in response_headers.split(";"))


def test_a_public_page_allows_just_the_style_and_script_that_stand_in_it(
    app: Flask, client: FlaskClient
) -> None:
    code = make_channel().code
    response = client.post(f"/q/{code}/paper")
    html = response.get_data(as_text=True)
    allowed = policy(response.headers["Content-Security-Policy"])
    for element, directive in (("style", "style-src"), ("script", "script-src")):
        bodies = re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)
        digests = [f"'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" for body in bodies]
        assert [allowed[directive]] == digests
    assert allowed["default-src"] == "'none'"
    assert not re.search(r'\s(style|onclick|onload)="', html)


def test_a_public_page_without_a_script_allows_none(app: Flask, client: FlaskClient) -> None:
    response = client.get(f"/q/{make_channel().code}")
    assert policy(response.headers["Content-Security-Policy"])["script-src"] == "'none'"


def test_a_staff_page_allows_its_own_hosts_files_only(app: Flask, client: FlaskClient) -> None:
    response = client.get("/login")
    allowed = policy(response.headers["Content-Security-Policy"])
    assert (allowed["style-src"], allowed["script-src"]) == ("'self'", "'self'")
    html = response.get_data(as_text=True)
    assert not re.search(r"<(style|script)>", html)
    assert not re.search(r'(src|href)="(https?:)?//', html)


@pytest.mark.parametrize("address", ["/login", "/q/ZZZZZZ", "/nowhere"])
def test_every_answer_bears_the_fixed_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_https_is_enforced_exactly_where_the_public_address_has_it() -> None:
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": "sqlite://", "PUBLIC_URL": "https://quiz.test"})
    headers = app.test_client().get("/login", base_url="https://localhost").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_another_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/login", base_url="http://evil.example").status_code == 400


def test_a_fault_gives_a_page_without_its_cause_and_touches_no_database(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret cause")

    monkeypatch.setattr("quizapp.campaigns.channels.find", fail)
    response = client.get("/q/ABCDEF")
    assert response.status_code == 500
    assert "系统出了点问题" in response.get_data(as_text=True)
    assert "secret cause" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("method", "address", "status", "words"),
    [("GET", "/nowhere", 404, "没有找到"), ("GET", "/logout", 405, "不能这样打开")],
)
def test_wrong_turns_have_pages_in_chinese(
    client: FlaskClient, method: str, address: str, status: int, words: str
) -> None:
    response = client.open(address, method=method)
    assert response.status_code == status
    assert words in response.get_data(as_text=True)


def test_a_form_that_is_too_large_says_so(client: FlaskClient) -> None:
    response = client.post("/login", data={"username": "x" * 300_000})
    assert response.status_code == 413
    assert "超过了上限" in response.get_data(as_text=True)


def test_the_papers_of_the_sample_are_at_most_14_kb_compressed(app: Flask, client: FlaskClient) -> None:
    sample = prepare(ROOT / "question_bank", app.config["DATA_KEY"], "应急管理局").sample
    db.session.commit()
    assert sample
    address = f"/q/{sample.code}/paper"
    for _ in range(20):
        response = app.test_client().post(address, headers={"Accept-Encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(response.data) < 14 * 1024
