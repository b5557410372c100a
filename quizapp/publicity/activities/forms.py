"""Forms of activities and of their kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.accounts.forms import unit_choices
from quizapp.accounts.models import Unit
from quizapp.core.addressing import find_number
from quizapp.core.forms import Form, required, required_number, strip
from quizapp.laws.citations import law_name
from quizapp.publicity.activities.models import Activity, ActivityKind
from quizapp.publicity.activities.photos import Sent
from quizapp.publicity.activities.recording import Plan
from quizapp.publicity.activities.showing import in_order
from quizapp.publicity.activities.wanting import offer_title

MAX_TITLE = MAX_PLACE = 80
MAX_PARTNERS = 200
MAX_DESCRIPTION = 4000
MAX_AUDIENCE = 10_000_000
MAX_SESSIONS = 10_000
MAX_LAW = 40
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)

#: The two laws that the bureau is charged to make known; others are offered where they are loaded.
OWN_LAWS = ("安全生产法", "突发事件应对法")
#: Fields that a new activity's form shows at once; the rest has sensible defaults and is folded.
IN_THE_FIELD = frozenset({"kind_id", "place", "audience", "photos"})


@dataclass(frozen=True)
class Offered:
    """What an activity's form offers to choose from."""

    kinds: Sequence[ActivityKind]
    units: Sequence[tuple[Unit, int]]
    #: Names of laws that are loaded.
    laws: Sequence[str]
    #: (id, title).
    campaigns: Sequence[tuple[int, str]]


def _day(field: DateField) -> None:
    if field.data and not FIRST_DAY <= field.data <= LAST_DAY:
        raise ValidationError(f"年份应在 {FIRST_DAY.year} 至 {LAST_DAY.year} 之间。")


class ActivityForm(Form):
    """An activity as staff type it. Only the kind, the unit and a day must be there; they have defaults."""

    #: The version that the person started from.
    version = HiddenField()
    kind_id = SelectField("活动类型", coerce=int)
    place = StringField("地点", [Length(max=MAX_PLACE)], filters=[strip])
    audience = IntegerField(
        "受众人次",
        [Optional(), NumberRange(0, MAX_AUDIENCE, "请填写 0 至 10000000 之间的整数。")],
        description="现场参加的人次；办了几场的填合计。",
        render_kw={"inputmode": "numeric"},
    )
    photos = MultipleFileField(
        "照片",
        description="可以拍照或一次选多张，最多 9 张，每张不超过 10 MB。保存时去掉照片里的位置信息。",
        render_kw={"accept": "image/*"},
    )
    title = StringField(
        "活动名称",
        [Length(max=MAX_TITLE)],
        filters=[strip],
        description="不填时用“类型（地点）”，如“讲座（县一中）”。",
    )
    begins_on = DateField("开始日期", [InputRequired("请填写日期。")])
    ends_on = DateField("结束日期", [Optional()], description="只有一天的不用填。")
    sessions = IntegerField(
        "场次",
        [required_number, NumberRange(1, MAX_SESSIONS, "请填写 1 至 10000 之间的整数。")],
        default=1,
        render_kw={"inputmode": "numeric"},
    )
    unit_id = SelectField("单位", coerce=int)
    partners = StringField(
        "联合单位", [Length(max=MAX_PARTNERS)], filters=[strip], description="几个单位用顿号分开。"
    )
    description = TextAreaField(
        "活动内容", [Length(max=MAX_DESCRIPTION)], filters=[strip], render_kw={"rows": 4}
    )
    laws = SelectMultipleField(
        "宣传的法律", option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    other_law = StringField(
        "其他法律",
        [Length(max=MAX_LAW)],
        filters=[strip],
        description="上面没有的写在这里，如“消防法”。",
    )
    campaign_id = SelectField("关联的竞赛活动", coerce=int, description="现场组织扫码答题的，选是哪一次。")
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
        self, offered: Offered, today: date, activity: Activity | None = None, unit_id: int | None = None
    ) -> None:
        self._names = {kind.id: kind.name for kind in offered.kinds}
        values = _values_of(activity, self._names) if activity else {"begins_on": today, "unit_id": unit_id}
        super().__init__(data=values)
        self.kind_id.choices = _kind_choices(offered.kinds, activity.kind_id if activity else None)
        kept_unit = activity.unit_id if activity else None
        open_units = [
            (unit, depth) for unit, depth in offered.units if not unit.closed or unit.id == kept_unit
        ]
        self.unit_id.choices = unit_choices(open_units)
        self.laws.choices = list(
            dict.fromkeys([*OWN_LAWS, *offered.laws, *(activity.laws if activity else ())])
        )
        self.campaign_id.choices = [(0, "没有关联"), *offered.campaigns]

    def validate_kind_id(self, field: SelectField) -> None:
        """No kind is more likely than another."""
        if not field.data:
            raise ValidationError("请选择活动类型。")

    def validate_begins_on(self, field: DateField) -> None:
        """Within what a record can be about."""
        _day(field)

    def validate_ends_on(self, field: DateField) -> None:
        """Not before the first day."""
        _day(field)
        if field.data and self.begins_on.data and field.data < self.begins_on.data:
            raise ValidationError("结束日期不能早于开始日期。")

    @property
    def has_folded_errors(self) -> bool:
        """Whether something is wrong with what is folded, so that it must stand open."""
        return any(name not in IN_THE_FIELD for name in self.errors)

    def seen_version(self) -> int:
        """The version that the person started from, 0 where the form doesn't say."""
        return find_number(self.version.data) or 0

    def plan(self) -> Plan:
        """What the validated form says."""
        begins_on: date = self.begins_on.data
        return Plan(
            kind_id=self.kind_id.data,
            title=self.title.data or offer_title(self._names[self.kind_id.data], self.place.data, MAX_TITLE),
            begins_on=begins_on,
            ends_on=self.ends_on.data or begins_on,
            unit_id=self.unit_id.data,
            sessions=self.sessions.data,
            place=self.place.data,
            partners=self.partners.data,
            audience=self.audience.data or 0,
            description=self.description.data,
            laws=self._laws(),
            campaign_id=self.campaign_id.data or None,
        )

    def complain(self, wanting: Mapping[str, str]) -> None:
        """Put sentences at their fields."""
        for name, sentence in wanting.items():
            self[name].errors = [*self[name].errors, sentence]

    def ask_reason(self) -> None:
        """An amendment says why, and brings no photos."""
        self.reason.validators = [required, *self.reason.validators]
        del self.photos

    def remember_photos(self, sent: Sequence[Sent]) -> None:
        """Say that photos which came with a faulty form must be chosen again, as a browser forgets them."""
        if sent:
            self.photos.errors = [
                *self.photos.errors,
                "其他内容还没有存下，照片也没有存。请改好后重新选择照片。",
            ]

    def _laws(self) -> list[str]:
        """Those ticked, and the other, without repeating any."""
        typed = law_name(self.other_law.data)
        return list(dict.fromkeys(law for law in [*self.laws.data, typed] if law))


def _kind_choices(kinds: Sequence[ActivityKind], kept: int | None) -> list[tuple[int, str]]:
    """Kinds to choose from, and ``kept`` by the record; one that holds others is said before each of them."""
    above = {kind.parent_id for kind in kinds if not kind.retired}
    names = {kind.id: kind.name for kind in kinds}
    return [(0, "请选择")] + [
        (kind.id, f"{names[kind.parent_id]} · {kind.name}" if kind.parent_id else kind.name)
        for kind, _ in in_order(kinds)
        if kind.id == kept or not (kind.retired or kind.id in above)
    ]


def _values_of(activity: Activity, kind_names: Mapping[int, str]) -> dict[str, Any]:
    """What stands in an activity; a title that nobody chose stays open, so that it follows kind and place."""
    values = {column.name: getattr(activity, column.name) for column in Activity.__table__.columns}
    if activity.title == offer_title(kind_names[activity.kind_id], activity.place, MAX_TITLE):
        values["title"] = ""
    if not activity.audience:
        values["audience"] = None
    if activity.ends_on == activity.begins_on:
        values["ends_on"] = None
    return values | {"campaign_id": activity.campaign_id or 0}


class KindForm(Form):
    """A kind of activities."""

    name = StringField("名称", [required, Length(max=30)], filters=[strip])
    parent_id = SelectField(
        "归入", coerce=int, description="归入另一类型后，它的场次也计入那一类型。只有一级。"
    )
    retired = BooleanField("停用，登记活动时不再提供。已有的活动不变。")
    submit = SubmitField("保存")

    def __init__(self, kinds: Sequence[ActivityKind], kind: ActivityKind | None = None) -> None:
        values = (
            {"name": kind.name, "parent_id": kind.parent_id or 0, "retired": kind.retired} if kind else {}
        )
        super().__init__(data=values)
        tops = [(one.id, one.name) for one in kinds if one.parent_id is None and one is not kind]
        self.parent_id.choices = [(0, "不归入别的类型"), *tops]

    @property
    def chosen_parent(self) -> int | None:
        """The kind that it counts in too."""
        return self.parent_id.data or None
