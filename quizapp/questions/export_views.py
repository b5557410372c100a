"""A bank's questions as a file of another format, and the files to fill in."""

from urllib.parse import quote

from flask import render_template, request
from flask.typing import ResponseReturnValue

from quizapp.accounts import audit
from quizapp.accounts.permissions import requires, the_user
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.questions import queries
from quizapp.questions.blueprint import blueprint
from quizapp.questions.exporters.formats import FORMATS, TEXT_TYPE, XLSX_TYPE
from quizapp.questions.exporters.template import write_template, write_text_template
from quizapp.questions.staff import BORROWERS, READERS, REVIEWERS


@blueprint.post("/banks/<int:bank_id>/export/<name>")
@requires(in_bureau=REVIEWERS)
def export_bank(bank_id: int, name: str) -> ResponseReturnValue:
    """The questions in use; what the format can't hold is told first. Each export is in the audit trail."""
    bank = queries.get_bank_for(the_user(), bank_id, REVIEWERS)
    if name not in FORMATS:
        raise NotFound
    questions = queries.list_questions_in_use(bank.id)
    exported = FORMATS[name].write(questions, bank.name, bank.law_revised_on)
    if exported.omitted and "anyway" not in request.form:
        return render_template(
            "questions/export_bank.html", bank=bank, name=name, format=FORMATS[name], omitted=exported.omitted
        )
    audit.record(f"export_{name}", "bank", bank.id)
    db.session.commit()
    return exported.content, _headers(bank.name, FORMATS[name].ending, FORMATS[name].media_type)


@blueprint.get("/banks/templates/<any(xlsx, txt):ending>")
@requires(*BORROWERS, in_bureau=READERS)
def bank_template(ending: str) -> ResponseReturnValue:
    """A file to fill in, with notes and samples."""
    if ending == "xlsx":
        return write_template(), _headers("题库模板", ending, XLSX_TYPE)
    return write_text_template(), _headers("题库模板", ending, TEXT_TYPE)


def _headers(name: str, ending: str, media_type: str) -> dict[str, str]:
    file_name = quote(f"{name}.{ending}")
    return {"Content-Type": media_type, "Content-Disposition": f"attachment; filename*=UTF-8''{file_name}"}
