"""Forms of the year close and the template."""

from flask_wtf.file import FileField
from wtforms import StringField, SubmitField

from quizapp.core.forms import Form, required, strip
from quizapp.errors import QuizError


class NothingBrought(QuizError):
    """No file came with the form."""

    advice = "还没有选择文件。请选择一个 docx 文件后再上传。"


class CloseForm(Form):
    """The year typed once more, so that nobody closes one by a slip."""

    year = StringField(
        "封账年度",
        [required],
        filters=[strip],
        description="请输入要封账的年份（四位数字）。",
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    submit = SubmitField("确认封账")


class TemplateForm(Form):
    """A Word file of the bureau's own."""

    file = FileField("模板文件", description="Word 文档（docx），不超过 5 MB。")
    submit = SubmitField("上传并使用")

    def brought(self) -> tuple[str, bytes]:
        """(file name, bytes). Raises NothingBrought."""
        file = self.file.data
        if not file or not file.filename:
            raise NothingBrought
        return file.filename, file.read()
