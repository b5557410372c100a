"""Whatever is sent to a staff form, the answer is a page and never a fault."""

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from quizapp.accounts.roles import Role
from tests.factories import PASSWORD, make_user
from tests.pages import Page, Visitor
from tests.test_routes import ALLOWED, PUBLIC, address_of, rules

#: So many requests to the forms of each part.
REQUESTS = 150
#: What no form holds, but its view reads.
BESIDE = ("record", "movement", "activity", "version", "unit", "year", "position", "heading", "name", "again")
WILD = (
    *("", " ", "0", "-1", "1", "2", "1-1", "1-", "-", "12-3-4", "1e3", "1.5", "９", "²", "١", "+1", "1_0"),
    *(
        "999999999",
        "1000000000",
        "2147483648",
        "9" * 20,
        "9" * 5000,
        "NaN",
        "Infinity",
        "None",
        "null",
        "\x00",
    ),
    *("2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-03-10", "2024-02-29"),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "{% raise %}", "=1+1", "' OR 1=1 --", "%s%d", "\\", "\r\n\t"),
    *(
        "安" * 5000,
        "\u202e\u200b\ufeff",
        "🚒" * 40,
        "a\x00b",
        "javascript:alert(1)",
        "http://[::1",
        "http://" * 99,
    ),
)


def places(app: Flask, part: str) -> Iterator[Rule]:
    for rule in rules(app):
        if (
            rule.endpoint.startswith(part)
            and ALLOWED[rule.endpoint] != PUBLIC
            and "POST" in (rule.methods or ())
        ):
            yield rule


def wild_value(chance: random.Random, held: list[str]) -> Any:
    """Mostly wild; at times what the form would send, to get beyond its first check."""
    if chance.random() < 0.15:
        return BytesIO(chance.randbytes(40)), "\x00../名.xlsx"
    return chance.choice(held) if held and chance.random() < 0.3 else chance.choice(WILD)


def wild_form(chance: random.Random, shown: Page) -> MultiDict[str, Any]:
    """The page's forms with some fields wild, some missing, some twice."""
    held = {name: values for form in shown.forms for name, values in form.values.items()}
    sent = MultiDict[str, Any]((name, value) for name, values in held.items() for value in values)
    names = [*held, *BESIDE, "submit", "save", "reason", "photos", "file"]
    for name in chance.sample(names, chance.randint(1, 6)):
        if name == "csrf_token":
            continue
        match chance.random():
            case low if low < 0.1:
                sent.poplist(name)
            case low if low < 0.3:
                sent.add(name, wild_value(chance, held.get(name, [])))
            case _:
                sent[name] = wild_value(chance, held.get(name, []))
    return sent


@pytest.mark.parametrize("part", ["publicity.", "reports.", "ledgers.", "accounts."])
def test_wild_forms_of_staff_get_a_page(app: Flask, visitor: Callable[[], Visitor], part: str) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    make_user("colleague", Role.ADMINISTRATOR)
    person = visitor()
    person.log_in("boss", PASSWORD)
    chance = random.Random(part)
    chosen = [(rule, address_of(rule, app)) for rule in places(app, part) if "password" not in rule.endpoint]
    shown = {
        address: person.open(address if "GET" in (rule.methods or ()) else "/units/new")
        for rule, address in chosen
    }
    for number in range(REQUESTS):
        _, address = chosen[number % len(chosen)]
        asked = {name: chance.choice(WILD) for name in chance.sample(BESIDE, chance.randint(0, 2))}
        form = wild_form(chance, shown[address])
        form["csrf_token"] = shown[address].forms[-1].values["csrf_token"][0]
        response = person.client.post(address, data=form, query_string=asked)
        assert response.status_code < 500, (
            address,
            asked,
            [(k, str(v)[:40]) for k, v in form.items(multi=True)],
        )
