"""Every select of the part."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from quizapp.accounts.models import User
from quizapp.accounts.queries import has_role
from quizapp.accounts.roles import Role
from quizapp.campaigns.models import Campaign, CampaignSnapshot, Channel
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db

#: Who works on campaigns.
ORGANISERS = frozenset({Role.ADMINISTRATOR, Role.ORGANISER})


def list_campaigns_for(actor: User) -> Sequence[Campaign]:
    """The campaigns that the actor works on, the latest first."""
    return db.session.scalars(
        select(Campaign)
        .where(has_role(actor, *ORGANISERS))
        .order_by(Campaign.opens_at.desc(), Campaign.id.desc())
    ).all()


def get_campaign_for(actor: User, campaign_id: int) -> Campaign:
    """A campaign that the actor works on. Raises NotFound."""
    campaign = db.session.get(Campaign, campaign_id) if actor.role in ORGANISERS else None
    if campaign is None:
        raise NotFound
    return campaign


def get_channel_for(actor: User, channel_id: int) -> tuple[Channel, Campaign]:
    """A channel, with its campaign, that the actor works on. Raises NotFound."""
    channel = db.session.get(Channel, channel_id)
    if channel is None:
        raise NotFound
    return channel, get_campaign_for(actor, channel.campaign_id)


def list_channels(campaign_id: int) -> Sequence[Channel]:
    """The channels of a campaign in the order they were made."""
    return db.session.scalars(
        select(Channel).where(Channel.campaign_id == campaign_id).order_by(Channel.id)
    ).all()


def find_sample_channel() -> Channel | None:
    """The first channel of the sample campaign."""
    return db.session.scalar(
        select(Channel).join(Campaign).where(Campaign.is_sample).order_by(Channel.id).limit(1)
    )


def find_channel_by_code(connection: Connection, code: str) -> AnyRow | None:
    """Of the channel with this code: channel_id, code, campaign_id and the current snapshot's number."""
    return connection.execute(
        select(
            Channel.id.label("channel_id"),
            Channel.code,
            Channel.campaign_id,
            Campaign.current_snapshot,
        )
        .join(Campaign, Campaign.id == Channel.campaign_id)
        .where(Channel.code == code)
    ).one_or_none()


def get_snapshot(connection: Connection, campaign_id: int, number: int) -> AnyRow:
    """A publication, with its campaign's sealed key and sample mark."""
    return connection.execute(
        select(
            CampaignSnapshot.title,
            CampaignSnapshot.notice,
            CampaignSnapshot.opens_at,
            CampaignSnapshot.closes_at,
            CampaignSnapshot.rules,
            CampaignSnapshot.revision_ids,
            Campaign.sealed_key,
            Campaign.is_sample,
        )
        .join(Campaign, Campaign.id == CampaignSnapshot.campaign_id)
        .where(CampaignSnapshot.campaign_id == campaign_id, CampaignSnapshot.number == number)
    ).one()


def find_publication_time(campaign: Campaign) -> Any:
    """When the current snapshot was published, None before the first."""
    return db.session.scalar(
        select(CampaignSnapshot.published_at).where(
            CampaignSnapshot.campaign_id == campaign.id, CampaignSnapshot.number == campaign.current_snapshot
        )
    )
