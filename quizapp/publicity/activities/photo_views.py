"""Photos of an activity: shown, added, taken away."""

from uuid import UUID

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import requires, the_user
from quizapp.core.uploads import takes_files
from quizapp.core.views import carry_out
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.activities import photo_files, photos, queries
from quizapp.publicity.blueprint import blueprint
from quizapp.publicity.staff import READERS, RECORDERS


@blueprint.get("/photos/<uuid:photo_id>/<any(full, small):size>.jpg")
@requires(*READERS)
def photo(photo_id: UUID, size: str) -> ResponseReturnValue:
    """A photo or its thumbnail; nobody's cache but the person's own browser keeps it."""
    found, _ = queries.get_photo_for(the_user(), photo_id)
    path = photo_files.path_of(found.id, small=size == "small")
    if not path.is_file():
        raise NotFound
    response = send_file(path, mimetype="image/jpeg", max_age=0)
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@blueprint.post("/activities/<int:activity_id>/photos")
@requires(*RECORDERS)
@takes_files(photos.MAX_FORM_BYTES)
def add_photos(activity_id: int) -> ResponseReturnValue:
    """Add photos to a draft or what was returned."""
    sent = receive_photos()
    actor = the_user()
    found = queries.get_activity_for(actor, activity_id, RECORDERS)
    outcome = photos.add_photos(found, sent, actor)
    if outcome.added:
        flash(f"已添加 {outcome.added} 张照片。", "success")
    if outcome.complaint or not outcome.added:
        flash(outcome.complaint or "没有添加：请先选择照片。", "attention")
    db.session.commit()
    return redirect(url_for("publicity.activity", activity_id=activity_id))


@blueprint.post("/photos/<uuid:photo_id>/delete")
@requires(*RECORDERS)
def delete_photo(photo_id: UUID) -> ResponseReturnValue:
    """Take a photo away."""
    found, activity = queries.get_photo_for(the_user(), photo_id, RECORDERS)
    activity_id = activity.id
    carry_out(lambda: photos.delete_photo(activity, found), "照片已删除。")
    return redirect(url_for("publicity.activity", activity_id=activity_id))


def receive_photos() -> list[photos.Sent]:
    """The photos of the request, decoded.

    That takes seconds; the transaction that logging in began, which on SQLite bars every other writer, ends
    first. Nothing was written yet.
    """
    chosen = [file for file in request.files.getlist("photos") if file.filename]
    if chosen:
        db.session.rollback()
    return photos.read_photos((file.filename or "", file.read()) for file in chosen)
