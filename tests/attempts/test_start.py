from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from quizapp.attempts.models import Attempt, Participant
from quizapp.campaigns.channels import find
from quizapp.extensions import db
from tests.factories import make_campaign, make_channel
from tests.pages import Page, Visitor

NewVisitor = Callable[[], Visitor]
SetClock = Callable[[datetime], None]


def count(model: type[Attempt] | type[Participant]) -> int:
    found = db.session.scalar(select(func.count()).select_from(model))
    db.session.rollback()
    return found or 0


def begin(person: Visitor, code: str) -> Page:
    return person.submit(person.open(f"/q/{code}").form("/paper"))


def finish(person: Visitor, paper: Page) -> Page:
    return person.submit(paper.form("/result"))


def test_a_start_shows_the_paper_and_sets_the_device_cookie(app: Flask, client: FlaskClient) -> None:
    code = make_channel().code
    response = client.post(f"/q/{code}/paper")
    cookie = response.headers["Set-Cookie"]
    assert response.status_code == 200
    assert cookie.startswith("device=")
    for attribute in ("HttpOnly", "SameSite=Lax", "Path=/q/"):
        assert attribute in cookie
    assert response.get_data(as_text=True).count("<fieldset") == 4


def test_the_paper_holds_no_key_and_no_explanation(visitor: NewVisitor) -> None:
    code = make_channel().code
    page = begin(visitor(), code)
    html = page.response.get_data(as_text=True)
    assert "解析" not in html
    assert "依据" not in html
    assert "answer" not in html.split("</style>")[1].split("<script>")[0]
    assert "第 1 题 · 单选 · 10 分" in page.text


def test_the_identity_is_stored_only_as_the_derived_id(app: Flask, client: FlaskClient) -> None:
    code = make_channel().code
    client.post(f"/q/{code}/paper")
    cookie = client.get_cookie("device", path="/q/")
    assert cookie is not None
    participant = db.session.scalars(select(Participant)).one()
    assert participant.basis == "device"
    assert cookie.value not in repr(vars(participant))


def test_coming_back_gives_the_same_paper(visitor: NewVisitor) -> None:
    code = make_channel().code
    person = visitor()
    first = begin(person, code)
    assert begin(person, code).form("/result").values == first.form("/result").values
    assert person.open(f"/q/{code}/paper").form("/result").values == first.form("/result").values
    assert count(Attempt) == 1


def test_two_taps_before_the_first_cookie_arrives_are_one_attempt(visitor: NewVisitor, app: Flask) -> None:
    code = make_channel().code
    person = visitor()
    form = person.open(f"/q/{code}").form("/paper")
    person.submit(form)
    second = Visitor(app.test_client())  # the second tap leaves without the cookie
    second.submit(form)
    assert (count(Participant), count(Attempt)) == (1, 1)


def test_a_forged_device_is_not_taken(visitor: NewVisitor, client: FlaskClient) -> None:
    code = make_channel().code
    person = visitor()
    person.submit(person.open(f"/q/{code}").form("/paper"), device="forged.signature")
    client.set_cookie("device", "forged.signature", path="/q/")
    client.post(f"/q/{code}/paper")
    assert count(Participant) == 2


def test_without_an_open_paper_its_address_leads_to_the_start(visitor: NewVisitor) -> None:
    code = make_channel().code
    person = visitor()
    assert "开始答题" in person.open(f"/q/{code}/paper").text
    finish(person, begin(person, code))
    assert "您的得分" in person.open(f"/q/{code}/paper").text


def test_attempts_a_day_are_limited_and_come_back_at_midnight_in_shanghai(
    visitor: NewVisitor, noon: datetime, set_clock: SetClock
) -> None:
    code = make_channel(attempts_a_day=2).code
    person = visitor()
    for _ in range(2):
        finish(person, begin(person, code))
    page = begin(person, code)
    assert page.status == 403
    assert "每天 2 次，您已经用完" in page.text
    set_clock(noon + timedelta(hours=11, minutes=59, seconds=59))
    assert begin(person, code).status == 403
    set_clock(noon + timedelta(hours=12))
    assert begin(person, code).status == 200
    assert [a.day_number for a in db.session.scalars(select(Attempt).order_by(Attempt.number))] == [1, 2, 1]


def test_attempts_in_all_are_limited_over_days(
    visitor: NewVisitor, noon: datetime, set_clock: SetClock
) -> None:
    code = make_channel(attempts_in_all=2).code
    person = visitor()
    for day in range(2):
        set_clock(noon + timedelta(days=day))
        finish(person, begin(person, code))
    set_clock(noon + timedelta(days=2))
    assert "总共 2 次，您已经用完" in begin(person, code).text
    assert count(Attempt) == 2


def test_another_device_has_attempts_of_its_own(visitor: NewVisitor) -> None:
    code = make_channel(attempts_in_all=1).code
    for _ in range(3):
        person = visitor()
        assert "您的得分" in finish(person, begin(person, code)).text
    assert count(Participant) == 3


def test_an_overdue_paper_makes_way_for_a_new_one_while_attempts_are_left(
    visitor: NewVisitor, noon: datetime, set_clock: SetClock
) -> None:
    code = make_channel(minutes=10, attempts_in_all=2).code
    person = visitor()
    first = begin(person, code)
    set_clock(noon + timedelta(minutes=10, seconds=10))
    assert begin(person, code).form("/result").values == first.form("/result").values
    set_clock(noon + timedelta(minutes=10, seconds=11))
    second = begin(person, code)
    assert second.form("/result").values != first.form("/result").values
    set_clock(noon + timedelta(hours=1))
    again = begin(person, code)
    assert again.status == 200  # none is left to start, the overdue one can still be submitted
    assert again.form("/result").values == second.form("/result").values


def test_an_untimed_paper_that_expired_makes_way_too(
    visitor: NewVisitor, noon: datetime, set_clock: SetClock
) -> None:
    code = make_channel(minutes=None).code
    person = visitor()
    first = begin(person, code)
    set_clock(noon + timedelta(hours=25))
    assert begin(person, code).form("/result").values != first.form("/result").values
    assert count(Attempt) == 2


def test_a_closed_campaign_starts_nothing(visitor: NewVisitor, noon: datetime, set_clock: SetClock) -> None:
    campaign = make_campaign(closes_at=noon + timedelta(hours=1))
    code = make_channel(campaign).code
    person = visitor()
    form = person.open(f"/q/{code}").form("/paper")
    set_clock(noon + timedelta(hours=1))
    page = person.submit(form)
    assert page.status == 403
    assert "活动已经结束" in page.text
    assert count(Attempt) == 0


def test_a_start_from_another_site_is_refused(app: Flask, client: FlaskClient) -> None:
    code = make_channel().code
    for source in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/"},
    ):
        assert client.post(f"/q/{code}/paper", headers=source).status_code == 403
    assert count(Attempt) == 0
    assert client.post(f"/q/{code}/paper", headers={"Referer": "http://localhost/q"}).status_code == 200


def test_a_paper_is_drawn_by_the_publication_it_was_started_under(visitor: NewVisitor, app: Flask) -> None:
    channel = make_channel()
    begin(visitor(), channel.code)
    attempt = db.session.scalars(select(Attempt)).one()
    snapshot = find(channel.code).snapshot
    assert attempt.snapshot_number == snapshot.number
    assert {revision for revision, _ in attempt.paper} <= set(snapshot.revisions)
