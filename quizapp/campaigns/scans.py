"""Counting scans in memory, written each second and at exit.

A scan must cost the database nothing. A process that is killed loses the scans of
its last second, never an answer.
"""

from collections import Counter
from datetime import datetime
from threading import Lock, Thread, main_thread

from flask import Flask, current_app
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from quizapp.campaigns.models import HourlyScans
from quizapp.core import clock
from quizapp.core.database import writing
from quizapp.extensions import db

_EXTENSION = "scan_counter"
#: channel, campaign, start of the hour
Key = tuple[int, int, datetime]


class ScanCounter:
    """The scans of one process that are not yet written."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.lock = Lock()
        self.counts: Counter[Key] = Counter()
        self.thread: Thread | None = None

    def count(self, channel_id: int, campaign_id: int) -> None:
        """Count one scan now; the first one starts the writer."""
        key = (channel_id, campaign_id, clock.hour_start(clock.now()))
        with self.lock:
            self.counts[key] += 1
            if self.thread is None and self.app.config["SCAN_FLUSH_SECONDS"]:
                # Not a daemon: the process waits for its last write, also where atexit is not run
                # (a worker that the server forked).
                self.thread = Thread(target=self._write_until_exit, name="scan-writer", daemon=False)
                self.thread.start()

    def flush(self) -> None:
        """Write what was counted; what can't be written is kept for the next time."""
        with self.lock:
            counts, self.counts = self.counts, Counter()
        if not counts:
            return
        try:
            with self.app.app_context():
                _add_to_hours(counts)
        except SQLAlchemyError:
            with self.lock:
                self.counts.update(counts)
            self.app.logger.warning("scans not written, kept for the next flush", exc_info=True)

    def _write_until_exit(self) -> None:
        while main_thread().is_alive():
            main_thread().join(self.app.config["SCAN_FLUSH_SECONDS"])
            self.flush()


def _add_to_hours(counts: Counter[Key]) -> None:
    """Add the counts to their hours' rows, in an order that two writers share."""
    rows = [
        {"channel_id": channel, "campaign_id": campaign, "hour": hour, "scans": scans}
        for (channel, campaign, hour), scans in sorted(counts.items())
    ]
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    statement = insert(HourlyScans)
    statement = statement.on_conflict_do_update(
        index_elements=["channel_id", "campaign_id", "hour"],
        set_={"scans": HourlyScans.scans + statement.excluded.scans},
    )
    with writing(db.engine) as connection:
        connection.execute(statement, rows)


def register(app: Flask) -> None:
    """Give the app its counter."""
    app.extensions[_EXTENSION] = ScanCounter(app)


def counter() -> ScanCounter:
    """The present app's counter."""
    found: ScanCounter = current_app.extensions[_EXTENSION]
    return found
