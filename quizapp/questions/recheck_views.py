"""Revision watch: what a newer law may have made wrong, as a to-do list."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.core import clock
from quizapp.core.views import carry_out
from quizapp.core.wording import read_choice
from quizapp.laws.queries import get_version_for
from quizapp.questions.blueprint import blueprint
from quizapp.questions.staff import EDITORS, REVIEWERS
from quizapp.questions.watch import queries, watching
from quizapp.questions.watch.listing import count_touches, list_items
from quizapp.questions.watch.touching import Touch


@blueprint.get("/rechecks")
@requires(in_bureau=REVIEWERS)
def rechecks() -> ResponseReturnValue:
    """The versions of laws that put questions in doubt."""
    return render_template("questions/rechecks.html", versions=queries.count_rechecks_for(the_user()))


@blueprint.get("/law-versions/<int:version_id>/rechecks")
@requires(in_bureau=REVIEWERS)
def version_rechecks(version_id: int) -> ResponseReturnValue:
    """Article by article what changed, and the questions that rest on it."""
    actor = the_user()
    version = get_version_for(actor, version_id)
    items = list_items(actor, version)
    touch = read_choice(Touch, request.args.get("touch"))
    return render_template(
        "questions/version_rechecks.html",
        version=version,
        items=[item for item in items if touch is None or touch in item.touches],
        total=len(items),
        counts=count_touches(items),
        touch=touch,
        is_in_force=version.in_force_from <= clock.shanghai_day(clock.now()),
        may_edit=actor.holds_in_bureau(EDITORS),
        may_review=actor.holds_in_bureau(REVIEWERS),
    )


@blueprint.post("/rechecks/<int:recheck_id>/settle")
@requires(in_bureau=REVIEWERS)
def settle_recheck(recheck_id: int) -> ResponseReturnValue:
    """Find the question still right."""
    actor = the_user()
    recheck, question = queries.get_recheck_for(actor, recheck_id, REVIEWERS)
    done = f"试题 {question.id} 仍然正确，已恢复抽题。"
    carry_out(lambda: watching.settle(recheck, question, actor), done)
    return redirect(_back(recheck.version_id))


@blueprint.post("/rechecks/<int:recheck_id>/renumber")
@requires(in_bureau=EDITORS)
def renumber_recheck(recheck_id: int) -> ResponseReturnValue:
    """Cite the articles by the numbers that they bear now."""
    actor = the_user()
    recheck, question = queries.get_recheck_for(actor, recheck_id, EDITORS)
    done = f"试题 {question.id} 的依据已改为新条号，审核后恢复抽题。"
    carry_out(lambda: watching.renumber(recheck, question, actor), done)
    return redirect(_back(recheck.version_id))


@blueprint.post("/law-versions/<int:version_id>/rechecks/renumber")
@requires(in_bureau=EDITORS)
def renumber_moved(version_id: int) -> ResponseReturnValue:
    """Do so for every question whose articles only moved."""
    actor = the_user()
    version = get_version_for(actor, version_id)
    carry_out(
        lambda: watching.renumber_moved(actor, version.id),
        "只变条号的试题，依据已全部改为新条号，审核后恢复抽题。",
    )
    return redirect(_back(version_id))


def _back(version_id: int) -> str:
    return url_for("questions.version_rechecks", version_id=version_id, touch=request.args.get("touch"))
