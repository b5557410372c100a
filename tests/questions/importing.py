"""Imports in tests: a file brought, read and confirmed without a browser or a worker process."""

from quizapp.accounts.models import User
from quizapp.core.jobs.worker import run_next
from quizapp.extensions import db
from quizapp.questions.models import Bank
from quizapp.questions.staging import confirming, queries, reading
from quizapp.questions.staging.models import BankImport, StagedQuestion

#: Two ready, one whose kind is guessed, one without an answer.
TEXT = """一、单选题
1. 发现火情先做什么？
A. 报警
B. 围观
答案:A

二、判断题
2. 通道可以堆放杂物。
答案:错

三、单选题
3. 没有答案的题
A. 甲
B. 乙
"""


def run_jobs() -> None:
    """Do every job that waits, as the worker would."""
    db.session.rollback()  # see what requests committed
    while run_next():
        pass


def bring(bank: Bank, actor: User, text: str = TEXT) -> BankImport:
    """A file brought and read."""
    begun = reading.begin_import(bank, "题库.txt", text.encode(), actor.id)
    db.session.commit()
    run_jobs()
    return fresh(begun.id)


def confirm(begun: BankImport, actor: User) -> BankImport:
    """All that is ready confirmed and written."""
    confirming.ask_confirmation(begun, actor)
    db.session.commit()
    run_jobs()
    return fresh(begun.id)


def fresh(import_id: int) -> BankImport:
    """The import as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return queries.get_import(import_id)


def staged(begun: BankImport) -> list[StagedQuestion]:
    """Its questions in the order of the file."""
    return list(db.session.scalars(queries.page_of_staged(begun.id, None)))
