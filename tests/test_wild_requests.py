"""Whatever is asked of a public address, the answer is a page and never a fault."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.factories import PASSWORD, make_channel, make_user
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
