"""Keeping the registry of indicators. These add and flush; the view commits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.reports.figures import queries
from quizapp.reports.figures.beginning import ensure_indicators
from quizapp.reports.figures.deriving import is_made_of_itself, parts_of
from quizapp.reports.figures.formulas import Formula, write_formula
from quizapp.reports.figures.indicators import Indicator
from quizapp.reports.figures.models import IndicatorRow
from quizapp.reports.printing.placeholders import twins_among


class NotKept(QuizError):
    """An indicator can't be as it was planned."""

    status = 409
    #: The field of the form that says why.
    field = "name"


class NameTaken(NotKept):
    """A template couldn't tell the indicator from another."""

    title = "名称重复"


class MadeOfItself(NotKept):
    """The indicator would be made of itself."""

    title = "不能这样计算"
    field = "parts"
    advice = "这样计算会用到指标自己：其中有的指标又是由它算出来的。请另选组成部分。"


class StillUsed(QuizError):
    """Other indicators are made of it."""

    status = 409
    title = "不能停用"


@dataclass(frozen=True)
class IndicatorPlan:
    """What staff decide of an indicator."""

    name: str
    measure: str
    section: str
    formula: Formula
    exact: bool = True
    digits: int | None = None
    remark: str = ""

    def columns(self) -> Mapping[str, Any]:
        """As the row holds it."""
        return {
            "name": self.name,
            "measure": self.measure,
            "section": self.section,
            "formula": write_formula(self.formula),
            "exact": self.exact,
            "digits": self.digits,
            "remark": self.remark,
        }


def create_indicator(plan: IndicatorPlan) -> IndicatorRow:
    """Add an indicator of the bureau's own. Raises NameTaken and MadeOfItself."""
    ensure_indicators()
    position = queries.next_position()
    row = IndicatorRow(key=f"own-{position}", position=position)
    _write(row, plan)
    audit.record("create", "indicator", row.key)
    return row


def edit_indicator(row: IndicatorRow, plan: IndicatorPlan) -> None:
    """Change an indicator; of a built-in one only how it prints. Raises NameTaken and MadeOfItself."""
    if row.built_in:
        kept = queries.read_row(row)
        plan = replace(plan, name=kept.name, measure=kept.measure, formula=kept.formula)
    changed = [name for name, value in plan.columns().items() if getattr(row, name) != value]
    if changed:
        _write(row, plan)
        audit.record("edit", "indicator", row.key, changed)


def retire_indicator(row: IndicatorRow) -> None:
    """Count an indicator of the bureau's own no more. Raises StillUsed."""
    if row.built_in:
        raise StillUsed("随系统提供的指标不能停用；报告中不需要的，可以在报告模板里删去那一句。")
    users = [one.name for one in queries.list_indicators() if row.key in parts_of(one.formula)]
    if users:
        raise StillUsed(
            f"{'、'.join(users)}由它计算。请先修改或停用{'它们' if len(users) > 1 else '该指标'}。"
        )
    row.retired = True
    audit.record("retire", "indicator", row.key, ["retired"])


def restore_indicator(row: IndicatorRow) -> None:
    """Count a retired indicator again."""
    row.retired = False
    audit.record("restore", "indicator", row.key, ["retired"])


def _write(row: IndicatorRow, plan: IndicatorPlan) -> None:
    others = [one for one in queries.read_registry().indicators if one.key != row.key]
    _refuse_twins(plan, row.key, others)
    if is_made_of_itself(row.key, plan.formula, {one.key: one.formula for one in others}):
        raise MadeOfItself
    for name, value in plan.columns().items():
        setattr(row, name, value)
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError as error:
        raise NameTaken("刚刚有人新建了同名的指标。请返回列表刷新。") from error


def _refuse_twins(plan: IndicatorPlan, key: str, others: list[Indicator]) -> None:
    """Names are told apart as placeholders: brackets and signs don't stand in them."""
    own = Indicator(key, plan.name, plan.measure, plan.formula)
    before = set(twins_among(others))
    for taken, name in twins_among([*others, own]):
        if (taken, name) not in before:
            raise NameTaken(f"名称与“{taken}”在报告模板里分不清（括号、空格等符号不算）。请换一个名称。")
