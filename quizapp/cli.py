"""Shell commands of the whole: ``flask prepare``, ``flask serve`` and ``flask work``.

What only they need is imported inside them: every shell command pays for what stands above.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from quizapp.campaigns import addresses, queries
from quizapp.config import ROOT
from quizapp.extensions import db

if TYPE_CHECKING:
    from quizapp.first_run import Beginnings

SERVER = "granian"


def register(app: Flask) -> None:
    """Add the commands to the app."""
    app.cli.add_command(prepare)
    app.cli.add_command(serve)
    app.cli.add_command(work)


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database up to date and make what a new installation begins with."""
    from flask_migrate import upgrade

    from quizapp import first_run

    try:
        upgrade()
    except OperationalError as error:
        place = db.engine.url.render_as_string(hide_password=True)
        raise click.ClickException(f"数据库打不开：{place}\n{error.orig}\n请检查 DATABASE_URL。") from None
    made = first_run.prepare(
        ROOT / "question_bank", current_app.config["DATA_KEY"], current_app.config["SITE_OWNER"]
    )
    db.session.commit()
    _tell_beginnings(made)


@click.command()
@with_appcontext
def serve() -> None:
    """Print the sample campaign's address and code, start the worker, then become the server."""
    host, port = current_app.config["HOST"], current_app.config["PORT"]
    _refuse_taken_port(host, port)
    _tell_address()
    workers = current_app.config["WORKERS"] or ("1" if db.engine.dialect.name == "sqlite" else "2")
    db.engine.dispose()
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", workers]
    options += ["--blocking-threads", "2", "--no-ws", "--log-level", "warning", "wsgi:app"]
    sys.stdout.flush()
    os.chdir(ROOT)
    # It ends when this process, the server to be, does.
    subprocess.Popen([Path(sys.executable).with_name("flask"), "work"])  # noqa: S603 - our own command
    os.execv(str(Path(sys.executable).with_name(SERVER)), [SERVER, *options])  # noqa: S606 - our own server


@click.command()
@with_appcontext
def work() -> None:
    """Do the long work that the pages ask for, until the process that started this one ends."""
    from quizapp.core.jobs.worker import run_beside

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the server, and that ends this
    run_beside(os.getppid())


def _tell_beginnings(made: "Beginnings") -> None:
    for loaded in made.loaded:
        click.echo(f"题库《{loaded.bank}》：{loaded.sentence}")
        for path, problem in loaded.problems:
            click.echo(f"  {path.relative_to(ROOT)} {problem.where}：{problem.reason}")
    if made.first_password:
        click.echo(f"\n管理员账号：{made.administrator}")
        click.echo(f"初始密码：  {made.first_password}")
        click.echo("密码只显示这一次，首次登录后须修改。")


def _tell_address() -> None:
    from quizapp.core import qr

    public_url = current_app.config["PUBLIC_URL"]
    sample = queries.find_sample_channel()
    if sample:
        address = addresses.scan_address(sample.code)
        if caution := addresses.caution():
            click.echo(f"\n注意：{caution}")
        click.echo(f"\n手机扫码答题（演示活动）：{address}\n")
        click.echo(qr.terminal_text(address, colour=sys.stdout.isatty()))
    click.echo(f"\n工作人员登录：{public_url}/login")
    click.echo("按 Ctrl+C 停止。")


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise click.ClickException(f"端口 {port} 已被占用。请换一个，例如 make run PORT=8001。") from None
