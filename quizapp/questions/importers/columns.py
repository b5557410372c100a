"""Recognising the columns of a table of questions by what their headings mean."""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_MEANINGS = {
    "stem": "题干 题目 试题 问题 题目内容 试题内容 题目题干 试题题干",
    "kind": "题型 题目类型 试题类型 类型",
    "options": "选项 备选项 答案选项 选项内容",
    "answer": "答案 正确答案 正确选项 正确项 标准答案 参考答案 对/错 试题答案",
    "explanation": "解析 答案解析 整体解析 试题解析 题目解析 答案说明",
    "basis": "依据 题目依据 法律依据 出题依据",
    "difficulty": "难度 题目难度 试题难度 难易度 难度等级",
    "tags": "标签 知识点 知识点名称 题目分类 试题分类",
    "chapter": "章节 所属章节",
    "case_stem": "案例 案例材料 案例题干 材料",
    "case": "案例编号 案例序号",
    "gap_order": "顺序 答案顺序",
    "bank": "题库 题库名称",
    "points": "分值 分数 单空分数",
    "number": "序号 编号 题号",
}
_BY_HEADING = {heading: meaning for meaning, headings in _MEANINGS.items() for heading in headings.split()}
_NOTES = re.compile(r"[(\[【<].*?[)\]】>]")
_OPTION = re.compile(r"(?:选项|备选答案)?([a-h])(?:选项)?")
_BLANK = re.compile(r"空\d")
#: The heading may stand below merged notes, within this many rows.
HEADING_WITHIN = 10


@dataclass(frozen=True)
class Columns:
    """Which column holds what, by index."""

    by_meaning: dict[str, int]
    #: Columns of the options A, B, C… in their order.
    options: tuple[int, ...] = ()
    #: Columns 空1, 空2…: the table asks to fill in blanks.
    blanks: tuple[int, ...] = ()
    #: Headings that were not recognised, by index.
    unknown: dict[int, str] = field(default_factory=dict)

    @property
    def are_questions(self) -> bool:
        """Whether a table under these headings holds questions."""
        others = {"answer", "options", "kind", "explanation"} & set(self.by_meaning)
        return "stem" in self.by_meaning and bool(others or self.options or self.blanks)


def plain_heading(text: str) -> str:
    """A heading without what people add to it: width, spaces, line ends, notes in brackets, stars."""
    text = unicodedata.normalize("NFKC", html.unescape(text)).casefold()
    text = re.sub(r"[\s*:_]+", "", text)
    return _NOTES.sub("", text) or text


def recognise_columns(headings: Sequence[str]) -> Columns:
    """What each column of a heading row means; of two with one meaning the first counts."""
    by_meaning: dict[str, int] = {}
    options: dict[str, int] = {}
    blanks: list[int] = []
    unknown: dict[int, str] = {}
    for index, heading in enumerate(headings):
        plain = plain_heading(heading)
        meaning = _BY_HEADING.get(plain)
        option = _OPTION.fullmatch(plain)
        if meaning and meaning not in by_meaning:
            by_meaning[meaning] = index
        elif option and option[1] not in options:
            options[option[1]] = index
        elif _BLANK.fullmatch(plain):
            blanks.append(index)
        elif plain:
            unknown[index] = heading.strip()
    return Columns(by_meaning, tuple(options[letter] for letter in sorted(options)), tuple(blanks), unknown)
