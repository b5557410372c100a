"""One question: what it says, said before, and what may be done with it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import names_of_users
from quizapp.core.addressing import read_number
from quizapp.core.views import carry_out
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions import editing, queries, reviewing
from quizapp.questions.blueprint import blueprint
from quizapp.questions.forms import QuestionForm
from quizapp.questions.history import tell_history
from quizapp.questions.law_texts import read_law_texts
from quizapp.questions.staff import BORROWERS, EDITORS, READERS, REVIEWERS
from quizapp.questions.workflow import Act, State, possible
from quizapp.questions.writing import write_raw_question


@blueprint.get("/questions/<int:question_id>")
@requires(*BORROWERS, in_bureau=READERS)
def question(question_id: int) -> ResponseReturnValue:
    """A question with its history, and what its state admits."""
    actor = the_user()
    found = queries.get_question_for(actor, question_id)
    history = tell_history(queries.list_history(found.id))
    current = queries.as_asked(found, history[0].revision)
    return render_template(
        "questions/question.html",
        question=found,
        current=current,
        older={told.revision.number: queries.as_asked(found, told.revision) for told in history[1:]},
        history=history,
        names=names_of_users(user_id for told in history for user_id in told.people),
        bank=queries.get_bank_for(actor, found.bank_id),
        acts=possible(State(found.state)) if actor.holds_in_bureau(REVIEWERS) else frozenset(),
        may_edit=actor.holds_in_bureau(EDITORS) and Act.EDIT in possible(State(found.state)),
        Act=Act,
        texts=read_law_texts(current.citations),
    )


@blueprint.route("/questions/<int:question_id>/edit", methods=["GET", "POST"])
@requires(in_bureau=EDITORS)
def edit_question(question_id: int) -> ResponseReturnValue:
    """Write a new revision."""
    actor = the_user()
    found = queries.get_question_for(actor, question_id, EDITORS)
    current = queries.as_asked(found, queries.get_revision(found.id, found.current_number))
    form = QuestionForm(write_raw_question(current, "本题"), found.current_number)
    fault = None
    if form.validate_on_submit():
        try:
            editing.revise_as_typed(found, form.raw(), actor.id, form.seen_revision())
        except QuizError as error:
            fault = error.advice
        else:
            flash("新版本已保存，审核后才会抽到。", "success")
            db.session.commit()
            return redirect(url_for("questions.question", question_id=found.id))
    return render_template("questions/edit_question.html", form=form, fault=fault, question=found)


@blueprint.post("/questions/<int:question_id>/review")
@requires(in_bureau=REVIEWERS)
def review_question(question_id: int) -> ResponseReturnValue:
    """Find a question right."""
    actor = the_user()
    found = queries.get_question_for(actor, question_id, REVIEWERS)
    seen_number = request.form.get("seen_number", 0, type=read_number)
    carry_out(lambda: reviewing.review(found, actor, seen_number), "已审核通过。")
    return redirect(url_for("questions.question", question_id=question_id))


@blueprint.post("/questions/<int:question_id>/retire")
@requires(in_bureau=REVIEWERS)
def retire_question(question_id: int) -> ResponseReturnValue:
    """Ask a question no more."""
    actor = the_user()
    found = queries.get_question_for(actor, question_id, REVIEWERS)
    carry_out(
        lambda: reviewing.retire(found, actor),
        "已停用。进行中的活动不再抽这道题，已经开始的答卷不受影响。",
    )
    return redirect(url_for("questions.question", question_id=question_id))


@blueprint.post("/questions/<int:question_id>/restore")
@requires(in_bureau=REVIEWERS)
def restore_question(question_id: int) -> ResponseReturnValue:
    """Take a retired question up again."""
    found = queries.get_question_for(the_user(), question_id, REVIEWERS)
    carry_out(lambda: reviewing.restore(found), "已恢复，审核后才会抽到。")
    return redirect(url_for("questions.question", question_id=question_id))
