"""The indicators that every bureau begins with: the 33 of the annual report, and what they are checked by.

Names, units of measure and how each is obtained are those of the report of a county bureau for 2024.
"""

from dataclasses import dataclass

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
class Indicator:
    """指标: one number of each year. ``name`` is its placeholder in a template too."""

    key: str
    name: str
    #: Unit of measure, printed after the number.
    measure: str
    formula: Formula
    #: The heading it stands under, e.g. 一（四）; empty where it is only used by others.
    section: str = ""
    #: Printed as it is, or floored with 余.
    exact: bool = True
    #: Significant digits of an approximate one; None leaves it to the house style.
    digits: int | None = None
    #: What staff should know beside the rule that follows from the formula.
    remark: str = ""


@dataclass(frozen=True)
class WholeCheck:
    """Parts that make a whole: their sum must equal it."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class HundredCheck:
    """Shares of one whole: they should add to 100.0."""

    parts: tuple[str, ...]


def _entered(
    key: str, name: str, measure: str, section: str, exact: bool = True, digits: int | None = None
) -> Indicator:
    return Indicator(key, name, measure, Entered(), section, exact, digits)


def _share(key: str, name: str, part: str) -> Indicator:
    return Indicator(key, name, "%", Derived(Operation.SHARE, (part,), "enforcement_cases"), "一（三）")


def _counted(
    key: str, name: str, measure: str, section: str, kind: str, exact: bool = True, digits: int | None = None
) -> Indicator:
    return Indicator(key, name, measure, OfActivities((kind,)), section, exact, digits)


BUILT_IN = (
    _counted("study_sessions", "集中学习培训次数", "次", "一（一）", "study"),
    Indicator(
        "study_attendance",
        "学习参加人次",
        "人次",
        OfActivities(("study",), Amount.AUDIENCE),
        "一（一）",
        exact=False,
    ),
    _entered("general_hazards", "排查一般隐患", "条", "一（二）", exact=False),
    _entered("major_hazards", "录入重大事故隐患", "条", "一（二）"),
    _entered("case_meetings", "案件审理委员会会议", "次", "一（二）"),
    _entered("enforcement_cases", "行政执法案件", "件", "一（三）"),
    _entered("licence_cases", "行政许可案件", "件", "一（三）"),
    _share("licence_share", "行政许可占比", "licence_cases"),
    _entered("inspection_cases", "行政检查案件", "件", "一（三）"),
    _share("inspection_share", "行政检查占比", "inspection_cases"),
    _entered("penalty_cases", "行政处罚案件", "件", "一（三）"),
    _share("penalty_share", "行政处罚占比", "penalty_cases"),
    Indicator(
        "cases_per_officer",
        "人均办案量",
        "件",
        Derived(Operation.PER_HEAD, ("enforcement_cases",), "enforcement_officers"),
        "一（三）",
    ),
    _entered("mine_inspections", "矿山检查复查", "家次", "一（三）"),
    _entered("mine_hazards", "矿山整改隐患", "条", "一（三）", exact=False, digits=3),
    _entered("listed_enterprises", "挂牌督办企业", "家", "一（三）"),
    _entered("chemical_hazards", "危化品烟花爆竹消除隐患", "条", "一（三）"),
    _entered("industry_hazards", "工商贸消除隐患", "条", "一（三）"),
    _entered("model_cases_reported", "上报执法典型案例", "件", "一（三）"),
    _entered("model_cases_adopted", "省厅录用典型案例", "起", "一（三）"),
    _entered("commended_reports", "通报表扬的灾害风险隐患信息", "起", "一（三）"),
    Indicator("items_handed_out", "发放宣传品", "件", OfMaterials("宣传品"), "一（四）", exact=False),
    Indicator(
        "leaflets_handed_out",
        "发放宣传折页",
        "份",
        OfMaterials("宣传折页"),
        "一（四）",
        exact=False,
        digits=1,
    ),
    Indicator("participants", "知识竞赛参与人数", "人", OfParticipants(), "一（四）", exact=False),
    Indicator("releases", "媒体发稿", "篇", OfReleases(), "一（四）"),
    _entered("model_stations", "应急服务示范驿站", "家", "一（五）"),
    _entered("standard_stations", "应急服务标准驿站", "家", "一（五）"),
    _counted("drills", "应急演练", "次", "一（五）", "drill", exact=False),
    _counted("trainings", "应急培训", "场", "一（五）", "training", exact=False, digits=1),
    _counted("volunteer_services", "志愿者应急服务", "次", "一（五）", "volunteering", exact=False),
    _entered("irrigated_area", "抗旱灌溉面积", "亩", "一（五）"),
    _entered("relief_funds", "发放应急救助资金", "万元", "一（五）"),
    _entered("relief_clothing", "发放棉衣棉被", "件", "一（五）"),
    # Stands in no sentence: others are derived from it.
    _entered("enforcement_officers", "执法人员数", "人", ""),
)

WHOLE_CHECKS = (WholeCheck("enforcement_cases", ("licence_cases", "inspection_cases", "penalty_cases")),)
HUNDRED_CHECKS = (HundredCheck(("licence_share", "inspection_share", "penalty_share")),)
