"""The registry of indicators, which a bureau keeps without code."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.core.views import carry_out
from quizapp.extensions import db
from quizapp.publicity.activities.queries import list_kinds
from quizapp.reports.admin_views import blueprint
from quizapp.reports.figures import keeping, queries
from quizapp.reports.figures.forms import IndicatorForm, PrintingForm, fill_in
from quizapp.reports.figures.reckoning import names_of
from quizapp.reports.figures.rules import write_rule
from quizapp.reports.figures.showing import describe_printing, name_section
from quizapp.reports.printing.placeholders import placeholder_of
from quizapp.reports.staff import KEEPERS, READERS


@blueprint.get("/indicators")
@requires(in_bureau=READERS)
def indicators() -> ResponseReturnValue:
    """Every indicator: its name, its rule, how it prints."""
    actor = the_user()
    registry = queries.read_registry()
    words = request.args.get("words", "").strip()
    return render_template(
        "reports/indicators.html",
        registry=registry,
        found=[one for one in registry.indicators if words in one.name],
        own=queries.keys_of_own(),
        words=words,
        names=names_of(registry.indicators),
        write_rule=write_rule,
        describe_printing=describe_printing,
        name_section=name_section,
        placeholder_of=placeholder_of,
        may_keep=actor.holds_in_bureau(KEEPERS),
    )


@blueprint.route("/indicators/new", methods=["GET", "POST"])
@requires(in_bureau=KEEPERS)
def new_indicator() -> ResponseReturnValue:
    """Add an indicator of the bureau's own."""
    form = IndicatorForm(
        list_kinds(), queries.list_categories(), queries.list_indicators(), data={"source": "entered"}
    )
    if form.validate_on_submit():
        try:
            keeping.create_indicator(form.plan())
        except keeping.NotKept as error:
            db.session.rollback()
            form.complain(error)
        else:
            db.session.commit()
            flash("指标已新建，从现在起计入各年度。", "success")
            return redirect(url_for("reports.indicators"))
    return render_template("reports/new_indicator.html", form=form)


@blueprint.route("/indicators/<key>/edit", methods=["GET", "POST"])
@requires(in_bureau=KEEPERS)
def edit_indicator(key: str) -> ResponseReturnValue:
    """Change an indicator; of a built-in one only how it prints."""
    row = queries.get_row_for(the_user(), key, *KEEPERS)
    others = [one for one in queries.list_indicators() if one.key != key]
    form = (
        PrintingForm(data=fill_in(row))
        if row.built_in
        else IndicatorForm(list_kinds(), queries.list_categories(), others, data=fill_in(row))
    )
    if form.validate_on_submit():
        try:
            keeping.edit_indicator(row, form.plan_of(row))
        except keeping.NotKept as error:
            db.session.rollback()
            form.complain(error)
        else:
            db.session.commit()
            flash("指标已修改。", "success")
            return redirect(url_for("reports.indicators"))
    return render_template("reports/edit_indicator.html", form=form, row=row)


@blueprint.post("/indicators/<key>/retire")
@requires(in_bureau=KEEPERS)
def retire_indicator(key: str) -> ResponseReturnValue:
    """Count an indicator no more."""
    row = queries.get_row_for(the_user(), key, *KEEPERS)
    carry_out(lambda: keeping.retire_indicator(row), "指标已停用，填报过的数字都还在。")
    return redirect(url_for("reports.indicators"))


@blueprint.post("/indicators/<key>/restore")
@requires(in_bureau=KEEPERS)
def restore_indicator(key: str) -> ResponseReturnValue:
    """Count a retired indicator again."""
    row = queries.get_row_for(the_user(), key, *KEEPERS)
    carry_out(lambda: keeping.restore_indicator(row), "指标已恢复。")
    return redirect(url_for("reports.indicators"))
