"""The form of a release."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import (
    DateField,
    HiddenField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from quizapp.accounts.forms import unit_choices
from quizapp.accounts.models import Unit
from quizapp.core.addressing import find_number
from quizapp.core.forms import Form, required, strip
from quizapp.publicity.releases.addresses import find_address
from quizapp.publicity.releases.models import Level, Release, ReleaseKind
from quizapp.publicity.releases.recording import Plan

#: As the table of releases holds.
MAX_TITLE, MAX_OUTLET, MAX_ADDRESS, MAX_TOPIC = 120, 60, 500, 60
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
NO_ADDRESS = "没有读懂网址。请粘贴以 http:// 或 https:// 开头的一个网址，没有就不填。"


class ReleaseForm(Form):
    """A release as staff type it, on a phone or at a desk."""

    #: The version that the person started from.
    version = HiddenField()
    #: The keys of what the person was already told may be recorded twice.
    seen_keys = HiddenField()
    title = StringField("标题", [required, Length(max=MAX_TITLE)], filters=[strip])
    outlet = StringField(
        "媒体",
        [required, Length(max=MAX_OUTLET)],
        filters=[strip],
        description="报刊、电视台、网站或公众号的名称，用过的会提示。",
        render_kw={"list": "outlets", "autocomplete": "off"},
    )
    level = SelectField("级别", description="媒体的级别。登记过的媒体不用选，按它上次的级别。")
    kind = SelectField("形式", choices=[SelectChoice(kind.value, kind.label) for kind in ReleaseKind])
    day = DateField("发布日期", [InputRequired("请填写日期。")])
    address = StringField(
        "网址",
        filters=[strip],
        description="从手机分享的内容可以整段粘贴。没有网址的不填。",
        render_kw={"inputmode": "url"},
    )
    topic = StringField("主题", [Length(max=MAX_TOPIC)], filters=[strip], description="可以不填。")
    unit_id = SelectField("单位", coerce=int)
    reason = TextAreaField(
        "更正理由",
        [Length(max=300)],
        filters=[strip],
        description="写明为什么更正，审核员同意后生效。",
        render_kw={"rows": 3},
    )
    save = SubmitField("保存草稿")
    submit = SubmitField("提交审核")

    def __init__(
        self,
        units: Sequence[tuple[Unit, int]],
        outlets: Sequence[tuple[str, Level]],
        today: date,
        release: Release | None = None,
        unit_id: int | None = None,
    ) -> None:
        super().__init__(data=_values_of(release) if release else {"day": today, "unit_id": unit_id})
        self._today, self._amends = today, False
        self.outlets: Mapping[str, Level] = dict(outlets)
        kept = release.unit_id if release else None
        self.unit_id.choices = unit_choices(
            [(unit, depth) for unit, depth in units if not unit.closed or unit.id == kept]
        )
        self.level.choices = [SelectChoice(level.value, level.label) for level in Level]
        if release is None:
            self.level.choices.insert(0, SelectChoice("", "按这家媒体上次的级别"))

    def ask_reason(self) -> None:
        """It is an amendment of what is confirmed."""
        self._amends = True

    def validate_level(self, field: SelectField) -> None:
        """What isn't chosen must be known of the outlet."""
        if not field.data and self.outlet.data and self.outlet.data not in self.outlets:
            raise ValidationError("这家媒体还没有登记过，请选择级别。")

    def validate_day(self, field: DateField) -> None:
        """A day that can be; and one that has come, where the release is to be reviewed."""
        if field.data and not FIRST_DAY <= field.data <= LAST_DAY:
            raise ValidationError(f"年份应在 {FIRST_DAY.year} 至 {LAST_DAY.year} 之间。")
        if field.data and field.data > self._today and (self.submit.data or self._amends):
            raise ValidationError("发布日期还没有到。可以先保存草稿，发布后再提交。")

    def validate_address(self, field: StringField) -> None:
        """One web address, or none."""
        if not field.data:
            return
        found = find_address(field.data)
        if found is None:
            raise ValidationError(NO_ADDRESS)
        if len(found) > MAX_ADDRESS:
            raise ValidationError(f"网址不能超过 {MAX_ADDRESS} 字。请去掉“?”后面分享用的部分。")

    def validate_reason(self, field: TextAreaField) -> None:
        """An amendment has one."""
        if self._amends and not field.data:
            raise ValidationError("请写明更正的理由。")

    def seen_version(self) -> int:
        """The version that the person started from, 0 where the form doesn't say."""
        return find_number(self.version.data) or 0

    def has_seen(self, plan: Plan) -> bool:
        """Whether the person was told already that this may be recorded twice; from now on, yes."""
        keys = "-".join(key or "" for key in plan.keys)
        was_told = bool(self.seen_keys.data == keys)
        self.seen_keys.data = keys
        return was_told

    def plan(self) -> Plan:
        """What the validated form says."""
        return Plan(
            title=self.title.data,
            outlet=self.outlet.data,
            level=Level(self.level.data or self.outlets[self.outlet.data]),
            kind=ReleaseKind(self.kind.data),
            day=self.day.data,
            unit_id=self.unit_id.data,
            address=(find_address(self.address.data) or "") if self.address.data else "",
            topic=self.topic.data or "",
        )


def _values_of(release: Release) -> dict[str, Any]:
    return {column.name: getattr(release, column.name) for column in Release.__table__.columns}
