"""Whatever is asked of a public address, the answer is a page and never a fault."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from quizapp.accounts.roles import Role
from tests.factories import PASSWORD, make_bank, make_channel, make_numbers_of_bank_pages, make_user
from tests.pages import Visitor

CALM = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
WILD = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
FIELDS = st.dictionaries(
    st.one_of(WILD, st.sampled_from(["token", "device", "q1", "username", "password", "csrf_token"])),
    st.lists(WILD, max_size=3),
    max_size=5,
)


@CALM
@given(code=WILD.filter(lambda text: "/" not in text), fields=FIELDS, cookie=st.text("aZ0.-_", max_size=40))
def test_wild_codes_cookies_and_forms_get_a_page(
    app: Flask, code: str, fields: dict[str, list[str]], cookie: str
) -> None:
    client = app.test_client()
    client.set_cookie("device", cookie, path="/q/")
    for path in ("", "/paper", "/result/1"):
        assert client.get(f"/q/{code}{path}").status_code < 500
    for path in ("/paper", "/result"):
        assert client.post(f"/q/{code}{path}", data=MultiDict(fields)).status_code < 500


@CALM
@given(fields=FIELDS)
def test_wild_forms_at_a_real_code_get_a_page(app: Flask, fields: dict[str, list[str]]) -> None:
    code = make_channel().code
    client = app.test_client()
    for path in ("/paper", "/result"):
        assert client.post(f"/q/{code}{path}", data=MultiDict(fields)).status_code < 500


@CALM
@given(username=WILD, password=WILD)
def test_wild_names_and_passwords_just_do_not_log_in(
    visitor: Callable[[], Visitor], username: str, password: str
) -> None:
    assert visitor().log_in(username, password).status == 200


@pytest.mark.parametrize("number", ["0", "2147483648", "9" * 30, "-1", "x"])
def test_numbers_that_no_record_has_are_not_found(visitor: Callable[[], Visitor], number: str) -> None:
    make_user("zhang")
    person = visitor()
    person.log_in("zhang", PASSWORD)
    code = make_channel().code
    for address in (f"/campaigns/{number}", f"/channels/{number}", f"/banks/{number}"):
        assert person.open(address).status == 404
    assert person.open(f"/q/{code}/result/{number}").status in {200, 404}


#: Addresses of staff pages with the names that they read.
QUERIES = {
    "/banks/{bank_id}": ("state", "kind", "words", "page"),
    "/imports/{import_id}": ("standing", "page"),
    "/imports/{import_id}/questions/1": ("inline",),
    "/law-versions/{version_id}/rechecks": ("touch",),
    "/law-versions/{version_id}/changes": ("kind",),
    "/units": ("words", "kind", "under", "order", "sort", "page"),
    "/units/new": ("parent",),
    "/users": ("words", "role", "order", "sort", "page"),
    "/users/new": ("unit",),
}
SENT = {
    "/banks/new": ("name",),
    "/banks/{bank_id}/review": ("question",),
    "/banks/{bank_id}/members": ("members",),
    "/banks/{bank_id}/import": ("file", "pasted"),
    "/questions/{question_id}/review": ("seen_number",),
    "/questions/{question_id}/edit": ("seen_number", "stem", "kind", "answer", "option_a", "tags"),
    "/imports/{import_id}/questions/1": ("stem", "kind", "answer", "option_a", "basis", "chapter"),
    "/imports/{import_id}/guesses": ("position",),
    "/imports/{import_id}/decisions": ("position", "decision"),
    "/imports/{import_id}/columns": ("heading", "meaning"),
    "/laws/import": ("file", "text", "revised_on", "in_force_from"),
    "/units/new": ("name", "kind", "parent_id", "headcount"),
    "/units/1": ("name", "headcount"),
    "/users/new": ("username", "display_name", "role", "unit_id"),
    "/users/1": ("display_name",),
    "/users/1/postings": ("role", "unit_id"),
    "/users/1/postings/1/x/take": ("role",),
}
#: The longest is more than SQLite compares; an address of it passes the server.
WILD_VALUES = ("", "-1", "9" * 9, "9" * 20, "9" * 5000, "\x00", "²", "<script>", "安" * 20_000)


def test_wild_values_in_staff_pages_get_a_page(visitor: Callable[[], Visitor]) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    person = visitor()
    person.log_in("boss", PASSWORD)
    numbers = {**make_numbers_of_bank_pages(), "bank_id": make_bank(1, 0, 0).id}
    token = person.open("/login").forms[-1].values["csrf_token"]
    for address, names in QUERIES.items():
        for name in names:
            for value in WILD_VALUES:
                response = person.client.get(address.format(**numbers), query_string={name: value})
                assert response.status_code < 500, (address, name, value[:20])
    for address, names in SENT.items():
        for name in names:
            for sent in (*WILD_VALUES, (BytesIO(b"x"), "a\x00<b>.txt")):
                form = {"csrf_token": token, name: sent}
                response = person.client.post(address.format(**numbers), data=form)
                assert response.status_code < 500, (address, name, sent[:20])
