"""What the tests of figures record: things handed out, numbers entered, participants."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import select

from quizapp.accounts.models import Unit
from quizapp.attempts.models import Attempt, Participant
from quizapp.campaigns.models import Channel
from quizapp.core import clock
from quizapp.core.clock import shanghai_day
from quizapp.extensions import db
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.beginning import ensure_lists
from quizapp.publicity.materials.models import Material, Movement, MovementKind
from quizapp.reports.figures.beginning import ensure_indicators
from quizapp.reports.figures.models import IndicatorEntry
from tests.factories import make_campaign, make_channel

_numbers = count(1)


def material_of(category: str) -> Material:
    """The material of a category that every bureau begins with."""
    ensure_lists()
    return db.session.scalars(select(Material).where(Material.category == category)).one()


def hand_out(activity: Activity, quantity: int, category: str = "宣传品", **changes: Any) -> Movement:
    """So many things handed out at an activity by its unit on its day, confirmed unless told otherwise."""
    values = {
        "unit_id": activity.unit_id,
        "day": activity.begins_on,
        "kind": MovementKind.HANDED_OUT,
        "confirmed_at": clock.now(),
        **changes,
    }
    movement = Movement(
        material_id=material_of(category).id,
        quantity=-quantity,
        activity_id=activity.id,
        recorded_by=activity.recorded_by,
        recorded_at=clock.now(),
        **values,
    )
    db.session.add(movement)
    db.session.commit()
    return movement


def correct(movement: Movement) -> Movement:
    """The movement that takes another back."""
    taken_back = Movement(
        unit_id=movement.unit_id,
        material_id=movement.material_id,
        day=movement.day,
        kind=movement.kind,
        quantity=-movement.quantity,
        activity_id=movement.activity_id,
        corrects_id=movement.id,
        recorded_by=movement.recorded_by,
        recorded_at=clock.now(),
        confirmed_at=clock.now(),
    )
    db.session.add(taken_back)
    db.session.commit()
    return taken_back


def enter_number(key: str, year: int, value: int | str | None, note: str = "") -> IndicatorEntry:
    """A number entered for a year, after those before it."""
    ensure_indicators()
    before = db.session.scalars(
        select(IndicatorEntry).where(IndicatorEntry.indicator_key == key, IndicatorEntry.year == year)
    ).all()
    entry = IndicatorEntry(
        indicator_key=key,
        year=year,
        number=len(before) + 1,
        value=None if value is None else Decimal(value),
        note=note,
        entered_at=clock.now(),
    )
    db.session.add(entry)
    db.session.commit()
    return entry


def make_campaign_of(unit: Unit | None = None, is_sample: bool = False, **plan: Any) -> Channel:
    """A channel of a campaign that a unit runs."""
    campaign = make_campaign(unit=unit, **plan)
    campaign.is_sample = is_sample
    db.session.commit()
    return make_channel(campaign)


def submit_at(channel: Channel, moment: datetime, person: int | None = None, first: bool = True) -> None:
    """A submitted attempt of a person, who is new unless numbered."""
    participant_id = UUID(int=person or next(_numbers) + 1_000_000)
    if db.session.get(Participant, participant_id) is None:
        db.session.add(
            Participant(id=participant_id, campaign_id=channel.campaign_id, basis="device", created_at=moment)
        )
        db.session.flush()
    number, day = next(_numbers), shanghai_day(moment)
    attempt = Attempt(
        participant_id=participant_id,
        id=UUID(int=number),
        campaign_id=channel.campaign_id,
        channel_id=channel.id,
        snapshot_number=1,
        number=number,
        day=day,
        day_number=number,
        started_at=moment,
        due_at=moment,
        expires_at=moment,
        paper=[],
        submitted_at=moment,
        submitted_day=day,
        submitted_year=day.year,
        answers=[],
        score=Decimal(0),
        full_score=Decimal(10),
        first_in_year=first,
    )
    db.session.add(attempt)
    db.session.commit()


#: The first and the last moment of 2026 in Shanghai, and the moments beside them.
LAST_OF_2025 = datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC)
FIRST_OF_2026 = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
LAST_OF_2026 = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
FIRST_OF_2027 = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
NEW_YEAR, NEW_YEARS_EVE = date(2026, 1, 1), date(2026, 12, 31)
