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
_GIVE_UPS = "job_give_ups"
_DAILY = "daily_jobs"


@dataclass(frozen=True)
class Progress:
    """How much of a job is done, of how much; the pieces are the job's own."""

    done: int
    total: int


#: What a job does to its subject; each yield is a moment to commit.
Steps = Callable[[int], Iterator[Progress]]
#: Frees a subject of a job that failed for good; the sentence says why it did.
GiveUp = Callable[[int, str], None]


class AlreadyUnderWay(QuizError):
    """Such a job on this subject is still open."""

    status = 409
    title = "正在处理"
    advice = "刚才的操作还在处理，请稍候，页面会显示进度。"


def register_steps(app: Flask, kind: str, steps: Steps, give_up: GiveUp | None = None) -> None:
    """Tell the app what jobs of a kind do, and what becomes of the subject of one that failed for good."""
    app.extensions.setdefault(_EXTENSION, {})[kind] = steps
    if give_up is not None:
        app.extensions.setdefault(_GIVE_UPS, {})[kind] = give_up


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


def give_up(job: Job, sentence: str) -> None:
    """Free the subject of a job that failed for good; adds and flushes."""
    found: GiveUp | None = current_app.extensions.get(_GIVE_UPS, {}).get(job.kind)
    if found is not None:
        found(job.subject_id, sentence)


def enqueue(kind: str, subject_id: int) -> Job:
    """Ask for a job; adds and flushes. Raises AlreadyUnderWay, by the table's own constraint."""
    job = Job(kind=kind, subject_id=subject_id, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(job)
    except IntegrityError as error:
        raise AlreadyUnderWay from error
    return job
