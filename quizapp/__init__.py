"""扫码学法: scan → answer → score → count → report."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from quizapp.config import ROOT, read_settings
from quizapp.core.addressing import RecordNumber


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Build the application from the environment; ``overrides`` replace settings in tests.

    Raises SettingError where a setting can't be used.
    """
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(read_settings())
    app.config.from_mapping(overrides or {})
    app.url_map.converters["int"] = RecordNumber
    register_extensions(app)
    register_pages(app)
    register_parts(app)
    return app


def register_extensions(app: Flask) -> None:
    """Bind the extensions and prepare the database connections."""
    from quizapp.core.database import teach_sqlite_manners
    from quizapp.extensions import bootstrap, compress, csrf, db, login_manager, migrate

    db.init_app(app)
    with app.app_context():
        teach_sqlite_manners(db.engine, app.config["SQLITE_BUSY_SECONDS"])
    migrate.init_app(app, directory=str(ROOT / "migrations"))
    login_manager.init_app(app)
    csrf.init_app(app)
    bootstrap.init_app(app)
    compress.init_app(app)


def register_pages(app: Flask) -> None:
    """What all pages share: errors, headers, inlined files, the words of dates."""
    from quizapp.core.clock import shanghai_text
    from quizapp.core.wording import OPTION_LETTERS, write_points
    from quizapp.errors import register_error_pages
    from quizapp.hardening import register_hardening
    from quizapp.inlining import register_inlining

    register_error_pages(app)
    register_hardening(app)
    register_inlining(app)
    app.jinja_env.filters.update(shanghai=shanghai_text, points=write_points)
    app.jinja_env.globals["letters"] = OPTION_LETTERS
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def register_parts(app: Flask) -> None:
    """Every part, from the ground floor up."""
    from quizapp import accounts, attempts, campaigns, cli, laws, ledgers, publicity, questions, reports

    for part in (accounts, ledgers, laws, questions, campaigns, attempts, publicity, reports):
        part.register(app)
    cli.register(app)
