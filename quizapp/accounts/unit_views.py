"""The tree of units, as administrators keep it from their own unit down."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts import queries, unit_queries, units
from quizapp.accounts.blueprint import blueprint
from quizapp.accounts.models import Unit, UnitKind
from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.roles import Role
from quizapp.accounts.showing import CLOSED, UnitFilter, show_units
from quizapp.accounts.unit_forms import HeadcountForm, RootForm, UnitForm
from quizapp.core.addressing import read_number
from quizapp.core.wording import read_choice, read_words
from quizapp.errors import QuizError
from quizapp.extensions import db


@blueprint.get("/units", endpoint="units")
@requires(Role.ADMINISTRATOR)
def list_units() -> ResponseReturnValue:
    """The tree, opened at one unit, or what a search finds in it; the address keeps the filters."""
    asked = request.args
    wanted = UnitFilter(
        words=read_words(asked.get("words")),
        kind=CLOSED if asked.get("kind") == CLOSED else read_choice(UnitKind, asked.get("kind")),
        under=asked.get("under", type=read_number),
        order=asked.get("order"),
        is_down=asked.get("sort") == "down",
    )
    shown = show_units(the_user(), wanted, asked.get("page", 1, type=int))
    kinds = [(kind.value, kind.label, None) for kind in UnitKind if kind is not UnitKind.BUREAU]
    return render_template("accounts/units.html", shown=shown, wanted=wanted, kinds=kinds)


@blueprint.route("/units/new", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
def new_unit() -> ResponseReturnValue:
    """Add a unit beneath one that the address may name."""
    above = request.args.get("parent", type=read_number)
    parents = unit_queries.list_parents_for(the_user(), wanted=above)
    form = UnitForm(parents, data={"parent_id": above, "kind": UnitKind.VILLAGE if above else None})
    if form.validate_on_submit():
        try:
            made = units.create_unit(form.plan())
        except units.UnitNameTaken as error:
            form.name.errors = [error.advice]
        else:
            flash(f"{made.name}已新建。", "success")
            db.session.commit()
            return redirect(url_for("accounts.units", under=made.parent_id))
    return render_template("accounts/new_unit.html", form=form)


@blueprint.route("/units/<int:unit_id>", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
def unit(unit_id: int) -> ResponseReturnValue:
    """One unit: what its administrator may decide of it, and what stands there."""
    actor = the_user()
    found = queries.get_unit_for(actor, unit_id, Role.ADMINISTRATOR)
    form = _form_of(found)
    if form.validate_on_submit() and _save(found, form):
        db.session.commit()
        return redirect(url_for("accounts.unit", unit_id=unit_id))
    return render_template(
        "accounts/unit.html",
        unit=found,
        form=form,
        path=unit_queries.list_path_for(actor, found),
        beneath=unit_queries.count_beneath([unit_id]).get(unit_id, 0),
        staff=queries.list_users_of_unit_for(actor, unit_id),
    )


@blueprint.post("/units/<int:unit_id>/remove")
@requires(Role.ADMINISTRATOR)
def remove_unit(unit_id: int) -> ResponseReturnValue:
    """Delete a unit that was made by mistake."""
    found = unit_queries.get_unit_to_place_for(the_user(), unit_id)
    above, name = found.parent_id, found.name
    try:
        units.remove_unit(found)
    except units.UnitInUse as error:
        db.session.rollback()
        flash(error.advice, "danger")
        return redirect(url_for("accounts.unit", unit_id=unit_id))
    flash(f"{name}已删除。", "success")
    db.session.commit()
    return redirect(url_for("accounts.units", under=above))


def _form_of(found: Unit) -> HeadcountForm:
    """The bureau keeps its place; of their own unit others enter only the headcount."""
    if found.is_root:
        return RootForm(found)
    if not unit_queries.reaches_above(the_user(), found):
        return HeadcountForm(obj=found)
    return UnitForm(unit_queries.list_parents_for(the_user(), found), found)


def _save(found: Unit, form: HeadcountForm) -> bool:
    """Whether it could be saved; where not, nothing is changed and the form says why."""
    try:
        if isinstance(form, RootForm | UnitForm):
            units.edit_unit(found, form.plan())
        else:
            units.count_heads(found, form.headcount.data)
    except QuizError as error:
        db.session.rollback()
        field = form.parent_id if isinstance(error, units.NotThere) else form.name
        field.errors = [error.advice]
        return False
    flash("单位已保存。", "success")
    return True
