"""Releases."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base
from quizapp.publicity.records import STATE_KNOWN, Reviewed
from quizapp.publicity.releases.duplicates import key_of_address, key_of_title


class Level(StrEnum):
    """级别: of the outlet."""

    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {Level.CENTRAL: "中央", Level.PROVINCE: "省级", Level.CITY: "市级", Level.COUNTY: "县级"}[self]


class ReleaseKind(StrEnum):
    """稿件形式."""

    TEXT = "text"
    VIDEO = "video"
    AUDIO = "audio"
    SOCIAL = "social"
    OTHER = "other"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {
            ReleaseKind.TEXT: "图文报道",
            ReleaseKind.VIDEO: "电视、视频",
            ReleaseKind.AUDIO: "广播、音频",
            ReleaseKind.SOCIAL: "新媒体推送",
            ReleaseKind.OTHER: "其他",
        }[self]


class Release(Reviewed, Base):
    """媒体发稿: one item in one media outlet."""

    __tablename__ = "releases"
    __table_args__ = (
        CheckConstraint(STATE_KNOWN, name="state_known"),
        CheckConstraint(f"level IN ({', '.join(repr(one.value) for one in Level)})", name="level_known"),
        CheckConstraint(f"kind IN ({', '.join(repr(one.value) for one in ReleaseKind)})", name="kind_known"),
        # With all that lists count and sort by, so that a deep page reads no rows beside its own.
        Index(None, "unit_id", "day", "state", "level", "kind", "outlet"),
        Index(None, "state", "day", "unit_id", "level"),
        Index(None, "day", "id"),
        # With the state, so that voided ones are passed over without a look at the row.
        Index(None, "address_key", "state"),
        Index(None, "title_key", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    outlet: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(10))
    #: The Shanghai day on which it appeared.
    day: Mapped[date]
    #: Web address; empty where it has none.
    address: Mapped[str] = mapped_column(String(500), default="")
    topic: Mapped[str] = mapped_column(String(60), default="")
    #: See ``duplicates``: equal ones may be the same release. Kept with each change, by whatever way.
    address_key: Mapped[str | None] = mapped_column(String(64))
    title_key: Mapped[str] = mapped_column(String(64))


@event.listens_for(Release, "before_insert")
@event.listens_for(Release, "before_update")
def _keep_keys(_mapper: Any, _connection: Any, release: Release) -> None:
    release.address_key = key_of_address(release.address or "")
    release.title_key = key_of_title(release.title, release.outlet)
