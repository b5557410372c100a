"""Asking for a job, and telling the app what the jobs of a kind do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy.exc import IntegrityError

from quizapp.core import clock
from quizapp.core.jobs.models import Job
from quizapp.core.jobs.queries import find_latest_job
from quizapp.errors import QuizError
from quizapp.extensions import db

_EXTENSION = "job_steps"
_DAILY = "daily_jobs"


@dataclass(frozen=True)
class Progress:
    """How much of a job is done, of how much; the pieces are the job's own."""

    done: int
    total: int


#: What a job does to its subject; each yield is a moment to commit.
Steps = Callable[[int], Iterator[Progress]]


class AlreadyUnderWay(QuizError):
    """Such a job on this subject is still open."""

    status = 409
    title = "正在处理"
    advice = "刚才的操作还在处理，请稍候，页面会显示进度。"


def register_steps(app: Flask, kind: str, steps: Steps) -> None:
    """Tell the app what jobs of a kind do."""
    app.extensions.setdefault(_EXTENSION, {})[kind] = steps


def register_daily(app: Flask, kind: str, steps: Steps) -> None:
    """Tell the app what is to be done once on each Shanghai day; the subject is the day, as 20260310."""
    register_steps(app, kind, steps)
    app.extensions.setdefault(_DAILY, []).append(kind)


def enqueue_daily() -> None:
    """Ask for what is to be done today, unless it was asked for; adds and flushes."""
    day = int(clock.shanghai_day(clock.now()).strftime("%Y%m%d"))
    for kind in current_app.extensions.get(_DAILY, ()):
        if find_latest_job((kind,), day) is None:
            try:
                enqueue(kind, day)
            except AlreadyUnderWay:
                continue  # another worker asked in the same moment


def steps_of(kind: str) -> Steps:
    """What jobs of a kind do. Raises KeyError for one that nobody registered."""
    steps: Steps = current_app.extensions[_EXTENSION][kind]
    return steps


def enqueue(kind: str, subject_id: int) -> Job:
    """Ask for a job; adds and flushes. Raises AlreadyUnderWay, by the table's own constraint."""
    job = Job(kind=kind, subject_id=subject_id, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(job)
    except IntegrityError as error:
        raise AlreadyUnderWay from error
    return job
