"""Activities: the list, one record, recording and editing, copying last month's."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import list_units_for, names_of_users
from quizapp.core import clock
from quizapp.core.addressing import read_number
from quizapp.core.forms import Form
from quizapp.core.uploads import takes_files
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity import months
from quizapp.publicity.acting import acts_on, default_unit
from quizapp.publicity.activities import copying, photos, queries, recording
from quizapp.publicity.activities.filters import is_narrowed, read_filters, write_filters
from quizapp.publicity.activities.forms import ActivityForm
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.activities.offering import offer
from quizapp.publicity.activities.photo_views import receive_photos
from quizapp.publicity.activities.showing import in_order
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.materials.queries import find_latest_movement, list_movements_of_activity
from quizapp.publicity.queries import get_unit, list_own_units, reaches
from quizapp.publicity.reviewing import amending, reviewing
from quizapp.publicity.reviewing.queries import list_amendments_of
from quizapp.publicity.reviewing.subjects import SUBJECTS
from quizapp.publicity.staff import READERS, RECORDERS
from quizapp.publicity.workflow import Act, State


@blueprint.get("/activities")
@requires(*READERS)
def activities() -> ResponseReturnValue:
    """The activities that the person reads, narrowed down and sorted; the address keeps the filters."""
    actor, filters = the_user(), read_filters(request.args)
    page, totals = queries.page_of_activities(actor, filters, request.args.get("page", 1, type=int))
    today = clock.shanghai_day(clock.now())
    return render_template(
        "publicity/activities.html",
        page=page,
        totals=totals,
        filters=write_filters(filters),
        is_narrowed=is_narrowed(filters),
        kinds=in_order(queries.list_kinds()),
        units=list_units_for(actor, *READERS),
        this_month=today.replace(day=1),
        last_month=months.month_before(today),
        may_record=actor.holds(RECORDERS),
        State=State,
    )


@blueprint.get("/activities/<int:activity_id>")
@requires(*READERS)
def activity(activity_id: int) -> ResponseReturnValue:
    """One activity, its photos, how it came to its state, and what the person may do with it."""
    actor = the_user()
    found = queries.get_activity_for(actor, activity_id)
    acts = acts_on(found, actor)
    return render_template(
        "publicity/activity.html",
        activity=found,
        kind=queries.get_kind(found.kind_id),
        unit=get_unit(found.unit_id),
        campaign=queries.find_campaign_title(found.campaign_id),
        photos=queries.list_photos(found.id),
        room=photos.MAX_PHOTOS - queries.count_photos(found.id),
        acts=acts,
        names=names_of_users((found.recorded_by, found.submitted_by, found.decided_by)),
        amendments=list_amendments_of(SUBJECTS["activity"], found.id),
        latest_movement=find_latest_movement(),  # before what is shown, so that nothing unseen is confirmed
        handed_out=list_movements_of_activity(found.id),
        may_hand_out=reaches(actor, found.unit_id, RECORDERS),
        form=Form(),
    )


@blueprint.route("/activities/new", methods=["GET", "POST"])
@requires(*RECORDERS)
@takes_files(photos.MAX_FORM_BYTES)
def new_activity() -> ResponseReturnValue:
    """Record an activity, from a phone in the field or at a desk."""
    sent = receive_photos()
    actor, today = the_user(), clock.shanghai_day(clock.now())
    form = ActivityForm(offer(actor), today, unit_id=default_unit(actor))
    if form.validate_on_submit():
        return _save(form, recording.record_activity(form.plan(), actor), sent)
    form.remember_photos(sent)
    return render_template("publicity/new_activity.html", form=form)


@blueprint.route("/activities/<int:activity_id>/edit", methods=["GET", "POST"])
@requires(*RECORDERS)
@takes_files(photos.MAX_FORM_BYTES)
def edit_activity(activity_id: int) -> ResponseReturnValue:
    """Change a draft or what was returned; of what is confirmed, propose an amendment."""
    sent = receive_photos()
    actor, today = the_user(), clock.shanghai_day(clock.now())
    found = queries.get_activity_for(actor, activity_id, RECORDERS)
    form = ActivityForm(offer(actor, found), today, found)
    if found.state == State.CONFIRMED:
        return _amend(form, found)
    if Act.EDIT not in acts_on(found, actor):
        raise reviewing.NotInThisState(f"{found.state_label}的记录不能修改。请先撤回，再修改。")
    if form.validate_on_submit():
        try:
            recording.edit_activity(found, form.plan(), form.seen_version())
        except reviewing.EditedMeanwhile:
            return _show_overtaken(form, found, sent)
        return _save(form, found, sent)
    if "check" in request.args and request.method == "GET":
        form.complain(recording.find_complaints(found))
    form.remember_photos(sent)
    return render_template("publicity/edit_activity.html", form=form, activity=found)


def _save(form: ActivityForm, activity: Activity, sent: Sequence[photos.Sent]) -> ResponseReturnValue:
    """Add the photos, hand it in where that was asked and nothing is wanting, and commit.

    Where something is wanting all is kept as a draft, and the person sent to mend it.
    """
    actor = the_user()
    outcome = photos.add_photos(activity, sent, actor)
    wanting = recording.find_complaints(activity) if form.submit.data else {}
    if outcome.complaint:
        flash(outcome.complaint, "attention")
    if wanting or (form.submit.data and outcome.is_lacking):
        flash("内容已存为草稿，还没有提交。请补充后再提交。", "attention")
        db.session.commit()
        return redirect(url_for("publicity.edit_activity", activity_id=activity.id, check=1))
    if form.submit.data:
        reviewing.submit(activity, actor)
    flash("已提交审核。" if form.submit.data else "草稿已保存。", "success")
    db.session.commit()
    return redirect(url_for("publicity.activity", activity_id=activity.id))


def _show_overtaken(
    form: ActivityForm, activity: Activity, sent: Sequence[photos.Sent]
) -> ResponseReturnValue:
    """Tell of two editors the second, who keeps what was typed and may save it over what he has seen now."""
    db.session.rollback()
    form.version.data = activity.version
    form.remember_photos(sent)
    page = render_template("publicity/edit_activity.html", form=form, activity=activity, is_overtaken=True)
    return page, reviewing.EditedMeanwhile.status


def _amend(form: ActivityForm, activity: Activity) -> ResponseReturnValue:
    """Propose other values of what is confirmed."""
    form.ask_reason()
    if form.validate_on_submit():
        plan = form.plan()
        form.complain(recording.find_complaints(plan))
        if not form.errors:
            try:
                amending.propose(activity, plan.values(), form.reason.data, the_user())
            except QuizError as error:
                form.reason.errors = [error.advice]
                db.session.rollback()
            else:
                flash("更正已提出，审核员同意后生效。", "success")
                db.session.commit()
                return redirect(url_for("publicity.activity", activity_id=activity.id))
    return render_template("publicity/edit_activity.html", form=form, activity=activity, is_amendment=True)


@blueprint.route("/activities/copy", methods=["GET", "POST"])
@requires(*RECORDERS)
def copy_activities() -> ResponseReturnValue:
    """Copy some of last month's activities as drafts into this month."""
    actor, today = the_user(), clock.shanghai_day(clock.now())
    month = months.month_before(today)
    unit_id = request.args.get("unit", type=read_number)
    chosen = [unit_id] if unit_id else list_own_units(actor)
    rows = queries.list_to_copy(actor, chosen, month, months.last_day(month))
    if request.method == "POST":
        ticked = set(request.form.getlist("activity", type=read_number))
        outcome = copying.copy_activities([row[0] for row in rows if row[0].id in ticked], today, actor)
        flash(outcome.sentence, "success" if outcome.copied and not outcome.repeated else "attention")
        db.session.commit()
        return redirect(url_for("publicity.activities", state=State.DRAFT, month=f"{today:%Y-%m}"))
    return render_template(
        "publicity/copy_activities.html",
        rows=rows,
        month=month,
        units=list_units_for(actor, *RECORDERS),
        unit_id=unit_id,
        form=Form(),
    )
