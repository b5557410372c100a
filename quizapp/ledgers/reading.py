"""From a file to rows that can be looked at, mended and confirmed."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from sqlalchemy import insert

from quizapp.accounts import audit
from quizapp.core import clock
from quizapp.core.jobs.queue import Progress, enqueue
from quizapp.core.locking import lock_row
from quizapp.core.uploads import UnreadableFile, recognise
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.ledgers import queries
from quizapp.ledgers.files import read_ledger
from quizapp.ledgers.found import FoundRow, LedgerReading
from quizapp.ledgers.headings import IGNORED, plain_heading
from quizapp.ledgers.judging import RowJudge
from quizapp.ledgers.ledger import Ledger, find_ledger
from quizapp.ledgers.models import LedgerHeading, LedgerImport, LedgerRow
from quizapp.ledgers.standing import ImportState

READ_JOB = "read_ledger"
#: So many remarks on what is no row are kept; a sheet of prose would be thousands.
MAX_NOTES = 1_000
#: Rows in one short transaction.
BATCH = 500


class CannotRead(QuizError):
    """The file is none that we read."""

    title = "这个文件不能读取"


class AlreadyConfirmed(QuizError):
    """Some of the import's rows are records."""

    status = 409
    title = "已经导入过一部分"
    advice = "这次导入已有内容进入系统，不能重新读取。请修改余下的行，或者重新上传文件。"


def begin_import(ledger: Ledger, file_name: str, content: bytes, actor_id: int) -> LedgerImport:
    """Take in a file, to be read by the worker; adds and flushes.

    Raises CannotRead, and stores nothing, for what can't be read as its first bytes show.
    """
    try:
        recognise(content)
    except UnreadableFile as error:
        raise CannotRead(str(error)) from None
    begun = LedgerImport(
        ledger_key=ledger.key,
        file_name=re.split(r"[\\/]", file_name.replace("\x00", ""))[-1][-200:],
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_by=actor_id,
        uploaded_at=clock.now(),
    )
    db.session.add(begun)
    db.session.flush()
    audit.record("upload", "ledger_import", begun.id)
    enqueue(READ_JOB, begun.id)
    return begun


def remember_headings(begun: LedgerImport, names: Mapping[str, str], actor_id: int) -> None:
    """Keep what staff say of headings, for this file and all later ones, and read the file again.

    A heading with no known column's name is to be passed over. Raises AlreadyConfirmed; adds and flushes.
    """
    lock_row(begun, "state", "imported")
    if begun.imported or begun.state != ImportState.PREVIEW:
        raise AlreadyConfirmed
    known = {column.name for column in find_ledger(begun.ledger_key).columns()}
    for heading, name in names.items():
        db.session.merge(
            LedgerHeading(
                ledger_key=begun.ledger_key,
                heading=plain_heading(heading.replace("\x00", "")),
                name=name if name in known else IGNORED,
                told_by=actor_id,
                told_at=clock.now(),
            )
        )
    begun.state = ImportState.READING
    audit.record("map_columns", "ledger_import", begun.id)
    enqueue(READ_JOB, begun.id)


def read_steps(import_id: int) -> Iterator[Progress]:
    """The job: read the file, judge and keep each row in short transactions, then show them at once."""
    begun = queries.get_import(import_id)
    ledger = find_ledger(begun.ledger_key)
    content, remembered = begun.content or b"", queries.remembered_headings(ledger.key)
    columns = ledger.columns()
    yield Progress(0, 0)  # reading takes long: no transaction is open meanwhile
    try:
        found = read_ledger(content, columns, remembered)
    except UnreadableFile as error:
        give_up_reading(import_id, str(error))
        return
    judge = RowJudge(ledger, queries.get_user(begun.uploaded_by))
    queries.delete_rows(import_id)
    for start in range(0, len(found.rows), BATCH):
        batch = enumerate(found.rows[start : start + BATCH], start=start + 1)
        rows = [_row(import_id, position, row, judge) for position, row in batch]
        db.session.execute(insert(LedgerRow), rows)
        yield Progress(start + len(rows), len(found.rows))
    begun.found = len(found.rows)
    begun.notes = _notes(found)
    begun.unknown_headings = [asdict(one) for one in found.unknown_headings]
    begun.state = ImportState.PREVIEW


def give_up_reading(import_id: int, sentence: str) -> None:
    """Say of a file why it can't be read; flushes."""
    begun = queries.get_import(import_id)
    queries.delete_rows(import_id)
    begun.state, begun.content = ImportState.UNREADABLE, None
    begun.notes = [_note("全文", sentence)]
    db.session.flush()


def _row(import_id: int, position: int, found: FoundRow, judge: RowJudge) -> dict[str, object]:
    judged, _ = judge.judge(found.cells, found.faults)
    return {
        "import_id": import_id,
        "position": position,
        "where": found.where,
        "cells": found.cells,
        "faults": found.faults,
        **vars(judged),
    }


def _notes(found: LedgerReading) -> list[dict[str, str]]:
    notes = [_note(note.where, note.reason) for note in found.notes[:MAX_NOTES]]
    if len(found.notes) > MAX_NOTES:
        notes.insert(0, _note("全文", f"共 {len(found.notes)} 处，只记下前 {MAX_NOTES} 处。"))
    return notes


def _note(where: str, reason: str) -> dict[str, str]:
    return {"where": where, "reason": reason}
