"""The template that the annual report prints by."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts import audit
from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import names_of_users
from quizapp.core.forms import Form
from quizapp.core.uploads import takes_file
from quizapp.core.views import carry_out
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.reports.admin_views import blueprint
from quizapp.reports.annual_views import as_file
from quizapp.reports.closing import issuing, queries, showing, templates
from quizapp.reports.closing.forms import TemplateForm
from quizapp.reports.figures.reckoning import list_indicators
from quizapp.reports.printing.default_template import write_default_template
from quizapp.reports.printing.placeholders import known_placeholders, placeholder_values
from quizapp.reports.staff import CLOSERS


@blueprint.route("/report-template", methods=["GET", "POST"])
@requires(in_bureau=CLOSERS)
@takes_file
def report_template() -> ResponseReturnValue:
    """Which template prints, what it may name, and a file of the bureau's own."""
    actor = the_user()
    form = TemplateForm()
    if form.validate_on_submit():
        try:
            templates.use_template(*form.brought(), actor)
        except QuizError as error:
            db.session.rollback()
            form.file.errors = getattr(error, "sentences", [error.advice])
        else:
            db.session.commit()
            flash("模板已更换，今后的年度报告按它生成。", "success")
            return redirect(url_for("reports.report_template"))
    return render_template("reports/report_template.html", form=form, restore=Form(), **_shown())


def _shown() -> dict[str, object]:
    """The template in use, and what every placeholder prints now."""
    template = queries.find_template()
    report = issuing.report_of(showing.latest_year())
    return {
        "template": template,
        "brought_by": names_of_users([template.uploaded_by])[template.uploaded_by] if template else "",
        "meanings": known_placeholders(list_indicators()),
        "values": placeholder_values(report),
        "report": report,
    }


@blueprint.post("/report-template/<any(ours, present):which>.docx")
@requires(in_bureau=CLOSERS)
def download_template(which: str) -> ResponseReturnValue:
    """Our template or the one in use, to be edited in Word. Each download is in the audit trail."""
    present = queries.find_template_content() if which == "present" else None
    audit.record("export_template", "report_template", which)
    db.session.commit()
    return as_file(present or write_default_template(list_indicators()), "年度报告模板", "docx")


@blueprint.post("/report-template/restore")
@requires(in_bureau=CLOSERS)
def restore_template() -> ResponseReturnValue:
    """Print by our wording again."""
    template = queries.find_template()
    if template is not None:
        carry_out(lambda: templates.return_to_ours(template), "已恢复使用系统自带的模板。")
    return redirect(url_for("reports.report_template"))
