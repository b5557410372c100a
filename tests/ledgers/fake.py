"""A small ledger of events for tests, its records kept as audit entries; and imports without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import select

from quizapp.accounts.models import AuditEntry, User
from quizapp.accounts.roles import Role
from quizapp.core import clock
from quizapp.core.jobs.worker import run_next
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.ledgers import confirming, queries, reading
from quizapp.ledgers.columns import Column
from quizapp.ledgers.ledger import Cells, Judge, Judgement, Ledger, Write, register_ledger
from quizapp.ledgers.models import LedgerImport, LedgerRow
from quizapp.ledgers.values import BadCell, read_count, read_day

COLUMNS = (
    Column("活动名称", ("名称", "标题"), required=True, sample="进村宣讲"),
    Column("日期", ("活动日期", "时间"), required=True, hint="如 2026-03-01。", sample="2026-03-01"),
    Column("人数", ("参加人数",), sample="120"),
    Column("类别", choices=("讲座", "应急演练"), sample="讲座"),
)
#: Names at which writing and erasing fail.
UNWRITABLE, TOO_LATE = "写不进", "已审核"

#: Two ready, one without a day, one that repeats the first.
TEXT = """活动名称,日期,人数,类别
甲,2026-03-01,120,讲座
乙,2026年3月2日,"1,200",应急演练
丙,,30,讲座
甲,2026-03-01,120,讲座
"""


def _judging(_actor: User) -> Judge:
    seen: set[str] = set()

    def judge(cells: Cells) -> Judgement:
        problems = []
        for name, read in (("日期", read_day), ("人数", read_count)):
            try:
                if cells[name]:
                    read(cells[name])
            except BadCell as error:
                problems.append((name, error.sentence))
        cautions = ("与前面的一行重复。",) if cells["活动名称"] in seen else ()
        seen.add(cells["活动名称"])
        return Judgement(tuple(problems), cautions)

    return judge


def _writing(actor: User) -> Write:
    def write(cells: Cells) -> int:
        entry = AuditEntry(
            at=clock.now(),
            actor_id=actor.id,
            action="event",
            subject_type="event",
            subject_id=cells["活动名称"],
            fields=[cells["日期"], cells["人数"], cells["类别"]],
        )
        db.session.add(entry)
        db.session.flush()
        if entry.subject_id == UNWRITABLE:
            raise QuizError("这个月已经封账。请改日期。")
        return entry.id

    return write


def _erase(record_id: int, _actor: User) -> None:
    entry = db.session.get_one(AuditEntry, record_id)
    if entry.subject_id == TOO_LATE:
        raise QuizError("已经审核，不能删除。")
    db.session.delete(entry)
    db.session.flush()


EVENTS = Ledger(
    key="events",
    name="活动",
    columns=lambda: COLUMNS,
    roles=frozenset({Role.ADMINISTRATOR, Role.PUBLICIST}),
    judging=_judging,
    writing=_writing,
    erase=_erase,
    list_endpoint="laws.laws",
)


@contextmanager
def registered(app: Flask) -> Iterator[Ledger]:
    """The app with this ledger, for a while."""
    register_ledger(app, EVENTS)
    yield EVENTS
    del app.extensions["ledgers"][EVENTS.key]


def run_jobs() -> None:
    """Do every job that waits, as the worker would."""
    db.session.rollback()  # see what requests committed
    while run_next():
        pass


def bring(actor: User, text: str = TEXT, ledger: Ledger = EVENTS) -> LedgerImport:
    """A file brought and read."""
    begun = reading.begin_import(ledger, "台账.csv", text.encode(), actor.id)
    db.session.commit()
    run_jobs()
    return fresh(begun.id)


def confirm(begun: LedgerImport, actor: User) -> LedgerImport:
    """All that is ready confirmed and written."""
    confirming.ask_confirmation(begun, actor)
    db.session.commit()
    run_jobs()
    return fresh(begun.id)


def undo(begun: LedgerImport, actor: User) -> LedgerImport:
    """All that can be taken back taken back."""
    confirming.ask_undo(begun, actor)
    db.session.commit()
    run_jobs()
    return fresh(begun.id)


def fresh(import_id: int) -> LedgerImport:
    """The import as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return queries.get_import(import_id)


def rows(begun: LedgerImport) -> list[LedgerRow]:
    """Its rows in the order of the file."""
    return list(db.session.scalars(queries.page_of_rows(begun.id, None)))


def standings(begun: LedgerImport) -> list[str]:
    """Where its rows stand."""
    return [row.standing for row in rows(begun)]


def events() -> list[str]:
    """The names of the records that there are."""
    db.session.rollback()
    chosen = select(AuditEntry.subject_id).where(AuditEntry.action == "event").order_by(AuditEntry.id)
    return list(db.session.scalars(chosen))
