"""Noting under which version of the law a question is known to be right, and ending its re-checks."""

from collections.abc import Iterable

from quizapp.core import clock
from quizapp.extensions import db
from quizapp.laws import queries as law_queries
from quizapp.laws.citations import Citation
from quizapp.laws.models import LawVersion
from quizapp.questions.watch import queries
from quizapp.questions.watch.models import LawBasis, Outcome


def link_to_law(questions: Iterable[tuple[int, Iterable[Citation]]]) -> None:
    """Note that questions follow the versions now in force of the laws that they cite; flushes.

    Of a law that isn't loaded nothing is noted; its first version will be taken for theirs.
    """
    by_question = {question_id: {one.law for one in cited} for question_id, cited in questions}
    names = set().union(*by_question.values()) if by_question else set()
    today = clock.shanghai_day(clock.now())
    found = {name: law_queries.find_version_in_force(name, today) for name in names}
    versions = {name: version for name, version in found.items() if version is not None}
    if not versions:
        return
    queries.delete_bases(by_question, {version.law_id for version in versions.values()})
    for question_id, cited in by_question.items():
        for name in cited & versions.keys():
            _link(question_id, versions[name])
    db.session.flush()


def link_to_version(question_ids: Iterable[int], version: LawVersion) -> None:
    """Note that questions follow this very version; flushes."""
    wanted = list(question_ids)
    queries.delete_bases(wanted, [version.law_id])
    for question_id in wanted:
        _link(question_id, version)
    db.session.flush()


def _link(question_id: int, version: LawVersion) -> None:
    db.session.add(LawBasis(question_id=question_id, law_id=version.law_id, version_id=version.id))


def is_in_doubt(question_id: int) -> bool:
    """Whether a law in force today leaves something of a question to be checked again."""
    return queries.has_due_recheck(question_id, clock.shanghai_day(clock.now()))


def end_rechecks(question_id: int, outcome: Outcome, actor_id: int | None, law_id: int | None = None) -> None:
    """Close what is open of a question, under versions of one law or of any; flushes."""
    for recheck in queries.list_open_rechecks(question_id, law_id):
        recheck.outcome, recheck.decided_by, recheck.decided_at = outcome, actor_id, clock.now()
    db.session.flush()
