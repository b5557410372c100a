"""What staff views share: doing one thing and telling how it went."""

from collections.abc import Callable

from flask import flash

from quizapp.errors import QuizError
from quizapp.extensions import db


def carry_out(act: Callable[[], object], done: str = "") -> None:
    """Do something and commit it whole; where it can't be done nothing is changed and the person told why."""
    try:
        act()
    except QuizError as error:
        db.session.rollback()
        flash(error.advice, "danger")
    else:
        db.session.commit()
        if done:
            flash(done, "success")
