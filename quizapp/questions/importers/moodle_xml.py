"""Moodle XML (Moodle's documentation, "Moodle XML format"), read within bounds, entities refused.

A description with the idnumber ``case-1`` is the stem that the questions ``case-1-1``, ``case-1-2``…
share; tags ``难度:易`` and ``依据:《安全生产法》第三条`` say what the format has no place for. Our own
export writes both.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core.uploads import UnreadableFile
from quizapp.questions.blanks import write_accepted
from quizapp.questions.importers.case_numbers import CaseNumbers
from quizapp.questions.importers.categories import chapter_of
from quizapp.questions.importers.markup import read_markup, tell_pictures
from quizapp.questions.importers.weights import weigh_choice, weigh_words
from quizapp.questions.parsed import Collector, ParsedQuestion, ParsedQuestions, Problem, RawQuestion
from quizapp.questions.validation import understand

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DEPTH = 30
#: Of one question; its longest true form has some hundreds.
MAX_ELEMENTS = 5_000

_DECLARATION = re.compile(r"^\s*<\?xml[^<>]*\?>")
_CASE = re.compile(r"(case-\d{1,6})(?:-\d{1,6})?")
_UNSUPPORTED = {
    "essay": "问答",
    "matching": "匹配",
    "numerical": "数值",
    "cloze": "完形填空",
    "calculated": "计算",
    "calculatedsimple": "计算",
    "calculatedmulti": "计算",
    "ordering": "排序",
    "ddwtos": "拖放",
    "ddmarker": "拖放",
    "ddimageortext": "拖放",
    "gapselect": "选词填空",
}
_TAG_FIELDS = {"难度": "difficulty", "依据": "basis"}


def is_xml(content: str) -> bool:
    """Whether a text is XML of the format, or of another kind that the reader will refuse by name."""
    return content.lstrip("\ufeff \t\r\n").startswith(("<?xml", "<quiz", "<!DOCTYPE"))


def read_moodle_xml(content: str) -> ParsedQuestions:
    """Read questions; ``where`` is 第N题. Raises UnreadableFile for anything but sound Moodle XML."""
    reader = _Reader()
    for element in _question_elements(content.removeprefix("\ufeff")):
        reader.read(element)
    return reader.collector.finish(reader.bank)


def _question_elements(content: str) -> Iterator["Element"]:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    source = io.BytesIO(_DECLARATION.sub("", content, count=1).encode("utf-8", "replace"))
    depth = count = 0
    try:
        for event, element in iterparse(source, events=("start", "end")):
            if event == "start":
                depth, count = depth + 1, count + 1
                _check_bounds(element, depth, count)
                continue
            depth -= 1
            if depth == 1:
                if element.tag == "question":
                    yield element
                element.clear()
                count = 0
    except DefusedXmlException:
        raise UnreadableFile(
            "这个 XML 文件定义了实体，可能有害，没有读取。请从 Moodle 重新导出后重试。"
        ) from None
    except (ParseError, ValueError) as error:
        line = getattr(error, "position", (0, 0))[0]
        raise UnreadableFile(f"XML 在第 {line} 行不规范，读不出来。请从 Moodle 重新导出后重试。") from None


def _check_bounds(element: "Element", depth: int, count: int) -> None:
    if depth == 1 and element.tag != "quiz":
        raise UnreadableFile("这个 XML 文件不是 Moodle 题库。请在 Moodle 中导出为“Moodle XML 格式”后重试。")
    if depth > MAX_DEPTH or count > MAX_ELEMENTS:
        raise UnreadableFile("这个 XML 文件嵌套过深或某题过大。请从 Moodle 重新导出后重试。")


class _Reader:
    """Takes the elements in turn; categories and case stems hold for those that follow."""

    def __init__(self) -> None:
        self.collector = Collector()
        self.cases = CaseNumbers()
        self.case_stems: dict[str, str] = {}
        self.bank = ""
        self.chapter = ""
        self.count = 0

    def read(self, element: "Element") -> None:
        """Take one ``<question>``."""
        kind = element.get("type", "")
        if kind == "category":
            self.chapter = chapter_of(element.findtext("category/text") or "")
            _, _, bank = (element.findtext("info/text") or "").partition("题库:")
            self.bank = self.bank or bank.strip()
        elif kind == "description":
            self._read_description(element)
        else:
            self.count += 1
            self.collector.add(self._read_question(element, kind))

    def _read_description(self, element: "Element") -> None:
        text = _Texts().read(element.find("questiontext"))
        case = _CASE.fullmatch(element.findtext("idnumber") or "")
        if case:
            self.case_stems[case[1]] = text
        else:
            self.collector.add(
                Problem(f"第{self.count + 1}题之前", f"这段说明不是试题，没有导入：“{text[:30]}”。")
            )

    def _read_question(self, element: "Element", kind: str) -> ParsedQuestion | Problem:
        texts = _Texts()
        raw = self._raw(element, texts)
        if kind == "truefalse":
            raw = _read_truth(raw, element)
        elif kind == "shortanswer":
            raw = _read_words(raw, element, texts)
        elif kind == "multichoice":
            raw = _read_choice(raw, element, texts)
        else:
            name = _UNSUPPORTED.get(kind, kind[:20])
            return Problem(raw.where, f"{name}题不能自动评分，暂不支持。", rejects=True, raw=raw)
        outcome = understand(raw)
        if isinstance(outcome, Problem):
            return outcome
        remarks = (*outcome.remarks, *texts.remarks, *tell_pictures(texts.pictures))
        return replace(outcome, remarks=remarks)

    def _raw(self, element: "Element", texts: "_Texts") -> RawQuestion:
        case = _CASE.fullmatch(element.findtext("idnumber") or "")
        label = case[1] if case else ""
        case_stem, number = self.cases.place(self.case_stems.get(label, ""), label)
        fields: dict[str, list[str]] = {"tags": [], "difficulty": [], "basis": []}
        for tag in element.findall("tags/tag/text"):
            name, _, said = (tag.text or "").partition(":")
            meant = _TAG_FIELDS.get(name) if said else None
            fields[meant or "tags"].append(said if meant else tag.text or "")
        return RawQuestion(
            where=f"第{self.count}题",
            stem=texts.read(element.find("questiontext")),
            explanation=texts.read(element.find("generalfeedback")),
            basis="、".join(fields["basis"]),
            difficulty="".join(fields["difficulty"][:1]),
            tags="、".join(fields["tags"]),
            chapter=self.chapter,
            case_stem=case_stem,
            case=number,
        )


class _Texts:
    """Reads the texts of one question by their format, and gathers what it leaves out."""

    def __init__(self) -> None:
        self.pictures = 0
        self.remarks: tuple[str, ...] = ()

    def read(self, element: "Element | None") -> str:
        """The ``<text>`` of an element as plain text."""
        if element is None:
            return ""
        child = element.find("text")
        text = "" if child is None else "".join(child.itertext())
        if element.get("format") in {"plain_text", "markdown"}:
            return text.strip()
        plain = read_markup(text, ends_count=element.get("format") == "moodle_auto_format")
        self.pictures += plain.pictures
        return plain.text


def _weight(answer: "Element") -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _read_truth(raw: RawQuestion, element: "Element") -> RawQuestion:
    right = max(element.findall("answer"), key=_weight, default=None)
    answer = "" if right is None else (right.findtext("text") or "").strip()
    return replace(raw, kind="判断", answer=answer)


def _read_words(raw: RawQuestion, element: "Element", texts: _Texts) -> RawQuestion:
    words = [(texts.read(answer), _weight(answer)) for answer in element.findall("answer")]
    accepted, texts.remarks = weigh_words(words)
    return replace(raw, kind="填空", gaps=(write_accepted(accepted),))


def _read_choice(raw: RawQuestion, element: "Element", texts: _Texts) -> RawQuestion:
    answers = element.findall("answer")
    is_multiple = (element.findtext("single") or "").strip() in {"false", "0"}
    weighed = weigh_choice([_weight(answer) for answer in answers], together=is_multiple)
    texts.remarks = weighed.remarks
    letters = "".join("ABCDEFGH"[place] for place in weighed.right if place < 8)
    return replace(raw, kind=weighed.kind, options=tuple(map(texts.read, answers)), answer=letters)
