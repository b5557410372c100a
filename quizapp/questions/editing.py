"""Writing questions into a bank: a new one, or a new revision of one that stands there."""

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.core import clock
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions import queries
from quizapp.questions.folding import fingerprint
from quizapp.questions.models import Bank, Question, QuestionRevision
from quizapp.questions.parsed import ParsedQuestion, Problem, RawQuestion
from quizapp.questions.validation import understand
from quizapp.questions.watch.bases import end_rechecks, link_to_law
from quizapp.questions.watch.models import Outcome
from quizapp.questions.workflow import Act, NotPossibleNow, State, after


class SameQuestionStands(QuizError):
    """The bank holds a question that reads the same."""

    status = 409
    title = "题库里已有相同的试题"
    advice = "本题库已有题干和选项都相同的试题。请修改后保存，或者去修改已有的那一题。"


class EditedMeanwhile(QuizError):
    """Somebody else wrote a newer revision."""

    status = 409
    title = "试题刚刚被别人修改过"
    advice = "刚刚有人修改过这道题，您的修改没有保存。请对照新版本，再改一次。"


class CannotBeAsked(QuizError):
    """What was typed is no question that can be asked."""

    title = "还不能作为试题"


class NotInThisState(QuizError):
    """The question's state doesn't admit this."""

    status = 409
    title = "现在不能这样处理"


def lock_question(question: Question) -> None:
    """Wait for whoever edits or reviews the question now. Raises NotFound where an undo took it away."""
    lock_row(question, "state", "current_number", "fingerprint")


def step(question: Question, act: Act) -> None:
    """Take a question to the state that an act leads to. Raises NotInThisState."""
    try:
        question.state = after(State(question.state), act)
    except NotPossibleNow as error:
        raise NotInThisState(f"{error}请刷新后查看最新状态。") from None


def new_revision(parsed: ParsedQuestion, number: int = 1, **origin: int | None) -> QuestionRevision:
    """A revision that says what was parsed, not yet added. ``origin``: question_id, created_by, import_id."""
    return QuestionRevision(
        number=number,
        kind=parsed.kind,
        stem=parsed.stem,
        options=list(parsed.options),
        answer=list(parsed.answer),
        explanation=parsed.explanation,
        citations=[citation.as_list() for citation in parsed.citations],
        difficulty=parsed.difficulty,
        tags=list(parsed.tags),
        chapter=parsed.chapter,
        gaps=[list(accepted) for accepted in parsed.gaps],
        gaps_in_order=parsed.gaps_in_order,
        case_stem=parsed.case_stem,
        created_at=clock.now(),
        **origin,
    )


def add_question(bank: Bank, parsed: ParsedQuestion, state: State, author_id: int | None = None) -> Question:
    """Add a question with its first revision; adds and flushes. Raises SameQuestionStands."""
    question = Question(bank_id=bank.id, fingerprint=parsed.fingerprint, state=state, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(question)
    except IntegrityError as error:
        raise SameQuestionStands from error
    db.session.add(new_revision(parsed, question_id=question.id, created_by=author_id))
    link_to_law([(question.id, parsed.citations)])
    db.session.flush()
    return question


def revise_question(
    question: Question, parsed: ParsedQuestion, author_id: int, seen_number: int, import_id: int | None = None
) -> QuestionRevision:
    """Give a question a new revision, which waits for review; adds and flushes.

    ``seen_number`` is the revision that the author started from. A new case stem is given to every
    question of the case. Raises EditedMeanwhile, SameQuestionStands, NotInThisState.
    """
    lock_question(question)
    if question.current_number != seen_number:
        raise EditedMeanwhile
    old = queries.get_revision(question.id, seen_number)
    revision = new_revision(
        parsed, seen_number + 1, question_id=question.id, created_by=author_id, import_id=import_id
    )
    try:
        with db.session.begin_nested():
            step(question, Act.EDIT)
            question.fingerprint = parsed.fingerprint
            question.current_number = revision.number
            db.session.add(revision)
            if question.case_id is not None and revision.case_stem != old.case_stem:
                _give_case_stem(question, revision.case_stem, author_id)
    except IntegrityError as error:
        lost_number = "question_revisions" in str(error.orig)
        raise (EditedMeanwhile if lost_number else SameQuestionStands) from error
    link_to_law([(question.id, parsed.citations)])
    end_rechecks(question.id, Outcome.MENDED, author_id)
    audit.record("edit", "question", question.id, changed_fields(old, revision))
    return revision


def revise_as_typed(question: Question, raw: RawQuestion, author_id: int, seen_number: int) -> None:
    """Give a question the revision that somebody typed. Raises CannotBeAsked beside ``revise_question``'s."""
    outcome = understand(raw)
    if isinstance(outcome, Problem):
        raise CannotBeAsked(outcome.reason)
    revise_question(question, outcome, author_id, seen_number)


def _give_case_stem(question: Question, case_stem: str, author_id: int) -> None:
    """Write the stem into a new revision of each other question of the case that is in use."""
    for other, current in queries.list_case_siblings(question):
        lock_question(other)
        copied = {name: getattr(current, name) for name in CONTENT} | {"case_stem": case_stem}
        other.current_number += 1
        other.fingerprint = fingerprint(current.stem, current.options, case_stem)
        step(other, Act.EDIT)
        db.session.add(
            QuestionRevision(
                question_id=other.id,
                number=other.current_number,
                created_by=author_id,
                created_at=clock.now(),
                **copied,
            )
        )
        audit.record("edit", "question", other.id, ["case_stem"])
    db.session.flush()


#: The columns of a revision that say what it asks.
CONTENT = (
    "kind",
    "stem",
    "options",
    "answer",
    "gaps",
    "gaps_in_order",
    "case_stem",
    "explanation",
    "citations",
    "difficulty",
    "tags",
    "chapter",
)


def changed_fields(old: QuestionRevision, new: QuestionRevision) -> list[str]:
    """Names of the columns in which two revisions differ."""
    return [name for name in CONTENT if getattr(old, name) != getattr(new, name)]
