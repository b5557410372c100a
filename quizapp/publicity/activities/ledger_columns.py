"""The columns of the ledger of activities, with the headings that units give them."""

from quizapp.ledgers.columns import Column
from quizapp.publicity.activities import queries
from quizapp.publicity.activities.forms import MAX_TITLE

KIND, TITLE, BEGINS, ENDS, SESSIONS = "活动类型", "活动名称", "开始日期", "结束日期", "场次"
PLACE, UNIT, PARTNERS, AUDIENCE = "地点", "单位", "联合单位", "受众人次"
DESCRIPTION, LAWS, STATE = "活动内容", "宣传法律", "状态"

_KINDS = ("类型", "活动类别", "宣传类型", "宣传形式", "活动形式")
_OTHERS = (
    Column(
        TITLE,
        ("名称", "活动主题", "主题", "宣传活动", "宣传活动名称", "活动"),
        hint=f"不超过 {MAX_TITLE} 字；不填时用“类型（地点）”。",
        sample="安全生产月咨询日",
    ),
    Column(
        BEGINS,
        ("日期", "活动日期", "时间", "活动时间", "开展时间", "开展日期", "开始时间", "宣传时间", "举办时间"),
        True,
        "如 2026-03-01。",
        "2026-06-16",
    ),
    Column(ENDS, ("结束时间", "截止日期"), hint="只有一天的不用填。"),
    Column(SESSIONS, ("场数", "活动场次", "次数", "开展场次"), hint="整数，不填按 1 场。", sample="1"),
    Column(
        PLACE,
        ("活动地点", "开展地点", "宣传地点", "举办地点"),
        hint="没有地点的先存为草稿。",
        sample="东关广场",
    ),
    Column(
        UNIT,
        (
            "主办单位",
            "承办单位",
            "开展单位",
            "责任单位",
            "填报单位",
            "单位名称",
            "牵头单位",
            "组织单位",
            "举办单位",
        ),
        hint="写名称；有同名单位时连同它的上级一起写，如“城关镇/东关村”。不填就是您自己的单位。",
        sample="城关镇",
    ),
    Column(PARTNERS, ("协办单位", "联合部门", "参与单位", "配合单位"), hint="几个单位用顿号分开。"),
    Column(
        AUDIENCE,
        ("受众", "受众人数", "参加人数", "参与人数", "覆盖人数", "宣传人数", "受教育人数", "人次", "人数"),
        hint="整数。没有人次的先存为草稿。",
        sample="312",
    ),
    Column(DESCRIPTION, ("内容", "活动简介", "活动情况", "主要内容", "宣传内容", "备注")),
    Column(
        LAWS, ("法律", "宣传的法律", "涉及法律", "法律法规"), hint="几部法律用顿号分开。", sample="安全生产法"
    ),
)


def list_columns() -> tuple[Column, ...]:
    """The columns; the kinds to choose from are those on the list now."""
    kinds = tuple(kind.name for kind in queries.list_kinds() if not kind.retired)
    return (Column(KIND, _KINDS, required=True, sample=kinds[0] if kinds else "", choices=kinds), *_OTHERS)


def list_export_columns() -> tuple[Column, ...]:
    """The same, and the state."""
    return (*list_columns(), Column(STATE))
