"""From rows to records, and back."""

from collections.abc import Callable, Iterator

from sqlalchemy.exc import DataError, IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.core.jobs.queue import Progress, enqueue
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.ledgers import queries
from quizapp.ledgers.judging import WHOLE_ROW, RowJudge
from quizapp.ledgers.ledger import Write, find_ledger
from quizapp.ledgers.mending import ensure_preview, keep
from quizapp.ledgers.models import LedgerImport, LedgerRow
from quizapp.ledgers.standing import IMPORTABLE, ImportState, Standing

CONFIRM_JOB, UNDO_JOB = "confirm_ledger", "undo_ledger"
#: Rows in one short transaction.
BATCH = 200

_CONFLICT = "这一行与已有的内容冲突，或者有一格太长。请检查后修改。"
_IN_USE = "别的记录用到了它，不能撤销。"


class NothingReady(QuizError):
    """No row can be imported as it stands."""

    status = 409
    title = "还没有可以导入的内容"
    advice = "请先修改有问题的行，然后再确认导入。"


class NothingToUndo(QuizError):
    """No record stands through the import."""

    status = 409
    title = "没有可以撤销的内容"
    advice = "这次导入没有内容进入系统，不需要撤销。请刷新后查看。"


def ask_confirmation(begun: LedgerImport, actor: User) -> None:
    """Have the worker write all that is ready; flushes. Raises NothingReady, NotInPreview."""
    ensure_preview(begun)
    if not queries.count_standing(begun.id, *IMPORTABLE):
        raise NothingReady
    begun.state = ImportState.WRITING
    begun.confirmed_by, begun.confirmed_at = actor.id, clock.now()
    audit.record("confirm", "ledger_import", begun.id)
    enqueue(CONFIRM_JOB, begun.id)


def confirm_steps(import_id: int) -> Iterator[Progress]:
    """The job: judge each row anew and write its record, in short transactions.

    A row is written in the transaction that marks it as written, under the lock of the import and its own:
    another worker that takes the job up finds it done.
    """
    begun = queries.get_import(import_id)
    ledger, actor = find_ledger(begun.ledger_key), queries.get_user(begun.confirmed_by)
    judge, write = RowJudge(ledger, actor), ledger.writing(actor)
    total, done = queries.count_standing(import_id, *IMPORTABLE), 0
    while _is_still(begun, ImportState.WRITING):
        batch = queries.list_importable(import_id, BATCH)
        if not batch:
            begun.content = None if begun.imported else begun.content  # no more read again
            begun.state = ImportState.PREVIEW
            audit.record("write", "ledger_import", begun.id)
            return
        for row in batch:
            _write(row, judge, write)
            begun.imported += row.standing == Standing.IMPORTED
        done += len(batch)
        yield Progress(done, total)


def _is_still(begun: LedgerImport, state: ImportState) -> bool:
    lock_row(begun, "state", "imported")
    return begun.state == state


def _write(row: LedgerRow, judge: RowJudge, write: Write) -> None:
    """Write one row's record, or note why it can't be."""
    judged, taken = judge.judge(row.cells, row.faults)
    keep(row, judged)
    if judged.standing not in IMPORTABLE:
        return
    reason = _attempt(lambda: _note_record(row, write(taken)), _CONFLICT)
    if reason:
        row.standing, row.problems, row.record_id = Standing.FAULTY, {WHOLE_ROW: reason}, None


def _note_record(row: LedgerRow, record_id: int) -> None:
    row.standing, row.record_id = Standing.IMPORTED, record_id


def _attempt(act: Callable[[], object], conflict: str) -> str:
    """Do something whole or not at all; why not, empty if done."""
    try:
        with db.session.begin_nested():
            act()
    except QuizError as error:
        return error.advice
    except (IntegrityError, DataError):
        return conflict
    return ""


def ask_undo(begun: LedgerImport, actor: User) -> None:
    """Have the worker take back what can still be; flushes. Raises NothingToUndo, NotInPreview."""
    ensure_preview(begun)
    if not queries.count_standing(begun.id, Standing.IMPORTED):
        raise NothingToUndo
    begun.state = ImportState.UNDOING
    begun.undone_by, begun.undone_at = actor.id, clock.now()
    audit.record("undo", "ledger_import", begun.id)
    enqueue(UNDO_JOB, begun.id)


def undo_steps(import_id: int) -> Iterator[Progress]:
    """The job: erase each record that still can be, the last first; the others say why not.

    A row whose record is erased is excluded from the next confirmation.
    """
    begun = queries.get_import(import_id)
    ledger, actor = find_ledger(begun.ledger_key), queries.get_user(begun.undone_by)
    total, done = queries.count_standing(import_id, Standing.IMPORTED), 0
    place = begun.found + 1
    while _is_still(begun, ImportState.UNDOING):
        batch = queries.list_imported(import_id, place, BATCH)
        if not batch:
            _end_undo(begun)
            return
        for row in batch:
            _erase(row, lambda record_id: ledger.erase(record_id, actor))
            begun.imported -= row.standing != Standing.IMPORTED
        done, place = done + len(batch), batch[-1].position
        yield Progress(done, total)


def _erase(row: LedgerRow, erase: Callable[[int], None]) -> None:
    record_id = row.record_id or 0
    reason = _attempt(lambda: erase(record_id), _IN_USE)
    if reason:
        row.cautions = [f"没有撤销：{reason}"]
    else:
        row.standing, row.record_id, row.cautions = Standing.EXCLUDED, None, []


def _end_undo(begun: LedgerImport) -> None:
    """Close an import of which nothing stands any more; else show what does, and why."""
    begun.content = None
    if begun.imported:
        begun.state = ImportState.PREVIEW
    else:
        queries.delete_rows(begun.id)
        begun.state = ImportState.UNDONE
    audit.record("erase", "ledger_import", begun.id)


def give_up(import_id: int, _sentence: str) -> None:
    """Open an import again whose confirmation or undoing failed for good; what is done stands. Flushes."""
    queries.get_import(import_id).state = ImportState.PREVIEW
    db.session.flush()
