"""Channels: making one with a fresh code, and finding the campaign behind a code."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.campaigns import queries, snapshots
from quizapp.campaigns.models import Campaign, Channel
from quizapp.campaigns.snapshots import Snapshot
from quizapp.core import clock
from quizapp.core.database import reading
from quizapp.core.identifiers import is_code, short_code
from quizapp.errors import QuizError
from quizapp.extensions import db


class UnknownCode(QuizError):
    """No channel has this code."""

    status = 404
    title = "没有找到这个活动"
    advice = "请检查网址是否完整，或重新扫描海报上的二维码。"


class NotOpenYet(QuizError):
    """The campaign is not published, or its window has not begun."""

    status = 403
    title = "活动还没有开始"


class Closed(QuizError):
    """The campaign's window has ended."""

    status = 403
    title = "活动已经结束"


@dataclass(frozen=True)
class FoundChannel:
    """A channel and the publication that its campaign shows now."""

    channel_id: int
    code: str
    snapshot: Snapshot


def create_channel(campaign: Campaign, name: str) -> Channel:
    """Add a channel under a code that no other has; adds and flushes."""
    channel = _add_channel(campaign, name)
    audit.record("create", "channel", channel.id, ["name"])
    return channel


def _add_channel(campaign: Campaign, name: str, tries: int = 5) -> Channel:
    """Try codes until one is free; each of 887 million is as likely."""
    channel = Channel(campaign_id=campaign.id, name=name, code=short_code(), created_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(channel)
    except IntegrityError:
        if tries == 1:
            raise
        return _add_channel(campaign, name, tries - 1)
    return channel


def find(code: str) -> FoundChannel:
    """The channel of a code, whatever its campaign's window. Raises UnknownCode or NotOpenYet."""
    code = code.upper()
    if not is_code(code):
        raise UnknownCode
    with reading(db.engine) as connection:
        row = queries.find_channel_by_code(connection, code)
        if row is None:
            raise UnknownCode
        if row.current_snapshot is None:
            raise NotOpenYet("主办单位正在准备，请稍后再扫码。")
        snapshot = snapshots.get(connection, row.campaign_id, row.current_snapshot)
    return FoundChannel(row.channel_id, row.code, snapshot)


def find_open(code: str) -> FoundChannel:
    """The channel of a code whose campaign is open now. Raises UnknownCode, NotOpenYet or Closed."""
    found = find(code)
    ensure_open(found.snapshot)
    return found


def ensure_open(snapshot: Snapshot) -> None:
    """Raise NotOpenYet or Closed outside the window, which holds its first moment and not its last."""
    now = clock.now()
    if now < snapshot.opens_at:
        start = clock.shanghai_text(snapshot.opens_at)
        raise NotOpenYet(f"“{snapshot.title}”将于 {start} 开始，请届时再扫码。")
    if now >= snapshot.closes_at:
        end = clock.shanghai_text(snapshot.closes_at)
        raise Closed(f"“{snapshot.title}”已于 {end} 结束，感谢您的关注。")
