"""Logging in and one's own password; units for a select."""

from collections.abc import Sequence
from typing import Any

from wtforms import PasswordField, StringField, SubmitField, ValidationError
from wtforms.validators import EqualTo, Length

from quizapp.accounts.models import Unit, User
from quizapp.accounts.passwords import complaint_about, verify_password
from quizapp.core.forms import Form, required, strip

#: What a browser's password store is told of a field.
CURRENT = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


class LoginForm(Form):
    """Name and password."""

    username = StringField(
        "用户名", [required, Length(max=40)], filters=[strip], render_kw={"autocomplete": "username"}
    )
    password = PasswordField("密码", [required, Length(max=200)], render_kw=CURRENT)
    submit = SubmitField("登录")


class PasswordForm(Form):
    """A user's own new password."""

    current = PasswordField("当前密码", [required, Length(max=200)], render_kw=CURRENT)
    password = PasswordField(
        "新密码",
        [required, Length(max=200)],
        description="至少 10 位，含大写字母、小写字母、数字、符号中的三类。",
        render_kw=NEW,
    )
    repeated = PasswordField(
        "再输一次新密码", [EqualTo("password", "两次输入的新密码不一致。")], render_kw=NEW
    )
    submit = SubmitField("修改密码")

    def __init__(self, user: User, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user

    def validate_current(self, field: PasswordField) -> None:
        """The present password must be known."""
        if not verify_password(self.user.password_hash, field.data or ""):
            raise ValidationError("当前密码不正确。")

    def validate_password(self, field: PasswordField) -> None:
        """The new one must be acceptable, and new."""
        complaint = complaint_about(field.data or "", self.user.username)
        if complaint:
            raise ValidationError(complaint)
        if field.data == self.current.data:
            raise ValidationError("新密码不能与当前密码相同。")


def unit_choices(units: Sequence[tuple[Unit, int]]) -> list[tuple[int, str]]:
    """Units for a select, those beneath others indented."""
    return [(unit.id, "　" * depth + unit.name) for unit, depth in units]
