"""Answering papers in tests: the answers that a stored attempt's paper calls right."""

from collections.abc import Sequence

from sqlalchemy import select

from quizapp.attempts.models import Attempt
from quizapp.extensions import db
from quizapp.questions.models import QuestionRevision
from tests.pages import Page


def stored_attempts() -> list[Attempt]:
    """Every attempt as it stands in the database now, in the order of their start."""
    db.session.rollback()
    db.session.expire_all()
    attempts = list(db.session.scalars(select(Attempt).order_by(Attempt.started_at, Attempt.id)))
    db.session.rollback()
    return attempts


def attempt_on(page: Page) -> Attempt:
    """The stored attempt whose paper a page shows."""
    shown = page.response.get_data(as_text=True).split('data-attempt="')[1][:32]
    return next(attempt for attempt in stored_attempts() if attempt.id.hex == shown)


def answers_of(attempt: Attempt, wrong: Sequence[int] = ()) -> dict[str, list[str]]:
    """Form values that answer a paper rightly but for the questions numbered in ``wrong``.

    A wrong answer chooses just the options that the key doesn't hold, or fills every gap with 不知道.
    """
    found = select(QuestionRevision.id, QuestionRevision.answer, QuestionRevision.gaps)
    revisions = {revision.id: revision for revision in db.session.execute(found)}
    db.session.rollback()
    values = {}
    for number, (revision_id, order) in enumerate(attempt.paper, start=1):
        revision = revisions[revision_id]
        is_key = [index in revision.answer for index in order]
        values[f"q{number}"] = [str(n) for n, right in enumerate(is_key) if right is (number not in wrong)]
        if revision.gaps:
            values[f"q{number}"] = ["不知道" if number in wrong else gap[0] for gap in revision.gaps]
    return values
