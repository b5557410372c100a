from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from quizapp.campaigns import scans
from quizapp.campaigns.models import HourlyScans
from quizapp.extensions import db
from tests.factories import make_campaign, make_channel
from tests.pages import Visitor

NewVisitor = Callable[[], Visitor]


def hours() -> list[tuple[datetime, int]]:
    scans.counter().flush()
    rows = db.session.execute(select(HourlyScans.hour, HourlyScans.scans).order_by(HourlyScans.hour)).all()
    db.session.rollback()
    return [(hour, count) for hour, count in rows]


def test_a_scan_shows_what_the_campaign_is(visitor: NewVisitor) -> None:
    channel = make_channel(minutes=10, attempts_a_day=2, attempts_in_all=5)
    page = visitor().open(f"/q/{channel.code}")
    for words in (
        "安全生产月答题",
        "欢迎参加。",
        "4 题",
        "满分 50 分",
        "10 分钟",
        "30 分",
        "每天可答 2 次",
        "总共可答 5 次",
    ):
        assert words in page.text


def test_a_code_typed_in_small_letters_is_found(visitor: NewVisitor) -> None:
    assert visitor().open(f"/q/{make_channel().code.lower()}").status == 200


def test_the_landing_page_sets_no_cookie(client: FlaskClient, app: Flask) -> None:
    response = client.get(f"/q/{make_channel().code}")
    assert "Set-Cookie" not in response.headers


def test_scans_are_counted_by_channel_and_hour(
    client: FlaskClient, noon: datetime, set_clock: Callable[[datetime], None]
) -> None:
    code = make_channel().code
    for minutes in (0, 59, 60):
        set_clock(noon + timedelta(minutes=minutes))
        client.get(f"/q/{code}")
    assert hours() == [(noon, 2), (noon + timedelta(hours=1), 1)]
    client.get(f"/q/{code}")
    assert hours() == [(noon, 2), (noon + timedelta(hours=1), 2)]


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}],
)
def test_a_prefetch_is_no_scan(client: FlaskClient, app: Flask, headers: dict[str, str]) -> None:
    client.get(f"/q/{make_channel().code}", headers=headers)
    assert hours() == []


def test_asking_for_the_head_is_no_scan(client: FlaskClient, app: Flask) -> None:
    assert client.head(f"/q/{make_channel().code}").status_code == 200
    assert hours() == []


def test_a_scan_writes_nothing_itself(client: FlaskClient, app: Flask) -> None:
    code = make_channel().code
    client.get(f"/q/{code}")  # reads the snapshot into memory
    statements: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    try:
        client.get(f"/q/{code}")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert [one.split()[0] for one in statements if not one.startswith("BEGIN")] == ["SELECT"]


def test_scans_that_cannot_be_written_are_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = make_channel()
    counter = scans.counter()
    counter.count(channel.id, channel.campaign_id)
    counter.count(channel.id, channel.campaign_id + 999)  # no such campaign: the whole write fails
    counter.flush()
    assert counter.counts.total() == 2
    counter.counts = type(counter.counts)({key: n for key, n in counter.counts.items() if key[1] < 999})
    assert [count for _, count in hours()] == [1]


def test_an_unknown_code_says_what_to_do(visitor: NewVisitor) -> None:
    page = visitor().open("/q/ZZZZZZ")
    assert page.status == 404
    assert "没有找到这个活动" in page.text
    assert "重新扫描" in page.text


def test_an_unpublished_campaign_is_not_open_yet(visitor: NewVisitor) -> None:
    page = visitor().open(f"/q/{make_channel(make_campaign(published=False)).code}")
    assert page.status == 403
    assert "活动还没有开始" in page.text


def test_the_window_holds_its_first_moment_and_not_its_last(
    visitor: NewVisitor, noon: datetime, set_clock: Callable[[datetime], None]
) -> None:
    campaign = make_campaign(opens_at=noon, closes_at=noon + timedelta(hours=1))
    address = f"/q/{make_channel(campaign).code}"
    set_clock(noon - timedelta(seconds=1))
    assert "将于 2026-03-10 12:00 开始" in visitor().open(address).text
    set_clock(noon)
    assert visitor().open(address).status == 200
    set_clock(noon + timedelta(hours=1))
    assert "已于 2026-03-10 13:00 结束" in visitor().open(address).text
