"""Forms of units."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, StringField, SubmitField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from quizapp.accounts.forms import unit_choices
from quizapp.accounts.models import Unit, UnitKind
from quizapp.accounts.units import UnitPlan
from quizapp.core.forms import Form, required, strip

#: As the largest county has people, many times over.
MAX_HEADCOUNT = 10_000_000


class HeadcountForm(Form):
    """All that a unit's own administrator decides of it."""

    headcount = IntegerField(
        "人数",
        [Optional(), NumberRange(0, MAX_HEADCOUNT)],
        description="单位的总人数，含下级单位的人，计算参与率时按这里填的数，不把下级的人数再加一遍。"
        "不清楚请留空，留空的单位不算参与率。",
    )
    submit = SubmitField("保存单位")


class RootForm(HeadcountForm):
    """The bureau: its kind and place are fixed."""

    name = StringField("名称", [required, Length(max=60)], filters=[strip])

    def __init__(self, unit: Unit, **kwargs: Any) -> None:
        super().__init__(data={"name": unit.name, "headcount": unit.headcount}, **kwargs)
        self._unit = unit

    def plan(self) -> UnitPlan:
        """What the validated form says."""
        return UnitPlan(self.name.data, UnitKind.BUREAU, self._unit, self.headcount.data)


class UnitForm(HeadcountForm):
    """A unit with others above it."""

    name = StringField(
        "名称", [required, Length(max=60)], filters=[strip], description="同一上级单位下不能重名。"
    )
    kind = SelectField(
        "类型",
        choices=[SelectChoice(kind.value, kind.label) for kind in UnitKind if kind is not UnitKind.BUREAU],
    )
    parent_id = SelectField(
        "上级单位",
        coerce=int,
        description="列出乡镇（街道）、部门和已经有下级的单位。要放到别的单位之下，请在那个单位的页面新建下级单位。",
    )
    closed = BooleanField(
        "已停用",
        description="停用后不能再为它登记新的记录、新建活动，也不能在它之下新建单位；"
        "已有的记录、活动、岗位和统计照旧，下级单位不随它停用。可以随时取消。",
    )

    def __init__(self, parents: Sequence[tuple[Unit, int]], unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(obj=unit, **kwargs)
        self._parents = {parent.id: parent for parent, _ in parents}
        self.parent_id.choices = unit_choices(parents)

    def plan(self) -> UnitPlan:
        """What the validated form says."""
        return UnitPlan(
            name=self.name.data,
            kind=UnitKind(self.kind.data),
            parent=self._parents[self.parent_id.data],
            headcount=self.headcount.data,
            closed=self.closed.data,
        )
