"""Forms of indicators."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wtforms import (
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.core.forms import Form, required, strip
from quizapp.publicity.activities.models import ActivityKind
from quizapp.publicity.releases.models import Level
from quizapp.reports.figures.formulas import (
    Amount,
    Derived,
    Entered,
    Formula,
    OfActivities,
    OfMaterials,
    OfParticipants,
    OfReleases,
    Operation,
)
from quizapp.reports.figures.indicators import Indicator
from quizapp.reports.figures.keeping import IndicatorPlan, NotKept
from quizapp.reports.figures.models import IndicatorRow
from quizapp.reports.figures.queries import read_row
from quizapp.reports.figures.showing import UNPRINTED, name_section
from quizapp.reports.printing.template_text import SECTIONS

#: Where an indicator comes from, as the form offers it.
SOURCES: Mapping[str, tuple[type[Formula], str]] = {
    "entered": (Entered, "逐年填报或导入"),
    "activities": (OfActivities, "由宣传活动统计"),
    "materials": (OfMaterials, "由宣传品发放统计"),
    "releases": (OfReleases, "由媒体发稿统计"),
    "participants": (OfParticipants, "由竞赛参与人数统计"),
    "derived": (Derived, "由其他指标计算"),
}
#: Significant digits that can be chosen, and "as it is", and "by the house style".
_PRINTING = (
    ("exact", "照实写，如 1392条"),
    ("auto", "取整写余，位数由系统定，如 1300余条"),
    ("1", "取整写余，保留 1 位，如 1000余条"),
    ("2", "取整写余，保留 2 位，如 1300余条"),
    ("3", "取整写余，保留 3 位，如 1390余条"),
)


def _ticks(label: str, description: str = "") -> SelectMultipleField:
    return SelectMultipleField(
        label,
        description=description,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class PrintingForm(Form):
    """What of any indicator can change: how it stands in the report."""

    section = SelectField(
        "所在章节",
        choices=[SelectChoice(one, name_section(one)) for one in SECTIONS] + [SelectChoice("", UNPRINTED)],
    )
    printing = SelectField("写法", choices=[SelectChoice(*one) for one in _PRINTING])
    remark = StringField(
        "说明",
        [Length(max=200)],
        filters=[strip],
        description="选填。例如数据由哪个科室提供、何时统计。",
    )
    submit = SubmitField("保存指标")

    def plan_of(self, row: IndicatorRow) -> IndicatorPlan:
        """The indicator with what was typed."""
        kept = read_row(row)
        return IndicatorPlan(kept.name, kept.measure, formula=kept.formula, **self.printed())

    def complain(self, error: NotKept) -> None:
        """Say at its field why nothing was kept."""
        self[error.field].errors = [error.advice]

    def printed(self) -> dict[str, Any]:
        """What was typed of how it prints."""
        chosen = self.printing.data
        return {
            "section": self.section.data,
            "exact": chosen == "exact",
            "digits": int(chosen) if chosen.isdigit() else None,
            "remark": self.remark.data or "",
        }


class IndicatorForm(PrintingForm):
    """An indicator of the bureau's own."""

    name = StringField(
        "指标名称",
        [required, Length(max=30)],
        filters=[strip],
        description="也是报告模板里的占位符，如 {{ 应急演练 }}。",
    )
    measure = StringField(
        "计量单位",
        [Length(max=10)],
        filters=[strip],
        description="写在数字后面，如 次、件、万元。占比请写 %。",
    )
    source = RadioField(
        "数字从哪里来", choices=[SelectChoice(key, name) for key, (_, name) in SOURCES.items()]
    )
    kinds = _ticks("活动类型", "不选就是全部类型；选了上级类型，它的下级也计入。")
    amount = SelectField("计什么", choices=[SelectChoice(one.value, one.label) for one in Amount])
    category = SelectField("宣传品类别", validate_choice=False)
    levels = _ticks("媒体级别", "不选就是各级媒体。")
    operation = SelectField("怎样计算", choices=[SelectChoice(one.value, one.label) for one in Operation])
    parts = _ticks("组成部分", "选中的指标相加；占比和人均再除以下面的总数。")
    whole = SelectField("总数（除数）", description="占比和人均才需要。")

    def __init__(
        self,
        kinds: Sequence[ActivityKind],
        categories: Sequence[str],
        others: Sequence[Indicator],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.kinds.choices = [SelectChoice(kind.key, kind.name) for kind in kinds]
        self.category.choices = [SelectChoice(one, one) for one in categories]
        self.levels.choices = [SelectChoice(level.value, level.label) for level in Level]
        self.parts.choices = [SelectChoice(one.key, one.name) for one in others]
        self.whole.choices = [SelectChoice("", "——"), *self.parts.choices]

    def validate_category(self, field: SelectField) -> None:
        """Materials are chosen by category."""
        known = {choice.value for choice in field.choices}
        if self.source.data == "materials" and field.data not in known:
            raise ValidationError("请选择宣传品类别。")

    def validate_parts(self, field: SelectMultipleField) -> None:
        """Something is made of something."""
        if self.source.data == "derived" and not field.data:
            raise ValidationError("请至少选一个组成部分。")

    def validate_whole(self, field: SelectField) -> None:
        """What is divided is divided by something."""
        is_divided = self.source.data == "derived" and self.operation.data != Operation.SUM
        if is_divided and not field.data:
            raise ValidationError("占比和人均要选一个总数。")

    def plan_of(self, _row: IndicatorRow) -> IndicatorPlan:
        """All of it was typed."""
        return self.plan()

    def plan(self) -> IndicatorPlan:
        """What was typed."""
        return IndicatorPlan(
            self.name.data, self.measure.data or "", formula=self._formula(), **self.printed()
        )

    def _formula(self) -> Formula:
        is_sum = self.operation.data == Operation.SUM
        makers: dict[str, Callable[[], Formula]] = {
            "entered": Entered,
            "participants": OfParticipants,
            "activities": lambda: OfActivities(tuple(self.kinds.data), Amount(self.amount.data)),
            "materials": lambda: OfMaterials(self.category.data),
            "releases": lambda: OfReleases(tuple(self.levels.data)),
            "derived": lambda: Derived(
                Operation(self.operation.data),
                tuple(self.parts.data),
                "" if is_sum else self.whole.data,
            ),
        }
        return makers[self.source.data]()


def fill_in(row: IndicatorRow) -> dict[str, Any]:
    """What a form shows of an indicator at first."""
    indicator = read_row(row)
    formula = indicator.formula
    source = next(key for key, (kind, _) in SOURCES.items() if isinstance(formula, kind))
    printing = "exact" if indicator.exact else str(indicator.digits or "auto")
    values = {name: getattr(formula, name) for name in getattr(formula, "__dataclass_fields__", {})}
    return {
        "name": indicator.name,
        "measure": indicator.measure,
        "section": indicator.section,
        "printing": printing,
        "remark": indicator.remark,
        "source": source,
        **{name: list(value) if isinstance(value, tuple) else value for name, value in values.items()},
    }
