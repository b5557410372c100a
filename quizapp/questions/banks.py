"""Making a bank, and keeping it to some of the staff. These add and flush; the view commits."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.core import clock
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions.models import Bank, BankMember


class BankNameTaken(QuizError):
    """Another bank has this name."""

    status = 409
    title = "题库名称已被使用"
    advice = "已有同名的题库。请换一个名称。"


def create_bank(name: str) -> Bank:
    """Make a bank; adds and flushes. Raises BankNameTaken, by the table's own constraint."""
    bank = Bank(name=name, created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(bank)
    except IntegrityError as error:
        raise BankNameTaken from error
    audit.record("create", "bank", bank.id, ["name"])
    return bank


def set_members(bank: Bank, user_ids: Iterable[int]) -> None:
    """Keep a bank to these accounts, or open it to all bank staff where there are none; flushes."""
    db.session.execute(delete(BankMember).where(BankMember.bank_id == bank.id))
    db.session.add_all(BankMember(bank_id=bank.id, user_id=user_id) for user_id in set(user_ids))
    audit.record("set_members", "bank", bank.id, ["members"])
    db.session.flush()
