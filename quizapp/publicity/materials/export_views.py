"""The ledger of movements as an Excel file."""

import io

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts import audit
from quizapp.accounts.permissions import requires, the_user
from quizapp.core.spreadsheets import MAX_ROWS
from quizapp.extensions import db
from quizapp.ledgers.writing import write_ledger
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.materials.filters import read_filters, write_filters
from quizapp.publicity.materials.ledger import export_rows
from quizapp.publicity.materials.ledger_columns import list_export_columns
from quizapp.publicity.materials.list_queries import count_movements
from quizapp.publicity.staff import READERS


@blueprint.post("/movements/export")
@requires(*READERS)
def export_movements() -> ResponseReturnValue:
    """What the filters leave, as sorted. Each export is in the audit trail."""
    actor, filters = the_user(), read_filters(request.form)
    if count_movements(actor, filters) > MAX_ROWS:
        flash(f"一次最多导出 {MAX_ROWS} 条。请按日期、单位或类型缩小范围后再导出。", "attention")
        return redirect(url_for("publicity.movements", **write_filters(filters)))
    content = io.BytesIO(write_ledger(list_export_columns(), export_rows(actor, filters)))
    audit.record("export", "movements", actor.id)
    db.session.commit()
    return send_file(content, as_attachment=True, download_name="宣传品出入库台账.xlsx")
