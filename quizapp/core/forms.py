"""The base of every staff form: Chinese messages, moments in Shanghai time, tidy text."""

from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField
from wtforms.validators import DataRequired, InputRequired

from quizapp.core.clock import SHANGHAI

#: A field that must be filled in, and one that must be given though it may be 0.
required = DataRequired("请填写。")
required_number = InputRequired("请填写。")


def strip(value: Any) -> Any:
    """A filter: no white space at either end of a text, and no NUL, which PostgreSQL refuses."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """A form whose built-in messages are Chinese."""

    class Meta(FlaskForm.Meta):
        """WTForms' own catalogue."""

        locales = ("zh",)


class ShanghaiMomentField(DateTimeLocalField):
    """A date and time typed in Shanghai time; its data is an aware moment."""

    def process_data(self, value: datetime | None) -> None:
        """Show an aware moment as Shanghai wall time."""
        self.data = value.astimezone(SHANGHAI) if value else None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read wall time and make it aware."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = self.data.replace(tzinfo=SHANGHAI)
