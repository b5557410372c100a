"""The base of every staff form: Chinese messages, moments in Shanghai time, tidy text."""

from datetime import datetime
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import DateTimeLocalField, FileField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired

from quizapp.core.clock import SHANGHAI
from quizapp.core.database import SAFE_METHODS

#: A field that must be filled in, and one that must be given though it may be 0.
required = DataRequired("请填写。")
required_number = InputRequired("请填写。")


def strip(value: Any) -> Any:
    """A filter: no white space at either end of a text, and no NUL, which PostgreSQL refuses.

    A text that wasn't sent at all is empty, as one that was left so.
    """
    if value is None:
        return ""
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """A form whose built-in messages are Chinese."""

    class Meta(FlaskForm.Meta):
        """WTForms' own catalogue."""

        locales = ("zh",)

        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            """The form that was sent; JSON, and a file in the place of a text, are passed over."""
            if formdata is None or request.method in SAFE_METHODS:
                return None
            files = [
                (name, file)
                for name, file in request.files.items(multi=True)
                if isinstance(form._fields.get(name), FileField)
            ]
            return CombinedMultiDict([MultiDict(files), request.form]) or None


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
