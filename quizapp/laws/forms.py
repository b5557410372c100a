"""Forms of laws."""

from flask_wtf.file import FileField
from wtforms import DateField, SubmitField, TextAreaField
from wtforms.validators import Optional

from quizapp.core.forms import Form, strip


class ImportForm(Form):
    """A law's official text, as a file or pasted, and the dates that the text may not tell."""

    file = FileField(
        "法律文本",
        description="国家法律法规数据库（flk.npc.gov.cn）的 Word 文件，也可以是 txt 或 md，不超过 5 MB。",
        render_kw={"accept": ".docx,.txt,.md"},
    )
    text = TextAreaField(
        "或者粘贴全文",
        filters=[strip],
        description="从名称和通过日期开始，到最后一条为止，每条另起一行。",
        render_kw={"rows": 8},
    )
    revised_on = DateField(
        "修订日期",
        [Optional()],
        description="通过或最近一次修订的日期。文首写明的可以不填。",
    )
    in_force_from = DateField(
        "施行日期",
        [Optional()],
        description="这一版本开始施行的日期。修正后的法律往往仍印着最初的施行日期，这时需要填写。",
    )
    submit = SubmitField("载入法律")
