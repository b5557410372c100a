"""Every select of the jobs."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update

from quizapp.core.jobs.models import Job, JobState
from quizapp.extensions import db


def find_latest_job(kinds: tuple[str, ...], subject_id: int) -> Job | None:
    """The last job of some kinds on a subject, as it stands in the database now."""
    return db.session.scalar(
        select(Job)
        .where(Job.kind.in_(kinds), Job.subject_id == subject_id)
        .order_by(Job.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def _free(silent_since: datetime) -> ColumnElement[bool]:
    silent = and_(Job.state == JobState.RUNNING, Job.beat_at < silent_since)
    return or_(Job.state == JobState.WAITING, silent)


def has_free_job(silent_since: datetime) -> bool:
    """Whether a job waits, or has a worker that has been silent."""
    return db.session.scalar(select(Job.id).where(_free(silent_since)).limit(1)) is not None


def claim_next_job(now: datetime, silent_since: datetime) -> Job | None:
    """Take up the oldest job that waits, or whose worker has been silent; flushes.

    Two workers may see the same job; the update lets one of them have it.
    """
    free = _free(silent_since)
    job_id = db.session.scalar(select(Job.id).where(free).order_by(Job.id).limit(1))
    if job_id is None:
        return None
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job_id, free)
        .values(state=JobState.RUNNING, beat_at=now, tries=Job.tries + 1)
        .returning(Job.id)
    ).scalar()
    return db.session.get(Job, taken, populate_existing=True) if taken else None
