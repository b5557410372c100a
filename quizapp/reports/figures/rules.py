"""The rule of an indicator in words: what is counted and what is not. No database here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class Names:
    """What people call the things that formulas refer to by key."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)


def write_rule(formula: Formula, names: Names) -> str:
    """The rule as it stands beside the figure."""
    match formula:
        case OfActivities(kinds=kinds, amount=amount):
            return _of_activities(kinds, amount, names)
        case OfMaterials(category=category):
            return (
                f"在已确认的宣传活动中发放、发放也经确认的“{category}”类物品，按发放日期归入年度；"
                "撤销的已经减去，入库、下发和盘点不计。"
            )
        case OfReleases(levels=levels):
            chosen = _listed(levels, names.levels)
            return f"已确认的{f'{chosen}媒体' if chosen else '各级媒体'}发稿篇数，按发布日期归入年度。"
        case OfParticipants():
            return "当年至少提交过一次答卷的不同参与者，各竞赛活动分别去重后相加；演示活动和作废的答卷不计。"
        case Entered():
            return "由本局逐年填报或导入，以最近一次填报为准。"
        case Derived():
            return _derived(formula, names)


def _of_activities(kinds: Iterable[str], amount: Amount, names: Names) -> str:
    chosen = _listed(kinds, names.kinds, "”“")
    which = f"“{chosen}”（含下级类型）活动" if chosen else "各类宣传活动"
    return f"已确认的{which}的{amount.label}合计，按开始日期归入年度；草稿、待审核、退回和作废的不计。"


def _derived(formula: Derived, names: Names) -> str:
    parts = "＋".join(names.indicators.get(key, key) for key in formula.parts)
    if formula.operation is Operation.SUM:
        return f"{parts}。"
    divided = f"（{parts}）" if len(formula.parts) > 1 else parts
    whole = names.indicators.get(formula.whole, formula.whole)
    in_per_cent = " × 100%" if formula.operation is Operation.SHARE else ""
    return f"{divided} ÷ {whole}{in_per_cent}，四舍五入保留一位小数。"


def _listed(keys: Iterable[str], names: Mapping[str, str], between: str = "、") -> str:
    return between.join(names.get(key, key) for key in keys)
