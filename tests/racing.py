"""Several people who do something in the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

from flask import Flask

from quizapp.errors import QuizError
from quizapp.extensions import db

AT_ONCE = 4


def at_once(app: Flask, act: Callable[[int], object]) -> list[str]:
    """Do something from several threads in the same moment; for each "done", or why it could not be."""
    barrier = Barrier(AT_ONCE)
    outcomes: list[str] = []

    def run(number: int) -> None:
        with app.test_request_context(method="POST"):
            barrier.wait()
            try:
                act(number)
                db.session.commit()
                outcomes.append("done")
            except QuizError as error:
                db.session.rollback()
                outcomes.append(type(error).__name__)
            finally:
                db.session.remove()

    db.session.rollback()
    threads = [Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
