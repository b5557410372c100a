"""Every select of the part."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, select

from quizapp.accounts.models import User
from quizapp.accounts.queries import units_within_reach
from quizapp.accounts.roles import Role
from quizapp.campaigns.models import Campaign, CampaignSnapshot, Channel
from quizapp.core import clock
from quizapp.core.database import AnyRow
from quizapp.errors import NotFound
from quizapp.extensions import db

#: Who works on campaigns.
ORGANISERS = frozenset({Role.ADMINISTRATOR, Role.ORGANISER})


def list_campaigns_for(actor: User) -> Sequence[Campaign]:
    """The campaigns that the actor works on, the latest first."""
    return db.session.scalars(
        select(Campaign)
        .where(Campaign.unit_id.in_(units_within_reach(actor, *ORGANISERS)))
        .order_by(Campaign.opens_at.desc(), Campaign.id.desc())
    ).all()


def get_campaign_for(actor: User, campaign_id: int) -> Campaign:
    """A campaign that the actor works on. Raises NotFound."""
    campaign = db.session.scalar(
        select(Campaign).where(
            Campaign.id == campaign_id, Campaign.unit_id.in_(units_within_reach(actor, *ORGANISERS))
        )
    )
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


def find_sample() -> Campaign | None:
    """The sample campaign, the first of several."""
    return db.session.scalar(select(Campaign).where(Campaign.is_sample).order_by(Campaign.id).limit(1))


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


def find_current_snapshot(campaign: Campaign) -> CampaignSnapshot | None:
    """What citizens see of a campaign; None before the first publication."""
    key = (campaign.id, campaign.current_snapshot)
    return db.session.get(CampaignSnapshot, key) if campaign.current_snapshot else None


def lock_campaigns(campaign_id: int | None = None) -> None:
    """Let nobody else publish a campaign, or any, until the transaction ends; attempts go on meanwhile.

    On SQLite, which has one writer at a time, it locks nothing.
    """
    found = select(Campaign.id).order_by(Campaign.id).with_for_update(key_share=True)
    db.session.execute(found if campaign_id is None else found.where(Campaign.id == campaign_id))


def list_running_campaigns() -> Sequence[tuple[Campaign, CampaignSnapshot]]:
    """Every campaign that is published and not closed, with its current snapshot, read anew."""
    current = and_(
        CampaignSnapshot.campaign_id == Campaign.id, CampaignSnapshot.number == Campaign.current_snapshot
    )
    rows = db.session.execute(
        select(Campaign, CampaignSnapshot)
        .join(CampaignSnapshot, current)
        .where(CampaignSnapshot.closes_at > clock.now())
        .order_by(Campaign.id)
        .execution_options(populate_existing=True)
    )
    return [(campaign, snapshot) for campaign, snapshot in rows]


def titles_of_campaigns() -> dict[int, str]:
    """The campaigns' titles by their numbers."""
    return {row.id: row.title for row in db.session.execute(select(Campaign.id, Campaign.title))}
