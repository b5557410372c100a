"""How long does a workbook of 20,000 questions take to read, against openpyxl walking through its cells?

``python -m bench.import_workbook`` prints seconds, the ratio of the two, and what the reading held at most.
"""

import io
import random
import resource
import sys
import time
from collections.abc import Callable

import xlsxwriter

from quizapp.questions.importers.files import read_file

ROWS = 20_000
HEADINGS = [
    "序号",
    "题干",
    "题型",
    "选项A",
    "选项B",
    "选项C",
    "选项D",
    "答案",
    "解析",
    "依据",
    "难度",
    "标签",
]
SIGNS = "安全生产应急管理突发事件应对责任单位人员培训教育检查隐患排查治理"


def make_workbook() -> bytes:
    """20,000 rows of 12 columns, each row unlike the others."""
    noise = random.Random(20_000)  # noqa: S311 - no secret

    def words(length: int) -> str:
        return "".join(noise.choices(SIGNS, k=length))

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("单选题")
        sheet.write_row(0, 0, HEADINGS)
        for n in range(1, ROWS + 1):
            options = [words(8) + sign for sign in "甲乙丙丁"]
            ends = [words(40), "《安全生产法》第三条", "易", "公众"]
            sheet.write_row(n, 0, [n, f"第{n}题{words(30)}（ ）。", "单选题", *options, "ABCD"[n % 4], *ends])
    return buffer.getvalue()


def walk(content: bytes) -> int:
    """The rows of a workbook below its heading, by openpyxl alone."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(1 for sheet in book.worksheets for _ in sheet.iter_rows(values_only=True)) - 1


def timed(read: Callable[[bytes], int], content: bytes) -> float:
    """Seconds that a reader takes for all rows."""
    start = time.perf_counter()
    if read(content) != ROWS:
        raise SystemExit("the readers disagree on the rows")
    return time.perf_counter() - start


def main() -> None:
    """Measure the reading first: what was held at most never falls again."""
    content = make_workbook()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    reading = timed(lambda file: read_file(file).good, content)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    walking = timed(walk, content)
    sys.stdout.write(
        f"{ROWS} rows: read_file {reading:.1f} s, openpyxl {walking:.1f} s, ratio {reading / walking:.2f}\n"
        f"held at most: {held} MB, of which {before} to make the file\n"
    )


if __name__ == "__main__":
    main()
