"""How a line of a text of questions begins: a number, the name of a field, of a kind, of a case."""

import re
import unicodedata
from dataclasses import dataclass

from quizapp.core.numerals import read_chinese
from quizapp.questions.importers.brackets import has_letters, is_answered
from quizapp.questions.validation import CASE_NAME, KIND_NAMES

_LABELS = {
    "answer": "答案 正确答案 参考答案 标准答案 试题答案 答 answer",
    "explanation": "解析 答案解析 试题解析 题目解析 答案说明 解答 详解 说明 分析 explanation",
    "basis": "依据 题目依据 法律依据 出题依据",
    "difficulty": "难度 题目难度 试题难度 难易度 难易程度 难度等级",
    "tags": "标签 知识点 考点",
    "kind": "题型 题目类型 试题类型",
    "order": "顺序",
    #: What other systems print beside a question and nothing here asks for.
    "unused": "分值 分数 得分 我的答案 选项",
}
_FIELDS = {label: name for name, labels in _LABELS.items() for label in labels.split()}


def _any_of(labels: list[str]) -> str:
    """Alternatives, the longest first, white space within them allowed: 答 案."""
    return "|".join(r"\s?".join(one) for one in sorted(labels, key=len, reverse=True))


_NAMES = _any_of(list(_FIELDS))
_FIELD = re.compile(
    rf"^(?:[【\[]\s*({_NAMES})\s*[】\]]\s*[:：]?|([（(【\[])?\s*({_NAMES})\s*[:：])\s*(.*)$", re.IGNORECASE
)
_BARE_ANSWER = re.compile(
    r"^(?:参考|正确|标准)?答案\s*[是为]?\s*([A-Ha-hＡ-Ｈ][A-Ha-hＡ-Ｈ\s、,，]{0,20}|对|错|正确|错误|√|×)\s*[。.]?$"
)
_LONG_NAMES = _any_of(
    [label for label in _FIELDS if len(label) > 1 and label not in {"说明", "分析", "选项"}]
)
#: Where, within a line, another field begins.
_NEXT_FIELD = re.compile(
    rf"\s+(?=[（(]?(?:{_LONG_NAMES})\s*[:：])"
    rf"|(?=【\s*(?:{_LONG_NAMES})\s*】)"
    r"|(?<=[A-Ha-hＡ-Ｈ√×对错确误])[。．.；;，,]?(?=(?:答案)?解析\s*[:：])",
    re.IGNORECASE,
)

_DIGITS = "一二三四五六七八九十"
_CHINESE = r"[一二三四五六七八九十百]{1,4}"
_NUMBERS = (
    ("dotted", re.compile(r"^\d{1,3}(?:\.\d{1,3})*\.(\d{1,3})(?:\s*[、．.]\s*|\s+)(?=\D)(.*)$")),
    ("plain", re.compile(r"^(\d{1,5})\s*(?:[.．、。]|题\s*[:：.．、])\s*(.*)$")),
    ("bracketed", re.compile(r"^[（(【\[]\s*(\d{1,5})\s*[)）】\]]\s*[.．、:：]?\s*(.*)$")),
    ("half", re.compile(r"^(\d{1,5})\s*[)）]\s*[.．、]?\s*(.*)$")),
    ("titled", re.compile(r"^第\s*(\d{1,5})\s*题\s*[:：.．、]?\s*(.*)$")),
    (
        "titled",
        re.compile(r"^(?:题目|试题|问题|题|Question|Q)\s*(\d{1,5})\s*(?:[:：.．、]\s*|\s+|$)(.*)$", re.I),
    ),
    ("named", re.compile(r"^(?:题目|题干|试题|问)()\s*[:：]\s*(.*)$")),
    ("chinese", re.compile(rf"^({_CHINESE})\s*[、.．]\s*(.*)$")),
    ("chinese brackets", re.compile(rf"^[（(]\s*({_CHINESE})\s*[)）]\s*[、.．]?\s*(.*)$")),
    ("circled", re.compile(r"^([①-⑳])\s*[.．、]?\s*(.*)$")),
)
#: An answer in brackets before the number: （√）1. …
_ANSWER_BEFORE = re.compile(r"^[（(]\s*([√×✓✗✔✘对错A-Ha-h]{0,8})\s*[)）]\s*(?=\d{1,5}\s*[.．、])")
#: These number points and statements more often than questions.
WEAK_STYLES = frozenset({"circled", "chinese", "chinese brackets"})

_KIND = rf"(?:{KIND_NAMES})(?:选择|分析|判断|正误|对错|改错)*题?|选择题"
_HEADING = re.compile(
    rf"^(#{{1,6}}\s*)?(第?\s*[{_DIGITS}]{{1,3}}\s*(?:部分|大题|单元|篇|[、.．:：\s])\s*[、.．:：]?\s*"
    rf"|第?\s*\d{{1,2}}\s*(?:部分|大题|单元|篇)\s*[、.．:：]?\s*|\d{{1,2}}\s*[、.．]\s*"
    rf"|[（(]\s*[{_DIGITS}]{{1,3}}\s*[)）]\s*[、.．]?\s*)?([【\[（(]\s*)?({_KIND})(.*)$"
)
#: What a heading says of its questions, as against the text of one.
_ABOUT = re.compile(
    r"^(?:[（(【\[][^）)】\]]*(?:共|每|题|分|正确|错|选|打|对|[√×])"
    r"|[:：，,。；;\s]*(?:共(?![产同])|每\s*(?:[小大空道个\d一两]|题)|本\s*(?:[小大]?题|部分|类|卷|节|单元)"
    r"|请(?!勿|示|求|假)|(?:将|把)\s*(?:您|你|正确|错误|答案|选项|所选)|以下各|下列各|下列每|认为|正确的|对的"
    rf"|合计|总计|部分|试题|(?:\d+|[{_DIGITS}百]+)\s*(?:道|小?题|分(?!钟)|个(?:小?题|选项|答案))|$)"
    r"|[:：\s]*\d{1,5}\s*(?:[.．、:：]|[-~—–－～至到]+\s*\d{1,5})[\s:：.．、]*(?:[√×对错]|正确|[A-Ha-h]{1,8}(?![A-Za-z])))"
)
_MORE_ON_KIND = re.compile(r"单选|多选|单项|多项|不定项|判断|填空")
_TAG_BEFORE = re.compile(
    rf"^(?:[【\[（(]\s*({_KIND})\s*(?:[，,、:：\s]*[\d.]+\s*分)?\s*[】\])）]|((?:{KIND_NAMES})(?:选择)?题)\s*[:：])\s*"
)
_TAG_AFTER = re.compile(r"\s*[【\[（(]\s*((?:单|多|不定)项?选(?:择)?题?|判断题?|填空题?)\s*[】\])）]\s*$")
_CASE = re.compile(
    rf"^(?:#{{1,6}}\s*)?(?:(?:[（(]\s*(?:{_CHINESE}|\d{{1,3}})\s*[)）]|(?:{_CHINESE}|\d{{1,3}})\s*[、.．])\s*)?"
    rf"([【\[])?\s*(?:事故)?(?:({CASE_NAME})(?:分析|背景|材料)?题?|阅读材料|材料|背景资料|背景材料|背景)\s*"
    rf"({_CHINESE}|\d{{1,3}})?\s*([】\]])?"
)
_CLOSING = re.compile(r"^\s*(?:[，,、]?\s*[\d.]+\s*分)?\s*[】\])）]\s*")
#: What the number of a section of cases begins with; （一）案例 is a case.
_FIRSTS = f"第{_DIGITS}"
_MAX_HEADING = 120


@dataclass(frozen=True)
class Number:
    """The number that a line begins with, and what stands after it."""

    value: int
    style: str
    rest: str
    #: False for what may as well be a decimal or a year.
    is_sure: bool = True
    #: What stands in brackets before the number.
    answer: str = ""


@dataclass(frozen=True)
class Heading:
    """The heading of a section that names a kind."""

    kind: str
    tail: str
    #: How it is numbered, to tell which headings stand on a level.
    style: str
    #: False where it may as well be a question whose kind stands before it.
    is_sure: bool


def read_number(text: str) -> Number | None:
    """The number of a question or point."""
    if text[:1] and "⑴" <= text[0] <= "⒛":
        text = unicodedata.normalize("NFKC", text[0]) + text[1:]
    before = _ANSWER_BEFORE.match(text)
    if before:
        text = text[before.end() :]
    for style, pattern in _NUMBERS:
        if match := pattern.match(text):
            value = _value_of(match[1])
            if value is None:
                return None
            is_decimal = (
                style == "plain" and text[match.end(1) : match.end(1) + 1] == "." and match[2][:1].isdigit()
            )
            is_year = style == "bracketed" and value >= 1900
            return Number(value, style, match[2], not (is_decimal or is_year), before[1] if before else "")
    return None


def _value_of(text: str) -> int | None:
    if not text or text.isdecimal():
        return int(text or 0)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    try:
        return read_chinese(text)
    except ValueError:
        return None


def read_field(text: str) -> tuple[str, str] | None:
    """The name of a field and what stands after it."""
    if bare := _BARE_ANSWER.match(text):
        return "answer", bare[1]
    match = _FIELD.match(text)
    if not match:
        return None
    label = re.sub(r"\s", "", match[1] or match[3]).casefold()
    content = match[4].rstrip("）)】]") if match[2] else match[4]
    return _FIELDS[label], content.strip()


def label_of(name: str) -> str:
    """What people call a field."""
    return _LABELS[name].split()[0] if name in _LABELS else "题干"


def split_fields(text: str) -> list[str]:
    """A line cut where another field begins: 答案:A 解析:…"""
    return [piece for piece in _NEXT_FIELD.split(text) if piece.strip()]


def read_heading(text: str) -> Heading | None:
    """The heading of a section: 一、单选题(共20题), 【多选题】, ## 判断题, 填空题：."""
    match = _HEADING.match(text) if len(text) <= _MAX_HEADING else None
    if not match:
        return None
    sharp, number, opening, kind, tail = match.groups(default="")
    tail = _CLOSING.sub("", tail, count=1) if opening else tail
    if tail == match[5] and opening:
        return None
    tail = tail.strip()
    if opening and (is_answered(tail) or has_letters(tail)):
        return None  # （判断）每月检查一次。（√）
    is_about = bool(_ABOUT.match(tail))
    if not is_about and (opening or number[:1].isdigit() or tail[0] not in ":：，,。；; "):
        return None
    is_marked = sharp or opening or (number and not number[0].isdigit())
    if not is_marked and not kind.endswith("题") and not _MORE_ON_KIND.fullmatch(kind):
        return None
    if kind.startswith(CASE_NAME) and not (is_about and (kind.endswith("题") or number[:1] in set(_FIRSTS))):
        return None
    if kind == "选择题" and (more := _MORE_ON_KIND.search(tail[:12])):
        kind = more[0]
    return Heading(
        kind, tail, "bracketed" if number[:1] in set("（(") else "chinese" if number else "", is_about
    )


def read_kind(stem: str) -> tuple[str, str]:
    """The kind that stands in brackets before or after a stem, and the stem without it."""
    if before := _TAG_BEFORE.match(stem):
        return before[1] or before[2], stem[before.end() :]
    end = max(0, len(stem) - 20)
    if after := _TAG_AFTER.search(stem, end):
        return after[1], stem[: after.start()]
    return "", stem


def read_case(text: str) -> str | None:
    """What stands after the mark of a case: 案例一：…, 【案例】…, 材料：…; None where there is none."""
    match = _CASE.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    is_closed = match[1] and match[4]
    ends_there = not rest and (match[2] or match[3] or is_closed)
    if ends_there or is_closed or rest[:1] in {":", "："} or (match[3] and rest[:1].isspace()):
        return rest.lstrip(":： \t")
    return None
