"""Waiting for whoever changes a row now, and seeing what they made of it."""

from typing import Any

from sqlalchemy.exc import InvalidRequestError

from quizapp.errors import NotFound
from quizapp.extensions import db


def lock_row(row: Any, *columns: str) -> None:
    """Lock a row until the transaction ends and read these columns anew; raise NotFound if it is gone.

    PostgreSQL locks the row; on SQLite a change holds the database's one write lock already.
    """
    try:
        db.session.refresh(row, columns, with_for_update=True)
    except InvalidRequestError:
        raise NotFound("内容刚刚被别人移走了。请返回列表刷新。") from None
