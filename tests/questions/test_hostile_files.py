"""Files made to do harm, and good ones broken: a sentence or questions that add up, in bounded memory."""

import io
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.config import ROOT
from quizapp.core.uploads import UnreadableFile
from quizapp.questions.importers.files import read_file
from tests import packages
from tests.packages import HEADING, QUESTION, package, packed, parts, row, sheet, text

MEGABYTE = 1024 * 1024
#: Runs a command and says its status and the most memory that it or a child of it held, in MB.
MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def with_doctype(declared: str, entity: str) -> bytes:
    cells = row(text("题干"), text(f"&{entity};"))
    return packed(parts(f"<!DOCTYPE d [{declared}]>{sheet(cells)}"))


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return with_doctype(f'<!ENTITY l0 "{"ha" * 10}">{levels}', "l9")


def external() -> bytes:
    return with_doctype('<!ENTITY file SYSTEM "file:///etc/hostname">', "file")


def deep() -> bytes:
    return packed(parts(sheet("<a>" * 1_000_000)))


def many_strings() -> bytes:
    noise = random.Random(3)
    items = (f"<si><t>{noise.randrange(10**9)}</t></si>" for _ in range(900_000))
    return package(HEADING, QUESTION, sharedStrings=packages.strings(*items))


def one_long_string() -> bytes:
    """400 MB of it, written piece by piece."""
    buffer = io.BytesIO(packed(parts(sheet(HEADING))))
    name = "xl/sharedStrings.xml"
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as part:
        for _ in range(400):
            part.write(b"x" * MEGABYTE)
    return buffer.getvalue()


def repeated_string() -> bytes:
    cells = row('<c t="s"><v>0</v></c>' * 40)
    return package(
        HEADING, *[cells] * 20_000, sharedStrings=packages.strings(f"<si><t>{'长' * 4000}</t></si>")
    )


def full_rows() -> bytes:
    return package(HEADING, *(row(*(f"<c><v>{n}{c}</v></c>" for c in range(40))) for n in range(20_000)))


def errors() -> bytes:
    return package(HEADING, *[row('<c t="e"><v>#REF!</v></c>' * 40)] * 20_000)


def wide_rows() -> bytes:
    return package(HEADING, *[row("<c><v>1</v></c>" * 16_384)] * 60)


def styled_rows() -> bytes:
    return package(HEADING, QUESTION, *['<row s="1"><c s="1"/></row>'] * 1_000_000)


def many_merges() -> bytes:
    merges = '<mergeCell ref="A2:A1048576"/>' * 100_000
    return package(HEADING, *[QUESTION] * 20_000, after=f"<mergeCells>{merges}</mergeCells>")


def many_entries() -> bytes:
    return packed({str(n): "" for n in range(45_000)})


def nested() -> bytes:
    inner = packed({"bomb.xml": "0" * 10 * MEGABYTE})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for n in range(100):
            archive.writestr(f"{n}.zip", inner)
    return buffer.getvalue()


def lying_size() -> bytes:
    """Its directory says that the sheet unpacks to 500 bytes."""
    content = bytearray(package(HEADING, *["<row/>"] * 5_000_000))
    directory = content.find(b"PK\x01\x02")
    name = content.find(packages.SHEET.encode(), directory)
    content[name - 22 : name - 18] = struct.pack("<I", 500)
    return bytes(content)


#: Each file, and whether it can be read for what it is.
HOSTILE: dict[Callable[[], bytes], bool] = {
    laughs: False,
    external: False,
    deep: False,
    many_strings: True,
    one_long_string: False,
    repeated_string: True,
    full_rows: True,
    errors: True,
    wide_rows: True,
    styled_rows: True,
    many_merges: True,
    many_entries: False,
    nested: False,
    lying_size: False,
}


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_is_checked_in_bounded_memory(make: Callable[[], bytes], tmp_path: Path) -> None:
    file = tmp_path / "bank.xlsx"
    file.write_bytes(make())
    flask = Path(sys.executable).with_name("flask")
    command = [sys.executable, "-c", MEASURE, str(flask), "questions", "check", str(file), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    status, megabytes = map(int, done.stdout.split())
    assert status == (0 if HOSTILE[make] else 2)
    assert megabytes < 200


def test_a_cell_at_the_far_end_is_told_and_the_questions_are_read() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    parsed = read_file(package(HEADING, QUESTION, far))
    assert (parsed.found, parsed.good) == (1, 1)
    assert [problem.reason for problem in parsed.problems] == ["第 1048576 行超过 40 列，多出的列没有读取。"]


def test_rows_beyond_twenty_thousand_are_told() -> None:
    parsed = read_file(package(HEADING, *[QUESTION] * 20_500))
    assert parsed.found == 20_009  # ten rows of a sheet are free, the heading among them
    assert "等 491 行超出" in parsed.problems[0].reason


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_delimited_text_with_a_heading_is_read_as_a_table(delimiter: str, encoding: str) -> None:
    lines = [["某局题库"], ["题干", "选项A", "选项B", "答案"], ["问", "甲", "乙", "B"], ["问", "", "", ""]]
    content = "\r\n".join(map(delimiter.join, lines)).encode(encoding)
    parsed = read_file(content)
    assert (parsed.good, parsed.rejected) == (1, 1)
    assert [problem.where for problem in parsed.problems] == ["第1行", "第4行"]


def test_a_workbook_with_macros_is_read_without_them() -> None:
    assert read_file(packed(parts(sheet(HEADING, QUESTION)) | {"xl/vbaProject.bin": "x"})).good == 1


def test_formulas_without_values_say_what_to_do() -> None:
    parsed = read_file(package(HEADING, row(text("问"), "<c><f>A1</f></c>", text("乙"), text("A"))))
    assert parsed.problems[0].reason == "B列的公式没有算出的值。请用 Excel 或 WPS 打开文件，保存后重试。"
    assert parsed.rejected == 1


def agrees(content: bytes) -> bool:
    """Whether a file gives either a sentence, or questions that add up."""
    try:
        parsed = read_file(content)
    except UnreadableFile as error:
        return str(error).endswith("。")
    adds_up = parsed.found == parsed.good + parsed.warned + parsed.rejected
    return adds_up and all(problem.raw is not None for problem in parsed.problems if problem.rejects)


GOOD = package(
    HEADING,
    *[row(text(f"问{n}"), text("甲"), '<c t="s"><v>0</v></c>', '<c s="0"><v>1</v></c>') for n in range(5)],
    sharedStrings=packages.strings("<si><t>乙</t></si>"),
    styles=packages.styles("0"),
)
PARTS = parts(
    sheet(HEADING, QUESTION),
    sharedStrings=packages.strings("<si><t>乙</t></si>"),
    styles=packages.styles("0"),
)


def test_the_workbook_that_is_broken_below_is_good() -> None:
    assert read_file(GOOD).good == 5
    assert read_file(packed(PARTS)).good == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_never_crash(changes: list[tuple[int, int]]) -> None:
    content = bytearray(GOOD)
    for place, value in changes:
        content[place] = value
    assert agrees(bytes(content))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(GOOD)))
def test_a_file_cut_short_never_crashes(length: int) -> None:
    assert agrees(GOOD[:length])


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(PARTS)),
    st.integers(0, 600),
    st.integers(0, 40),
    st.text('<>/"=&; rctv09\0é题', max_size=12),
)
def test_parts_with_pieces_missing_or_put_in_never_crash(name: str, start: int, cut: int, put: str) -> None:
    part = PARTS[name]
    assert agrees(packed(PARTS | {name: part[:start] + put + part[start + cut :]}))


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_part_that_is_gone_never_crashes(name: str) -> None:
    assert agrees(packed({other: part for other, part in PARTS.items() if other != name}))


def test_a_text_of_more_lines_than_fit_into_memory_is_refused_in_a_sentence() -> None:
    with pytest.raises(UnreadableFile, match="超过 80000 行"):
        read_file(b"1\n" * 80_001)
