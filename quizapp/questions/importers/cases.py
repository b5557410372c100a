"""Questions that share a stem: none of a case stands alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from quizapp.questions.parsed import ParsedQuestion, Problem


def remark_on_halves(
    outcomes: Iterable[tuple[int, ParsedQuestion | Problem]],
) -> Iterator[ParsedQuestion | Problem]:
    """Outcomes with the number of their case; where one of a case is rejected, the others say so."""
    outcomes = list(outcomes)
    rejected: dict[int, str] = {}
    for case, outcome in outcomes:
        if case and isinstance(outcome, Problem):
            rejected.setdefault(case, outcome.where)
    for case, outcome in outcomes:
        if case in rejected and isinstance(outcome, ParsedQuestion):
            remark = f"同一案例中{rejected[case]}的小题没有读懂。"
            outcome = replace(outcome, remarks=(*outcome.remarks, remark))
        yield outcome
