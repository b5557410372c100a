"""What staff do with the rows of an import before they confirm it: mend, exclude, give up."""

from collections.abc import Iterable, Mapping, Sequence

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.ledgers import queries
from quizapp.ledgers.judging import Judged, RowJudge
from quizapp.ledgers.ledger import find_ledger
from quizapp.ledgers.models import LedgerImport, LedgerRow
from quizapp.ledgers.standing import ImportState, Standing


class NotInPreview(QuizError):
    """The import is being read or written, or has ended."""

    status = 409
    title = "现在不能修改"
    advice = "这次导入正在处理或者已经结束，请刷新后查看。"


def ensure_preview(begun: LedgerImport) -> None:
    """Raise NotInPreview where rows of the import can't be changed now; else nobody else changes it."""
    lock_row(begun, "state", "imported")
    if begun.state != ImportState.PREVIEW:
        raise NotInPreview


def mend(begun: LedgerImport, row: LedgerRow, cells: Mapping[str, str], actor: User) -> None:
    """Keep a row as staff typed it, good or not, and judge it anew; flushes. Raises NotInPreview."""
    ensure_preview(begun)
    lock_row(row, "standing")
    if row.standing == Standing.IMPORTED:
        raise NotInPreview("这一行已经导入，请到列表里修改。")
    row.cells, row.faults = {**row.cells, **cells}, {}
    keep(row, RowJudge(find_ledger(begun.ledger_key), actor).judge(row.cells, row.faults)[0])
    audit.record("mend", "ledger_row", row.id)
    db.session.flush()


def keep(row: LedgerRow, judged: Judged) -> None:
    """Note at a row what was said of it."""
    row.standing, row.problems, row.cautions = judged.standing, judged.problems, judged.cautions


def exclude(begun: LedgerImport, rows: Sequence[LedgerRow]) -> None:
    """Leave rows out of the next confirmation; flushes. Raises NotInPreview."""
    ensure_preview(begun)
    for row in _open(rows):
        row.standing = Standing.EXCLUDED
    audit.record("exclude", "ledger_import", begun.id)
    db.session.flush()


def include(begun: LedgerImport, rows: Sequence[LedgerRow], actor: User) -> None:
    """Take up rows that were excluded, judged anew; flushes. Raises NotInPreview."""
    ensure_preview(begun)
    judge = RowJudge(find_ledger(begun.ledger_key), actor)
    for row in _open(rows):
        keep(row, judge.judge(row.cells, row.faults)[0])
    audit.record("include", "ledger_import", begun.id)
    db.session.flush()


def _open(rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    return [row for row in rows if row.standing != Standing.IMPORTED]


def discard(begun: LedgerImport) -> None:
    """Give up an import of which nothing is a record; flushes. Raises NotInPreview."""
    ensure_preview(begun)
    if begun.imported:
        raise NotInPreview("这次导入已有内容进入系统。不要的行可以排除；整体不要，请撤销导入。")
    queries.delete_rows(begun.id)
    begun.content = None
    begun.state = ImportState.DISCARDED
    audit.record("discard", "ledger_import", begun.id)
    db.session.flush()
