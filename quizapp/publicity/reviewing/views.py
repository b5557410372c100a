"""Handing records in, deciding on them, and amending what is confirmed."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import list_units, names_of_users
from quizapp.core.addressing import find_number, read_number
from quizapp.core.forms import Form
from quizapp.core.paging import read_page
from quizapp.core.views import carry_out
from quizapp.extensions import db
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.materials.queries import (
    count_unconfirmed_movements,
    find_latest_movement,
    handed_out_at,
)
from quizapp.publicity.queries import reaches
from quizapp.publicity.reviewing import amending, queries, reviewing
from quizapp.publicity.reviewing.forms import ReasonForm
from quizapp.publicity.reviewing.showing import words_of_changes
from quizapp.publicity.reviewing.subjects import SUBJECTS, Subject
from quizapp.publicity.staff import READERS, RECORDERS, REVIEWERS

#: How a record is named in addresses.
_RECORD = "/records/<any(activity, release):subject>/<int:record_id>"


@blueprint.post(f"{_RECORD}/submit")
@requires(*RECORDERS)
def submit_record(subject: str, record_id: int) -> ResponseReturnValue:
    """Hand a record in for review."""
    actor = the_user()
    record = queries.get_record_for(actor, SUBJECTS[subject], record_id, RECORDERS)
    carry_out(lambda: reviewing.submit(record, actor), "已提交审核。")
    return redirect(_page_of(SUBJECTS[subject], record_id))


@blueprint.post(f"{_RECORD}/take-back")
@requires(*RECORDERS)
def take_back_record(subject: str, record_id: int) -> ResponseReturnValue:
    """Take a record back before it is decided on."""
    record = queries.get_record_for(the_user(), SUBJECTS[subject], record_id, RECORDERS)
    carry_out(lambda: reviewing.take_back(record), "已撤回，可以修改后重新提交。")
    return redirect(_page_of(SUBJECTS[subject], record_id))


@blueprint.post(f"{_RECORD}/delete")
@requires(*RECORDERS)
def delete_record(subject: str, record_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    record = queries.get_record_for(the_user(), SUBJECTS[subject], record_id, RECORDERS)
    carry_out(lambda: reviewing.delete(record), "草稿已删除。")
    return redirect(url_for(SUBJECTS[subject].list_endpoint))


@blueprint.post(f"{_RECORD}/confirm")
@requires(*REVIEWERS)
def confirm_record(subject: str, record_id: int) -> ResponseReturnValue:
    """Find a record right."""
    actor = the_user()
    record = queries.get_record_for(actor, SUBJECTS[subject], record_id, REVIEWERS)
    seen = find_number(request.form.get("version")) or 0
    carry_out(lambda: reviewing.confirm(record, actor, seen, _seen_movement()), "已确认，计入统计。")
    return redirect(_page_of(SUBJECTS[subject], record_id))


@blueprint.route(f"{_RECORD}/return", methods=["GET", "POST"])
@requires(*REVIEWERS)
def return_record(subject: str, record_id: int) -> ResponseReturnValue:
    """Give a record back with the reason."""
    actor, kind = the_user(), SUBJECTS[subject]
    record = queries.get_record_for(actor, kind, record_id, REVIEWERS)
    form = ReasonForm(data={"version": record.version})
    if form.validate_on_submit():
        seen, reason = find_number(request.form.get("version")) or 0, form.reason.data
        carry_out(
            lambda: reviewing.return_record(record, actor, seen, reason), "已退回，单位修改后可以重新提交。"
        )
        return redirect(_page_of(kind, record_id))
    return render_template("publicity/return_record.html", form=form, record=record, subject=kind)


@blueprint.route(f"{_RECORD}/void", methods=["GET", "POST"])
@requires(*RECORDERS)
def void_record(subject: str, record_id: int) -> ResponseReturnValue:
    """Propose that a confirmed record never was."""
    actor, kind = the_user(), SUBJECTS[subject]
    record = queries.get_record_for(actor, kind, record_id, RECORDERS)
    form = ReasonForm()
    if form.validate_on_submit():
        reason = form.reason.data
        carry_out(lambda: amending.propose_void(record, reason, actor), "已提出作废，等待审核。")
        return redirect(_page_of(kind, record_id))
    return render_template("publicity/void_record.html", form=form, record=record, subject=kind)


@blueprint.get("/reviews")
@requires(*REVIEWERS)
def reviews() -> ResponseReturnValue:
    """What waits for the actor's decision."""
    actor = the_user()
    subject = SUBJECTS.get(request.args.get("subject", ""), SUBJECTS["activity"])
    page = read_page(queries.select_waiting(actor, subject), request.args.get("page", 1, type=int))
    return render_template(
        "publicity/reviews.html",
        subject=subject,
        subjects=[(one, queries.count_waiting(actor, one)) for one in SUBJECTS.values()],
        amendments=queries.count_open_amendments(actor),
        movements=count_unconfirmed_movements(actor),
        latest_movement=find_latest_movement(),
        handed_out=handed_out_at([record.id for record in page.items]) if subject.key == "activity" else {},
        page=page,
        units={unit.id: unit.name for unit, _ in list_units()},
        names=names_of_users(record.submitted_by for record in page.items),
        form=Form(),
    )


@blueprint.post("/reviews/<any(activity, release):subject>/confirm")
@requires(*REVIEWERS)
def confirm_records(subject: str) -> ResponseReturnValue:
    """Confirm the records that were ticked, as they were seen."""
    actor = the_user()
    seen = dict(filter(None, map(_ticked, request.form.getlist("record"))))
    records = queries.list_records_for(actor, SUBJECTS[subject], list(seen))
    outcome = reviewing.confirm_many(records, seen, actor, _seen_movement())
    flash(outcome.sentence, "success" if outcome.confirmed else "attention")
    db.session.commit()
    return redirect(url_for("publicity.reviews", subject=subject))


@blueprint.get("/amendments")
@requires(*READERS)
def amendments() -> ResponseReturnValue:
    """The amendments of the units that the actor reads."""
    actor, state = the_user(), request.args.get("state")
    wanted = state if state in amending.STATES else None
    page = read_page(queries.select_amendments(actor, wanted), request.args.get("page", 1, type=int))
    return render_template(
        "publicity/amendments.html",
        page=page,
        state=wanted,
        states=amending.STATES,
        titles=queries.titles_of(actor, page.items),
        subjects=SUBJECTS,
        units={unit.id: unit.name for unit, _ in list_units()},
    )


@blueprint.get("/amendments/<int:amendment_id>")
@requires(*READERS)
def amendment(amendment_id: int) -> ResponseReturnValue:
    """One amendment: what it changes, why, and what became of it."""
    actor = the_user()
    found = queries.get_amendment_for(actor, amendment_id, READERS)
    subject = SUBJECTS[found.subject]
    return render_template(
        "publicity/amendment.html",
        amendment=found,
        state=amending.STATES[found.state],
        subject=subject,
        title=queries.titles_of(actor, [found]).get((found.subject, found.subject_id)),
        address=_page_of(subject, found.subject_id),
        changes=words_of_changes(found),
        names=names_of_users((found.proposed_by, found.decided_by)),
        may_decide=found.state == "submitted" and reaches(actor, found.unit_id, REVIEWERS),
        form=ReasonForm(),
    )


@blueprint.post("/amendments/<int:amendment_id>/confirm")
@requires(*REVIEWERS)
def confirm_amendment(amendment_id: int) -> ResponseReturnValue:
    """Let an amendment take hold."""
    actor = the_user()
    found = queries.get_amendment_for(actor, amendment_id, REVIEWERS)
    carry_out(lambda: amending.confirm_amendment(found, actor), "更正已生效。")
    return redirect(url_for("publicity.amendment", amendment_id=amendment_id))


@blueprint.post("/amendments/<int:amendment_id>/return")
@requires(*REVIEWERS)
def return_amendment(amendment_id: int) -> ResponseReturnValue:
    """Refuse an amendment with the reason."""
    actor = the_user()
    found = queries.get_amendment_for(actor, amendment_id, REVIEWERS)
    form = ReasonForm()
    if not form.validate_on_submit():
        flash("没有退回：请写明理由，不超过 300 字。", "danger")
        return redirect(url_for("publicity.amendment", amendment_id=amendment_id))
    reason = form.reason.data
    carry_out(lambda: amending.return_amendment(found, actor, reason), "已退回这份更正，记录没有变动。")
    return redirect(url_for("publicity.amendment", amendment_id=amendment_id))


def _seen_movement() -> int:
    """The latest movement that the page knew of; 0 where it doesn't say, so that none is confirmed along."""
    return find_number(request.form.get("movement")) or 0


def _page_of(subject: Subject, record_id: int) -> str:
    number: dict[str, Any] = {subject.argument: record_id}
    return url_for(subject.endpoint, **number)


def _ticked(text: str) -> tuple[int, int] | None:
    """A record's number and the version that was seen, from ``12-3``."""
    number, _, version = text.partition("-")
    try:
        return read_number(number), read_number(version)
    except ValueError:
        return None
