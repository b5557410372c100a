"""Our default wording of the annual report: sentences that claim no more than their numbers say.

What only the bureau can tell is left to it, in marked paragraphs. ``{drills}`` stands for the placeholder of
the indicator with that key, ``{年份}`` for a general one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from string import Formatter

from quizapp.reports.figures.indicators import Indicator
from quizapp.reports.printing.placeholders import CORRECTIONS, GENERAL, placeholder_of


class Style(Enum):
    """How a line is set."""

    TITLE = auto()
    #: 一、
    FIRST = auto()
    #: （一）
    SECOND = auto()
    BODY = auto()
    #: On the right: who reports, and when.
    SIGNATURE = auto()
    #: In a table.
    CELL = auto()


@dataclass(frozen=True)
class Line:
    """A paragraph of the template, with ``{{ 名称 }}`` placeholders."""

    style: Style
    text: str


@dataclass(frozen=True)
class _Part:
    """A second-level heading and the sentences under it."""

    #: ``Indicator.section`` of those that belong here.
    section: str
    heading: str
    paragraphs: tuple[tuple[str, ...], ...]
    #: What the bureau is asked to add.
    wanted: str


_TITLE = ("{单位名称}", "{年份}年法治建设和普法工作报告")
_OPENING = "现将{单位名称}{年份}年法治建设和普法工作的情况报告如下。文中数据截至{截止日期}。"
_WORK = "一、工作开展情况"
_PARTS = (
    _Part(
        "一（一）",
        "（一）责任落实和干部学法",
        (("全年组织集中学习培训{study_sessions}，干部职工参加学习{study_attendance}。",),),
        "领导责任的分工和学法的主要内容",
    ),
    _Part(
        "一（二）",
        "（二）隐患排查和执法规范",
        (
            (
                "全年排查一般隐患{general_hazards}，在系统中录入重大事故隐患{major_hazards}。",
                "召开案件审理委员会会议{case_meetings}。",
            ),
        ),
        "执法制度的落实和法制审核的做法",
    ),
    _Part(
        "一（三）",
        "（三）监管执法的成效",
        (
            (
                "全年行政执法案件共{enforcement_cases}。",
                "按类别分，行政许可案件{licence_cases}，占比{licence_share}；"
                "行政检查案件{inspection_cases}，占比{inspection_share}；"
                "行政处罚案件{penalty_cases}，占比{penalty_share}。",
                "按执法人员计算，人均办案量{cases_per_officer}。",
            ),
            (
                "对矿山检查复查{mine_inspections}，督促矿山整改隐患{mine_hazards}。",
                "挂牌督办企业{listed_enterprises}。",
                "危化品和烟花爆竹单位消除隐患{chemical_hazards}，工商贸企业消除隐患{industry_hazards}。",
            ),
            (
                "全年上报执法典型案例{model_cases_reported}，省厅录用典型案例{model_cases_adopted}；"
                "受到通报表扬的灾害风险隐患信息有{commended_reports}。",
            ),
        ),
        "专项检查和联合执法的情况",
    ),
    _Part(
        "一（四）",
        "（四）普法宣传",
        (
            (
                "在各类宣传活动中，向群众发放宣传品{items_handed_out}，发放宣传折页{leaflets_handed_out}。",
                "知识竞赛采用扫码答题，参与人数{participants}。",
                "在各级媒体发稿{releases}。",
            ),
        ),
        "本年有特色的宣传活动",
    ),
    _Part(
        "一（五）",
        "（五）防灾减灾救灾",
        (
            (
                "建有应急服务示范驿站{model_stations}、应急服务标准驿站{standard_stations}。",
                "全年开展应急演练{drills}，举办应急培训{trainings}，志愿者应急服务{volunteer_services}。",
                "抗旱灌溉面积{irrigated_area}。",
                "向受灾群众发放应急救助资金{relief_funds}，发放棉衣棉被{relief_clothing}。",
            ),
        ),
        "灾情应对和救助的情况",
    ),
)
_OTHER = "（六）其他工作"
_CORRECTED = ("四、上年数据更正", f"{{{CORRECTIONS}}}")
#: The sections that an indicator can stand under, with their headings.
SECTIONS = {part.section: part.heading for part in _PARTS} | {"一（六）": _OTHER}
_REST = (
    ("二、存在的不足", "本年工作中的主要不足及其原因"),
    ("三、{下一年份}年工作安排", "下一年的重点任务和完成时限"),
)
_NO_BRACES = str.maketrans("{}", "（）")
_SIGNATURE = ("{单位名称}", "{编制日期}")


def compose_template(indicators: Iterable[Indicator], corrected: bool = False) -> tuple[Line, ...]:
    """The lines of the default template for a bureau's indicators.

    ``corrected`` adds what became known of the year before.

    An indicator that no sentence of ours names is listed at the end of its section. A sentence that names one
    which the bureau no longer keeps is left out, and what else it named is listed.
    """
    kept = [one for one in indicators if one.section]
    fields = {one.key: _print(placeholder_of(one)) for one in kept} | {name: _print(name) for name in GENERAL}
    return tuple(Line(style, text) for style, text in _lines(kept, fields, corrected))


def _print(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _lines(kept: list[Indicator], fields: Mapping[str, str], corrected: bool) -> Iterator[tuple[Style, str]]:
    yield from ((Style.TITLE, line.format_map(fields)) for line in _TITLE)
    yield Style.BODY, ""
    yield Style.BODY, _OPENING.format_map(fields)
    yield Style.FIRST, _WORK
    for part in _PARTS:
        yield Style.SECOND, part.heading
        yield from ((Style.BODY, text) for text in _paragraphs(part, kept, fields))
    others = _plain([one for one in kept if not _part_of(one)], fields)
    if others:
        yield Style.SECOND, _OTHER
        yield Style.BODY, others
    for heading, wanted in _REST:
        yield Style.FIRST, heading.format_map(fields)
        yield Style.BODY, _ask(wanted)
    if corrected:
        yield from zip((Style.FIRST, Style.BODY), (one.format_map(fields) for one in _CORRECTED), strict=True)
    yield Style.BODY, ""
    yield from ((Style.SIGNATURE, line.format_map(fields)) for line in _SIGNATURE)


def _paragraphs(part: _Part, kept: list[Indicator], fields: Mapping[str, str]) -> Iterator[str]:
    """The sentences that can be said, then the figures that none of them names, then what is asked for."""
    named: set[str] = set()
    for sentences in part.paragraphs:
        said = [sentence for sentence in sentences if _fields_of(sentence) <= fields.keys()]
        if said:
            yield "".join(said).format_map(fields)
        named.update(*map(_fields_of, said))
    others = _plain([one for one in kept if _part_of(one) is part and one.key not in named], fields)
    if others:
        yield others
    yield _ask(part.wanted)


def _part_of(indicator: Indicator) -> _Part | None:
    section = indicator.section.replace("(", "（").replace(")", "）")
    return next((part for part in _PARTS if part.section == section), None)


def _fields_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _plain(indicators: Iterable[Indicator], fields: Mapping[str, str]) -> str:
    """A sentence each: 名称 and its number. A brace in a name would begin a placeholder."""
    return "".join(f"{one.name.translate(_NO_BRACES)}{fields[one.key]}。" for one in indicators)


def _ask(wanted: str) -> str:
    return f"【请补充：{wanted}】"
