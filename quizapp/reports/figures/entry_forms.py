"""The form of what is entered for a year."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from wtforms import Field, HiddenField, StringField, SubmitField, ValidationError
from wtforms.validators import Length

from quizapp.core.addressing import find_number
from quizapp.core.forms import Form, strip
from quizapp.ledgers.values import BadCell
from quizapp.reports.figures.amounts import read_amount
from quizapp.reports.figures.entering import Typed
from quizapp.reports.figures.house_style import print_number
from quizapp.reports.figures.indicators import Indicator
from quizapp.reports.figures.models import IndicatorEntry


class EntryForm(Form):
    """What is entered for a year; a value, a note and the entry that was seen for each indicator."""

    submit = SubmitField("保存")

    def value(self, key: str) -> Field:
        """The field of an indicator's number."""
        return self[f"value-{key}"]

    def note(self, key: str) -> Field:
        """The field of where it comes from."""
        return self[f"note-{key}"]

    def seen(self, key: str) -> Field:
        """The hidden field of the entry that was seen."""
        return self[f"seen-{key}"]


class AmountField(StringField):
    """A number as people type it, or nothing; ``amount`` is what it says."""

    def __init__(self, label: str, measure: str, **kwargs: Any) -> None:
        super().__init__(label, filters=[strip], **kwargs)
        self.measure = measure
        self.amount: Decimal | None = None

    def pre_validate(self, form: Form) -> None:
        """Read it."""
        if self.data:
            try:
                self.amount = read_amount(self.data, self.measure)
            except BadCell as error:
                raise ValidationError(error.sentence) from None


def make_entry_form(indicators: Iterable[Indicator], latest: Mapping[str, IndicatorEntry]) -> EntryForm:
    """The form of these indicators, showing what was entered last."""
    fields: dict[str, Any] = {}
    shown: dict[str, Any] = {}
    for one in indicators:
        entry = latest.get(one.key)
        fields[f"value-{one.key}"] = AmountField(one.name, one.measure)
        fields[f"note-{one.key}"] = StringField(
            f"{one.name}的来源", [Length(max=200, message="来源最多 200 字。")], filters=[strip]
        )
        fields[f"seen-{one.key}"] = HiddenField(filters=[strip])
        if entry is not None:
            shown[f"value-{one.key}"] = "" if entry.value is None else print_number(entry.value)
            shown[f"note-{one.key}"] = entry.note
        shown[f"seen-{one.key}"] = str(entry.number if entry else 0)
    form: EntryForm = type("EntryFormOfYear", (EntryForm,), fields)(data=shown)
    return form


def typed_in(form: EntryForm, indicators: Iterable[Indicator]) -> list[Typed]:
    """What was typed for each indicator."""
    return [
        Typed(
            one.key,
            form.value(one.key).amount,
            form.note(one.key).data or "",
            find_number(form.seen(one.key).data) or 0,
        )
        for one in indicators
    ]


def complain(form: EntryForm, complaints: Mapping[str, str], latest: Mapping[str, IndicatorEntry]) -> None:
    """Say at each indicator why nothing was entered; who saves again has seen what is there now."""
    for key, sentence in complaints.items():
        form.value(key).errors = [sentence]
        form.seen(key).data = str(latest[key].number if key in latest else 0)
