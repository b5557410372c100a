"""Releases: the list, one record, recording and editing, and the list as an Excel file."""

import io

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts import audit
from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import list_units_for, names_of_users
from quizapp.core import clock
from quizapp.core.spreadsheets import MAX_ROWS
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.ledgers.writing import write_ledger
from quizapp.publicity.acting import acts_on, default_unit
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.months import month_before
from quizapp.publicity.queries import get_unit
from quizapp.publicity.releases import queries, recording
from quizapp.publicity.releases.addresses import is_link
from quizapp.publicity.releases.filters import is_narrowed, read_filters, write_filters
from quizapp.publicity.releases.forms import ReleaseForm
from quizapp.publicity.releases.ledger import export_rows
from quizapp.publicity.releases.ledger_columns import EXPORT_COLUMNS
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.reviewing import amending, reviewing
from quizapp.publicity.reviewing.queries import list_amendments_of
from quizapp.publicity.reviewing.subjects import SUBJECTS
from quizapp.publicity.staff import READERS, RECORDERS
from quizapp.publicity.workflow import Act, State


@blueprint.get("/releases")
@requires(*READERS)
def releases() -> ResponseReturnValue:
    """The releases that the person reads, narrowed down and sorted; the address keeps the filters."""
    actor, filters = the_user(), read_filters(request.args)
    today = clock.shanghai_day(clock.now())
    page, totals = queries.page_of_releases(actor, filters, request.args.get("page", 1, type=int))
    return render_template(
        "publicity/releases.html",
        page=page,
        repeated=queries.list_repeated([row[0] for row in page.items]),
        totals=totals,
        filters=write_filters(filters),
        is_narrowed=is_narrowed(filters),
        units=list_units_for(actor, *READERS),
        this_month=today.replace(day=1),
        last_month=month_before(today),
        may_record=actor.holds(RECORDERS),
        State=State,
        Level=Level,
        ReleaseKind=ReleaseKind,
    )


@blueprint.get("/releases/<int:release_id>")
@requires(*READERS)
def release(release_id: int) -> ResponseReturnValue:
    """One release, what may be the same, how it came to its state, what the person may do with it."""
    actor = the_user()
    found = queries.get_release_for(actor, release_id)
    is_void = found.state == State.VOIDED
    return render_template(
        "publicity/release.html",
        release=found,
        level=Level(found.level),
        kind=ReleaseKind(found.kind),
        unit=get_unit(found.unit_id),
        is_link=is_link(found.address),
        twins=None if is_void else queries.find_twins(actor, (found.address_key, found.title_key), found.id),
        acts=acts_on(found, actor),
        names=names_of_users((found.recorded_by, found.submitted_by, found.decided_by)),
        amendments=list_amendments_of(SUBJECTS["release"], found.id),
    )


@blueprint.route("/releases/new", methods=["GET", "POST"])
@requires(*RECORDERS)
def new_release() -> ResponseReturnValue:
    """Record a release. What may be recorded already is said once, and refused never."""
    form, twins = _form(), None
    if form.validate_on_submit():
        plan = form.plan()
        twins = queries.find_twins(the_user(), plan.keys)
        if form.has_seen(plan) or not twins:
            return _save(form, recording.record_release(plan, the_user()))
    return render_template("publicity/new_release.html", form=form, twins=twins)


@blueprint.route("/releases/<int:release_id>/edit", methods=["GET", "POST"])
@requires(*RECORDERS)
def edit_release(release_id: int) -> ResponseReturnValue:
    """Change a draft or what was returned; of what is confirmed, propose an amendment."""
    actor = the_user()
    found = queries.get_release_for(actor, release_id, RECORDERS)
    form, twins, is_overtaken = _form(found), None, False
    if found.state == State.CONFIRMED:
        return _amend(form, found)
    if Act.EDIT not in acts_on(found, actor):
        raise reviewing.NotInThisState(f"{found.state_label}的记录不能修改。请先撤回，再修改。")
    if form.validate_on_submit():
        plan = form.plan()
        twins = queries.find_twins(actor, plan.keys, found.id)
        if form.has_seen(plan) or not twins or plan.keys == (found.address_key, found.title_key):
            try:
                recording.edit_release(found, plan, form.seen_version())
                return _save(form, found)
            except reviewing.EditedMeanwhile:
                is_overtaken, form.version.data = True, found.version
    return _show_edit(form, found, twins=twins, is_overtaken=is_overtaken)


def _form(release: Release | None = None) -> ReleaseForm:
    actor = the_user()
    return ReleaseForm(
        units=list_units_for(actor, *RECORDERS),
        outlets=queries.list_outlets(actor),
        today=clock.shanghai_day(clock.now()),
        release=release,
        unit_id=default_unit(actor),
    )


def _save(form: ReleaseForm, release: Release) -> ResponseReturnValue:
    """Hand it in where that was asked, and commit."""
    if form.submit.data:
        reviewing.submit(release, the_user())
    flash("已提交审核。" if form.submit.data else "草稿已保存。", "success")
    db.session.commit()
    return redirect(url_for("publicity.release", release_id=release.id))


def _amend(form: ReleaseForm, release: Release) -> ResponseReturnValue:
    """Propose other values of what is confirmed."""
    form.ask_reason()
    if form.validate_on_submit():
        try:
            amending.propose(release, form.plan().values(), form.reason.data, the_user())
        except QuizError as error:
            form.reason.errors = [error.advice]
            db.session.rollback()
        else:
            flash("更正已提出，审核员同意后生效。", "success")
            db.session.commit()
            return redirect(url_for("publicity.release", release_id=release.id))
    return _show_edit(form, release, is_amendment=True)


def _show_edit(form: ReleaseForm, release: Release, **more: object) -> ResponseReturnValue:
    status = reviewing.EditedMeanwhile.status if more.get("is_overtaken") else 200
    return render_template("publicity/edit_release.html", form=form, release=release, **more), status


@blueprint.post("/releases/export")
@requires(*READERS)
def export_releases() -> ResponseReturnValue:
    """What the filters leave, as sorted. Each export is in the audit trail."""
    actor, filters = the_user(), read_filters(request.form)
    if sum(queries.count_by_level(actor, filters).values()) > MAX_ROWS:
        flash(f"一次最多导出 {MAX_ROWS} 条。请按日期、单位或级别缩小范围后再导出。", "attention")
        return redirect(url_for("publicity.releases", **write_filters(filters)))
    content = io.BytesIO(write_ledger(EXPORT_COLUMNS, export_rows(actor, filters)))
    audit.record("export", "releases", actor.id)
    db.session.commit()
    return send_file(content, as_attachment=True, download_name="媒体发稿台账.xlsx")
