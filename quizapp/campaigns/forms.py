"""Forms of campaigns."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from wtforms import (
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.accounts.forms import unit_choices
from quizapp.accounts.models import Unit
from quizapp.campaigns.editing import Plan
from quizapp.campaigns.models import Campaign
from quizapp.campaigns.rules import KindRule, LateRule, MultipleRule, Rules
from quizapp.core.forms import Form, ShanghaiMomentField, required, required_number, strip
from quizapp.questions.kinds import Kind
from quizapp.questions.queries import BankSummary

MOMENT = "%Y-%m-%dT%H:%M"


#: What a new campaign's form proposes: ten questions of ten points.
PROPOSED = {Kind.SINGLE: 5, Kind.MULTIPLE: 2, Kind.TRUE_FALSE: 3, Kind.BLANK: 0}


def _count(kind: Kind) -> IntegerField:
    return IntegerField(f"{kind.label}题数", [required_number, NumberRange(0, 100)], default=PROPOSED[kind])


def _points(kind: Kind) -> DecimalField:
    return DecimalField(
        f"{kind.label}每题分值",
        [required_number, NumberRange(Decimal("0.5"), 100), _hundredths],
        places=None,
        default=10,
    )


def _hundredths(_form: Form, field: DecimalField) -> None:
    """Scores are kept in hundredths of a point."""
    if not field.errors and field.data != round(field.data, 2):
        raise ValidationError("最多保留两位小数。")


def _choices(rules: Iterable[MultipleRule | LateRule]) -> list[SelectChoice]:
    return [SelectChoice(rule.value, rule.label) for rule in rules]


class CampaignForm(Form):
    """A campaign's plan on one page."""

    title = StringField("活动名称", [required, Length(max=60)], filters=[strip])
    notice = TextAreaField(
        "活动说明",
        [required, Length(max=500)],
        filters=[strip],
        description="群众扫码后首先看到，说明谁主办、为什么、怎样参加。",
        render_kw={"rows": 4},
    )
    unit_id = SelectField("主办单位", coerce=int)
    opens_at = ShanghaiMomentField("开始时间", [required_number], format=MOMENT)
    closes_at = ShanghaiMomentField("结束时间", [required_number], format=MOMENT)
    bank_ids = SelectMultipleField(
        "抽题题库",
        [InputRequired("请至少选一个题库。")],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description="各题库尽量平均抽取；案例题整组抽取。",
    )
    single_count, single_points = _count(Kind.SINGLE), _points(Kind.SINGLE)
    multiple_count, multiple_points = _count(Kind.MULTIPLE), _points(Kind.MULTIPLE)
    true_false_count, true_false_points = _count(Kind.TRUE_FALSE), _points(Kind.TRUE_FALSE)
    blank_count, blank_points = _count(Kind.BLANK), _points(Kind.BLANK)
    multiple_rule = SelectField("多选题计分", choices=_choices(MultipleRule))
    minutes = IntegerField(
        "答题限时（分钟）", [Optional(), NumberRange(1, 600)], description="不限时请留空。时间以服务器为准。"
    )
    late_rule = SelectField("超时提交", choices=_choices(LateRule))
    attempts_a_day = IntegerField(
        "每人每天次数", [Optional(), NumberRange(1, 100)], description="不限请留空。"
    )
    attempts_in_all = IntegerField(
        "每人总次数", [Optional(), NumberRange(1, 1000)], description="不限请留空。"
    )
    pass_percent = IntegerField("合格线（满分的 %）", [required_number, NumberRange(1, 100)], default=60)
    submit = SubmitField("保存活动")

    def __init__(
        self,
        banks: Sequence[BankSummary],
        units: Sequence[tuple[Unit, int]],
        campaign: Campaign | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data=_values_of(campaign) if campaign else None, **kwargs)
        self.unit_id.choices = unit_choices(units)
        self.banks = banks
        self.bank_ids.choices = [SelectChoice(bank.id, _bank_label(bank)) for bank in banks]

    def validate_closes_at(self, field: ShanghaiMomentField) -> None:
        """The window must run forward."""
        if self.opens_at.data and field.data and field.data <= self.opens_at.data:
            raise ValidationError("结束时间应晚于开始时间。")

    def validate_true_false_count(self, _field: IntegerField) -> None:
        """A paper must hold something."""
        if not any(self[f"{kind.value}_count"].data for kind in Kind):
            raise ValidationError("至少要抽一道题。")

    def validate_attempts_a_day(self, field: IntegerField) -> None:
        """A day can't allow more than the whole."""
        if field.data and self.attempts_in_all.data and field.data > self.attempts_in_all.data:
            raise ValidationError("每天次数不能多于总次数。")

    def validate_bank_ids(self, field: SelectMultipleField) -> None:
        """The chosen banks must hold enough of each kind."""
        chosen = [bank for bank in self.banks if bank.id in (field.data or [])]
        lacking = []
        for kind in Kind:
            wanted = self[f"{kind.value}_count"].data or 0
            held = sum(bank.counts.get(kind, 0) for bank in chosen)
            if chosen and wanted > held:
                lacking.append(f"所选题库只有 {held} 道{kind.label}题，不够抽 {wanted} 道。")
        if lacking:
            raise ValidationError("".join(lacking))

    def plan(self) -> Plan:
        """What the validated form says."""
        kinds = {
            kind: KindRule(self[f"{kind.value}_count"].data, self[f"{kind.value}_points"].data)
            for kind in Kind
            if self[f"{kind.value}_count"].data
        }
        rules = Rules(
            bank_ids=tuple(self.bank_ids.data),
            kinds=kinds,
            minutes=self.minutes.data,
            attempts_a_day=self.attempts_a_day.data,
            attempts_in_all=self.attempts_in_all.data,
            pass_percent=self.pass_percent.data,
            multiple_rule=MultipleRule(self.multiple_rule.data),
            late_rule=LateRule(self.late_rule.data),
        )
        opens_at, closes_at = cast(datetime, self.opens_at.data), cast(datetime, self.closes_at.data)
        return Plan(self.title.data, self.notice.data, opens_at, closes_at, rules, self.unit_id.data)


def _bank_label(bank: BankSummary) -> str:
    counts = "、".join(f"{kind.label} {bank.counts.get(kind, 0)}" for kind in Kind)
    return f"{bank.name}（{counts}）"


def _values_of(campaign: Campaign) -> dict[str, Any]:
    rules = Rules.from_dict(campaign.rules)
    values: dict[str, Any] = {
        "unit_id": campaign.unit_id,
        "title": campaign.title,
        "notice": campaign.notice,
        "opens_at": campaign.opens_at,
        "closes_at": campaign.closes_at,
        "bank_ids": list(rules.bank_ids),
        "minutes": rules.minutes,
        "attempts_a_day": rules.attempts_a_day,
        "attempts_in_all": rules.attempts_in_all,
        "pass_percent": rules.pass_percent,
        "multiple_rule": rules.multiple_rule.value,
        "late_rule": rules.late_rule.value,
    }
    for kind in Kind:
        rule = rules.kinds.get(kind)
        values[f"{kind.value}_count"] = rule.count if rule else 0
        if rule:
            values[f"{kind.value}_points"] = rule.points
    return values


class ChannelForm(Form):
    """A new channel."""

    name = StringField(
        "渠道名称",
        [required, Length(max=40)],
        filters=[strip],
        description="张贴或投放的地方，如“县政务大厅”。",
    )
    submit = SubmitField("新建渠道")
