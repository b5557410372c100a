"""Importing a ledger: upload, preview, mend, confirm, undo."""

import io
from datetime import timedelta
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.core.addressing import read_number
from quizapp.core.forms import Form
from quizapp.core.jobs.queries import find_latest_job
from quizapp.core.paging import read_page
from quizapp.core.uploads import takes_file
from quizapp.core.views import carry_out
from quizapp.core.wording import read_choice
from quizapp.extensions import db
from quizapp.ledgers import confirming, mending, queries, reading
from quizapp.ledgers.blueprint import blueprint
from quizapp.ledgers.forms import LedgerFileForm, row_form_of
from quizapp.ledgers.ledger import find_ledger
from quizapp.ledgers.showing import prefix_of, show_rows, summarise
from quizapp.ledgers.standing import UNDER_WAY, ImportState, Standing
from quizapp.ledgers.writing import write_template

_JOBS = (reading.READ_JOB, confirming.CONFIRM_JOB, confirming.UNDO_JOB)
#: Each ledger says itself who may import it; that stands in the fetch.
_ANYONE = tuple(Role)


@blueprint.route("/ledgers/<key>/import", methods=["GET", "POST"])
@requires(*_ANYONE)
@takes_file
def upload(key: str) -> ResponseReturnValue:
    """Bring a file."""
    ledger = queries.get_ledger_for(the_user(), key)
    form = LedgerFileForm()
    if form.validate_on_submit():
        file = form.file.data
        try:
            begun = reading.begin_import(ledger, file.filename or "未命名文件", file.read(), the_user().id)
        except reading.CannotRead as error:
            form.file.errors = [error.advice]
        else:
            db.session.commit()
            return redirect(url_for("ledgers.preview_import", ledger_import_id=begun.id))
    imports = queries.list_imports_for(the_user(), key)
    return render_template("ledgers/upload.html", form=form, ledger=ledger, imports=imports)


@blueprint.get("/ledgers/<key>/template.xlsx")
@requires(*_ANYONE)
def template(key: str) -> ResponseReturnValue:
    """An empty table to fill in."""
    ledger = queries.get_ledger_for(the_user(), key)
    content = io.BytesIO(write_template(ledger.columns()))
    return send_file(content, as_attachment=True, download_name=f"{ledger.name}台账模板.xlsx")


@blueprint.get("/ledger-imports/<int:ledger_import_id>")
@requires(*_ANYONE)
def preview_import(ledger_import_id: int) -> ResponseReturnValue:
    """Every row as it will be, with what is wanting; or how far the worker is."""
    begun = queries.get_import_for(the_user(), ledger_import_id)
    ledger = find_ledger(begun.ledger_key)
    standing = read_choice(Standing, request.args.get("standing"))
    page = read_page(queries.page_of_rows(begun.id, standing), request.args.get("page", 1, type=int))
    columns = ledger.columns()
    return render_template(
        "ledgers/preview_import.html",
        begun=begun,
        ledger=ledger,
        columns=columns,
        job=find_latest_job(_JOBS, begun.id),
        is_under_way=begun.state in UNDER_WAY,
        a_minute_ago=clock.now() - timedelta(minutes=1),
        is_open=begun.state == ImportState.PREVIEW,
        page=page,
        shown=show_rows(columns, page.items),
        summary=summarise(begun),
        standing=standing,
        Standing=Standing,
        form=Form(),
    )


@blueprint.get("/ledger-imports/<int:ledger_import_id>/progress")
@requires(*_ANYONE)
def import_progress(ledger_import_id: int) -> ResponseReturnValue:
    """How far the worker is, for the page's script."""
    begun = queries.get_import_for(the_user(), ledger_import_id)
    job = find_latest_job(_JOBS, begun.id)
    ended = begun.state not in UNDER_WAY or (job is not None and not job.is_open)
    return jsonify(ended=ended, done=job.done if job else 0, total=job.total if job else 0)


@blueprint.post("/ledger-imports/<int:ledger_import_id>/columns")
@requires(*_ANYONE)
def map_columns(ledger_import_id: int) -> ResponseReturnValue:
    """Say what unknown headings mean, and read the file again."""
    actor = the_user()
    begun = queries.get_import_for(actor, ledger_import_id)
    chosen = zip(request.form.getlist("heading"), request.form.getlist("name"), strict=False)
    told = {heading: name for heading, name in chosen if name}
    carry_out(lambda: reading.remember_headings(begun, told, actor.id))
    return redirect(_back(ledger_import_id, None))


@blueprint.route("/ledger-imports/<int:ledger_import_id>/rows/<int:row_number>", methods=["GET", "POST"])
@requires(*_ANYONE)
def mend_row(ledger_import_id: int, row_number: int) -> ResponseReturnValue:
    """Mend one row of the file; what is typed is kept, right or not."""
    actor = the_user()
    begun = queries.get_import_for(actor, ledger_import_id)
    row = queries.get_row(begun.id, row_number)
    form = row_form_of(find_ledger(begun.ledger_key).columns())(
        row.cells, prefix=prefix_of(row) if "inline" in request.args else ""
    )
    if form.validate_on_submit():
        mending.mend(begun, row, form.cells(), actor)
        _tell_mended(row.where, list(row.problems.values()))
        db.session.commit()
        return redirect(_back(begun.id, row.position))
    if request.method == "GET":
        form.tell(row.problems)
    return render_template("ledgers/mend_row.html", form=form, begun=begun, row=row)


@blueprint.post("/ledger-imports/<int:ledger_import_id>/exclusions")
@requires(*_ANYONE)
def exclude_rows(ledger_import_id: int) -> ResponseReturnValue:
    """Exclude a row, or all that are worth a look; or include a row again."""
    actor = the_user()
    begun = queries.get_import_for(actor, ledger_import_id)
    position = request.form.get("position", type=read_number)
    if "again" in request.form:
        chosen = queries.list_chosen(begun.id, position, Standing.EXCLUDED)
        carry_out(lambda: mending.include(begun, chosen, actor))
    else:
        chosen = queries.list_chosen(begun.id, position, Standing.CAUTION)
        carry_out(lambda: mending.exclude(begun, chosen))
    return redirect(_back(ledger_import_id, position))


@blueprint.post("/ledger-imports/<int:ledger_import_id>/confirm")
@requires(*_ANYONE)
def confirm_import(ledger_import_id: int) -> ResponseReturnValue:
    """确认导入: have the worker write all that is ready."""
    actor = the_user()
    begun = queries.get_import_for(actor, ledger_import_id)
    carry_out(lambda: confirming.ask_confirmation(begun, actor))
    return redirect(_back(ledger_import_id, None))


@blueprint.post("/ledger-imports/<int:ledger_import_id>/undo")
@requires(*_ANYONE)
def undo_import(ledger_import_id: int) -> ResponseReturnValue:
    """Have the worker take back every record that still can be."""
    actor = the_user()
    begun = queries.get_import_for(actor, ledger_import_id)
    carry_out(lambda: confirming.ask_undo(begun, actor))
    return redirect(_back(ledger_import_id, None))


@blueprint.post("/ledger-imports/<int:ledger_import_id>/discard")
@requires(*_ANYONE)
def discard_import(ledger_import_id: int) -> ResponseReturnValue:
    """Give up what is no record."""
    begun = queries.get_import_for(the_user(), ledger_import_id)
    carry_out(lambda: mending.discard(begun), "已放弃这次导入，系统中没有增加内容。")
    return redirect(_back(ledger_import_id, None))


def _tell_mended(where: str, problems: list[str]) -> None:
    if problems:
        flash(f"{where}已保存，还不能导入：{problems[0]}", "attention")
    else:
        flash(f"{where}已改好。", "success")


def _back(ledger_import_id: int, position: int | None) -> str:
    """The preview as it was filtered, at the row."""
    kept: dict[str, Any] = {name: request.args.get(name) for name in ("standing", "page")}
    anchor = f"r{position}" if position else None
    return url_for("ledgers.preview_import", ledger_import_id=ledger_import_id, _anchor=anchor, **kept)
