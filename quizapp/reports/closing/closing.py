"""Closing a year: asked for by a person, done by the worker, never undone."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.core.jobs.queue import Progress, enqueue
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.reports.closing import queries
from quizapp.reports.closing.evidence_json import write_report
from quizapp.reports.closing.files import KeptFile
from quizapp.reports.closing.issuing import report_of_now, write_files
from quizapp.reports.closing.models import ClosedFile, YearClose
from quizapp.reports.closing.one_view import one_view
from quizapp.reports.closing.verifying import find_first_difference
from quizapp.reports.figures.annual import AnnualReport

CLOSE_JOB = "close_year"
_STEPS = 3


class NotEnded(QuizError):
    """The year still runs."""

    status = 409
    title = "年度还没有结束"
    advice = "年度结束后才能封账。请在次年 1 月 1 日以后再来。"


class AlreadyClosed(QuizError):
    """Somebody closed the year, or asked for it."""

    status = 409
    title = "已经封账"
    advice = "这一年度已经封账，或者正在封账，不能重复。请刷新页面查看。"


class NotConfirmed(QuizError):
    """The year was not typed as it is."""

    title = "年份不一致"
    advice = "输入的年份与要封账的年度不一致。请核对后重新输入。"


class NotProven(QuizError):
    """A figure doesn't follow from its own evidence; nothing was closed."""

    title = "没有封账"


@dataclass(frozen=True)
class Frozen:
    """All that is kept of a year."""

    report: AnnualReport
    files: Sequence[KeptFile]
    template_digest: str


def has_ended(year: int, now: datetime) -> bool:
    """Whether the whole of a year lies behind, in Shanghai."""
    return year < clock.shanghai_day(now).year


def ask_close(year: int, typed: str, actor: User) -> YearClose:
    """Have the worker close a year; adds and flushes.

    Raises NotConfirmed, NotEnded, and AlreadyClosed by the table's own key.
    """
    if typed.strip() != str(year):
        raise NotConfirmed
    if not has_ended(year, clock.now()):
        raise NotEnded
    if queries.find_close(year) is not None:
        raise AlreadyClosed
    close = YearClose(year=year, closed_by=actor.id, asked_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(close)
    except IntegrityError as error:
        raise AlreadyClosed from error
    audit.record("ask_close", "year", year)
    enqueue(CLOSE_JOB, year)
    return close


def close_steps(year: int) -> Iterator[Progress]:
    """The job: read all in one view, write the files, prove them, keep them. Raises NotProven."""
    yield Progress(0, _STEPS)  # nothing is locked while the records are read
    frozen = freeze(year)
    yield Progress(1, _STEPS)
    fault = find_first_difference(next(file for file in frozen.files if file.ending == "json"))
    if fault:
        raise NotProven(f"没有封账：{fault}请把这句话转告管理员，数据没有改变。")
    yield Progress(2, _STEPS)
    _keep(frozen)
    yield Progress(_STEPS, _STEPS)


def give_up_close(year: int, _sentence: str) -> None:
    """Leave a year open whose closing failed; flushes."""
    db.session.execute(delete(YearClose).where(YearClose.year == year, YearClose.closed_at.is_(None)))
    db.session.flush()


def freeze(year: int) -> Frozen:
    """A year's report, evidence and documents as of now; changes nothing."""
    with one_view():
        report = report_of_now(year)
        report = replace(report, closed_at=report.cut_off)
        template = queries.find_template_content()
        files: Mapping[str, KeptFile] = write_files(report, template)
    digest = hashlib.sha256(template).hexdigest() if template else ""
    return Frozen(report, tuple(files.values()), digest)


def _keep(frozen: Frozen) -> None:
    year = frozen.report.year
    close = queries.find_close(year)
    if close is None or close.closed_at is not None:
        raise AlreadyClosed
    close.cut_off, close.closed_at = frozen.report.cut_off, frozen.report.closed_at
    close.report, close.template_digest = write_report(frozen.report), frozen.template_digest
    db.session.add_all(
        ClosedFile(year=year, ending=file.ending, content=file.content, digest=file.digest, size=file.size)
        for file in frozen.files
    )
    audit.record("close", "year", year)
    db.session.flush()
