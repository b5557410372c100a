"""Forms of review."""

from wtforms import HiddenField, SubmitField, TextAreaField
from wtforms.validators import Length

from quizapp.core.forms import Form, required, strip


class ReasonForm(Form):
    """Why something is returned, or never was."""

    reason = TextAreaField("理由", [required, Length(max=300)], filters=[strip], render_kw={"rows": 3})
    #: The record's version that the person saw.
    version = HiddenField()
    submit = SubmitField("确定")
