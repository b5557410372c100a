"""Publishing a campaign, and its publications as the citizens' path keeps them in memory.

A snapshot never changes, so what was read once stays true; which one is current is
asked at each scan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from flask import Flask, current_app
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.campaigns import queries
from quizapp.campaigns.drawing import Pool, select_drawable, shortfall
from quizapp.campaigns.models import Campaign, CampaignSnapshot
from quizapp.campaigns.rules import Rules
from quizapp.core import clock
from quizapp.core.sealing import unseal
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions import queries as question_queries
from quizapp.questions.asking import AskedRevision
from quizapp.questions.kinds import Kind

#: Publications kept in memory in each process; a county runs a handful at a time.
KEPT = 200
_EXTENSION = "campaign_snapshots"
#: What a publication keeps of the campaign's plan.
_CONTENT = ("title", "notice", "opens_at", "closes_at", "rules")


class BanksTooSmall(QuizError):
    """The banks can't satisfy the draw rule."""

    status = 409
    title = "题库试题不够"


class PublishedMeanwhile(QuizError):
    """Somebody else published the campaign in the same moment."""

    status = 409
    title = "活动刚刚被发布过"
    advice = "刚刚有人发布了这个活动。请刷新，确认内容后再发布。"


@dataclass(frozen=True)
class Snapshot:
    """One publication of a campaign, all that scan, start, submit and review need."""

    campaign_id: int
    number: int
    title: str
    notice: str
    opens_at: datetime
    closes_at: datetime
    rules: Rules
    #: Every revision that papers of this publication may hold, by id.
    revisions: dict[int, AskedRevision]
    #: Under which participants' ids are derived.
    campaign_key: bytes
    is_sample: bool

    @cached_property
    def pool(self) -> Pool:
        """The revisions, sorted for drawing."""
        return Pool.of(self.revisions.values())

    @cached_property
    def shortfall(self) -> Mapping[Kind, int]:
        """What papers lack since questions were taken out; empty where the rules are met."""
        return shortfall(self.rules, self.pool)

    @cached_property
    def asked(self) -> Rules:
        """The rules by what papers really hold."""
        return self.rules.without(self.shortfall)


class _Kept:
    """Snapshots by campaign and number; the oldest goes when there are too many."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.snapshots: dict[tuple[int, int], Snapshot] = {}

    def find(self, key: tuple[int, int]) -> Snapshot | None:
        return self.snapshots.get(key)

    def keep(self, key: tuple[int, int], snapshot: Snapshot) -> None:
        with self.lock:
            while len(self.snapshots) >= KEPT:
                del self.snapshots[next(iter(self.snapshots))]
            self.snapshots[key] = snapshot


def register(app: Flask) -> None:
    """Give the app its memory of snapshots."""
    app.extensions[_EXTENSION] = _Kept()


def get(connection: Connection, campaign_id: int, number: int) -> Snapshot:
    """A publication, from memory or read once by the caller's connection."""
    kept: _Kept = current_app.extensions[_EXTENSION]
    key = (campaign_id, number)
    snapshot = kept.find(key)
    if snapshot is None:
        snapshot = _read(connection, campaign_id, number)
        kept.keep(key, snapshot)
    return snapshot


def _read(connection: Connection, campaign_id: int, number: int) -> Snapshot:
    row = queries.get_snapshot(connection, campaign_id, number)
    revisions = question_queries.list_revisions(connection, row.revision_ids)
    return Snapshot(
        campaign_id=campaign_id,
        number=number,
        title=row.title,
        notice=row.notice,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        rules=Rules.from_dict(row.rules),
        revisions={revision.id: revision for revision in revisions},
        campaign_key=unseal(row.sealed_key, current_app.config["DATA_KEY"]),
        is_sample=row.is_sample,
    )


def publish(campaign: Campaign) -> CampaignSnapshot:
    """Publish the campaign as it now stands; adds and flushes.

    Raises BanksTooSmall with the shortfall of each kind, PublishedMeanwhile where two publications
    took the same number: the snapshot's primary key refuses the second.
    """
    queries.lock_campaigns(campaign.id)
    rules = Rules.from_dict(campaign.rules)
    reviewed = question_queries.list_drawable_revisions(rules.bank_ids)
    drawable = select_drawable(rules, reviewed)
    if missing := shortfall(rules, Pool.of(drawable)):
        has_cases = any(revision.case_id for revision in reviewed)
        whole = "案例题要整组抽取，整组放得下才能抽。" if has_cases else ""
        raise BanksTooSmall(
            f"所选题库不能满足抽题规则：{shortfall_words(missing)}。{whole}请减少题数，或多选题库。"
        )
    snapshot = _next_snapshot(campaign, campaign, [revision.id for revision in drawable])
    question_queries.mark_published(snapshot.revision_ids)
    audit.record("publish", "campaign", campaign.id)
    db.session.flush()
    return snapshot


def republish_without(question_ids: Iterable[int]) -> tuple[Campaign, ...]:
    """Take questions out of every campaign that is published and not closed; adds and flushes.

    Each whose current snapshot holds a revision of one of them, or of a case that one belongs to,
    publishes that snapshot again without those, and not what was edited since; the campaigns
    are returned. Papers already started keep the snapshot that they were drawn by. Where the rules
    can then not be met, the campaign goes on with what it has (``Snapshot.shortfall``).

    A publication under way is waited for: it may have read the questions before their state changed.
    """
    taken_out = question_queries.list_revision_ids_of(question_ids)
    queries.lock_campaigns()
    changed = []
    for campaign, current in queries.list_running_campaigns():
        left = [revision_id for revision_id in current.revision_ids if revision_id not in taken_out]
        if len(left) < len(current.revision_ids):
            _next_snapshot(campaign, current, left)
            audit.record("republish", "campaign", campaign.id)
            changed.append(campaign)
    db.session.flush()
    return tuple(changed)


def _next_snapshot(
    campaign: Campaign, content: Campaign | CampaignSnapshot, revision_ids: Sequence[int]
) -> CampaignSnapshot:
    """Add the campaign's next publication, with the texts and rules of ``content``."""
    snapshot = CampaignSnapshot(
        campaign_id=campaign.id,
        number=(campaign.current_snapshot or 0) + 1,
        **{name: getattr(content, name) for name in _CONTENT},
        revision_ids=list(revision_ids),
        published_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(snapshot)
    except IntegrityError as error:
        raise PublishedMeanwhile from error
    campaign.current_snapshot = snapshot.number
    return snapshot


def has_unpublished_edits(campaign: Campaign, current: CampaignSnapshot) -> bool:
    """Whether citizens see something else than the plan as it stands."""
    return any(getattr(campaign, name) != getattr(current, name) for name in _CONTENT)


def find_shortfall(campaign: Campaign) -> str:
    """What the papers of a published campaign lack, in words; empty where nothing is lacking."""
    if campaign.current_snapshot is None:
        return ""
    snapshot = get(db.session.connection(), campaign.id, campaign.current_snapshot)
    return shortfall_words(snapshot.shortfall)


def shortfall_words(missing: Mapping[Kind, int]) -> str:
    """单选题还差 2 题，填空题还差 1 题."""
    return "，".join(f"{kind.label}题还差 {count} 题" for kind, count in missing.items())
