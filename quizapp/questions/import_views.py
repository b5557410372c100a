"""Importing: upload, preview, mend, confirm, undo."""

from datetime import timedelta
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.core import clock
from quizapp.core.addressing import read_number
from quizapp.core.forms import Form
from quizapp.core.jobs.queries import find_latest_job
from quizapp.core.paging import read_page
from quizapp.core.uploads import takes_file
from quizapp.core.views import carry_out
from quizapp.core.wording import read_choice
from quizapp.extensions import db
from quizapp.questions.blueprint import blueprint
from quizapp.questions.forms import QuestionForm, UploadForm
from quizapp.questions.importers.columns import MEANINGS
from quizapp.questions.law_texts import read_law_texts
from quizapp.questions.parsed import Problem
from quizapp.questions.queries import get_bank_for
from quizapp.questions.staff import EDITORS
from quizapp.questions.staging import confirming, mending, queries, reading
from quizapp.questions.staging.models import ImportState
from quizapp.questions.staging.showing import show_staged, summarise
from quizapp.questions.staging.standing import Decision, Standing, read_raw

_UNDER_WAY = (ImportState.READING, ImportState.WRITING)


@blueprint.route("/banks/<int:bank_id>/import", methods=["GET", "POST"])
@requires(in_bureau=EDITORS)
@takes_file
def upload(bank_id: int) -> ResponseReturnValue:
    """Bring a file."""
    bank = get_bank_for(the_user(), bank_id, EDITORS)
    form = UploadForm()
    if form.validate_on_submit():
        try:
            begun = reading.begin_import(bank, *form.content(), the_user().id)
        except reading.CannotRead as error:
            form.file.errors = [error.advice]
        else:
            db.session.commit()
            return redirect(url_for("questions.preview_import", import_id=begun.id))
    return render_template(
        "questions/upload.html", form=form, bank=bank, imports=queries.list_imports(bank.id)
    )


@blueprint.get("/imports/<int:import_id>")
@requires(in_bureau=EDITORS)
def preview_import(import_id: int) -> ResponseReturnValue:
    """Every question as it will be, with what is wanting; or how far the worker is."""
    begun = queries.get_import_for(the_user(), import_id)
    standing = read_choice(Standing, request.args.get("standing"))
    page = read_page(queries.page_of_staged(begun.id, standing), request.args.get("page", 1, type=int))
    shown = show_staged(page.items)
    return render_template(
        "questions/preview_import.html",
        begun=begun,
        bank=get_bank_for(the_user(), begun.bank_id),
        job=find_latest_job((reading.READ_JOB, confirming.CONFIRM_JOB), begun.id),
        is_under_way=begun.state in _UNDER_WAY,
        a_minute_ago=clock.now() - timedelta(minutes=1),
        is_open=begun.state == ImportState.PREVIEW,
        page=page,
        shown=shown,
        texts=read_law_texts(citation for one in shown for citation in one.citations),
        summary=summarise(begun),
        standing=standing,
        meanings=MEANINGS,
        Standing=Standing,
        Decision=Decision,
        form=Form(),
    )


@blueprint.get("/imports/<int:import_id>/progress")
@requires(in_bureau=EDITORS)
def import_progress(import_id: int) -> ResponseReturnValue:
    """How far the worker is, for the page's script."""
    begun = queries.get_import_for(the_user(), import_id)
    job = find_latest_job((reading.READ_JOB, confirming.CONFIRM_JOB), begun.id)
    ended = begun.state not in _UNDER_WAY or (job is not None and not job.is_open)
    return jsonify(ended=ended, done=job.done if job else 0, total=job.total if job else 0)


@blueprint.post("/imports/<int:import_id>/columns")
@requires(in_bureau=EDITORS)
def map_columns(import_id: int) -> ResponseReturnValue:
    """Say what unknown headings mean, and read the file again."""
    actor = the_user()
    begun = queries.get_import_for(actor, import_id)
    chosen = dict(zip(request.form.getlist("heading"), request.form.getlist("meaning"), strict=False))
    carry_out(lambda: reading.remember_meanings(begun, chosen, actor.id))
    return redirect(url_for("questions.preview_import", import_id=import_id))


@blueprint.route("/imports/<int:import_id>/questions/<int:position>", methods=["GET", "POST"])
@requires(in_bureau=EDITORS)
def mend_question(import_id: int, position: int) -> ResponseReturnValue:
    """Mend one question of the file; what is typed is kept, right or not."""
    begun = queries.get_import_for(the_user(), import_id)
    staged = queries.get_staged(begun.id, position)
    form = QuestionForm(read_raw(staged.raw), prefix=f"q{position}-" if "inline" in request.args else "")
    if form.validate_on_submit():
        outcome = mending.mend(begun, staged, form.raw())
        if isinstance(outcome, Problem):
            flash(f"第 {position} 题已保存，还不能导入：{outcome.reason}", "attention")
        else:
            flash(f"第 {position} 题已改好。", "success")
        db.session.commit()
        return redirect(_back(begun.id, position))
    return render_template("questions/mend_question.html", form=form, begun=begun, staged=staged)


@blueprint.post("/imports/<int:import_id>/guesses")
@requires(in_bureau=EDITORS)
def accept_guesses(import_id: int) -> ResponseReturnValue:
    """Accept what was inferred, of one question or of all."""
    begun = queries.get_import_for(the_user(), import_id)
    position = request.form.get("position", type=read_number)
    chosen = queries.list_positions(begun.id, position, Standing.GUESS)
    carry_out(lambda: mending.accept_guesses(begun, chosen))
    return redirect(_back(import_id, position))


@blueprint.post("/imports/<int:import_id>/decisions")
@requires(in_bureau=EDITORS)
def decide_repeats(import_id: int) -> ResponseReturnValue:
    """Settle one repeat, or all that are undecided."""
    begun = queries.get_import_for(the_user(), import_id)
    position = request.form.get("position", type=read_number)
    decision = read_choice(Decision, request.form.get("decision"))
    chosen = queries.list_positions(begun.id, position, Standing.TWIN)
    carry_out(lambda: mending.decide(begun, chosen, decision))
    return redirect(_back(import_id, position))


@blueprint.post("/imports/<int:import_id>/confirm")
@requires(in_bureau=EDITORS)
def confirm_import(import_id: int) -> ResponseReturnValue:
    """确认导入: have the worker write all that is ready."""
    actor = the_user()
    begun = queries.get_import_for(actor, import_id)
    carry_out(lambda: confirming.ask_confirmation(begun, actor))
    return redirect(_back(import_id, None))


@blueprint.post("/imports/<int:import_id>/undo")
@requires(in_bureau=EDITORS)
def undo_import(import_id: int) -> ResponseReturnValue:
    """Take everything out of the bank again."""
    actor = the_user()
    begun = queries.get_import_for(actor, import_id)
    carry_out(lambda: confirming.undo(begun, actor), "导入已撤销，题库恢复到导入之前。")
    return redirect(_back(import_id, None))


@blueprint.post("/imports/<int:import_id>/discard")
@requires(in_bureau=EDITORS)
def discard_import(import_id: int) -> ResponseReturnValue:
    """Give up what is not in the bank."""
    begun = queries.get_import_for(the_user(), import_id)
    carry_out(lambda: confirming.discard(begun), "已放弃这次导入，题库没有变化。")
    return redirect(_back(import_id, None))


def _back(import_id: int, position: int | None) -> str:
    """The preview as it was filtered, at the question."""
    kept: dict[str, Any] = {name: request.args.get(name) for name in ("standing", "page")}
    anchor = f"q{position}" if position else None
    return url_for("questions.preview_import", import_id=import_id, _anchor=anchor, **kept)
