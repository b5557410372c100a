"""Templates that staff fill in: a workbook with notes, drop-downs and samples, and the same as text."""

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core.spreadsheets import MAX_ROWS
from quizapp.laws.citations import Citation
from quizapp.questions.asking import AskedRevision
from quizapp.questions.exporters.own_text import write_own_text
from quizapp.questions.exporters.workbook import ANY_ORDER, COLUMNS, write_sheet
from quizapp.questions.importers.table import NOTES_SHEET
from quizapp.questions.kinds import TRUE_FALSE_OPTIONS, Difficulty, Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_BANK = "示例题库"
_CASE = "某车间午休时，一名新来的工人发现配电箱冒烟，随手拎起一桶水准备泼过去。班长赶到后把他拦了下来。"
_SAFETY_LAW = "安全生产法"


def _sample(kind: Kind, stem: str, options: tuple[str, ...], answer: tuple[int, ...]) -> AskedRevision:
    return AskedRevision(0, 0, kind, stem, options, answer, chapter="安全常识")


#: One question of each kind and a case of two, all about everyday safety.
SAMPLES = (
    replace(
        _sample(
            Kind.SINGLE,
            "油锅起火时，首先应当怎么做？",
            ("往锅里倒水", "盖上锅盖并关火", "端起锅跑到屋外", "打开窗户吹风"),
            (1,),
        ),
        explanation="盖上锅盖能隔绝空气，关火能断开热源。\n往油锅里倒水，热油会溅出来，火会更大。",
        difficulty=Difficulty.EASY,
        tags=("公众",),
    ),
    replace(
        _sample(
            Kind.MULTIPLE,
            "住宅楼的楼道里，下列哪些做法有危险？",
            ("给电动车充电", "堆放纸箱", "张贴疏散示意图", "锁住安全出口"),
            (0, 1, 3),
        ),
        explanation="楼道是逃生的路，应当保持畅通，也不能在里面充电。",
        difficulty=Difficulty.MEDIUM,
        tags=("公众",),
    ),
    replace(
        _sample(Kind.TRUE_FALSE, "从业人员有权拒绝违章指挥和强令冒险作业。", TRUE_FALSE_OPTIONS, (0,)),
        explanation="这是法律给从业人员的权利，用人单位不得因此降低其待遇。",
        citations=(Citation(_SAFETY_LAW, 54, 1),),
        difficulty=Difficulty.EASY,
        tags=("从业人员",),
    ),
    replace(
        _sample(Kind.BLANK, "发现火情时应当拨打____报警，并说清起火的____。", (), ()),
        gaps=(("119", "一一九"), ("地点", "位置", "地址")),
        difficulty=Difficulty.EASY,
    ),
    replace(
        _sample(Kind.BLANK, "干粉灭火器使用前应检查的两处是____和____。", (), ()),
        gaps=(("压力表", "压力"), ("保险销", "铅封")),
        gaps_in_order=False,
        difficulty=Difficulty.HARD,
        tags=("从业人员",),
    ),
    replace(
        _sample(
            Kind.SINGLE,
            "班长为什么要拦住他？",
            ("水能导电，泼水的人会触电", "水会弄脏配电箱", "午休时间不能用水"),
            (0,),
        ),
        case_id=1,
        case_stem=_CASE,
    ),
    replace(
        _sample(Kind.TRUE_FALSE, "处理这类险情，应当先切断电源。", TRUE_FALSE_OPTIONS, (0,)),
        case_id=1,
        case_stem=_CASE,
    ),
)

_NOTES = (
    ("题型", "单选、多选、判断或填空。简答、排序等不能自动评分，暂不支持。"),
    ("题干", "必填，500 字以内。填空题在空的位置写四条下划线：____，最多 10 个空。"),
    ("选项A 至 选项H", "选择题必填，依次填写，中间不要留空。判断题、填空题不填。"),
    (
        "答案",
        "必填。单选填一个字母，多选填几个字母，如 ACD；判断填“对”或“错”；填空用“；”分开各空，"
        "同一空的几种正确写法用“|”分开，如 119|一一九；地点|位置。答案本身含有这些符号时，在符号前加“\\”。",
    ),
    ("解析", "选填。答题后给群众看，说明为什么。"),
    ("依据", "选填。写法如《安全生产法》第五十四条第一款，几处之间用顿号。"),
    ("难度", "选填。易、中或难。"),
    ("标签", "选填。几个标签之间用顿号，如 公众、从业人员。"),
    ("章节", "选填。"),
    ("案例", "选填。几道题共用一段材料时填写材料，2000 字以内。"),
    ("案例编号", "同一案例的各题填同一个编号，如 1。这时只需在第一题写材料。"),
    ("顺序", f"只用于填空题。几个空的答案可以互换时选“{ANY_ORDER}”。"),
    ("题库", "选填。题库的名称。"),
    ("说明", "表头各列可以调换位置，不用的列可以删去。示例请在填写前删去。"),
)
_TEXT_NOTES = (
    "第一题之前以“//”开头的行是说明，导入时略过。示例请在填写前删去。",
    "每题以题号开头，选项每行一个，答案另起一行。题与题之间空一行。",
    "填空题在题干中写四条下划线：____。各空答案用“；”分开，同一空的几种写法用“|”分开。",
    "几道题共用一段材料时，先写“案例:”和材料，最后一题之后写一行“案例完”。",
    "题干、选项或解析中的某一行会被误认作别的内容时，在这一行最前面加“\\”，就按原文读入。",
)


def write_template() -> bytes:
    """A workbook to fill in, which imports as it is without a problem."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = write_sheet(book, SAMPLES, _BANK)
        choices = {
            "题型": [kind.label for kind in Kind],
            "难度": [degree.label for degree in Difficulty],
            "顺序": [ANY_ORDER],
        }
        for name, words in choices.items():
            column = list(COLUMNS).index(name)
            sheet.data_validation(
                1,
                column,
                MAX_ROWS,
                column,
                {
                    "validate": "list",
                    "source": words,
                    "error_title": f"{name}没有这一项",
                    "error_message": f"请从列表中选择：{'、'.join(words)}。",
                },
            )
        _write_notes(book)
    return buffer.getvalue()


def _write_notes(book: "Workbook") -> None:
    heading = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(NOTES_SHEET)
    sheet.set_column(0, 0, 18, wrapped)
    sheet.set_column(1, 1, 90, wrapped)
    sheet.write_string(0, 0, "列名", heading)
    sheet.write_string(0, 1, "填写方法", heading)
    for row, (name, note) in enumerate(_NOTES, start=1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, note)


def write_text_template() -> str:
    """The same as text, to be filled in with any editor or pasted into Word."""
    notes = "".join(f"// {note}\n" for note in _TEXT_NOTES)
    return f"{notes}\n{write_own_text(SAMPLES, _BANK).content!s}"
