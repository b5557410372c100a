"""普法责任清单: the year's plan and its progress, setting it, copying the year before's."""

import io
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts import audit
from quizapp.accounts.models import Unit
from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import list_units_for
from quizapp.core import clock
from quizapp.core.addressing import find_number, read_number
from quizapp.core.forms import Form
from quizapp.core.paging import slice_page
from quizapp.core.views import carry_out
from quizapp.extensions import db
from quizapp.ledgers.values import FIRST_YEAR, LAST_YEAR
from quizapp.ledgers.writing import write_ledger
from quizapp.publicity.activities.queries import list_kinds
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.staff import KEEPERS, READERS
from quizapp.publicity.targets import planning, queries
from quizapp.publicity.targets.forms import TargetsForm, targets_form_of
from quizapp.publicity.targets.ledger import export_rows, list_export_columns
from quizapp.publicity.targets.progress import passed_of
from quizapp.publicity.targets.showing import name_kinds, show_year


@blueprint.get("/targets")
@requires(*READERS)
def targets() -> ResponseReturnValue:
    """A year's plan by unit and kind, with what is done, beside the share of the year that has passed."""
    actor, year, today = the_user(), _year(request.args), clock.shanghai_day(clock.now())
    unit_id, only_lagging = request.args.get("unit", type=read_number), request.args.get("lagging") == "1"
    passed = passed_of(year, today)
    shown = show_year(actor, year, passed, unit_id)
    to_plan = queries.list_units_to_plan(actor)
    rows = shown.lagging if only_lagging else shown.units
    return render_template(
        "publicity/targets.html",
        shown=shown,
        page=slice_page(rows, request.args.get("page", 1, type=int)),
        year=year,
        years=sorted({*queries.list_years(actor), today.year, today.year + 1, year}),
        passed=passed,
        filters={"year": year, "unit": unit_id, "lagging": "1" if only_lagging else None},
        units=list_units_for(actor, *READERS),
        to_plan=to_plan,
        may_plan={unit.id for unit, _ in to_plan},
        form=Form(),
    )


@blueprint.route("/targets/edit", methods=["GET", "POST"])
@requires(*KEEPERS)
def edit_targets() -> ResponseReturnValue:
    """Set the targets of a unit and year."""
    actor, year = the_user(), _year(request.args)
    unit_id = request.args.get("unit", type=read_number)
    to_plan = queries.list_units_to_plan(actor)
    if unit_id is None and not to_plan:
        return redirect(url_for("publicity.targets", year=year))
    unit = queries.get_unit_to_plan(actor, to_plan[0][0].id if unit_id is None else unit_id)
    form = _form(unit, year)
    if form.validate_on_submit():
        try:
            planning.set_targets(unit, year, form.plan(), form.seen_plan())
        except planning.PlannedMeanwhile as error:
            db.session.rollback()
            current = planning.plan_of(unit, year)
            form.show_seen(current)
            page = _edit_page(form, unit, year, to_plan, is_overtaken=True, current=form.in_words(current))
            return page, error.status
        flash(f"{unit.name} {year} 年的计划已保存。", "success")
        db.session.commit()
        return redirect(url_for("publicity.targets", year=year))
    return _edit_page(form, unit, year, to_plan)


def _form(unit: Unit, year: int) -> TargetsForm:
    plan, before = planning.plan_of(unit, year), planning.plan_of(unit, year - 1)
    kinds = [kind for kind in list_kinds() if not kind.retired or kind.id in plan]
    return targets_form_of(name_kinds(kinds), before)(plan)


def _edit_page(
    form: TargetsForm, unit: Unit, year: int, to_plan: Sequence[tuple[Unit, int]], **more: Any
) -> str:
    return render_template(
        "publicity/edit_targets.html", form=form, unit=unit, year=year, to_plan=to_plan, **more
    )


@blueprint.post("/targets/copy")
@requires(*KEEPERS)
def copy_targets() -> ResponseReturnValue:
    """Set what a year lacks as it was the year before."""
    actor, year = the_user(), _year(request.form)
    copied: list[int] = []
    carry_out(lambda: copied.append(planning.copy_targets(year, actor)))
    if copied:
        sentence = f"已从 {year - 1} 年复制 {copied[0]} 项计划。" if copied[0] else ""
        flash(sentence or f"没有可以复制的：{year - 1} 年没有计划，或者今年都已有了。", "success")
    return redirect(url_for("publicity.targets", year=year))


@blueprint.post("/targets/export")
@requires(*READERS)
def export_targets() -> ResponseReturnValue:
    """A year's plan with its progress as an Excel file. Each export is in the audit trail."""
    actor, year = the_user(), _year(request.form)
    unit_id = request.form.get("unit", type=read_number)
    shown = show_year(actor, year, passed_of(year, clock.shanghai_day(clock.now())), unit_id)
    content = io.BytesIO(write_ledger(list_export_columns(), export_rows(actor, year, shown)))
    audit.record("export", "targets", actor.id)
    db.session.commit()
    return send_file(content, as_attachment=True, download_name=f"{year}年普法责任清单.xlsx")


def _year(values: Any) -> int:
    """The year that an address or form names, this one where it names none that there is."""
    year = find_number(values.get("year")) or 0
    return year if FIRST_YEAR < year < LAST_YEAR else clock.shanghai_day(clock.now()).year
