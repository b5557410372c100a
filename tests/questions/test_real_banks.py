"""Files of other systems: each question is accounted for."""

import os
from pathlib import Path

import pytest

from quizapp.config import ROOT
from quizapp.questions.importers.files import read_file
from quizapp.questions.importers.text import read_text

BANKS = ROOT.parent / "shared" / "banks"

#: found, good, warned, rejected, counted by hand in the files.
EXPECTED = {
    "aishuati_模板.docx": (3, 2, 0, 1),  # the third asks for words
    "aishuati_模板.txt": (30, 25, 0, 5),  # five ask for an essay
    "annotation_普通题目批量导入模板.xlsx": (12, 12, 0, 0),
    "moodle_questions.aiken.txt": (2, 2, 0, 0),
    "moodle_questions.gift.txt": (
        9,
        4,
        2,
        3,
    ),  # essay, matching, number; one stands twice, one has a half answer
    "surveyking_卷王题库导入模板.xlsx": (6, 4, 0, 2),  # an essay, and a row with a stray letter
    "wezhi_题库模版.xlsx": (1, 1, 0, 0),
    "zhifa2017_single.docx": (368, 365, 3, 0),  # three stand twice
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_file_is_read_with_each_question_accounted_for(name: str) -> None:
    if not BANKS.is_dir():
        assert os.environ.get("CI") != "true", f"{BANKS} is missing"
        pytest.skip("the banks of other systems are not on this machine")
    parsed = read_file((BANKS / name).read_bytes())
    counts = (parsed.found, parsed.good, parsed.warned, parsed.rejected)
    assert counts == EXPECTED[name]


#: What a pattern could stumble over.
PIECES = [
    "第 ",
    "A. ",
    "1. ",
    "{",
    "<a",
    "《",
    "\\",
    "  ",
    "答案:",
    "(1",
    "=~%",
    "（A",
    "（A）",
    "A",
    "_ ",
    "**",
    "-",
]
PIECES += ["【", "一、", "1-2 ", "1.A ", "A B ", "√", "【答案】", " 解析:", "①", "单选题", "案例"]
#: Lines that a reader could go back over again and again.
LINES = [
    "答案:A",
    "解析:",
    "1. 题",
    "A. 甲",
    "参考答案\n1.A",
    "1.A 2.B\n1. 题",
    "随便",
    "一、单选题",
    "案例:\n1. 题",
    "（1）点",
]
LINES += ["答案:\n1. 甲", "题\nA. 甲\nB. 乙", "一、单选题\n1. 题\n答案：1.A 2.B", "参考答案\n一、单选题\n1.A"]


@pytest.mark.parametrize("place", ["1. 题", "1. 题\n答案:对\n依据:", "1. 题 {"])
@pytest.mark.parametrize("piece", PIECES)
def test_long_monotonous_text_is_read_in_good_time(place: str, piece: str) -> None:
    """A million characters of what a pattern could stumble over; no test has a clock, a hang shows."""
    parsed = read_file((place + piece * (1_000_000 // len(piece)) + "x").encode())
    assert parsed.found == parsed.good + parsed.warned + parsed.rejected


@pytest.mark.parametrize("line", LINES)
def test_a_great_many_lines_are_read_in_good_time(line: str) -> None:
    parsed = read_text(f"1. 题\n{line}\n" + f"{line}\n" * (200_000 // len(line)))
    assert parsed.found == parsed.good + parsed.warned + parsed.rejected


def test_a_name_does_not_decide_what_a_file_is(tmp_path: Path) -> None:
    renamed = tmp_path / "bank.xlsx"
    renamed.write_bytes("1. 题\n答案:对\n".encode())
    assert read_file(renamed.read_bytes()).good == 1
