"""A question in the words in which staff type it, the other way round from ``validation.understand``."""

from collections.abc import Sequence

from quizapp.core.wording import OPTION_LETTERS
from quizapp.laws.citations import Citation
from quizapp.questions.asking import AskedRevision
from quizapp.questions.kinds import Kind
from quizapp.questions.parsed import RawQuestion

IN_ORDER, ANY_ORDER = "按顺序", "不分先后"


def write_answer(question: AskedRevision) -> str:
    """The answer as typed: 对, BD, or of a blank ``甲|甲方；乙``."""
    if question.kind is Kind.BLANK:
        return "；".join("|".join(accepted) for accepted in question.gaps)
    if question.kind is Kind.TRUE_FALSE:
        return question.options[question.answer[0]]
    return "".join(OPTION_LETTERS[index] for index in question.answer)


def write_raw_question(
    question: AskedRevision, where: str, citations: Sequence[Citation] | None = None
) -> RawQuestion:
    """The question as ``understand`` reads it back, resting on other citations where they are given."""
    return RawQuestion(
        where=where,
        stem=question.stem,
        options=() if question.kind is Kind.TRUE_FALSE else question.options,
        answer=write_answer(question),
        kind=question.kind.label,
        explanation=question.explanation,
        basis="、".join(map(str, question.citations if citations is None else citations)),
        difficulty=question.difficulty.label if question.difficulty else "",
        tags="、".join(question.tags),
        chapter=question.chapter,
        gap_order=IN_ORDER if question.gaps_in_order else ANY_ORDER,
        case_stem=question.case_stem,
        case=1 if question.case_id else 0,
    )
