from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from quizapp.campaigns import channels
from tests.factories import make_campaign, make_channel


def codes_in_turn(codes: list[str]) -> Callable[[], str]:
    left: Iterator[str] = iter(codes)
    return lambda: next(left)


def test_a_code_that_is_taken_is_drawn_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = make_campaign()
    monkeypatch.setattr(channels, "short_code", codes_in_turn(["AAAAAA", "AAAAAA", "AAAAAA", "BBBBBB"]))
    assert make_channel(campaign, "甲").code == "AAAAAA"
    assert make_channel(campaign, "乙").code == "BBBBBB"


def test_where_no_code_is_free_it_ends(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = make_campaign()
    monkeypatch.setattr(channels, "short_code", lambda: "AAAAAA")
    make_channel(campaign)
    with pytest.raises(IntegrityError):
        make_channel(campaign)
