"""Every select of review."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Select, func, select

from quizapp.accounts.models import Posting, UnitDescent, User
from quizapp.accounts.queries import units_within_reach
from quizapp.accounts.roles import Role
from quizapp.errors import NotFound
from quizapp.extensions import db
from quizapp.publicity.reviewing.models import Amendment
from quizapp.publicity.reviewing.subjects import SUBJECTS, Record, Subject
from quizapp.publicity.staff import READERS, REVIEWERS
from quizapp.publicity.workflow import State


def get_record_for(actor: User, subject: Subject, record_id: int, roles: frozenset[Role]) -> Record:
    """A record of a unit that the actor reaches by one of the roles. Raises NotFound."""
    model = subject.model
    found = select(model).where(model.id == record_id, model.unit_id.in_(units_within_reach(actor, *roles)))
    record = cast(Record | None, db.session.scalar(found))
    if record is None:
        raise NotFound
    return record


def select_waiting(actor: User, subject: Subject) -> Select[Any]:
    """The submitted records that the actor may decide on, the longest waiting first."""
    model = subject.model
    return (
        select(model)
        .where(
            model.state == State.SUBMITTED,
            model.unit_id.in_(units_within_reach(actor, *REVIEWERS)),
        )
        .order_by(model.submitted_at, model.id)
    )


def count_waiting(actor: User, subject: Subject) -> int:
    """How many submitted records the actor may decide on."""
    counted = select_waiting(actor, subject).order_by(None).with_only_columns(func.count())
    return db.session.scalar(counted) or 0


def list_records_for(actor: User, subject: Subject, record_ids: Sequence[int]) -> Sequence[Record]:
    """Of some records those that the actor may decide on."""
    model = subject.model
    found = (
        select(model)
        .where(model.id.in_(record_ids), model.unit_id.in_(units_within_reach(actor, *REVIEWERS)))
        .order_by(model.id)
    )
    return cast(Sequence[Record], db.session.scalars(found).all())


def has_other_reviewer(actor: User, unit_id: int) -> bool:
    """Whether somebody else may decide on the records of a unit."""
    others = (
        select(Posting.user_id)
        .join(UnitDescent, UnitDescent.ancestor_id == Posting.unit_id)
        .where(
            UnitDescent.descendant_id == unit_id,
            Posting.role.in_(REVIEWERS),
            Posting.user_id != actor.id,
        )
    )
    return db.session.scalar(others.limit(1)) is not None


def select_amendments(actor: User, state: str | None = None) -> Select[Amendment]:
    """The amendments of the units that the actor reads, the latest first."""
    chosen = select(Amendment).where(Amendment.unit_id.in_(units_within_reach(actor, *READERS)))
    if state is not None:
        chosen = chosen.where(Amendment.state == state)
    return chosen.order_by(Amendment.id.desc())


def count_open_amendments(actor: User) -> int:
    """How many amendments the actor may decide on."""
    counted = select(func.count(Amendment.id)).where(
        Amendment.state == "submitted", Amendment.unit_id.in_(units_within_reach(actor, *REVIEWERS))
    )
    return db.session.scalar(counted) or 0


def get_amendment_for(actor: User, amendment_id: int, roles: frozenset[Role]) -> Amendment:
    """An amendment of a unit that the actor reaches by one of the roles. Raises NotFound."""
    amendment = db.session.scalar(
        select(Amendment).where(
            Amendment.id == amendment_id, Amendment.unit_id.in_(units_within_reach(actor, *roles))
        )
    )
    if amendment is None:
        raise NotFound
    return amendment


def list_amendments_of(subject: Subject, record_id: int) -> Sequence[Amendment]:
    """The amendments of a record, the latest first."""
    return db.session.scalars(
        select(Amendment)
        .where(Amendment.subject == subject.key, Amendment.subject_id == record_id)
        .order_by(Amendment.id.desc())
    ).all()


def get_subject_record(subject: Subject, record_id: int) -> Record:
    """A record by its number, for what is decided already to be allowed."""
    return cast(Record, db.session.get_one(subject.model, record_id))


def titles_of(actor: User, amendments: Sequence[Amendment]) -> dict[tuple[str, int], str]:
    """The titles of the records that amendments are about, by subject and number.

    A record that an amendment moved to a unit that the actor doesn't read has none.
    """
    reach = units_within_reach(actor, *READERS)
    titles: dict[tuple[str, int], str] = {}
    for key, subject in SUBJECTS.items():
        numbers = [one.subject_id for one in amendments if one.subject == key]
        rows = db.session.execute(
            select(subject.model.id, subject.model.title).where(
                subject.model.id.in_(numbers), subject.model.unit_id.in_(reach)
            )
        )
        titles |= {(key, row.id): row.title for row in rows}
    return titles
