from datetime import UTC, datetime, timedelta

from quizapp.core.identifiers import CODE_ALPHABET, short_code, time_ordered_uuid


def test_codes_have_six_characters_that_nobody_misreads() -> None:
    codes = {short_code() for _ in range(500)}
    assert {len(code) for code in codes} == {6}
    assert set("".join(codes)) <= set(CODE_ALPHABET)
    assert not set("0O1IL") & set(CODE_ALPHABET)


def test_ids_are_of_version_7_and_ordered_by_time() -> None:
    start = datetime(2026, 3, 10, tzinfo=UTC)
    ids = [time_ordered_uuid(start + timedelta(milliseconds=n)) for n in range(100)]
    assert {id.version for id in ids} == {7}
    assert {id.variant for id in ids} == {"specified in RFC 4122"}
    assert ids == sorted(ids)


def test_ids_of_one_moment_differ() -> None:
    moment = datetime(2026, 3, 10, tzinfo=UTC)
    assert len({time_ordered_uuid(moment) for _ in range(1000)}) == 1000
