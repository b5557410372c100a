"""The annual report on screen and as files, and the close of a year."""

from urllib.parse import quote

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts import audit
from quizapp.accounts.permissions import requires, the_user
from quizapp.core.jobs.queries import find_latest_job
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity.workflow import State
from quizapp.reports.admin_views import blueprint
from quizapp.reports.closing import closing, issuing, queries, showing
from quizapp.reports.closing.files import MEDIA_TYPES, NAMES
from quizapp.reports.closing.forms import CloseForm
from quizapp.reports.staff import CLOSERS, READERS


def as_file(content: bytes, name: str, ending: str) -> ResponseReturnValue:
    """Bytes to be saved under a name."""
    disposition = f"attachment; filename*=UTF-8''{quote(f'{name}.{ending}')}"
    return content, {"Content-Type": MEDIA_TYPES[ending], "Content-Disposition": disposition}


@blueprint.get("/annual")
@requires(in_bureau=READERS)
def latest_annual() -> ResponseReturnValue:
    """To the year at hand."""
    return redirect(url_for("reports.annual", year=showing.latest_year()))


@blueprint.get("/annual/<int:year>")
@requires(in_bureau=READERS)
def annual(year: int) -> ResponseReturnValue:
    """The report as it reads, each figure leading to its records."""
    actor = the_user()
    return render_template(
        "reports/annual.html",
        year=year,
        page=showing.show_annual(year),
        names=NAMES,
        may_close=actor.holds_in_bureau(CLOSERS),
    )


@blueprint.post("/annual/<int:year>/report.<any(docx, xlsx, json):ending>")
@requires(in_bureau=READERS)
def download_annual(year: int, ending: str) -> ResponseReturnValue:
    """A file of the report; of a closed year the very bytes. Each download is in the audit trail."""
    showing.check_year(year)
    content = issuing.issue(year, ending)
    is_open = queries.find_closed_report(year) is None
    audit.record(f"export_{ending}", "year", year)
    db.session.commit()
    return as_file(content, f"{year}{NAMES[ending]}{'（未封账）' if is_open else ''}", ending)


@blueprint.route("/annual/<int:year>/close", methods=["GET", "POST"])
@requires(in_bureau=CLOSERS)
def close_year(year: int) -> ResponseReturnValue:
    """年度封账: what would be left out, and the year typed to confirm."""
    actor = the_user()
    showing.check_year(year)
    form = CloseForm()
    if form.validate_on_submit():
        try:
            closing.ask_close(year, form.year.data, actor)
        except QuizError as error:
            db.session.rollback()
            form.year.errors = [error.advice]
        else:
            db.session.commit()
            return redirect(url_for("reports.annual", year=year))
    return render_template(
        "reports/close_year.html",
        form=form,
        year=year,
        unfinished=showing.show_unfinished(year),
        state_words={state: state.label for state in State},
    )


@blueprint.get("/annual/<int:year>/progress")
@requires(in_bureau=READERS)
def close_progress(year: int) -> ResponseReturnValue:
    """How far the worker is with closing a year, for the page's script."""
    job = find_latest_job((closing.CLOSE_JOB,), year)
    return jsonify(
        ended=job is None or not job.is_open, done=job.done if job else 0, total=job.total if job else 0
    )
