"""Every select of closed years and templates."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from quizapp.extensions import db
from quizapp.reports.closing.evidence_json import read_report
from quizapp.reports.closing.files import KeptFile
from quizapp.reports.closing.models import ClosedFile, ReportTemplate, YearClose
from quizapp.reports.figures.annual import AnnualReport


def find_close(year: int) -> YearClose | None:
    """The close of a year as it stands in the database now, done or asked for."""
    return db.session.get(YearClose, year, populate_existing=True)


def find_closed_report(year: int) -> AnnualReport | None:
    """The figures of a closed year as they were frozen; None of a year that is open."""
    kept = find_kept_report(year)
    return read_report(kept) if kept else None


def find_kept_report(year: int) -> dict[str, Any] | None:
    """The figures of a closed year as JSON holds them."""
    return db.session.scalar(select(YearClose.report).where(YearClose.year == year))


def find_file(year: int, ending: str) -> KeptFile | None:
    """A file of a closed year."""
    file = db.session.scalar(
        select(ClosedFile)
        .where(ClosedFile.year == year, ClosedFile.ending == ending)
        .options(undefer(ClosedFile.content))
        .execution_options(populate_existing=True)
    )
    return KeptFile(file.ending, file.content, file.digest, file.size) if file else None


def list_files(year: int) -> Sequence[ClosedFile]:
    """The files of a closed year, without their content."""
    return db.session.scalars(
        select(ClosedFile).where(ClosedFile.year == year).order_by(ClosedFile.ending)
    ).all()


def find_template() -> ReportTemplate | None:
    """The bureau's template in use, without its content; None where ours is."""
    return db.session.scalar(select(ReportTemplate).where(ReportTemplate.in_use))


def find_template_content() -> bytes | None:
    """The bureau's template in use; None where ours is."""
    return db.session.scalar(select(ReportTemplate.content).where(ReportTemplate.in_use))


def find_template_of(close: YearClose) -> bytes | None:
    """The bureau's template that a closed year was printed by; None where ours was."""
    return db.session.scalar(
        select(ReportTemplate.content).where(ReportTemplate.digest == close.template_digest).limit(1)
    )
