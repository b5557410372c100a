"""Publishing a campaign, and its publications as the citizens' path keeps them in memory.

A snapshot never changes, so what was read once stays true; which one is current is
asked at each scan.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from flask import Flask, current_app
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.campaigns import queries
from quizapp.campaigns.drawing import Pool, shortfall
from quizapp.campaigns.models import Campaign, CampaignSnapshot
from quizapp.campaigns.rules import Rules
from quizapp.core import clock
from quizapp.core.sealing import unseal
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions import queries as question_queries
from quizapp.questions.asking import AskedRevision

#: Publications kept in memory in each process; a county runs a handful at a time.
KEPT = 200
_EXTENSION = "campaign_snapshots"


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
    rules = Rules.from_dict(campaign.rules)
    drawable = [
        revision
        for revision in question_queries.list_drawable_revisions(rules.bank_ids)
        if revision.kind in rules.kinds
    ]
    if missing := shortfall(rules, Pool.of(drawable)):
        words = "，".join(f"{kind.label}题还差 {count} 题" for kind, count in missing.items())
        raise BanksTooSmall(f"所选题库不能满足抽题规则：{words}。请减少题数，或多选题库。")
    snapshot = CampaignSnapshot(
        campaign_id=campaign.id,
        number=(campaign.current_snapshot or 0) + 1,
        title=campaign.title,
        notice=campaign.notice,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        rules=campaign.rules,
        revision_ids=[revision.id for revision in drawable],
        published_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(snapshot)
    except IntegrityError as error:
        raise PublishedMeanwhile from error
    campaign.current_snapshot = snapshot.number
    question_queries.mark_published(snapshot.revision_ids)
    audit.record("publish", "campaign", campaign.id)
    db.session.flush()
    return snapshot
