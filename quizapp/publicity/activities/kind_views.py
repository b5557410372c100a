"""The list of kinds of activities, kept by the bureau's administrators."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires
from quizapp.core.forms import Form
from quizapp.core.views import carry_out
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.publicity.activities import keeping, queries
from quizapp.publicity.activities.forms import KindForm
from quizapp.publicity.activities.models import ActivityKind
from quizapp.publicity.activities.showing import in_order
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.staff import KEEPERS


@blueprint.get("/activity-kinds")
@requires(in_bureau=KEEPERS)
def activity_kinds() -> ResponseReturnValue:
    """Every kind in its order, with how many activities it has."""
    kinds, counts = in_order(queries.list_kinds()), queries.count_activities_by_kind()
    return render_template("publicity/activity_kinds.html", kinds=kinds, counts=counts, form=Form())


@blueprint.route("/activity-kinds/new", methods=["GET", "POST"])
@requires(in_bureau=KEEPERS)
def new_activity_kind() -> ResponseReturnValue:
    """Add a kind."""
    form = KindForm(queries.list_kinds())
    if form.validate_on_submit() and _stored(form, None):
        return redirect(url_for("publicity.activity_kinds"))
    return render_template("publicity/new_activity_kind.html", form=form)


@blueprint.route("/activity-kinds/<int:kind_id>/edit", methods=["GET", "POST"])
@requires(in_bureau=KEEPERS)
def edit_activity_kind(kind_id: int) -> ResponseReturnValue:
    """Rename a kind, put it beneath another, retire it."""
    kind = queries.get_kind(kind_id)
    form = KindForm(queries.list_kinds(), kind)
    if form.validate_on_submit() and _stored(form, kind):
        return redirect(url_for("publicity.activity_kinds"))
    return render_template("publicity/edit_activity_kind.html", form=form)


@blueprint.post("/activity-kinds/<int:kind_id>/<any(up, down):way>")
@requires(in_bureau=KEEPERS)
def move_activity_kind(kind_id: int, way: str) -> ResponseReturnValue:
    """Move a kind up or down in the list."""
    kind = queries.get_kind(kind_id)
    carry_out(lambda: keeping.move_kind(kind, -1 if way == "up" else 1))
    return redirect(url_for("publicity.activity_kinds"))


def _stored(form: KindForm, kind: ActivityKind | None) -> bool:
    """Store what the form says and commit; False where it can't be, the reason at its field."""
    name, parent_id = form.name.data, form.chosen_parent
    try:
        if kind is None:
            keeping.add_kind(name, parent_id)
        else:
            keeping.edit_kind(kind, name, parent_id, form.retired.data)
    except QuizError as error:
        db.session.rollback()
        field = form.name if isinstance(error, keeping.KindNameTaken) else form.parent_id
        field.errors = [error.advice]
        return False
    flash("活动类型已保存。", "success")
    db.session.commit()
    return True
