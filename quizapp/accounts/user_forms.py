"""Forms of accounts and their postings."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, StringField, SubmitField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Regexp

from quizapp.accounts.forms import unit_choices
from quizapp.accounts.models import Unit, User
from quizapp.accounts.postings import OfBureauOnly, refuse_beyond_bureau
from quizapp.accounts.roles import Role
from quizapp.core.forms import Form, required, strip

_display_name = {"label": "姓名", "validators": [required, Length(max=40)], "filters": [strip]}


class PostingForm(Form):
    """A role in a unit."""

    role = SelectField("角色", choices=[SelectChoice(role.value, role.label) for role in reversed(Role)])
    unit_id = SelectField("单位", coerce=int, description="角色的权限到这个单位和它的所有下级。")
    submit = SubmitField("增加岗位")

    def __init__(self, units: Sequence[tuple[Unit, int]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._units = {unit.id: unit for unit, _ in units}
        self.unit_id.choices = unit_choices(units)

    @property
    def unit(self) -> Unit:
        """The unit that was chosen."""
        return self._units[self.unit_id.data]

    @property
    def chosen_role(self) -> Role:
        """The role that was chosen."""
        return Role(self.role.data)

    def validate_role(self, field: SelectField) -> None:
        """Some roles are the bureau's only."""
        unit = self._units.get(self.unit_id.data)
        if unit and field.data in set(Role):
            try:
                refuse_beyond_bureau(Role(field.data), unit)
            except OfBureauOnly as error:
                raise ValidationError(error.advice) from None


class UserForm(PostingForm):
    """A new account with its first posting."""

    username = StringField(
        "用户名",
        [
            required,
            Length(min=2, max=40),
            Regexp(r"^[A-Za-z0-9_.-]+$", message="只能用字母、数字和 _ . -"),
        ],
        filters=[strip],
        description="登录时使用，例如姓名拼音。以后不能改。",
    )
    display_name = StringField(**_display_name)
    submit = SubmitField("新建账号")


class NameForm(Form):
    """Another name to show."""

    display_name = StringField(**_display_name)
    submit = SubmitField("保存姓名")

    def __init__(self, user: User, **kwargs: Any) -> None:
        super().__init__(data={"display_name": user.display_name}, **kwargs)
