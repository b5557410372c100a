"""Logging in, and one's own password."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from quizapp.accounts import audit, services
from quizapp.accounts.blueprint import blueprint
from quizapp.accounts.forms import LoginForm, PasswordForm
from quizapp.accounts.models import User
from quizapp.accounts.permissions import find_home, public, requires, the_user
from quizapp.accounts.roles import Role
from quizapp.accounts.sessions import is_own_path
from quizapp.extensions import db


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """The bare address leads staff to their work; citizens come by a code."""
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.login"))
    return redirect(url_for(find_home()))


@blueprint.route("/login", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    """Log in and go on to the page that was asked for."""
    form = LoginForm()
    if form.validate_on_submit():
        user = _log_in(form)
        db.session.commit()
        if user:
            session.clear()
            session.permanent = True
            login_user(user)
            target = request.args.get("next")
            return redirect(target if target and is_own_path(target) else url_for("accounts.home"))
    return render_template("accounts/login.html", form=form)


def _log_in(form: LoginForm) -> User | None:
    """The account that opens; where none does the form says why."""
    lock_for = timedelta(minutes=current_app.config["LOGIN_LOCK_MINUTES"])
    failures = current_app.config["LOGIN_FAILURES"]
    try:
        user = services.log_in(form.username.data, form.password.data, failures, lock_for)
    except services.NoPosting as error:
        form.password.errors = [error.advice]
        return None
    if user is None:
        form.password.errors = ["用户名或密码不正确。连续多次输错，账号会暂时锁定。"]
    return user


@blueprint.post("/logout")
@public
def logout() -> ResponseReturnValue:
    """End the session."""
    if current_user.is_authenticated:
        audit.record("logout", "user", current_user.id)
        db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("accounts.login"))


@blueprint.route("/password", methods=["GET", "POST"])
@requires(*Role)
def password() -> ResponseReturnValue:
    """Change one's own password."""
    user = the_user()
    form = PasswordForm(user)
    if form.validate_on_submit():
        services.change_password(user, form.password.data)
        login_user(user)
        flash("密码已修改。", "success")
        db.session.commit()
        return redirect(url_for("accounts.home"))
    return render_template("accounts/password.html", form=form)
