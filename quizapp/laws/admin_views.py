"""The laws, as staff load and read them."""

from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.core.uploads import takes_file
from quizapp.extensions import db
from quizapp.laws import comparing, queries
from quizapp.laws.changes import Change
from quizapp.laws.forms import ImportForm
from quizapp.laws.receiving import receive

blueprint = Blueprint("laws", __name__)

#: Laws are the whole county's: these roles count in the bureau only.
IMPORTERS = (Role.ADMINISTRATOR, Role.BANK_EDITOR)


@blueprint.get("/laws")
@requires(*Role)
def laws() -> ResponseReturnValue:
    """Every law with its versions, and which one is in force."""
    return render_template(
        "laws/laws.html",
        laws=queries.list_laws(),
        today=clock.shanghai_day(clock.now()),
        may_import=the_user().holds_in_bureau(IMPORTERS),
    )


@blueprint.route("/laws/import", methods=["GET", "POST"])
@requires(in_bureau=IMPORTERS)
@takes_file
def import_law() -> ResponseReturnValue:
    """Load a law's text."""
    form = ImportForm()
    if form.validate_on_submit() and (version := receive(form, the_user().id)):
        db.session.commit()
        flash(f"《{version.law.name}》已载入。请对照原文核对下面的章、条。", "success")
        return redirect(url_for("laws.version", version_id=version.id))
    return render_template("laws/import_law.html", form=form)


@blueprint.get("/law-versions/<int:version_id>")
@requires(*Role)
def version(version_id: int) -> ResponseReturnValue:
    """One version from its first article to its last."""
    found = queries.get_version_for(the_user(), version_id)
    articles = queries.list_articles(found.id)
    return render_template(
        "laws/version.html",
        version=found,
        articles=articles,
        chapters=[(name, list(held)) for name, held in groupby(articles, lambda article: article.chapter)],
        previous=queries.find_previous_version(found),
        in_force=queries.find_version_in_force(found.law.name, clock.shanghai_day(clock.now())),
    )


@blueprint.get("/law-versions/<int:version_id>/changes")
@requires(*Role)
def changes(version_id: int) -> ResponseReturnValue:
    """What changed from the version before, article by article."""
    found = queries.get_version_for(the_user(), version_id)
    previous = queries.find_previous_version(found)
    kind = request.args.get("kind", "")
    return render_template(
        "laws/changes.html",
        version=found,
        previous=previous,
        comparison=comparing.compare_versions(previous, found) if previous else None,
        kinds=[*list(Change)[1:], Change.SAME],
        chosen=kind if kind in set(Change) else "",
    )
