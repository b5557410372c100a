"""Forms of a ledger's file and of one of its rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import Field, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from quizapp.core.forms import Form, required, strip
from quizapp.core.spreadsheets import MAX_CELL
from quizapp.ledgers.columns import Column
from quizapp.ledgers.values import BadCell, read_choice_of

#: A longer cell is typed into several lines.
_ONE_LINE = 60
_NOT_TOO_LONG = Length(max=MAX_CELL, message=f"不能超过 {MAX_CELL} 字。")


class LedgerFileForm(Form):
    """A file of a ledger."""

    file = FileField("台账文件", [required], description="xlsx、xls、csv 都可以，不超过 5 MB。")
    submit = SubmitField("上传并预览")


class RowForm(Form):
    """A row as staff type it: a field for each column. Whether it can be taken, its ledger decides."""

    columns: Sequence[Column] = ()

    def __init__(self, cells: Mapping[str, str], **kwargs: Any) -> None:
        names = {_field_name(place): column.name for place, column in enumerate(self.columns)}
        super().__init__(data={field: cells.get(name, "") for field, name in names.items()}, **kwargs)
        for place, column in enumerate(self.columns):
            if column.choices:
                _offer(self[_field_name(place)], column)

    @property
    def by_column(self) -> dict[str, Field]:
        """The fields by the names of their columns."""
        return {column.name: self[_field_name(place)] for place, column in enumerate(self.columns)}

    def cells(self) -> dict[str, str]:
        """What was typed, by column name."""
        return {name: field.data or "" for name, field in self.by_column.items()}

    def tell(self, problems: Mapping[str, str]) -> None:
        """Show at each field what is wrong with it."""
        for name, field in self.by_column.items():
            if name in problems:
                field.errors = [problems[name]]


def row_form_of(columns: Sequence[Column]) -> type[RowForm]:
    """The form of a ledger's rows."""
    fields = {_field_name(place): _field(column) for place, column in enumerate(columns)}
    return type("OneRowForm", (RowForm,), {"columns": columns, **fields})


def _field_name(place: int) -> str:
    return f"cell_{place}"


def _field(column: Column) -> Field:
    label = f"{column.name}（必填）" if column.required else column.name
    if column.choices:
        return SelectField(label, description=column.hint, validate_choice=False, filters=[strip])
    kind = TextAreaField if len(column.sample) > _ONE_LINE else StringField
    return kind(label, [_NOT_TOO_LONG], description=column.hint, filters=[strip])


def _offer(field: SelectField, column: Column) -> None:
    """The choices of a column; what stands there and is none of them is kept as one more."""
    field.choices = [SelectChoice("", "未填"), *(SelectChoice(choice, choice) for choice in column.choices)]
    if not field.data:
        return
    try:
        field.data = read_choice_of(field.data, column.choices)
    except BadCell:
        field.choices.append(SelectChoice(field.data, f"{field.data[:40]}（不在可选范围）"))
