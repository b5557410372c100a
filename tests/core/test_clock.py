from datetime import UTC, date, datetime

from quizapp.core import clock


def test_a_day_begins_at_midnight_in_shanghai() -> None:
    last_second = datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)
    midnight = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
    assert clock.shanghai_day(last_second) == date(2026, 3, 9)
    assert clock.shanghai_day(midnight) == date(2026, 3, 10)


def test_moments_are_shown_in_shanghai_time() -> None:
    assert clock.shanghai_text(datetime(2026, 12, 31, 16, 5, tzinfo=UTC)) == "2027-01-01 00:05"


def test_an_hour_starts_on_its_zeroth_minute_in_utc() -> None:
    moment = datetime(2026, 3, 10, 12, 59, 59, 999, tzinfo=clock.SHANGHAI)
    assert clock.hour_start(moment) == datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
    assert clock.hour_start(moment).tzinfo is UTC
