"""From staged questions to the bank, and back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.core.jobs.queue import Progress, enqueue
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions import queries as bank_queries
from quizapp.questions.editing import SameQuestionStands, new_revision, revise_question
from quizapp.questions.folding import fingerprint
from quizapp.questions.models import Question
from quizapp.questions.parsed import ParsedQuestion
from quizapp.questions.staging import queries, undo_queries
from quizapp.questions.staging.mending import NotInPreview, ensure_preview
from quizapp.questions.staging.models import BankImport, ImportState, StagedQuestion
from quizapp.questions.staging.standing import Decision, Standing, read_raw
from quizapp.questions.validation import understand
from quizapp.questions.watch.bases import link_to_law
from quizapp.questions.workflow import State

CONFIRM_JOB = "confirm_import"
#: Questions in one short transaction.
BATCH = 200


class NothingReady(QuizError):
    """No staged question can be imported as it stands."""

    status = 409
    title = "还没有可以导入的试题"
    advice = "请先修改有问题的试题、接受推测或处理重复，然后再确认导入。"


class CannotUndo(QuizError):
    """A campaign published something of the import."""

    status = 409
    title = "不能撤销"
    advice = "这次导入的试题已经随活动发布过，不能整体撤销。请在题库中逐题停用。"


def ask_confirmation(begun: BankImport, actor: User) -> None:
    """Have the worker write all that is ready; flushes. Raises NothingReady, NotInPreview."""
    ensure_preview(begun)
    if not queries.count_importable(begun.id):
        raise NothingReady
    begun.state = ImportState.WRITING
    begun.confirmed_by, begun.confirmed_at = actor.id, clock.now()
    audit.record("confirm", "import", begun.id)
    enqueue(CONFIRM_JOB, begun.id)


def confirm_steps(import_id: int) -> Iterator[Progress]:
    """The job: write the questions in short transactions, unseen, and show them in the last one."""
    begun = queries.get_import(import_id)
    total, done = queries.count_importable(import_id), 0
    cases = queries.first_of_cases(import_id)
    while batch := queries.list_unwritten(import_id, BATCH):
        _write(begun, batch, cases)
        done += len(batch)
        yield Progress(done, total)
    replaced = sum(_replace(begun, staged) for staged in queries.list_replacing(import_id))
    begun.imported += queries.show_written(import_id) + replaced
    begun.replaced += replaced
    begun.content = None  # from now on the file is not read again
    begun.state = ImportState.PREVIEW
    audit.record("write", "import", begun.id)


def give_up_confirming(import_id: int, _sentence: str) -> None:
    """Take back what nobody has seen yet, so that the import can be mended and confirmed again; flushes."""
    begun = queries.get_import(import_id)
    undo_queries.delete_unseen(import_id)
    undo_queries.delete_empty_questions(begun.bank_id)
    begun.state = ImportState.PREVIEW
    db.session.flush()


def _write(begun: BankImport, batch: Sequence[StagedQuestion], cases: dict[int, int]) -> None:
    """Write new questions that nobody sees yet; one that came to stand in the bank meanwhile is skipped."""
    parsed = [(staged, _understood(staged)) for staged in batch]
    standing = queries.find_same_questions(begun.bank_id, (question.fingerprint for _, question in parsed))
    fresh = []
    for staged, question in parsed:
        if question.fingerprint in standing:
            staged.twin_id, staged.is_same = standing[question.fingerprint], True
            staged.decision, staged.standing = Decision.SKIP, Standing.SKIPPED
        else:
            fresh.append((staged, question, _unseen(begun, question)))
    db.session.add_all(written for _, _, written in fresh)
    db.session.flush()
    for staged, question, written in fresh:
        staged.question_id = written.id
        if question.case:
            written.case_id = cases.setdefault(question.case, written.id)
        db.session.add(
            new_revision(question, question_id=written.id, created_by=begun.confirmed_by, import_id=begun.id)
        )
    db.session.flush()
    link_to_law((written.id, question.citations) for _, question, written in fresh)


def _unseen(begun: BankImport, question: ParsedQuestion) -> Question:
    return Question(
        bank_id=begun.bank_id,
        fingerprint=question.fingerprint,
        state=State.STAGED,
        created_at=clock.now(),
    )


def _understood(staged: StagedQuestion) -> ParsedQuestion:
    outcome = understand(read_raw(staged.raw))
    if not isinstance(outcome, ParsedQuestion):
        raise TypeError(f"staged question {staged.id} is ready but can't be asked: {outcome.reason}")
    return outcome


def _replace(begun: BankImport, staged: StagedQuestion) -> bool:
    """Give the question that a staged one repeats a new revision.

    False where the bank came to hold one that reads the same: it is to be decided upon anew.
    """
    question, parsed = db.session.get_one(Question, staged.twin_id), _understood(staged)
    before = question.state
    try:
        with db.session.begin_nested():
            if question.state == State.RETIRED:
                question.state = State.DRAFT
                db.session.flush()  # the revision reads the state anew, under lock
            revise_question(
                question,
                parsed,
                author_id=begun.confirmed_by or begun.uploaded_by,
                seen_number=question.current_number,
                import_id=begun.id,
            )
    except SameQuestionStands:
        same = queries.find_same_questions(begun.bank_id, [parsed.fingerprint])
        staged.twin_id = same.get(parsed.fingerprint, staged.twin_id)
        staged.is_same = bool(same)
        staged.decision, staged.standing = None, Standing.TWIN
        return False
    staged.question_id, staged.standing, staged.state_before = question.id, Standing.IMPORTED, before
    return True


def undo(begun: BankImport, actor: User) -> None:
    """Take all that an import brought out of the bank again, later edits of it too; flushes.

    Raises CannotUndo where a campaign published any of it.
    """
    ensure_preview(begun)
    if undo_queries.count_published_since(begun.id):
        raise CannotUndo
    brought, states = undo_queries.list_brought(begun.id), undo_queries.states_before(begun.id)
    queries.delete_staged(begun.id)
    if not undo_queries.delete_revisions_since(begun.id):
        raise CannotUndo
    _go_back_before(brought, states)
    undo_queries.delete_empty_questions(begun.bank_id)
    begun.state, begun.content, begun.imported = ImportState.UNDONE, None, 0
    begun.undone_by, begun.undone_at = actor.id, clock.now()
    audit.record("undo", "import", begun.id)
    db.session.flush()


def _go_back_before(brought: Iterable[tuple[Question, int]], states: Mapping[int, State]) -> None:
    """Take each question back to what it said before the first revision that was brought; flushes."""
    try:
        with db.session.begin_nested():
            for question, first in brought:
                if first > 1:
                    _go_back(question, first - 1, states[question.id])
    except IntegrityError as error:
        raise CannotUndo(
            "题库里后来加入了与替换前相同的试题，两题不能并存。请先修改后来的那一题，再撤销导入。"
        ) from error


def _go_back(question: Question, number: int, state: State) -> None:
    """Make an earlier revision the current one, in the state that it was in.

    A re-check that the replacement ended is not opened again: its question waits for review.
    """
    revision = bank_queries.get_revision(question.id, number)
    question.current_number = number
    question.fingerprint = fingerprint(revision.stem, revision.options, revision.case_stem)
    question.state = State.DRAFT if state is State.RECHECK else state


def discard(begun: BankImport) -> None:
    """Give up an import of which nothing is in the bank; flushes. Raises NotInPreview."""
    ensure_preview(begun)
    if begun.imported:
        raise NotInPreview("这次导入已有试题进入题库。不要的试题可以跳过；整体不要，请撤销导入。")
    queries.delete_staged(begun.id)
    begun.content = None
    begun.state = ImportState.DISCARDED
    audit.record("discard", "import", begun.id)
    db.session.flush()
