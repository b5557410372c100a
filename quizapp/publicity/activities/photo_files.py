"""The files of photos, under VAR_DIR/photos: written before the commit, gone where there is none.

A file that is written is noted in its session and removed when the session's transaction ends without a
commit, however it ends; one whose photo was deleted is removed after the commit. So no row is ever without
its file; a process that is killed in between leaves at most a file that no row names, which nobody can open.
"""

import os
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from quizapp.core.pictures import Picture
from quizapp.errors import QuizError
from quizapp.extensions import db

_WRITTEN, _DELETED = "photo_files_written", "photo_files_deleted"


class NotStored(QuizError):
    """The disk doesn't take it."""

    status = 500
    title = "照片没有存下"
    advice = "服务器没有存下照片，可能是磁盘已满。其他内容没有丢失，请联系管理员后重试。"


def path_of(photo_id: UUID, small: bool = False) -> Path:
    """Where a photo's file stands, or its thumbnail's; a folder for each last two hex digits."""
    name = f"{photo_id}-small.jpg" if small else f"{photo_id}.jpg"
    return _folder() / photo_id.hex[-2:] / name


def write(photo_id: UUID, picture: Picture) -> None:
    """Write a photo and its thumbnail. Raises NotStored."""
    db.session().info.setdefault(_WRITTEN, set()).add(photo_id)
    try:
        path_of(photo_id).parent.mkdir(parents=True, exist_ok=True)
        for small, content in ((False, picture.content), (True, picture.thumbnail)):
            path = path_of(photo_id, small)
            with path.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        current_app.logger.error("photo not stored: %s", error.strerror)
        raise NotStored from error


def delete_after_commit(photo_ids: Collection[UUID]) -> None:
    """Remove the files of deleted photos once that is committed."""
    db.session().info.setdefault(_DELETED, set()).update(photo_ids)


@event.listens_for(db.session, "after_commit")
def _keep(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint's release decides nothing
    session.info.pop(_WRITTEN, None)
    _remove(session.info.pop(_DELETED, ()))


@event.listens_for(db.session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        _remove(session.info.pop(_WRITTEN, ()))
        session.info.pop(_DELETED, None)


def _remove(photo_ids: Collection[UUID]) -> None:
    for photo_id in photo_ids:
        for small in (False, True):
            path_of(photo_id, small).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(current_app.config["VAR_DIR"]) / "photos"
