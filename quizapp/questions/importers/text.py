"""Questions as plain text: the convention of the shipped banks, and whatever else staff paste.

    题库:安全生产法
    法律版本:2021-06-10
    章节:第一章 总则

    一、单选题

    1. 题干
    A. 选项
    B. 选项
    答案:A
    解析:为什么
    依据:《安全生产法》第三条第二款
    难度:易
    标签:公众、从业人员

    二、填空题

    1. 题干____和____
    答案:一种写法|另一种写法；第二空
    顺序:不分先后

    案例:
    几道题共用的材料，到第一个有题号的题为止
    1. 题干
    答案:对
    案例完

A case ends at 案例完, 案例:, 章节: or the next section. Foreign texts are read by their marks,
see ``marks`` and ``options``; questions without numbers by what follows them, see ``outlook``;
answers at the end of a section or text by ``keys``; those in a stem's brackets by ``brackets``.
Every line that is not blank belongs to a question, is a heading, or is reported.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from quizapp.questions.importers.lines import read
from quizapp.questions.importers.reader import Reader
from quizapp.questions.parsed import ParsedQuestions, Problem

#: What editors count as a line; str.splitlines would also break at form feeds and the like.
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_text(content: str) -> ParsedQuestions:
    """Read questions from text; ``where`` is 第N行. Never raises, whatever the text."""
    return read_lines(_LINE_END.split(content.removeprefix("\ufeff")))


def read_lines(lines: Iterable[str], unit: str = "行") -> ParsedQuestions:
    """Read questions from lines; ``where`` is 第N and the unit that the reader of the file counts in."""
    reader = Reader(read(lines, unit))
    collector = reader.collect()
    if not collector.finish().found:
        collector.add(Problem("全文", "没有找到试题。每题应以题号开头，如“1.”。"))
    return replace(collector.finish(reader.bank), law_revised_on=reader.law_revised_on)
