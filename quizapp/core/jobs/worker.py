"""The worker: takes up one job after the other and commits after each of its steps.

Beside the views the one place that commits: a step here is what a request is there.
"""

import os
import time
from datetime import date, timedelta

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from quizapp.core import clock
from quizapp.core.jobs import queries
from quizapp.core.jobs.models import Job, JobState
from quizapp.core.jobs.queue import enqueue_daily, give_up, steps_of
from quizapp.errors import QuizError
from quizapp.extensions import db

#: A worker that has said nothing for so long is taken for dead.
SILENCE = timedelta(minutes=2)
TRIES = 3
IDLE_SECONDS = 0.5
_FAULT = "系统出了点问题，没有办成，已有的内容没有改变。请稍后重试；多次不成功，请联系管理员。"


def run_next() -> bool:
    """Do the next job, if there is one; whether there was."""
    now = clock.now()
    job = queries.claim_next_job(now, silent_since=now - SILENCE)
    db.session.commit()
    if job is None:
        return False
    try:
        if job.tries > TRIES:
            raise QuizError(_FAULT)  # its workers died before they could say why
        for progress in steps_of(job.kind)(job.subject_id):
            job.done, job.total, job.beat_at = progress.done, progress.total, clock.now()
            db.session.commit()
        job.state = JobState.DONE
        db.session.commit()
    except QuizError as error:
        _end(job, JobState.FAILED, error.advice)
    except Exception as error:
        db.session.rollback()  # before the job is read: its own step may have broken the transaction
        current_app.logger.error("job %s failed", job.id, exc_info=error)
        _end(job, JobState.WAITING if job.tries < TRIES else JobState.FAILED, _FAULT)
    finally:
        db.session.remove()
    return True


def _end(job: Job, state: JobState, sentence: str) -> None:
    """Take back the step that failed and note why."""
    db.session.rollback()
    job.state, job.error = state, sentence
    db.session.add(job)
    if state is JobState.FAILED:
        give_up(job, sentence)
    db.session.commit()


def run_beside(parent: int) -> None:
    """Do jobs for as long as the process that started this one lives.

    Each batch of jobs has a process of its own: what it took of memory is given back, and a file
    that kills it leaves the worker alive.
    """
    asked_on: date | None = None
    while os.getppid() == parent:
        try:
            asked_on = _ask_for_the_day(asked_on)
            has_work = queries.has_free_job(clock.now() - SILENCE)
        except SQLAlchemyError:
            current_app.logger.warning("the worker can't reach the database, and tries again", exc_info=True)
            has_work = False
        finally:
            db.session.remove()
        if has_work:
            _run_in_child()
        else:
            time.sleep(IDLE_SECONDS)


def _ask_for_the_day(asked_on: date | None) -> date:
    """Ask for what is to be done daily, once a day; returns today."""
    today = clock.shanghai_day(clock.now())
    if asked_on != today:
        enqueue_daily()
        db.session.commit()
    return today


def _run_in_child() -> None:
    db.engine.dispose()
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    status = 1
    try:
        while run_next():
            pass
        status = 0
    finally:
        os._exit(status)
