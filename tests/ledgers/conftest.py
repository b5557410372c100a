"""The app with a ledger of its own."""

from collections.abc import Iterator

import pytest
from flask import Flask

from quizapp.ledgers.ledger import Ledger
from tests.ledgers.fake import registered


@pytest.fixture
def ledger(app: Flask) -> Iterator[Ledger]:
    """A small ledger of events."""
    with registered(app) as events:
        yield events
