"""What happened after a year was closed, out of the records."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from quizapp.accounts.queries import names_of_users
from quizapp.publicity.reviewing.models import Amendment
from quizapp.publicity.reviewing.showing import words_of_changes
from quizapp.publicity.reviewing.subjects import SUBJECTS, Subject
from quizapp.reports.closing import change_queries as queries
from quizapp.reports.closing.changes import Change


def list_changes(year: int, since: datetime) -> list[Change]:
    """Amendments, late confirmations and late entries of a year after its cut-off, the latest first."""
    found = [
        *_amended(year, since),
        *(change for subject in SUBJECTS.values() for change in _confirmed(year, since, subject)),
        *_handed_out(year, since),
        *_entered(year, since),
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)


def _amended(year: int, since: datetime) -> Iterator[Change]:
    amendments = queries.list_amendments(year, since)
    names = names_of_users(one.decided_by for one in amendments)
    for subject in SUBJECTS.values():
        ours = [one for one in amendments if one.subject == subject.key]
        records = queries.list_records(subject, (one.subject_id for one in ours))
        marks = _marks(subject, records.values())
        for one in ours:
            if one.decided_at is not None:
                yield Change(
                    subject=subject.key,
                    reference=one.subject_id,
                    act="作废" if one.voids else "更正",
                    title=records[one.subject_id].title,
                    reason=_reason(one),
                    who=names.get(one.decided_by or 0, ""),
                    at=one.decided_at,
                    marks=marks[one.subject_id] | _marks_before(one),
                    amendment_id=one.id,
                )


def _reason(amendment: Amendment) -> str:
    changes = "，".join(
        f"{what}由 {before} 改为 {after}" for what, before, after in words_of_changes(amendment)
    )
    return f"{amendment.reason}（{changes}）" if changes else amendment.reason


def _marks_before(amendment: Amendment) -> frozenset[str]:
    """What the record was chosen by before the change."""
    kind_id, level = (amendment.changes.get(column, [None])[0] for column in ("kind_id", "level"))
    before = queries.keys_of_kinds().get(kind_id, frozenset()) if kind_id else frozenset()
    return before | {level} if level else before


def _marks(subject: Subject, records: Iterable[Any]) -> dict[int, frozenset[str]]:
    """What formulas choose records by, as they are now."""
    records = list(records)
    if subject.key == "release":
        return {one.id: frozenset({str(one.level)}) for one in records}
    kinds = queries.keys_of_kinds()
    categories = queries.categories_handed_out(one.id for one in records)
    return {one.id: kinds[one.kind_id] | categories.get(one.id, frozenset()) for one in records}


def _confirmed(year: int, since: datetime, subject: Subject) -> Iterator[Change]:
    records = queries.list_confirmed(year, since, subject)
    names = names_of_users(one.decided_by for one in records)
    marks = _marks(subject, records)
    for one in records:
        yield Change(
            subject=subject.key,
            reference=one.id,
            act="补充确认",
            title=one.title,
            reason="封账后才审核确认",
            who=names.get(one.decided_by, ""),
            at=one.decided_at,
            marks=marks[one.id],
        )


def _handed_out(year: int, since: datetime) -> Iterator[Change]:
    rows = queries.list_movements(year, since)
    names = names_of_users(movement.confirmed_by for movement, _, _ in rows)
    for movement, material, category in rows:
        yield Change(
            subject="movement",
            reference=movement.id,
            act="更正" if movement.corrects_id else "补充确认",
            title=f"{material} {-movement.quantity}",
            reason=movement.note or "封账后才审核确认",
            who=names.get(movement.confirmed_by, ""),
            at=movement.confirmed_at,
            marks=frozenset({category}),
        )


def _entered(year: int, since: datetime) -> Iterator[Change]:
    entries = queries.list_entries(year, since)
    names = names_of_users(one.entered_by for one in entries)
    for one in entries:
        yield Change(
            subject="entry",
            reference=one.id,
            act="补充填报",
            title="" if one.value is None else f"{one.value:f}",
            reason=one.note,
            who=names.get(one.entered_by or 0, "命令行"),
            at=one.entered_at,
            marks=frozenset({one.indicator_key}),
        )
