"""The figures of a year, what stands behind each, and entering those that no record holds."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import names_of_users
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.reports.admin_views import blueprint
from quizapp.reports.figures import queries
from quizapp.reports.figures.entering import NotEntered, enter
from quizapp.reports.figures.entry_forms import complain, make_entry_form, typed_in
from quizapp.reports.figures.formulas import Entered
from quizapp.reports.figures.opening import address_of, open_figure, open_year
from quizapp.reports.figures.showing import (
    by_section,
    describe_change,
    split_number,
    year_at_hand,
    years_offered,
)
from quizapp.reports.staff import ENTERERS, KEEPERS, READERS


@blueprint.get("/figures")
@requires(in_bureau=READERS)
def figures() -> ResponseReturnValue:
    """A year's figures, each leading to what stands behind it."""
    actor, today = the_user(), clock.shanghai_day(clock.now())
    year = request.args.get("year", year_at_hand(today), type=int)
    shown = open_year(year)
    return render_template(
        "reports/figures.html",
        shown=shown,
        sections=by_section(shown.report.figures),
        year=year,
        years=years_offered(year, today),
        may_enter=actor.holds_in_bureau(ENTERERS),
        describe_change=describe_change,
        split_number=split_number,
    )


@blueprint.get("/figures/<int:year>/<key>")
@requires(in_bureau=READERS)
def figure(year: int, key: str) -> ResponseReturnValue:
    """A figure: its definition, its exact value, its branches and its very records."""
    actor = the_user()
    branch_id = request.args.get("branch", type=int)
    opened = open_figure(year, key, branch_id, request.args.get("page", 1, type=int))
    records = opened.records.items if opened.records else ()
    return render_template(
        "reports/figure.html",
        opened=opened,
        year=year,
        rows=[(record, address_of(record, actor)) for record in records],
        people=names_of_users(entry.entered_by for entry in opened.entries),
        describe_change=describe_change,
        split_number=split_number,
        may_enter=actor.holds_in_bureau(ENTERERS),
        may_keep=actor.holds_in_bureau(KEEPERS),
    )


@blueprint.route("/figures/<int:year>/enter", methods=["GET", "POST"])
@requires(in_bureau=ENTERERS)
def enter_figures(year: int) -> ResponseReturnValue:
    """Enter the numbers of a year on one page; only what changed is written."""
    actor = the_user()
    shown = open_year(year)
    wanted = [one for one in shown.report.figures if isinstance(one.indicator.formula, Entered)]
    indicators = [one.indicator for one in wanted]
    form = make_entry_form(indicators, queries.latest_entries(year))
    if form.validate_on_submit():
        try:
            changed = enter(year, typed_in(form, indicators), actor)
        except NotEntered as error:
            db.session.rollback()
            complain(form, error.complaints, queries.latest_entries(year))
        else:
            db.session.commit()
            flash(f"已保存 {len(changed)} 项。" if changed else "没有改动，什么都没有保存。", "success")
            return redirect(url_for("reports.figures", year=year))
    sections = by_section(wanted)
    return render_template("reports/enter_figures.html", form=form, sections=sections, year=year, shown=shown)
