"""What was handed out at activities that are confirmed already, waiting for a reviewer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import names_of_users
from quizapp.core.addressing import read_number
from quizapp.core.forms import Form
from quizapp.core.paging import read_page
from quizapp.extensions import db
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.materials import confirming, queries
from quizapp.publicity.staff import REVIEWERS


@blueprint.get("/reviews/movements")
@requires(*REVIEWERS)
def waiting_movements() -> ResponseReturnValue:
    """What waits for the actor's decision."""
    page = read_page(queries.select_unconfirmed(the_user()), request.args.get("page", 1, type=int))
    names = names_of_users(row[0].recorded_by for row in page.items)
    return render_template("publicity/waiting_movements.html", page=page, names=names, form=Form())


@blueprint.post("/reviews/movements/confirm")
@requires(*REVIEWERS)
def confirm_movements() -> ResponseReturnValue:
    """Confirm the movements that were ticked."""
    actor = the_user()
    ticked = set(request.form.getlist("movement", type=read_number))
    waiting = queries.list_unconfirmed_movements_for(actor, ticked)
    outcome = confirming.confirm_movements(waiting, len(ticked), actor)
    flash(outcome.sentence, "success" if outcome.confirmed else "attention")
    db.session.commit()
    return redirect(url_for("publicity.waiting_movements"))
