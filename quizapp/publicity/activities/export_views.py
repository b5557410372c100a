"""The list of activities as an Excel file."""

import io

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts import audit
from quizapp.accounts.permissions import requires, the_user
from quizapp.core.spreadsheets import MAX_ROWS
from quizapp.extensions import db
from quizapp.ledgers.writing import write_ledger
from quizapp.publicity.activities import queries
from quizapp.publicity.activities.filters import read_filters, write_filters
from quizapp.publicity.activities.ledger import export_rows
from quizapp.publicity.activities.ledger_columns import list_export_columns
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.staff import READERS


@blueprint.post("/activities/export")
@requires(*READERS)
def export_activities() -> ResponseReturnValue:
    """What the filters leave, as sorted. Each export is in the audit trail."""
    actor, filters = the_user(), read_filters(request.form)
    if queries.count_activities(actor, filters) > MAX_ROWS:
        flash(f"一次最多导出 {MAX_ROWS} 条。请按日期、单位或类型缩小范围后再导出。", "attention")
        return redirect(url_for("publicity.activities", **write_filters(filters)))
    content = io.BytesIO(write_ledger(list_export_columns(), export_rows(actor, filters)))
    audit.record("export", "activities", actor.id)
    db.session.commit()
    return send_file(content, as_attachment=True, download_name="宣传活动台账.xlsx")
