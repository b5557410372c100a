"""The writer of scans in a process of its own, as the server's workers are."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.config import ROOT

WORKER = """
import multiprocessing, os, sys
from flask_migrate import upgrade
from quizapp import create_app
from tests import factories

app = create_app()
with app.app_context():
    upgrade()
    code = factories.make_channel().code

def work():
    for _ in range(7):
        assert app.test_client().get(f"/q/{code}", base_url="http://localhost").status_code == 200

if sys.argv[1] == "forked":
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
else:
    work()
"""


@pytest.mark.parametrize("kind", ["forked", "plain"])
def test_the_scans_of_the_last_second_are_written_at_exit(tmp_path: Path, kind: str) -> None:
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WORKER, kind],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path), "SCAN_FLUSH_SECONDS": "60"},
        check=True,
        timeout=30,
    )
    with sqlite3.connect(tmp_path / "quiz.sqlite3") as database:
        assert database.execute("SELECT sum(scans) FROM hourly_scans").fetchone() == (7,)
    database.close()
