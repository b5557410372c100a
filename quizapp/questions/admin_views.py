"""The banks, as staff read and keep them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import list_bureau_users_of
from quizapp.accounts.roles import Role
from quizapp.core.addressing import read_number
from quizapp.core.forms import Form
from quizapp.core.paging import read_page
from quizapp.core.wording import read_choice
from quizapp.extensions import db
from quizapp.questions import banks as bank_services
from quizapp.questions import queries, reviewing
from quizapp.questions.blueprint import blueprint
from quizapp.questions.exporters.formats import FORMATS
from quizapp.questions.forms import BankForm, MembersForm
from quizapp.questions.kinds import Kind
from quizapp.questions.law_texts import read_law_texts
from quizapp.questions.staff import BANK_STAFF, BORROWERS, EDITORS, READERS, REVIEWERS
from quizapp.questions.validation import MAX_STEM
from quizapp.questions.workflow import State


@blueprint.get("/banks")
@requires(*BORROWERS, in_bureau=READERS)
def banks() -> ResponseReturnValue:
    """Every bank that the person reads, with how much it holds."""
    actor = the_user()
    return render_template(
        "questions/banks.html", banks=queries.list_banks_for(actor), may_edit=actor.holds_in_bureau(EDITORS)
    )


@blueprint.route("/banks/new", methods=["GET", "POST"])
@requires(in_bureau=EDITORS)
def new_bank() -> ResponseReturnValue:
    """Make a bank of the bureau's own."""
    form = BankForm()
    if form.validate_on_submit():
        try:
            made = bank_services.create_bank(form.name.data)
        except bank_services.BankNameTaken as error:
            form.name.errors = [error.advice]
        else:
            db.session.commit()
            return redirect(url_for("questions.bank", bank_id=made.id))
    return render_template("questions/new_bank.html", form=form)


@blueprint.get("/banks/<int:bank_id>")
@requires(*BORROWERS, in_bureau=READERS)
def bank(bank_id: int) -> ResponseReturnValue:
    """One bank's questions, narrowed down by state, kind and words; the address keeps the filters."""
    actor = the_user()
    found = queries.get_bank_for(actor, bank_id)
    state, kind = read_choice(State, request.args.get("state")), read_choice(Kind, request.args.get("kind"))
    words = request.args.get("words", "").replace("\x00", "").strip()[:MAX_STEM]
    chosen = queries.select_questions(found.id, state, kind, words)
    page = read_page(chosen, request.args.get("page", 1, type=int))
    questions = [(question, queries.as_asked(question, revision)) for question, revision in page.items]
    return render_template(
        "questions/bank.html",
        bank=found,
        page=page,
        questions=questions,
        counts=queries.count_questions_by_state(found.id),
        filters={"state": state, "kind": kind, "words": words or None},
        may_edit=actor.holds_in_bureau(EDITORS),
        may_review=actor.holds_in_bureau(REVIEWERS),
        formats=FORMATS,
        form=Form(),
        texts=read_law_texts(citation for _, asked in questions for citation in asked.citations),
    )


@blueprint.post("/banks/<int:bank_id>/review")
@requires(in_bureau=REVIEWERS)
def review_questions(bank_id: int) -> ResponseReturnValue:
    """Review the questions that were ticked."""
    actor = the_user()
    found = queries.get_bank_for(actor, bank_id, REVIEWERS)
    ticked = request.form.getlist("revision", type=read_number)
    outcome = reviewing.review_many(queries.list_as_seen(found.id, ticked), actor, len(ticked))
    flash(outcome.sentence, "success" if outcome.reviewed else "attention")
    db.session.commit()
    return redirect(url_for("questions.bank", bank_id=found.id, state=State.DRAFT.value))


@blueprint.route("/banks/<int:bank_id>/members", methods=["GET", "POST"])
@requires(in_bureau={Role.ADMINISTRATOR})
def bank_members(bank_id: int) -> ResponseReturnValue:
    """Keep a bank to some of the bank staff."""
    found = queries.get_bank_for(the_user(), bank_id)
    form = MembersForm(data={"members": queries.list_member_ids(found.id)})
    staff = list_bureau_users_of(BANK_STAFF)
    form.members.choices = [(one.id, f"{one.display_name}（{one.roles_label}）") for one in staff]
    if form.validate_on_submit():
        bank_services.set_members(found, form.members.data)
        flash("人员已保存。", "success")
        db.session.commit()
        return redirect(url_for("questions.bank", bank_id=found.id))
    return render_template("questions/bank_members.html", form=form, bank=found, staff=staff)
