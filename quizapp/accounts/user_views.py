"""Accounts and their postings, as administrators keep them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts import postings, queries, services
from quizapp.accounts.blueprint import blueprint
from quizapp.accounts.models import User
from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.roles import Role
from quizapp.accounts.user_forms import NameForm, PostingForm, UserForm
from quizapp.core.paging import read_page
from quizapp.core.views import carry_out
from quizapp.core.wording import read_choice, read_words
from quizapp.extensions import db

#: The columns that the list sorts by.
ORDERS = {"name": User.display_name, "username": User.username, "login": User.last_login_at}
#: In the place of a role: accounts that have none.
NO_POSTING = "none"


@blueprint.get("/users")
@requires(Role.ADMINISTRATOR)
def users() -> ResponseReturnValue:
    """The accounts, narrowed down by role and words; the address keeps the filters."""
    actor = the_user()
    words, role = read_words(request.args.get("words")), request.args.get("role")
    if role == NO_POSTING:
        chosen = queries.select_users_without_posting(actor, words)
    else:
        chosen = queries.select_users_for(actor, words, read_choice(Role, role))
    order, is_down = request.args.get("order", "username"), request.args.get("sort") == "down"
    column = ORDERS.get(order, User.username)
    chosen = chosen.order_by((column.desc() if is_down else column.asc()).nulls_last(), User.id)
    return render_template(
        "accounts/users.html",
        page=read_page(chosen, request.args.get("page", 1, type=int)),
        filters={"words": words or None, "role": role, "order": order, "sort": "down" if is_down else None},
        roles=[(role.value, role.label, None) for role in Role],
        is_of_bureau=actor.holds_in_bureau({Role.ADMINISTRATOR}),
    )


@blueprint.route("/users/new", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
def new_user() -> ResponseReturnValue:
    """Make an account and show its first password once."""
    units = queries.list_units_for(the_user(), Role.ADMINISTRATOR)
    form = UserForm(units, data={"unit_id": request.args.get("unit", type=int)})
    if form.validate_on_submit():
        try:
            user, first = services.create_user(
                form.username.data, form.display_name.data, form.chosen_role, form.unit
            )
        except services.UsernameTaken as error:
            form.username.errors = [error.advice]
        else:
            db.session.commit()
            return render_template("accounts/first_password.html", user=user, first_password=first)
    return render_template("accounts/new_user.html", form=form)


@blueprint.route("/users/<int:user_id>", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
def user(user_id: int) -> ResponseReturnValue:
    """One account: its name, which can be changed here, its postings and its last login."""
    actor = the_user()
    found = queries.get_user_for(actor, user_id)
    form = NameForm(found)
    if form.validate_on_submit():
        services.rename_user(found, form.display_name.data)
        flash("姓名已保存。", "success")
        db.session.commit()
        return redirect(url_for("accounts.user", user_id=found.id))
    return render_template(
        "accounts/user.html",
        user=found,
        form=form,
        posting_form=PostingForm(queries.list_units_for(actor, Role.ADMINISTRATOR), formdata=None),
    )


@blueprint.post("/users/<int:user_id>/postings")
@requires(Role.ADMINISTRATOR)
def give_posting(user_id: int) -> ResponseReturnValue:
    """Give an account a role in a unit."""
    actor = the_user()
    found = queries.get_user_to_change(actor, user_id)
    form = PostingForm(queries.list_units_for(actor, Role.ADMINISTRATOR))
    if form.validate_on_submit():
        carry_out(lambda: postings.give_posting(found, form.chosen_role, form.unit), "岗位已增加。")
    else:
        flash("岗位没有增加：" + "".join(form.role.errors or form.unit_id.errors), "danger")
    return redirect(url_for("accounts.user", user_id=user_id))


@blueprint.post("/users/<int:user_id>/postings/<int:unit_id>/<role>/take")
@requires(Role.ADMINISTRATOR)
def take_posting(user_id: int, unit_id: int, role: str) -> ResponseReturnValue:
    """Take a role in a unit from an account."""
    actor = the_user()
    found = queries.get_user_to_change(actor, user_id)
    carry_out(lambda: postings.take_posting(found, role, unit_id, actor), "岗位已撤下，立即生效。")
    return _back(found)


@blueprint.post("/users/<int:user_id>/deactivate")
@requires(Role.ADMINISTRATOR)
def deactivate_user(user_id: int) -> ResponseReturnValue:
    """Take every posting from an account."""
    actor = the_user()
    found = queries.get_user_to_change(actor, user_id)
    carry_out(lambda: postings.deactivate_user(found, actor), f"{found.display_name}的账号已停用。")
    return _back(found)


@blueprint.post("/users/<int:user_id>/reset-password")
@requires(Role.ADMINISTRATOR)
def reset_password(user_id: int) -> ResponseReturnValue:
    """Give an account a new first password and show it once."""
    found = queries.get_user_to_change(the_user(), user_id)
    first = services.reset_password(found)
    db.session.commit()
    return render_template("accounts/first_password.html", user=found, first_password=first)


def _back(user: User) -> ResponseReturnValue:
    """To the account, or to the list where it is out of the administrator's hands now."""
    if queries.may_manage(the_user(), user.id):
        return redirect(url_for("accounts.user", user_id=user.id))
    return redirect(url_for("accounts.users"))
