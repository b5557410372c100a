"""The columns of the ledger of releases, and what units write in them."""

from collections.abc import Mapping
from typing import TypeVar

from quizapp.ledgers.columns import Column
from quizapp.ledgers.values import BadCell, fold_cell
from quizapp.publicity.releases.addresses import find_address
from quizapp.publicity.releases.forms import MAX_ADDRESS, MAX_TITLE, MAX_TOPIC, NO_ADDRESS
from quizapp.publicity.releases.models import Level, ReleaseKind

TITLE, OUTLET, LEVEL, KIND, DAY = "标题", "媒体", "级别", "形式", "发布日期"
ADDRESS, TOPIC, UNIT, STATE = "网址", "主题", "单位", "状态"

COLUMNS = (
    Column(
        TITLE,
        ("稿件标题", "稿件名称", "文章标题", "新闻标题", "信息标题", "报道标题", "稿件题目", "题目", "题名"),
        required=True,
        hint=f"不超过 {MAX_TITLE} 字。",
        sample="应急管理局开展安全生产法宣讲",
    ),
    Column(
        OUTLET,
        (
            *("媒体名称", "发布平台", "发布媒体", "刊发媒体", "刊登媒体", "发稿媒体", "宣传媒体", "刊播媒体"),
            *("平台", "发布渠道", "平台名称", "刊发平台", "采用媒体", "采用单位", "报刊名称", "载体"),
        ),
        required=True,
        hint="报刊、电视台、网站或公众号的名称。",
        sample="本县融媒体中心",
    ),
    Column(
        LEVEL,
        ("层级", "媒体级别", "媒体层级", "发布级别", "刊发级别", "采用级别", "平台级别", "等级"),
        hint="中央、省级、市级、县级；登记过的媒体可以不填，按它上次的级别。",
        sample=Level.COUNTY.label,
    ),
    Column(
        KIND,
        ("稿件形式", "稿件类型", "类型", "类别", "体裁", "稿件类别", "报道形式", "宣传形式"),
        hint=f"{'、'.join(kind.label for kind in ReleaseKind)}；不填按图文报道。",
        sample=ReleaseKind.TEXT.label,
    ),
    Column(
        DAY,
        (
            *("日期", "时间", "发布时间", "刊发日期", "刊发时间", "发稿日期", "发稿时间", "刊登日期"),
            *("刊登时间", "播出日期", "播出时间", "采用时间", "采用日期", "见报日期", "见报时间"),
        ),
        required=True,
        hint="如 2026-03-01。",
        sample="2026-06-16",
    ),
    Column(
        ADDRESS,
        (
            "链接",
            "地址",
            "网络链接",
            "稿件链接",
            "链接地址",
            "网页链接",
            "文章链接",
            "发布链接",
            "网站链接",
            "url",
        ),
        hint="以 http:// 或 https:// 开头；没有就不填。",
    ),
    Column(TOPIC, ("稿件主题", "宣传主题", "专题", "栏目", "内容", "备注"), hint=f"不超过 {MAX_TOPIC} 字。"),
    Column(
        UNIT,
        ("报送单位", "供稿单位", "责任单位", "填报单位", "投稿单位", "撰稿单位", "发稿单位", "单位名称"),
        hint="写名称；有同名单位时连同它的上级一起写，如“城关镇/东关村”。不填就是您自己的单位。",
        sample="城关镇",
    ),
)
EXPORT_COLUMNS = (*COLUMNS, Column(STATE))

#: How tables say that there is no address.
_NONE = frozenset({"无", "没有", "暂无", "无链接", "无网址", "/", "-", "—", "——"})

#: How tables write a level and a kind, beside their labels.
_LEVELS = {
    Level.CENTRAL: ("中央级", "国家", "国家级", "全国", "央媒", "中央媒体"),
    Level.PROVINCE: ("省", "省媒", "省级媒体", "自治区", "自治区级", "直辖市"),
    Level.CITY: ("市", "市媒", "市级媒体", "地市", "地市级", "设区市", "州", "州级"),
    Level.COUNTY: (
        "县",
        "县媒",
        "县级媒体",
        "区县",
        "县区",
        "县区级",
        "区县级",
        "县市区",
        "区",
        "区级",
        "本级",
    ),
}
_KINDS = {
    ReleaseKind.TEXT: (
        "图文",
        "文字",
        "消息",
        "通讯",
        "报道",
        "新闻",
        "报纸",
        "报刊",
        "网络",
        "网站",
        "信息",
        "稿件",
    ),
    ReleaseKind.VIDEO: ("视频", "短视频", "电视", "微视频", "微电影", "影视"),
    ReleaseKind.AUDIO: ("广播", "音频", "电台"),
    ReleaseKind.SOCIAL: (
        "新媒体",
        "微信",
        "公众号",
        "微信公众号",
        "微博",
        "抖音",
        "推送",
        "推文",
        "客户端",
        "h5",
    ),
    ReleaseKind.OTHER: ("其它",),
}
Named = TypeVar("Named")


def _by_word(words: Mapping[Named, tuple[str, ...]], labels: Mapping[Named, str]) -> dict[str, Named]:
    return {fold_cell(word): one for one, others in words.items() for word in (labels[one], *others)}


_LEVEL_OF = _by_word(_LEVELS, {level: level.label for level in Level})
_KIND_OF = _by_word(_KINDS, {kind: kind.label for kind in ReleaseKind})


def read_level(text: str) -> Level:
    """The level that a cell names. Raises BadCell."""
    level = _LEVEL_OF.get(fold_cell(text))
    if level is None:
        raise BadCell(f"没有读懂级别“{text[:30]}”。请写：{'、'.join(level.label for level in Level)}。")
    return level


def read_kind(text: str) -> ReleaseKind:
    """The kind that a cell names. Raises BadCell."""
    kind = _KIND_OF.get(fold_cell(text))
    if kind is None:
        raise BadCell(f"没有读懂形式“{text[:30]}”。请写：{'、'.join(kind.label for kind in ReleaseKind)}。")
    return kind


def read_address(text: str) -> str:
    """The address that a cell holds, empty where it says that there is none. Raises BadCell."""
    if fold_cell(text) in _NONE:
        return ""
    found = find_address(text)
    if found is None:
        raise BadCell(NO_ADDRESS)
    if len(found) > MAX_ADDRESS:
        raise BadCell(f"网址不能超过 {MAX_ADDRESS} 字。")
    return found
