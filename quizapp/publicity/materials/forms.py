"""Forms of movements and of materials."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from quizapp.accounts.forms import unit_choices
from quizapp.accounts.models import Unit, User
from quizapp.core.forms import Form, required, required_number, strip
from quizapp.ledgers.values import LARGEST_COUNT
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials.keeping import MaterialPlan
from quizapp.publicity.materials.models import Material, MovementKind
from quizapp.publicity.materials.stock import Entry

MAX_NOTE = 200
MAX_NAME, MAX_MEASURE, MAX_CATEGORY = 40, 10, 20

#: What the quantity of a kind is.
QUANTITIES = {
    MovementKind.RECEIVED: "入库数量",
    MovementKind.ISSUED: "下发数量",
    MovementKind.HANDED_OUT: "发放数量",
    MovementKind.RETURNED: "退回数量",
    MovementKind.COUNTED: "实际清点数量",
}


@dataclass(frozen=True)
class Offered:
    """What the form of a movement of a unit offers to choose from."""

    kind: MovementKind
    unit: Unit
    materials: Sequence[Material]
    #: What the unit has now, by material.
    balances: dict[int, int]
    counterparts: Sequence[tuple[Unit, int]] = ()
    activities: Sequence[Activity] = field(default_factory=list)

    @property
    def lacks(self) -> str:
        """What must be there before anything can be recorded, as a sentence; empty if nothing is wanting."""
        if not self.materials:
            return "还没有可以选择的宣传品。请管理员先在“宣传品目录”中新增。"
        if self.kind is MovementKind.HANDED_OUT and not self.activities:
            return "发放要写明在哪次活动上。请先记录活动，再来登记发放。"
        if self.kind is MovementKind.ISSUED and not self.counterparts:
            return "这个单位没有可以下发的下级或平级单位。"
        if self.kind is MovementKind.RETURNED and not self.counterparts:
            return "这个单位没有上级单位，不用退回。"
        return ""


class MovementForm(Form):
    """One movement of a unit, of a kind; what the kind doesn't ask is no field."""

    material_id = SelectField("宣传品", coerce=int)
    quantity = IntegerField("数量", render_kw={"inputmode": "numeric"})
    counterpart_id = SelectField("对方单位", coerce=int)
    activity_id = SelectField("在哪次活动上发放", coerce=int, description="更早的活动，请从活动的页面登记。")
    day = DateField("日期", [InputRequired("请填写日期。")])
    note = StringField("备注", [Length(max=MAX_NOTE)], filters=[strip])

    def __init__(self, offered: Offered, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._offered = offered
        least = 0 if offered.kind is MovementKind.COUNTED else 1
        within = f"请填写 {least} 至 {LARGEST_COUNT} 之间的整数。"
        self.quantity.validators = [required_number, NumberRange(least, LARGEST_COUNT, within)]
        self.quantity.label.text = QUANTITIES[offered.kind]
        self.material_id.choices = [(one.id, self._describe(one)) for one in offered.materials]
        self._offer_other_side(offered)

    def _describe(self, material: Material) -> str:
        has = self._offered.balances.get(material.id, 0)
        return f"{material.name}（现有 {has} {material.measure}）"

    def _offer_other_side(self, offered: Offered) -> None:
        if offered.kind is MovementKind.HANDED_OUT:
            self.activity_id.choices = [
                (one.id, f"{one.begins_on} {one.title}") for one in offered.activities
            ]
        else:
            del self.activity_id
        if offered.kind in {MovementKind.ISSUED, MovementKind.RETURNED}:
            self.counterpart_id.choices = unit_choices(offered.counterparts)
            up = offered.kind is MovementKind.RETURNED
            self.counterpart_id.label.text = "退回给" if up else "下发给"
        else:
            del self.counterpart_id

    @property
    def counterpart(self) -> Unit:
        """The unit that was chosen."""
        return next(unit for unit, _ in self._offered.counterparts if unit.id == self.counterpart_id.data)

    @property
    def activity(self) -> Activity:
        """The activity that was chosen."""
        return next(one for one in self._offered.activities if one.id == self.activity_id.data)

    def entry(self, actor: User) -> Entry:
        """What was typed."""
        chosen = next(one for one in self._offered.materials if one.id == self.material_id.data)
        day: date = self.day.data
        return Entry(self._offered.unit, chosen, day, self.quantity.data, actor, self.note.data or "")

    def tell(self, name: str, sentence: str) -> None:
        """Show at a field why the movement can't be; at the quantity where the form hasn't the field."""
        self[name if name in self else "quantity"].errors = [sentence]


class TakeBackForm(Form):
    """Why a movement is taken back."""

    reason = TextAreaField(
        "理由",
        [required, Length(max=MAX_NOTE, message=f"不能超过 {MAX_NOTE} 字。")],
        filters=[strip],
        render_kw={"rows": 3},
    )


class MaterialForm(Form):
    """One material of the list."""

    name = StringField("名称", [required, Length(max=MAX_NAME)], filters=[strip])
    measure = StringField(
        "计量单位",
        [required, Length(max=MAX_MEASURE)],
        filters=[strip],
        description="如 件、份、条。有了出入库记录后不能再改。",
    )
    category = StringField(
        "统计类别",
        [required, Length(max=MAX_CATEGORY)],
        filters=[strip],
        description="报告按类别合计，如 宣传品、宣传折页。写法要一致。",
        render_kw={"list": "categories"},
    )
    retired = BooleanField("停用：不再入库，剩下的可以用完")

    def plan(self) -> MaterialPlan:
        """What was typed."""
        return MaterialPlan(self.name.data, self.measure.data, self.category.data, self.retired.data)
