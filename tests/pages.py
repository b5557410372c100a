"""A person with a browser that runs no scripts: opens pages, fills in the forms that stand there."""

from contextvars import Context
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class SeparateClient(FlaskClient):
    """Its requests share nothing with the test's own app context: no ``g``, no session, no transaction."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make a request in an empty context, as a server would."""
        return Context().run(super().open, *args, **kwargs)


@dataclass
class PageForm:
    """A form of a page: where it goes, how, and the values that stand in it."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.words: list[str] = []
        self.ids: list[str] = []
        self.inside: list[str] = []
        self.textarea = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag in {"style", "script"}:
            self.inside.append(tag)
        if tag == "form":
            self.forms.append(PageForm(found.get("action", ""), found.get("method", "get")))
        if tag == "textarea":
            self.textarea = found.get("name", "")
        if tag == "input" and self.forms:
            self._keep(found)
        if tag == "select":
            self.select = found.get("name", "")
        if tag == "option" and self.select and self.forms:
            self._choose(found)

    def _choose(self, option: dict[str, str]) -> None:
        """A browser sends the selected option, or the first."""
        values = self.forms[-1].values
        if self.select not in values or "selected" in option:
            values[self.select] = [option.get("value", "")]

    def _keep(self, found: dict[str, str]) -> None:
        offered = found.get("type") in {"checkbox", "radio"} and "checked" not in found
        if found.get("type") != "submit" and found.get("name") and not offered:
            self.forms[-1].values.setdefault(found["name"], []).append(found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()
        if tag == "textarea":
            self.forms[-1].values.setdefault(self.textarea, [""])
            self.textarea = ""
        if tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.textarea and self.forms:
            self.forms[-1].values.setdefault(self.textarea, []).append(data.lstrip("\r\n"))
        if not self.inside:
            self.words.append(data)


class Page:
    """An answer of the server."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        reader = _Reader()
        if response.mimetype == "text/html":
            reader.feed(response.get_data(as_text=True))
        self.forms = reader.forms
        self.ids = reader.ids
        self.text = " ".join(" ".join(reader.words).split())

    def form(self, action: str = "") -> PageForm:
        """The form whose action, without what stands after ``?``, ends so."""
        return next(form for form in self.forms if form.action.partition("?")[0].endswith(action))

    @property
    def own_form(self) -> PageForm:
        """The form that goes to the page's own address."""
        return next(form for form in self.forms if not form.action)

    def form_with(self, **values: str) -> PageForm:
        """The form that holds these values already, as a form of one button does."""
        wanted = {name: [value] for name, value in values.items()}
        return next(form for form in self.forms if wanted.items() <= form.values.items())


class Visitor:
    """Somebody who opens pages and submits forms, cookies kept."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.address = "/"

    def open(self, address: str) -> Page:
        """Open an address, following redirects."""
        return self._arrive(self.client.get(address, follow_redirects=True))

    def submit(self, form: PageForm, **values: object) -> Page:
        """Fill in a form over what stands in it, and submit it."""
        merged: dict[str, object] = dict(form.values)
        merged.update(values)
        data = {name: value for name, value in merged.items() if value is not None}
        target = urljoin(self.address, form.action)
        headers = {"Origin": "http://localhost"}
        if any(isinstance(value, tuple) for value in data.values()):  # a file and its name
            data = {name: value[0] if isinstance(value, list) else value for name, value in data.items()}
        return self._arrive(self.client.post(target, data=data, headers=headers, follow_redirects=True))

    def _arrive(self, response: TestResponse) -> Page:
        self.address = response.request.path
        return Page(response)

    def log_in(self, username: str, password: str) -> Page:
        """Log in as staff."""
        return self.submit(self.open("/login").form(), username=username, password=password)
