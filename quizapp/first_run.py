"""What a new installation begins with: the shipped banks, an administrator, a sample campaign.

Each is made only where it is missing, so a second run changes nothing. After an upgrade the shipped
banks take up what it brings, and the sample campaign with them.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from quizapp.accounts import queries as account_queries
from quizapp.accounts.models import Unit
from quizapp.accounts.roles import Role
from quizapp.accounts.services import create_user
from quizapp.accounts.units import ensure_root
from quizapp.campaigns import queries as campaign_queries
from quizapp.campaigns.channels import create_channel
from quizapp.campaigns.editing import Plan, create_campaign
from quizapp.campaigns.models import Channel
from quizapp.campaigns.rules import KindRule, MultipleRule, Rules
from quizapp.campaigns.snapshots import BanksTooSmall, has_unpublished_edits, publish
from quizapp.core import clock
from quizapp.publicity.beginning import ensure_lists
from quizapp.questions.kinds import Kind
from quizapp.questions.queries import list_banks
from quizapp.questions.shipped.loading import Loaded, load_shipped_banks
from quizapp.reports.figures.beginning import ensure_indicators

ADMINISTRATOR = "admin"
SAMPLE_CHANNEL = "试用二维码"
SAMPLE_DAYS = 365


@dataclass
class Beginnings:
    """What was made now, for the person at the terminal."""

    loaded: list[Loaded] = field(default_factory=list)
    administrator: str = ADMINISTRATOR
    #: The administrator's first password, None where accounts existed.
    first_password: str | None = None
    sample: Channel | None = None


def prepare(question_bank: Path, data_key: str, owner: str) -> Beginnings:
    """Make what is missing; adds and flushes. ``owner`` names the bureau, the root of the units."""
    root = ensure_root(owner)
    ensure_lists()
    ensure_indicators()
    made = Beginnings(loaded=load_shipped_banks(question_bank))
    if not account_queries.has_users():
        _, made.first_password = create_user(ADMINISTRATOR, "管理员", Role.ADMINISTRATOR, root)
    if made.loaded:
        _renew_sample()
    made.sample = campaign_queries.find_sample_channel() or _make_sample(data_key, root)
    return made


def _renew_sample() -> None:
    """Publish the sample again, with the questions that came, unless staff have begun to change it."""
    sample = campaign_queries.find_sample()
    current = sample and campaign_queries.find_current_snapshot(sample)
    if sample and current and not has_unpublished_edits(sample, current):
        with suppress(BanksTooSmall):  # staff may have retired what it asks; it goes on with what it holds
            publish(sample)


def _make_sample(data_key: str, root: Unit) -> Channel | None:
    """A campaign marked 演示 over all shipped banks; None where they hold too little."""
    banks = list_banks()
    kinds = {
        Kind.SINGLE: KindRule(5, Decimal(10)),
        Kind.MULTIPLE: KindRule(2, Decimal(10)),
        Kind.TRUE_FALSE: KindRule(3, Decimal(10)),
    }
    if any(sum(bank.counts.get(kind, 0) for bank in banks) < rule.count for kind, rule in kinds.items()):
        return None
    now = clock.now().replace(second=0, microsecond=0)  # as a form would give it
    plan = Plan(
        title="安全生产与应急普法答题",
        notice="这是随系统提供的演示活动，您可以用手机扫码试答。"
        "每次从题库随机抽取 10 道题，交卷后可以看到每题的解析和法律依据。",
        opens_at=now,
        closes_at=now + timedelta(days=SAMPLE_DAYS),
        rules=Rules(
            bank_ids=tuple(bank.id for bank in banks),
            kinds=kinds,
            minutes=15,
            attempts_a_day=20,
            multiple_rule=MultipleRule.HALF_FOR_PART,
        ),
        unit_id=root.id,
    )
    campaign = create_campaign(plan, data_key, is_sample=True)
    publish(campaign)
    return create_channel(campaign, SAMPLE_CHANNEL)
