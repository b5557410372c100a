"""Adding photos to an activity and taking them away. These add and flush; the view commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock, pictures
from quizapp.core.identifiers import time_ordered_uuid
from quizapp.core.locking import lock_row
from quizapp.extensions import db
from quizapp.publicity.activities import photo_files, queries
from quizapp.publicity.activities.models import Activity, Photo
from quizapp.publicity.reviewing.reviewing import NotInThisState
from quizapp.publicity.workflow import Act, State, possible

MAX_PHOTOS = 9
#: Bytes that a form may bring: all the photos of an activity.
MAX_FORM_BYTES = MAX_PHOTOS * pictures.MAX_BYTES


@dataclass
class Sent:
    """A photo that came with a form."""

    name: str
    #: None where it can't be read, or stands beyond what an activity takes.
    picture: pictures.Picture | None = None
    #: Why it can't be read.
    complaint: str = ""


@dataclass
class Added:
    """How the adding of several photos went."""

    added: int = 0
    #: The activity has them already.
    repeated: int = 0
    #: Beyond what an activity takes.
    left_out: int = 0
    #: What is wrong with those that can't be read: their name and a sentence.
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_lacking(self) -> bool:
        """Whether a photo that was meant to be there is not."""
        return bool(self.refused or self.left_out)

    @property
    def complaint(self) -> str:
        """What the person should know, empty where all is well."""
        parts = [f"“{name}”没有添加：{sentence}" for name, sentence in self.refused]
        if self.repeated:
            parts.append(f"{self.repeated} 张照片已经添加过，没有重复添加。")
        if self.left_out:
            parts.append(f"每次活动最多 {MAX_PHOTOS} 张照片，{self.left_out} 张没有添加。")
        return "".join(parts)


def read_photos(files: Iterable[tuple[str, bytes]]) -> list[Sent]:
    """Decode photos, as (name, content), until there are as many as an activity takes.

    It takes seconds and needs no database: call it before the transaction that adds them.
    """
    sent: list[Sent] = []
    readable = 0
    for name, content in files:
        one = Sent(_short(name))
        if readable < MAX_PHOTOS:
            try:
                one.picture = pictures.read_picture(content)
                readable += 1
            except pictures.UnreadablePicture as error:
                one.complaint = str(error)
        sent.append(one)
    return sent


def add_photos(activity: Activity, sent: Sequence[Sent], actor: User) -> Added:
    """Add photos to a draft or what was returned; one that can't be read stops no other.

    Raises NotInThisState and NotStored.
    """
    outcome = Added()
    if not sent:
        return outcome
    _refuse_settled(activity)
    room = MAX_PHOTOS - queries.count_photos(activity.id)
    for one in sent:
        if one.complaint:
            outcome.refused.append((one.name, one.complaint))
        elif one.picture is None or outcome.added >= room:
            outcome.left_out += 1
        elif _add(activity, one.picture, actor):
            outcome.added += 1
        else:
            outcome.repeated += 1
    if outcome.added:
        _told(activity)
    return outcome


def delete_photo(activity: Activity, photo: Photo) -> None:
    """Take a photo away from a draft or what was returned. Raises NotInThisState."""
    _refuse_settled(activity)
    db.session.delete(photo)
    photo_files.delete_after_commit([photo.id])
    _told(activity)


def delete_photos_of(record: Any) -> None:
    """All photos of an activity that is about to be deleted; of other records nothing."""
    if isinstance(record, Activity):
        photos = queries.list_photos(record.id)
        for photo in photos:
            db.session.delete(photo)
        photo_files.delete_after_commit([photo.id for photo in photos])
        db.session.flush()


def _refuse_settled(activity: Activity) -> None:
    lock_row(activity, "state", "version")
    if Act.EDIT not in possible(State(activity.state)):
        raise NotInThisState(f"{activity.state_label}的记录不能增减照片。需要时请先撤回或者由审核员退回。")


def _add(activity: Activity, picture: pictures.Picture, actor: User) -> bool:
    """Whether the photo is new to the activity, by the table's own constraint."""
    now = clock.now()
    photo = Photo(
        id=time_ordered_uuid(now),
        activity_id=activity.id,
        digest=picture.digest,
        width=picture.width,
        height=picture.height,
        added_by=actor.id,
        added_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(photo)
    except IntegrityError:
        return False
    photo_files.write(photo.id, picture)
    return True


def _told(activity: Activity) -> None:
    """The photos are part of what a reviewer sees."""
    activity.version += 1
    audit.record("edit", "activity", activity.id, ["photos"])
    db.session.flush()


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:20]}…"
