"""Activities, materials, releases and targets: what the bureau and its units do to make the law known."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.ledgers.ledger import register_ledger
    from quizapp.publicity.activities import (  # noqa: F401 - the views bind themselves
        export_views,
        kind_views,
        photo_views,
    )
    from quizapp.publicity.activities import views as activity_views  # noqa: F401 - binds itself
    from quizapp.publicity.activities.ledger import ACTIVITIES
    from quizapp.publicity.activities.photos import delete_photos_of
    from quizapp.publicity.activities.recording import complaints
    from quizapp.publicity.blueprint import blueprint
    from quizapp.publicity.materials import confirming_views, keeping_views  # noqa: F401 - binds itself
    from quizapp.publicity.materials import export_views as material_export_views  # noqa: F401 - binds itself
    from quizapp.publicity.materials import views as material_views  # noqa: F401 - binds itself
    from quizapp.publicity.materials.confirming import confirm_with_activity
    from quizapp.publicity.materials.ledger import MOVEMENTS
    from quizapp.publicity.releases import views as release_views  # noqa: F401 - binds itself
    from quizapp.publicity.releases.ledger import RELEASES
    from quizapp.publicity.releases.recording import complaints as complaints_of_release
    from quizapp.publicity.reviewing import views  # noqa: F401 - binds itself
    from quizapp.publicity.reviewing.reviewing import register_complaints
    from quizapp.publicity.reviewing.signals import activity_confirmed, record_deleting
    from quizapp.publicity.targets import views as target_views  # noqa: F401 - binds itself
    from quizapp.publicity.targets.ledger import TARGETS

    app.register_blueprint(blueprint)
    register_complaints(app, "activity", complaints)
    register_complaints(app, "release", complaints_of_release)
    for ledger in (ACTIVITIES, MOVEMENTS, RELEASES, TARGETS):
        register_ledger(app, ledger)
    record_deleting.connect(delete_photos_of)
    activity_confirmed.connect(confirm_with_activity)
