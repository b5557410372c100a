"""From a file to staged questions."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import insert

from quizapp.accounts import audit
from quizapp.core import clock
from quizapp.core.jobs.queue import Progress, enqueue
from quizapp.core.locking import lock_row
from quizapp.core.uploads import UnreadableFile, recognise
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions.importers.columns import MEANINGS
from quizapp.questions.importers.files import read_file
from quizapp.questions.models import Bank
from quizapp.questions.parsed import ParsedQuestion, ParsedQuestions, Problem
from quizapp.questions.staging import queries
from quizapp.questions.staging.judging import Judged, Repeats, judge, raw_of
from quizapp.questions.staging.models import BankImport, ColumnMeaning, ImportState, StagedQuestion
from quizapp.questions.staging.standing import write_raw
from quizapp.questions.twins import Twins

READ_JOB = "read_import"
#: Remarks that belong to no question are kept so many; a page of prose would be thousands.
MAX_NOTES = 1_000
#: Rows in one short transaction.
BATCH = 500


class CannotRead(QuizError):
    """The file is none that we read."""

    title = "这个文件不能读取"


class AlreadyConfirmed(QuizError):
    """Some of the import's questions stand in the bank."""

    status = 409
    title = "已经导入过一部分"
    advice = "这次导入已有试题进入题库，不能重新读取。请修改余下的试题，或者重新上传文件。"


def begin_import(bank: Bank, file_name: str, content: bytes, actor_id: int) -> BankImport:
    """Take in a file, to be read by the worker; adds and flushes.

    Raises CannotRead, and stores nothing, for what can't be read as its first bytes show.
    """
    try:
        recognise(content)
    except UnreadableFile as error:
        raise CannotRead(str(error)) from None
    begun = BankImport(
        bank_id=bank.id,
        file_name=re.split(r"[\\/]", file_name.replace("\x00", ""))[-1][-200:],
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_by=actor_id,
        uploaded_at=clock.now(),
    )
    db.session.add(begun)
    db.session.flush()
    audit.record("upload", "import", begun.id)
    enqueue(READ_JOB, begun.id)
    return begun


def remember_meanings(begun: BankImport, meanings: Mapping[str, str], actor_id: int) -> None:
    """Keep what staff say of headings, for this file and all later ones, and read the file again.

    Raises AlreadyConfirmed; adds and flushes.
    """
    lock_row(begun, "state", "imported")
    if begun.imported or begun.state != ImportState.PREVIEW:
        raise AlreadyConfirmed
    known = {heading: meaning for heading, meaning in meanings.items() if meaning in MEANINGS}
    for heading, meaning in known.items():
        db.session.merge(
            ColumnMeaning(
                heading=heading.replace("\x00", "")[:100],
                meaning=meaning,
                told_by=actor_id,
                told_at=clock.now(),
            )
        )
    begun.state = ImportState.READING
    audit.record("map_columns", "import", begun.id)
    enqueue(READ_JOB, begun.id)


def read_steps(import_id: int) -> Iterator[Progress]:
    """The job: read the file, stage each question in short transactions, then show them at once."""
    begun = queries.get_import(import_id)
    content, remembered = begun.content or b"", queries.remembered_meanings()
    existing = queries.list_bank_texts(begun.bank_id)
    yield Progress(0, 0)  # reading takes long: no transaction is open meanwhile
    try:
        parsed = read_file(content, remembered)
    except UnreadableFile as error:
        give_up_reading(import_id, str(error))
        return
    repeats = Repeats(
        {text.fingerprint: text.id for text in existing},
        Twins({text.id: (text.stem, text.options) for text in existing}),
    )
    ordered = in_file_order(parsed)
    queries.delete_staged(import_id)
    for start in range(0, len(ordered), BATCH):
        batch = enumerate(ordered[start : start + BATCH], start=start + 1)
        rows = [_row(import_id, position, one, judge(one, repeats)) for position, one in batch]
        db.session.execute(insert(StagedQuestion), rows)
        yield Progress(start + len(rows), len(ordered))
    begun.found = parsed.found
    loose = _loose_problems(parsed)
    begun.notes = [note(problem.where, problem.reason) for problem in loose[:MAX_NOTES]]
    if len(loose) > MAX_NOTES:
        begun.notes = [note("全文", f"共 {len(loose)} 处，只记下前 {MAX_NOTES} 处。"), *begun.notes]
    begun.unknown_columns = [asdict(column) for column in parsed.unknown_columns]
    begun.state = ImportState.PREVIEW


def give_up_reading(import_id: int, sentence: str) -> None:
    """Say of a file why it can't be read; flushes."""
    begun = queries.get_import(import_id)
    queries.delete_staged(import_id)
    begun.state, begun.content = ImportState.UNREADABLE, None
    begun.notes = [note("全文", sentence)]
    db.session.flush()


def note(where: str, reason: str) -> dict[str, str]:
    """A note as an import's row keeps it."""
    return {"where": where, "reason": reason}


def in_file_order(parsed: ParsedQuestions) -> list[ParsedQuestion | Problem]:
    """Every question that was found, good and rejected, as they follow each other in the file."""
    rejected = [problem for problem in parsed.problems if problem.rejects]
    found: list[ParsedQuestion | Problem] = [*parsed.questions, *rejected]
    sheets: dict[str, int] = {}
    for one in found:
        sheets.setdefault(_sheet(one.where), len(sheets))

    def place(one: ParsedQuestion | Problem) -> tuple[int, list[int]]:
        return sheets[_sheet(one.where)], [int(n) for n in re.findall(r"\d{1,9}", one.where)[-1:]]

    return sorted(found, key=place)


def _sheet(where: str) -> str:
    """What stands before the last number of a place: a sheet's name, or nothing but 第."""
    return re.split(r"\d+\D*$", where)[0]


def _loose_problems(parsed: ParsedQuestions) -> Sequence[Problem]:
    """What belongs to no staged question: a remark on a question stands at the question."""
    places = {question.where for question in parsed.questions}
    return [problem for problem in parsed.problems if not problem.rejects and problem.where not in places]


def _row(
    import_id: int, position: int, outcome: ParsedQuestion | Problem, judged: Judged
) -> dict[str, object]:
    raw = raw_of(outcome)
    return {
        "import_id": import_id,
        "position": position,
        "raw": write_raw(raw),
        "case_number": raw.case,
        **vars(judged),
    }
