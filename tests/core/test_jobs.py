"""Long work: asked for once, done in steps, taken up again, given up in the end."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.core.jobs import queue
from quizapp.core.jobs.models import Job
from quizapp.core.jobs.queue import AlreadyUnderWay, Progress, enqueue, register_steps
from quizapp.core.jobs.worker import SILENCE, TRIES, run_next
from quizapp.errors import QuizError
from quizapp.extensions import db


@pytest.fixture
def do(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[queue.Steps], None]:
    """Says what jobs of the kind ``try`` do."""
    monkeypatch.setitem(app.extensions, "job_steps", dict(app.extensions["job_steps"]))
    return lambda steps: register_steps(app, "try", steps)


def ask(subject_id: int = 1) -> int:
    job_id = enqueue("try", subject_id).id
    db.session.commit()
    return job_id


def stored(job_id: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job_id)


def test_a_job_is_done_in_steps_and_tells_how_far_it_is(do: Callable[[queue.Steps], None]) -> None:
    def steps(subject_id: int) -> Iterator[Progress]:
        assert subject_id == 7
        yield Progress(1, 2)
        yield Progress(2, 2)

    do(steps)
    job_id = ask(7)
    assert run_next()
    job = stored(job_id)
    assert (job.state, job.done, job.total, job.tries) == ("done", 2, 2, 1)
    assert not run_next()


def test_of_a_kind_and_subject_one_job_is_open_at_a_time(do: Callable[[queue.Steps], None]) -> None:
    do(lambda _subject: iter(()))
    ask(1)
    ask(2)
    with pytest.raises(AlreadyUnderWay):
        enqueue("try", 1)
    while run_next():
        pass
    ask(1)


def test_what_a_person_can_mend_is_told_and_not_tried_again(do: Callable[[queue.Steps], None]) -> None:
    def steps(_subject: int) -> Iterator[Progress]:
        raise QuizError("请换一个文件。")
        yield

    do(steps)
    job_id = ask()
    run_next()
    job = stored(job_id)
    assert (job.state, job.error, job.tries) == ("failed", "请换一个文件。", 1)


def test_a_fault_is_tried_again_and_given_up_in_the_end(do: Callable[[queue.Steps], None]) -> None:
    def steps(_subject: int) -> Iterator[Progress]:
        yield Progress(0, 1)
        raise ZeroDivisionError

    do(steps)
    job_id = ask()
    for _ in range(TRIES):
        assert run_next()
    job = stored(job_id)
    assert (job.state, job.tries) == ("failed", TRIES)
    assert "已有的内容没有改变" in job.error
    assert not run_next()


def test_a_job_whose_worker_fell_silent_is_begun_anew(
    do: Callable[[queue.Steps], None], noon: datetime, set_clock: Callable[[datetime], None]
) -> None:
    do(lambda _subject: iter((Progress(1, 1),)))
    job_id = ask()
    job = stored(job_id)
    job.state, job.tries, job.beat_at = "running", 1, noon  # as a worker that was killed left it
    db.session.commit()
    assert not run_next()
    set_clock(noon + SILENCE + timedelta(seconds=1))
    assert run_next()
    assert (stored(job_id).state, stored(job_id).tries) == ("done", 2)


def test_a_job_that_kills_every_worker_is_given_up(
    do: Callable[[queue.Steps], None], noon: datetime, set_clock: Callable[[datetime], None]
) -> None:
    def steps(_subject: int) -> Iterator[Progress]:
        raise AssertionError("it must not be tried again")
        yield

    do(steps)
    job_id = ask()
    job = stored(job_id)
    job.state, job.tries, job.beat_at = "running", TRIES, noon
    db.session.commit()
    set_clock(noon + SILENCE + timedelta(seconds=1))
    assert run_next()
    assert db.session.scalars(select(Job.state)).all() == ["failed"]
