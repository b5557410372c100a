"""Forms of banks and questions."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.core.addressing import find_number
from quizapp.core.forms import Form, required, strip
from quizapp.core.wording import OPTION_LETTERS
from quizapp.questions.blanks import gap_of_cell, is_any_order
from quizapp.questions.kinds import Difficulty, Kind
from quizapp.questions.parsed import RawQuestion
from quizapp.questions.validation import difficulty_of
from quizapp.questions.writing import ANY_ORDER, IN_ORDER


class BankForm(Form):
    """A bank of the bureau's own."""

    name = StringField("题库名称", [required, Length(max=60)], filters=[strip])
    submit = SubmitField("新建题库")


class MembersForm(Form):
    """Whom a bank is kept to."""

    members = SelectMultipleField(
        "可以维护本题库的人员",
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description="都不选时，全部题库员和审核员都可以。",
    )
    submit = SubmitField("保存人员")


class UploadForm(Form):
    """A file of questions, or the questions themselves."""

    file = FileField(
        "题库文件",
        description="xlsx、xls、csv、docx、txt、GIFT、Aiken、Moodle XML 都可以，不超过 5 MB。",
    )
    pasted = TextAreaField(
        "或者粘贴试题",
        [Optional(), Length(max=400_000)],
        description="从网页、Word 或聊天窗口复制的试题，直接粘贴在这里。",
        render_kw={"rows": 6},
    )
    submit = SubmitField("上传并预览")

    def validate_file(self, field: FileField) -> None:
        """One of the two must be given."""
        if not field.data and not (self.pasted.data or "").strip():
            raise ValidationError("请选择文件，或者粘贴试题。")

    def content(self) -> tuple[str, bytes]:
        """The file's name and bytes; pasted text is a file too."""
        if self.file.data:
            return self.file.data.filename or "未命名文件", self.file.data.read()
        return "粘贴的文本.txt", self.pasted.data.encode()


_OPTION_FIELDS = tuple(f"option_{letter.lower()}" for letter in OPTION_LETTERS)


class QuestionForm(Form):
    """A question as staff type it. Whether it can be asked, ``validation.understand`` decides."""

    #: The revision that the author started from.
    seen_number = HiddenField()
    case_stem = TextAreaField("案例材料", filters=[strip], render_kw={"rows": 4})
    stem = TextAreaField("题干", filters=[strip], render_kw={"rows": 3})
    kind = SelectField(
        "题型",
        choices=[SelectChoice("", "由答案判断"), *(SelectChoice(kind.label, kind.label) for kind in Kind)],
        validate_choice=False,
    )
    option_a, option_b, option_c, option_d, option_e, option_f, option_g, option_h = (
        TextAreaField(f"选项 {letter}", filters=[strip], render_kw={"rows": 1}) for letter in OPTION_LETTERS
    )
    answer = StringField(
        "答案",
        filters=[strip],
        description="选择题写字母，如 ACD；判断题写对或错；填空题各空用“；”分开，同一空的几种写法用“|”分开。",
    )
    gap_order = SelectField(
        "填空顺序",
        choices=[
            SelectChoice("", "由题干判断"),
            *(SelectChoice(word, word) for word in (IN_ORDER, ANY_ORDER)),
        ],
        validate_choice=False,
    )
    explanation = TextAreaField("解析", filters=[strip], render_kw={"rows": 3})
    basis = StringField("依据", filters=[strip], description="如《安全生产法》第三条第二款。")
    difficulty = SelectField(
        "难度",
        choices=[
            SelectChoice("", "未定"),
            *(SelectChoice(degree.label, degree.label) for degree in Difficulty),
        ],
        validate_choice=False,
    )
    tags = StringField("标签", filters=[strip], description="几个标签用顿号分开。")
    chapter = StringField("章节", [Length(max=100)], filters=[strip])
    submit = SubmitField("保存")

    def __init__(self, raw: RawQuestion, seen_number: int = 0, **kwargs: Any) -> None:
        super().__init__(data={**_values_of(raw), "seen_number": seen_number}, **kwargs)
        self.original = raw

    def seen_revision(self) -> int:
        """The revision that the author started from, 0 where the form doesn't say."""
        return find_number(self.seen_number.data) or 0

    @property
    def option_fields(self) -> list[TextAreaField]:
        """The fields of the options, A to H."""
        return [self[name] for name in _OPTION_FIELDS]

    def raw(self) -> RawQuestion:
        """What was typed. Options end at the last that is filled in."""
        options = [field.data or "" for field in self.option_fields]
        while options and not options[-1]:
            options.pop()
        return RawQuestion(
            where=self.original.where,
            stem=self.stem.data or "",
            options=tuple(options),
            answer=self.answer.data or "",
            kind=self.kind.data or "",
            explanation=self.explanation.data or "",
            basis=self.basis.data or "",
            difficulty=self.difficulty.data or "",
            tags=self.tags.data or "",
            chapter=self.chapter.data or "",
            gap_order=self.gap_order.data or "",
            case_stem=self.case_stem.data or "",
            case=self.original.case,
        )


def _values_of(raw: RawQuestion) -> dict[str, str]:
    """The fields that show a question as read; a kind or degree in other words is left to be chosen."""
    values = {
        name: getattr(raw, name) for name in ("stem", "explanation", "basis", "tags", "chapter", "case_stem")
    }
    values["kind"] = next((kind.label for kind in Kind if kind.label in raw.kind), "")
    difficulty = difficulty_of(raw.difficulty)
    values["difficulty"] = difficulty.label if difficulty else ""
    if raw.gap_order.strip():
        values["gap_order"] = ANY_ORDER if is_any_order(raw.gap_order) else IN_ORDER
    values["answer"] = "；".join(gap_of_cell(gap) for gap in raw.gaps if gap) if any(raw.gaps) else raw.answer
    values.update(zip(_OPTION_FIELDS, raw.options, strict=False))
    return values
