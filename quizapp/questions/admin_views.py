"""The banks, as staff read them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.roles import Role
from quizapp.questions import queries

blueprint = Blueprint("questions", __name__)


@blueprint.get("/banks")
@requires(*Role)
def banks() -> ResponseReturnValue:
    """Every bank with how much it holds."""
    return render_template("questions/banks.html", banks=queries.list_banks())


@blueprint.get("/banks/<int:bank_id>")
@requires(*Role)
def bank(bank_id: int) -> ResponseReturnValue:
    """One bank's questions with keys, explanations and citations."""
    found = queries.get_bank_for(the_user(), bank_id)
    return render_template(
        "questions/bank.html", bank=found, revisions=queries.list_drawable_revisions([found.id])
    )
