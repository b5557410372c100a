"""Activities, materials, releases and targets: what the bureau and its units do to make the law known."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.ledgers.ledger import register_ledger
    from quizapp.publicity.blueprint import blueprint
    from quizapp.publicity.materials import (  # noqa: F401 - the views bind themselves
        confirming_views,
        export_views,
        keeping_views,
    )
    from quizapp.publicity.materials import views as material_views  # noqa: F401
    from quizapp.publicity.materials.confirming import confirm_with_activity
    from quizapp.publicity.materials.ledger import MOVEMENTS
    from quizapp.publicity.reviewing import views  # noqa: F401 - it binds itself to the blueprint
    from quizapp.publicity.reviewing.signals import activity_confirmed

    app.register_blueprint(blueprint)
    register_ledger(app, MOVEMENTS)
    activity_confirmed.connect(confirm_with_activity)
