"""Recognising the columns of a table of questions by what their headings mean."""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from quizapp.core.wording import OPTION_LETTERS

#: Meanings of a column, as a person chooses among them, each with its name in Chinese.
MEANINGS: Mapping[str, str] = {
    "stem": "题干",
    "kind": "题型",
    **{f"option_{letter.lower()}": f"选项{letter}" for letter in OPTION_LETTERS},
    "options": "选项（都在一格，或一行一个）",
    "right": "是否正确（在选项之后）",
    "answer": "答案",
    **{f"gap_{number}": f"空{number}" for number in range(1, 11)},
    "gap_order": "各空是否有序",
    "explanation": "解析",
    "basis": "依据",
    "difficulty": "难度",
    "tags": "标签",
    "chapter": "章节",
    "case_stem": "案例材料",
    "case": "案例编号",
    "bank": "题库名称",
    "ignore": "不使用",
}
#: As people write them; width, case, spaces, stars and notes in brackets don't matter. Points are known and
#: not kept, so no problem: what a question scores is for the campaign's rules.
_HEADINGS = {
    "stem": "题干 题目 试题 问题 考题 题面 题目内容 试题内容 题干内容 问题内容 题目题干 试题题干 题目名称 "
    "试题名称 题目描述 试题描述 题干描述 题目标题 试题题目 题目正文 试题正文 试题内容及选项 题目及选项 "
    "题干及选项 试题及选项 题目内容及选项 题目和选项 题干和选项 题干与选项 题目与选项 question "
    "questiontext stem",
    "kind": "题型 题目类型 试题类型 题目题型 试题题型 题型名称 问题类型 考题类型 题类 类型 type questiontype",
    "options": "选项 备选项 备选答案 候选项 答案选项 选项内容 选项列表 全部选项 所有选项 题目选项 试题选项 "
    "options choices",
    "option_mark": "选项标识 选项序号 选项编号 选项字母 选项号 选项标号",
    "answer": "答案 正确答案 正确选项 正确项 标准答案 参考答案 对/错 对错 正误 试题答案 题目答案 答案内容 "
    "正确答案选项 正确选择 标准选项 答题答案 answer answers correctanswer rightanswer key",
    "explanation": "解析 答案解析 整体解析 试题解析 题目解析 答案说明 解析说明 解析内容 试题分析 题目分析 "
    "答案分析 答案详解 详解 分析 讲解 题解 explanation analysis",
    "basis": "依据 题目依据 法律依据 出题依据 试题依据 答案依据 法规依据 命题依据 法条依据 依据条款 "
    "法律条款 法条 条款 所属条款 对应条款 相关条款 对应法条 条文依据 出处 basis",
    "difficulty": "难度 题目难度 试题难度 难易度 难易程度 难易 难度等级 难度级别 难度系数 难度值 难度程度 "
    "difficulty level",
    "tags": "标签 知识点 知识点名称 所属知识点 考点 考查点 关键词 题目标签 试题标签 题目分类 试题分类 "
    "所属分类 分类 类别 tag tags",
    "chapter": "章节 所属章节 章节名称 章 单元 所属单元 chapter",
    "case_stem": "案例 案例材料 案例内容 案例题干 材料 材料内容 背景材料 共用题干 公共题干 大题题干",
    "case": "案例编号 案例序号 案例号",
    "bank": "题库 题库名称 所属题库",
    "gap_order": "顺序 答案顺序 填空顺序 是否有序 是否按顺序 答案是否有序 是否区分顺序 答案是否区分顺序",
    "number": "序号 编号 题号 序 题目编号 试题编号 题目序号 试题序号 no id",
    "ignore": "分值 分数 单空分数 题目分值 试题分值 题目分数 试题分数 默认分值 默认分数 每题分值 每空分值 "
    "单题分值 得分 score points",
}
_BY_HEADING = {heading: meaning for meaning, headings in _HEADINGS.items() for heading in headings.split()}

_NOTES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>|\{[^{}]*\}")
_INDEX_IN_BRACKETS = re.compile(r"\(([a-h]|\d{1,2})\)")
_BRACKETS = re.compile(r"[()\[\]【】<>{}]")
_DEMANDS = re.compile(r"^(?:必填|选填|必选)|(?:非?必填项?|选填项?|必选项?|勿删|可空|可为空|可不填)$")
_INDEX = "(第?[a-h1-8一二三四五六七八])"
_RIGHT = "(?:是否(?:为|是)?(?:正确答案|正确选项|正确|答案)|正误|对错|正确与否|正确|iscorrect|isright|correct)"
_OPTION = re.compile(
    rf"(?:(?:备|可|候)?选(?:项|择项?)?(?:内容)?|(?:备选)?答案(?:选项)?|option|choice){_INDEX}(?:项|内容)?"
)
_LONE_OPTION = re.compile(r"([a-h])(?:选项|项|答案)?")
_RIGHT_OF_ONE = re.compile(
    rf"(?:备?选项|选择项|答案)?{_INDEX}(?:选项|项)?的?{_RIGHT}|(?:备?选项|答案)?{_RIGHT}(?:选项)?{_INDEX}"
)
_GAP = re.compile(r"(?:填?空|blank|第)(?:格|白)?(\d{1,2})(?:空|个空)?(?:的?(?:正确)?答案)?|答案空(\d{1,2})")
_NUMBERED_ANSWER = re.compile(r"(?:正确)?答案[1-8]")
#: The heading may stand below merged notes, within this many rows.
HEADING_WITHIN = 10


@dataclass(frozen=True)
class Columns:
    """Which column holds what, by index."""

    by_meaning: dict[str, int]
    #: Columns of the options A, B, C… in their order.
    options: tuple[int, ...] = ()
    #: For the place of an option among ``options``, the column that says whether it is right.
    rights: dict[int, int] = field(default_factory=dict)
    #: Columns 空1, 空2…: the accepted answers of each gap.
    gaps: tuple[int, ...] = ()
    #: Every column of tags; the first stands in ``by_meaning`` too.
    tags: tuple[int, ...] = ()
    #: Headings that were not recognised, by index.
    unknown: dict[int, str] = field(default_factory=dict)
    #: Headings that mean what an earlier one means already.
    repeated: dict[int, str] = field(default_factory=dict)

    @property
    def are_questions(self) -> bool:
        """Whether a table under these headings holds questions."""
        others = {"answer", "options", "kind", "explanation", "right"} & set(self.by_meaning)
        return "stem" in self.by_meaning and bool(others or self.options or self.gaps)

    @property
    def asked(self) -> set[int]:
        """The columns without which a row is no question."""
        meanings = ("stem", "options", "answer", "explanation")
        alone = {self.by_meaning[meaning] for meaning in meanings if meaning in self.by_meaning}
        return alone | {*self.options, *self.gaps}

    @property
    def used(self) -> set[int]:
        """The columns that a question is made of."""
        alone = {index for meaning, index in self.by_meaning.items() if meaning != "number"}
        return alone | {*self.options, *self.rights.values(), *self.gaps, *self.tags}


@lru_cache(maxsize=1000)
def plain_heading(text: str) -> str:
    """A heading without what people add to it: width, spaces, line ends, notes in brackets, stars."""
    text = unicodedata.normalize("NFKC", html.unescape(html.unescape(text))).casefold()
    text = re.sub(r"[\s*:_★☆#]+|[.、,;。]+$", "", text)
    bare = _DEMANDS.sub("", _NOTES.sub("", _INDEX_IN_BRACKETS.sub(r"\1", text)))
    return bare or _BRACKETS.sub("", text)


def names_stem(heading: str, remembered: Mapping[str, str]) -> bool:
    """Whether a heading by itself names the column of the stems."""
    plain = plain_heading(heading)
    return remembered.get(plain, _BY_HEADING.get(plain)) == "stem"


def name_column(index: int) -> str:
    """A column as its program names it: 0 → ``A列``."""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(ord("A") + letter) + name
    return f"{name}列"


def recognise_columns(headings: Sequence[str], remembered: Mapping[str, str] | None = None) -> Columns:
    """What each column of a heading row means; of two with one meaning the first counts.

    ``remembered`` gives for a ``plain_heading`` what a person said it means, one of ``MEANINGS``; a column
    without a heading goes there by its name, ``h列``.
    """
    remembered = remembered or {}
    plain = [plain_heading(heading or name_column(index)) for index, heading in enumerate(headings)]
    meanings = [
        remembered.get(one) or _meaning(heading) for one, heading in zip(plain, headings, strict=True)
    ]
    _tell_options_apart(meanings, plain)
    taken = _Assignment()
    # what a person said goes before what we think
    for index in sorted(range(len(plain)), key=lambda index: plain[index] not in remembered):
        if not taken.take(index, meanings[index]) and headings[index].strip():
            heading = " ".join(headings[index].split())
            (taken.repeated if meanings[index] else taken.unknown)[index] = heading
    return taken.columns()


def _meaning(heading: str) -> str:
    """What a heading means by itself, by its first line or by its words before a comma; empty if nothing."""
    heading = html.unescape(html.unescape(heading)).strip()
    for part in (heading, heading.partition("\n")[0], re.split(r"[,，;；。、:：]", heading)[0]):
        plain = plain_heading(part)
        meaning = _BY_HEADING.get(plain) or _indexed_meaning(plain)
        if meaning:
            return meaning
    return ""


def _indexed_meaning(plain: str) -> str:
    gap = _GAP.fullmatch(plain)
    if gap:
        return f"gap_{int(gap[1] or gap[2])}"
    option = _OPTION.fullmatch(plain) or _LONE_OPTION.fullmatch(plain)
    if option:
        return f"option_{_letter(option[1])}"
    right = _RIGHT_OF_ONE.fullmatch(plain)
    if right:
        return f"right_{_letter(right[1] or right[2])}"
    return "right" if re.fullmatch(_RIGHT, plain) else ""


def _letter(index: str) -> str:
    """``b``, ``2`` and ``二`` are one option."""
    index = index.removeprefix("第")
    place = max("abcdefgh".find(index), "12345678".find(index), "一二三四五六七八".find(index))
    return OPTION_LETTERS[place].lower()


def _tell_options_apart(meanings: list[str], plain: Sequence[str]) -> None:
    """Give their letters to options of a row 选项, 选项…, and each 是否正确 to the option before it."""
    places = [place for place, meaning in enumerate(meanings) if meaning == "options"]
    if len(places) == 2 and {plain[place] for place in places} == {"选项", "选项内容"}:
        meanings[next(place for place in places if plain[place] == "选项")] = "option_mark"
    elif 1 < len(places) <= len(OPTION_LETTERS):
        for letter, place in zip(OPTION_LETTERS.lower(), places, strict=False):
            meanings[place] = f"option_{letter}"
    if (
        any(meaning.startswith("option_") and len(meaning) == 8 for meaning in meanings)
        and "options" in meanings
    ):
        meanings[meanings.index("options")] = ""
    if "answer" not in meanings and not any("right" in meaning for meaning in meanings):
        for place, heading in enumerate(plain):  # 答案1, 答案2 and no 答案: those of gaps
            if _NUMBERED_ANSWER.fullmatch(heading):
                meanings[place] = f"gap_{heading[-1]}"
    _pair_rights(meanings)


def _pair_rights(meanings: list[str]) -> None:
    options = {place for place, meaning in enumerate(meanings) if meaning.startswith("option_")}
    rights = [place for place, meaning in enumerate(meanings) if meaning == "right"]
    paired = [place for place in rights if place - 1 in options]
    if len(paired) > 1:
        for place in paired:
            meanings[place] = meanings[place - 1].replace("option_", "right_")
    elif rights and "options" not in meanings:
        meanings[rights[0]] = "" if options or "answer" in meanings else "answer"


class _Assignment:
    """Columns as they are taken, one after the other."""

    def __init__(self) -> None:
        self.by_meaning: dict[str, int] = {}
        self.tags: list[int] = []
        self.unknown: dict[int, str] = {}
        self.repeated: dict[int, str] = {}

    def take(self, index: int, meaning: str) -> bool:
        """Give a meaning to a column, unless it has none or another has it."""
        if meaning == "tags":
            self.tags.append(index)
        if meaning in {"ignore", "number", "tags"}:
            self.by_meaning.setdefault(meaning, index)
            return True
        return bool(meaning) and self.by_meaning.setdefault(meaning, index) == index

    def columns(self) -> Columns:
        """All of them; options, their marks and gaps apart from the rest."""
        options, gaps = self._series("option_", "abcdefgh"), self._series("gap_", map(str, range(1, 100)))
        rights = self._series("right_", "abcdefgh")
        letters = list(options)
        alone = {one: index for one, index in self.by_meaning.items() if not re.search("_[a-h0-9]+$", one)}
        return Columns(
            by_meaning=alone,
            options=tuple(options.values()),
            rights={letters.index(letter): index for letter, index in rights.items() if letter in options},
            gaps=tuple(gaps.values()),
            tags=tuple(sorted(self.tags)),
            unknown=dict(sorted(self.unknown.items())),
            repeated=dict(sorted(self.repeated.items())),
        )

    def _series(self, start: str, ends: Iterable[str]) -> dict[str, int]:
        return {end: self.by_meaning[start + end] for end in ends if start + end in self.by_meaning}
