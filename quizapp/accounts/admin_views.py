"""Logging in, one's password, and the administrator's accounts."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from quizapp.accounts import audit, queries, services
from quizapp.accounts.forms import LoginForm, PasswordForm, UserForm
from quizapp.accounts.permissions import public, requires, the_user
from quizapp.accounts.roles import Role, home_of_roles
from quizapp.accounts.sessions import is_own_path
from quizapp.extensions import db

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """The bare address leads staff to their work; citizens come by a code."""
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.login"))
    return redirect(url_for(home_of_roles({posting.role for posting in the_user().postings})))


@blueprint.route("/login", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    """Log in and go on to the page that was asked for."""
    form = LoginForm()
    if form.validate_on_submit():
        lock_for = timedelta(minutes=current_app.config["LOGIN_LOCK_MINUTES"])
        user = services.log_in(
            form.username.data, form.password.data, current_app.config["LOGIN_FAILURES"], lock_for
        )
        db.session.commit()
        if user:
            session.clear()
            session.permanent = True
            login_user(user)
            target = request.args.get("next")
            return redirect(target if target and is_own_path(target) else url_for("accounts.home"))
        form.password.errors = ["用户名或密码不正确。连续多次输错，账号会暂时锁定。"]
    return render_template("accounts/login.html", form=form)


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


@blueprint.get("/users")
@requires(Role.ADMINISTRATOR)
def users() -> ResponseReturnValue:
    """The accounts."""
    return render_template("accounts/users.html", users=queries.list_users_for(the_user()))


@blueprint.route("/users/new", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
def new_user() -> ResponseReturnValue:
    """Make an account and show its first password once."""
    form = UserForm(queries.list_units_for(the_user(), Role.ADMINISTRATOR))
    if form.validate_on_submit():
        try:
            user, first = services.create_user(
                form.username.data, form.display_name.data, Role(form.role.data), form.unit
            )
        except services.UsernameTaken as error:
            form.username.errors = [error.advice]
        else:
            db.session.commit()
            return render_template("accounts/first_password.html", user=user, first_password=first)
    return render_template("accounts/new_user.html", form=form)


@blueprint.post("/users/<int:user_id>/reset-password")
@requires(Role.ADMINISTRATOR)
def reset_password(user_id: int) -> ResponseReturnValue:
    """Give an account a new first password and show it once."""
    user = queries.get_user_for(the_user(), user_id)
    first = services.reset_password(user)
    db.session.commit()
    return render_template("accounts/first_password.html", user=user, first_password=first)
