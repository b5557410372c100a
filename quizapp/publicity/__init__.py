"""Activities, materials, releases and targets: what the bureau and its units do to make the law known."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind the part to the app."""
    from quizapp.publicity.blueprint import blueprint
    from quizapp.publicity.reviewing import views  # noqa: F401 - it binds itself to the blueprint

    app.register_blueprint(blueprint)
