"""The list of materials, kept by the bureau's administrators."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.materials import keeping, list_queries
from quizapp.publicity.materials.forms import MaterialForm
from quizapp.publicity.materials.models import Material
from quizapp.publicity.staff import KEEPERS


@blueprint.get("/material-kinds")
@requires(in_bureau=KEEPERS)
def material_kinds() -> ResponseReturnValue:
    """Every material that units can have."""
    return render_template("publicity/material_kinds.html", materials=list_queries.list_materials())


@blueprint.route("/material-kinds/new", methods=["GET", "POST"])
@requires(in_bureau=KEEPERS)
def new_material_kind() -> ResponseReturnValue:
    """Add a material."""
    form = MaterialForm()
    if form.validate_on_submit() and _stored(form, None):
        return redirect(url_for("publicity.material_kinds"))
    categories = list_queries.list_categories()
    return render_template("publicity/new_material_kind.html", form=form, categories=categories)


@blueprint.route("/material-kinds/<int:material_id>/edit", methods=["GET", "POST"])
@requires(in_bureau=KEEPERS)
def edit_material_kind(material_id: int) -> ResponseReturnValue:
    """Rename a material, count it elsewhere, retire it."""
    material = list_queries.get_material(material_id)
    form = MaterialForm(obj=material)
    if form.validate_on_submit() and _stored(form, material):
        return redirect(url_for("publicity.material_kinds"))
    return render_template(
        "publicity/edit_material_kind.html", form=form, categories=list_queries.list_categories()
    )


def _stored(form: MaterialForm, material: Material | None) -> bool:
    """Store what the form says and commit; False where it can't be, the reason at its field."""
    try:
        if material is None:
            keeping.add_material(form.plan())
        else:
            keeping.edit_material(material, form.plan())
    except QuizError as error:
        db.session.rollback()
        field = form.name if isinstance(error, keeping.MaterialNameTaken) else form.measure
        field.errors = [error.advice]
        return False
    flash("宣传品已保存。", "success")
    db.session.commit()
    return True
