"""Every select of the part."""

from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from quizapp.attempts.models import Attempt
from quizapp.campaigns.models import Channel, HourlyScans
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.reports.counts import CampaignCounts, Counts

Column = ColumnElement[Any] | InstrumentedAttribute[Any]
Columns = dict[str, ColumnElement[Any]]


def count_campaign(campaign_id: int) -> CampaignCounts:
    """Count a campaign: in all, for each of its channels, for each day on which anything happened."""
    channels = db.session.execute(
        select(Channel.id, Channel.name).where(Channel.campaign_id == campaign_id).order_by(Channel.id)
    ).all()
    scans_by_channel, scans_by_day = _scans(campaign_id)
    whole = _count_attempts(campaign_id, None, None, Attempt.first_in_campaign)
    by_channel = _count_attempts(
        campaign_id, Attempt.channel_id, Attempt.channel_id, Attempt.first_in_channel
    )
    by_day = _count_attempts(campaign_id, Attempt.day, Attempt.submitted_day, Attempt.first_in_day)
    days = sorted({cast(date, day) for day in (*by_day, *scans_by_day)})
    return CampaignCounts(
        total=_counts(whole.get(None, {}), sum(scans_by_channel.values())),
        by_channel=[
            (channel.name, _counts(by_channel.get(channel.id, {}), scans_by_channel[channel.id]))
            for channel in channels
        ],
        by_day=[(day, _counts(by_day.get(day, {}), scans_by_day[day])) for day in days],
    )


def _scans(campaign_id: int) -> tuple[Counter[int], Counter[date]]:
    rows = db.session.execute(
        select(HourlyScans.channel_id, HourlyScans.hour, HourlyScans.scans).where(
            HourlyScans.campaign_id == campaign_id
        )
    )
    by_channel: Counter[int] = Counter()
    by_day: Counter[date] = Counter()
    for channel_id, hour, scans in rows:
        by_channel[channel_id] += scans
        by_day[clock.shanghai_day(hour)] += scans
    return by_channel, by_day


def _count_attempts(
    campaign_id: int,
    start_group: Column | None,
    submit_group: Column | None,
    first_mark: Column,
) -> dict[Hashable, dict[str, Any]]:
    """Counts by group: starts by where they fall, submissions by where those do; one group where None."""
    submitted = Attempt.submitted_at.is_not(None)
    started_columns: Columns = {"started": func.count(), "started_and_submitted": _count_where(submitted)}
    submitted_columns: Columns = {
        "submitted": func.count(),
        "late": _count_where(Attempt.late),
        "participants": _count_where(first_mark),
        "passed": _count_where(Attempt.passed),
        "score": func.sum(Attempt.score),
        "full_score": func.sum(Attempt.full_score),
    }
    groups: dict[Hashable, dict[str, Any]] = {}
    for group, columns, conditions in (
        (start_group, started_columns, ()),
        (submit_group, submitted_columns, (submitted,)),
    ):
        for key, values in _grouped(campaign_id, group, columns, conditions):
            groups.setdefault(key, {}).update(values)
    return groups


def _grouped(
    campaign_id: int,
    group: Column | None,
    columns: Columns,
    conditions: Iterable[ColumnElement[bool]],
) -> list[tuple[Hashable, dict[str, Any]]]:
    statement = select(*(column.label(name) for name, column in columns.items())).where(
        Attempt.campaign_id == campaign_id, *conditions
    )
    if group is not None:
        statement = statement.add_columns(group.label("grouped_by")).group_by(group)
    rows = db.session.execute(statement).mappings()
    return [(row.get("grouped_by"), {name: row[name] for name in columns}) for row in rows]


def _count_where(condition: Column) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _counts(values: dict[str, Any], scans: int) -> Counts:
    """Counts from a row, in which sums over nothing are NULL."""
    return Counts(
        scans=scans,
        started=int(values.get("started") or 0),
        started_and_submitted=int(values.get("started_and_submitted") or 0),
        submitted=int(values.get("submitted") or 0),
        late=int(values.get("late") or 0),
        participants=int(values.get("participants") or 0),
        passed=int(values.get("passed") or 0),
        score=values.get("score") or Decimal(0),
        full_score=values.get("full_score") or Decimal(0),
    )
