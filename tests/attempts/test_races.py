"""The same thing done twice at once, from threads, through whole requests."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import make_campaign, make_channel
from tests.pages import Page, Visitor
from tests.playing import answers_of, stored_attempts

NewVisitor = Callable[[], Visitor]
AT_ONCE = 6


def post_at_once(app: Flask, address: str, forms: Sequence[dict[str, object]]) -> list[TestResponse]:
    """Post each form from a phone of its own, all released in the same moment."""
    barrier = Barrier(len(forms))
    responses: list[TestResponse] = []

    def post(form: dict[str, object]) -> None:
        client = app.test_client()
        barrier.wait()
        responses.append(client.post(address, data=form))

    threads = [Thread(target=post, args=(form,)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return responses


def landing_form(person: Visitor, code: str) -> dict[str, object]:
    return dict(person.open(f"/q/{code}").form("/paper").values)


@pytest.mark.parametrize("_round", range(3))
def test_racing_starts_of_one_phone_are_one_attempt(app: Flask, visitor: NewVisitor, _round: int) -> None:
    code = make_channel(attempts_a_day=1).code
    form = landing_form(visitor(), code)
    responses = post_at_once(app, f"/q/{code}/paper", [form] * AT_ONCE)
    assert {response.status_code for response in responses} == {200}
    attempt_ids = {response.get_data(as_text=True).split('data-attempt="')[1][:32] for response in responses}
    assert attempt_ids == {attempt.id.hex for attempt in stored_attempts()}
    assert len(attempt_ids) == 1


@pytest.mark.parametrize("_round", range(3))
def test_racing_submits_give_one_result_and_it_stays(app: Flask, visitor: NewVisitor, _round: int) -> None:
    code = make_channel().code
    person = visitor()
    paper = person.submit(person.open(f"/q/{code}").form("/paper")).form("/result")
    attempt = stored_attempts()[0]
    forms: list[dict[str, object]] = [
        {**paper.values, **answers_of(attempt, wrong=range(1, n + 1))} for n in range(AT_ONCE)
    ]
    responses = post_at_once(app, f"/q/{code}/result", forms)
    assert {response.status_code for response in responses} == {200}
    pages = {Page(response).text for response in responses}
    assert len(pages) == 1
    stored = stored_attempts()[0]
    assert f"{stored.score:f}".split(".")[0] + " 分 / 满分 50 分" in pages.pop()
    assert person.submit(paper).response.get_data(as_text=True).count("满分 50 分") == 1
    assert stored_attempts()[0].answers == stored.answers


def test_racing_submits_of_two_attempts_bear_each_first_mark_once(app: Flask, visitor: NewVisitor) -> None:
    """Two papers of one participant can stand open together: one overdue, one new."""
    from datetime import timedelta

    from quizapp.extensions import db

    for _ in range(5):
        campaign = make_campaign(minutes=10)
        code = make_channel(campaign).code
        person = visitor()
        forms: list[dict[str, object]] = []
        for _paper in range(2):
            page = person.submit(person.open(f"/q/{code}").form("/paper"))
            forms.append(dict(page.form("/result").values))
            for attempt in stored_attempts():
                db.session.add(attempt)
                attempt.due_at -= timedelta(minutes=20)
            db.session.commit()
        post_at_once(app, f"/q/{code}/result", forms)
        attempts = [attempt for attempt in stored_attempts() if attempt.campaign_id == campaign.id]
        assert [attempt.number for attempt in attempts] == [1, 2]
        assert all(attempt.submitted_at for attempt in attempts)
        for mark in ("first_in_campaign", "first_in_year", "first_in_day", "first_in_channel"):
            assert sum(getattr(attempt, mark) for attempt in attempts) == 1


def test_attempts_beyond_the_limit_are_refused_also_when_raced(app: Flask, visitor: NewVisitor) -> None:
    code = make_channel(attempts_in_all=1).code
    person = visitor()
    form = landing_form(person, code)
    person.submit(person.submit(person.open(f"/q/{code}").form("/paper"), **form).form("/result"))
    cookie = person.client.get_cookie("device", path="/q/")
    assert cookie is not None
    responses = post_at_once(app, f"/q/{code}/paper", [{"device": cookie.value}] * AT_ONCE)
    assert {response.status_code for response in responses} == {403}
    assert len(stored_attempts()) == 1
