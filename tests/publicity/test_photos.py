"""Photos of activities: kept once, at most nine, bare, served to those who reach them, gone with failures."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func

from quizapp.accounts.models import User
from quizapp.accounts.roles import Role
from quizapp.core import pictures
from quizapp.extensions import db
from quizapp.publicity.activities import photo_files
from quizapp.publicity.activities.models import Activity, Photo
from quizapp.publicity.activities.photos import Added, add_photos, read_photos
from quizapp.publicity.reviewing import reviewing
from quizapp.publicity.workflow import State
from tests.factories import PASSWORD, make_activity, make_photo, make_unit, make_user, photo_file
from tests.pages import Visitor
from tests.racing import AT_ONCE, at_once

COLOURS = [(number * 20, 60, 200 - number * 15) for number in range(12)]


@pytest.fixture
def draft(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Activity:
    """A draft of the bureau, and a folder of its own for files."""
    monkeypatch.setitem(app.config, "VAR_DIR", tmp_path)
    return make_activity(state=State.DRAFT)


def recorder(activity: Activity) -> User:
    return db.session.get_one(User, activity.recorded_by)


def add(activity: Activity, *sent: tuple[str, bytes]) -> Added:
    return add_photos(activity, read_photos(sent), recorder(activity))


def files() -> list[Path]:
    return sorted(photo_files._folder().glob("*/*.jpg"))


def count() -> int:
    return db.session.scalar(db.select(func.count()).select_from(Photo)) or 0


def test_a_photo_has_a_file_and_a_thumbnail_by_its_id(draft: Activity) -> None:
    photo = make_photo(draft)
    name = str(photo.id)
    assert [file.relative_to(photo_files._folder()).as_posix() for file in files()] == [
        f"{name[-2:]}/{name}-small.jpg",
        f"{name[-2:]}/{name}.jpg",
    ]
    assert (photo.width, photo.height) == (400, 300)
    assert Image.open(photo_files.path_of(photo.id, small=True)).size == (320, 240)


def test_several_come_at_once_and_what_is_none_stops_no_other(draft: Activity) -> None:
    sent = [("一.jpg", photo_file(COLOURS[0])), ("病毒.jpg", b"MZ\0\0"), ("二.jpg", photo_file(COLOURS[1]))]
    outcome = add(draft, *sent)
    assert (outcome.added, count()) == (2, 2)
    assert "“病毒.jpg”没有添加：读不出这张照片" in outcome.complaint


def test_the_same_photo_is_kept_once(draft: Activity) -> None:
    make_photo(draft)
    outcome = add(draft, ("又.jpg", photo_file()), ("再.jpg", photo_file()))
    assert (outcome.added, outcome.repeated, count(), len(files())) == (0, 2, 1, 2)
    assert "2 张照片已经添加过" in outcome.complaint


def test_an_activity_takes_nine(draft: Activity) -> None:
    sent = [(f"{number}.jpg", photo_file(colour)) for number, colour in enumerate(COLOURS)]
    outcome = add(draft, *sent)
    assert (outcome.added, outcome.left_out, count()) == (9, 3, 9)
    assert "最多 9 张照片，3 张没有添加" in outcome.complaint


def test_the_files_of_a_transaction_that_fails_are_removed(draft: Activity) -> None:
    add(draft, ("一.jpg", photo_file()))
    assert len(files()) == 2
    db.session.rollback()
    assert files() == []


def test_the_files_of_a_session_that_is_dropped_are_removed(draft: Activity) -> None:
    add(draft, ("一.jpg", photo_file()))
    db.session.remove()
    assert files() == []


def test_what_is_committed_stays_whatever_happens_next(draft: Activity) -> None:
    make_photo(draft)
    draft.place = "改了又不要"
    db.session.flush()
    db.session.rollback()
    assert len(files()) == 2


def test_a_full_disk_is_told_and_leaves_no_photo(draft: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(photo_files.NotStored, match="磁盘已满"):
        add(draft, ("一.jpg", photo_file()))
    db.session.rollback()
    assert (count(), files()) == (0, [])


def test_a_deleted_draft_takes_its_photos_along_once_that_is_committed(draft: Activity) -> None:
    make_photo(draft)
    reviewing.delete(draft)
    assert len(files()) == 2
    db.session.commit()
    assert (count(), files()) == (0, [])


def test_a_deletion_that_is_rolled_back_keeps_the_files(draft: Activity) -> None:
    make_photo(draft)
    reviewing.delete(draft)
    db.session.rollback()
    assert (count(), len(files())) == (1, 2)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CONFIRMED, State.VOIDED])
def test_what_is_handed_in_gains_and_loses_no_photo(draft: Activity, state: State) -> None:
    make_photo(draft)
    draft.state = state
    db.session.commit()
    with pytest.raises(reviewing.NotInThisState, match="不能增减照片"):
        add(draft, ("二.jpg", photo_file(COLOURS[3])))


def test_a_reviewer_does_not_confirm_photos_that_he_has_not_seen(draft: Activity) -> None:
    before = draft.version
    make_photo(draft)
    assert draft.version == before + 1


def log_in(visitor: Callable[[], Visitor], username: str) -> Visitor:
    person = visitor()
    person.log_in(username, PASSWORD)
    return person


def test_photos_are_served_bare_and_private_to_who_reaches_the_unit(
    draft: Activity, visitor: Callable[[], Visitor], noon: datetime
) -> None:
    photo = make_photo(draft)
    make_user("boss", Role.ADMINISTRATOR)
    make_user("clerk", Role.PUBLICIST, unit=make_unit())
    response = log_in(visitor, "boss").client.get(f"/photos/{photo.id}/full.jpg")
    assert (response.status_code, response.mimetype) == (200, "image/jpeg")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, max-age=86400"
    assert Image.open(io.BytesIO(response.data)).size == (400, 300)
    response.close()
    assert log_in(visitor, "clerk").client.get(f"/photos/{photo.id}/full.jpg").status_code == 404
    assert visitor().client.get(f"/photos/{photo.id}/full.jpg").status_code == 302


def test_photos_are_added_and_deleted_on_the_page(draft: Activity, visitor: Callable[[], Visitor]) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    person = log_in(visitor, "boss")
    page = person.open(f"/activities/{draft.id}")
    page = person.submit(page.form("/photos"), photos=(io.BytesIO(photo_file()), "照片.jpg"))
    assert "已添加 1 张照片。" in page.text
    assert "没有添加：请先选择照片。" in person.submit(page.form("/photos")).text
    deleting = next(form for form in page.forms if form.action.startswith("/photos/"))
    assert "照片已删除。" in person.submit(deleting).text
    assert (count(), files()) == (0, [])


def test_a_form_with_photos_may_be_large_and_any_other_may_not(
    draft: Activity, visitor: Callable[[], Visitor]
) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    person = log_in(visitor, "boss")
    large = io.BytesIO(b"\xff" * 8_000_000)
    page = person.submit(person.open(f"/activities/{draft.id}").form("/photos"), photos=(large, "照片.jpg"))
    assert "读不出这张照片" in page.text
    response = person.client.post(
        "/activities/copy", data={"photos": (io.BytesIO(b"\xff" * 8_000_000), "一.jpg")}
    )
    assert response.status_code == 413


def test_the_same_photo_sent_in_the_same_moment_is_kept_once(app: Flask, draft: Activity) -> None:
    draft_id = draft.id

    def send(_: int) -> None:
        found = db.session.get_one(Activity, draft_id)
        add(found, ("一.jpg", photo_file()))

    assert at_once(app, send) == ["done"] * AT_ONCE
    assert (count(), len(files())) == (1, 2)


def test_nine_stay_nine_when_several_add_in_the_same_moment(app: Flask, draft: Activity) -> None:
    draft_id = draft.id
    add(draft, *((f"{n}.jpg", photo_file(COLOURS[n])) for n in range(8)))
    db.session.commit()

    def send(number: int) -> None:
        found = db.session.get_one(Activity, draft_id)
        add(found, ("新.jpg", photo_file(COLOURS[8 + number])))

    assert at_once(app, send) == ["done"] * AT_ONCE
    assert (count(), len(files())) == (9, 18)


def test_while_photos_are_decoded_no_transaction_bars_other_writers(
    draft: Activity, visitor: Callable[[], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user("boss", Role.ADMINISTRATOR)
    person = log_in(visitor, "boss")
    page = person.open(f"/activities/{draft.id}")
    decode, inside = pictures.read_picture, []

    def watched(content: bytes) -> pictures.Picture:
        inside.append(db.session().in_transaction())
        return decode(content)

    monkeypatch.setattr(pictures, "read_picture", watched)
    person.submit(page.form("/photos"), photos=(io.BytesIO(photo_file()), "照片.jpg"))
    assert inside == [False]
