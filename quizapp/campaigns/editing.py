"""Making and editing a campaign. What citizens see changes only when it is published."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from quizapp.accounts import audit
from quizapp.campaigns.models import Campaign
from quizapp.campaigns.rules import Rules
from quizapp.core import clock
from quizapp.core.sealing import seal
from quizapp.extensions import db

KEY_BYTES = 32


@dataclass(frozen=True)
class Plan:
    """What an organiser decides of a campaign."""

    title: str
    notice: str
    opens_at: datetime
    closes_at: datetime
    rules: Rules
    #: The unit that runs it.
    unit_id: int


def create_campaign(plan: Plan, data_key: str, is_sample: bool = False) -> Campaign:
    """Make a campaign, not yet published, with a fresh key of its own; adds and flushes."""
    now = clock.now()
    campaign = Campaign(
        unit_id=plan.unit_id,
        title=plan.title,
        notice=plan.notice,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        rules=plan.rules.as_dict(),
        is_sample=is_sample,
        sealed_key=seal(secrets.token_bytes(KEY_BYTES), data_key),
        created_at=now,
        edited_at=now,
    )
    db.session.add(campaign)
    db.session.flush()
    audit.record("create", "campaign", campaign.id)
    return campaign


def edit_campaign(campaign: Campaign, plan: Plan) -> None:
    """Change a campaign's plan; flushes. The audit entry names the fields that changed."""
    values = {
        "unit_id": plan.unit_id,
        "title": plan.title,
        "notice": plan.notice,
        "opens_at": plan.opens_at,
        "closes_at": plan.closes_at,
        "rules": plan.rules.as_dict(),
    }
    changed = [name for name, value in values.items() if getattr(campaign, name) != value]
    for name in changed:
        setattr(campaign, name, values[name])
    if changed:
        campaign.edited_at = clock.now()
        audit.record("edit", "campaign", campaign.id, changed)
    db.session.flush()
