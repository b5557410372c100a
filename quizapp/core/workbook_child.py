"""The child process of ``spreadsheets``: a file on stdin, the rows that it holds as lines on stdout.

A crafted file may exhaust this process and harms nobody. Arguments: xlsx, xls or delimited; the bounds of
``Report`` as JSON; for delimited text, in UTF-8, what parts its cells.
"""

import csv
import io
import json
import os
import resource
import sys
import types
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.core.sheet_lines import Report

#: Bytes of address space; what the process holds stays below.
MEMORY = 180 * 1024 * 1024
CPU_SECONDS = 25


def main() -> None:
    """Bound the process, then read; whatever goes wrong ends it with a status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from quizapp.core.sheet_lines import EncryptedWorkbook, Report
    from quizapp.core.uploads import ENCRYPTED, TOO_BIG

    report = Report(json.loads(sys.argv[2]))
    try:
        _read(sys.argv[1], report)
    except EncryptedWorkbook:
        report.say("refused", ENCRYPTED)
    except MemoryError:
        report.say("refused", TOO_BIG)


def _read(kind: str, report: "Report") -> None:
    if kind == "xlsx":
        from quizapp.core.xlsx import Package

        Package(sys.stdin.buffer).read(report)
    elif kind == "xls":
        from quizapp.core.xls import read_xls

        read_xls(sys.stdin.buffer, report)
    else:
        _read_delimited(sys.argv[3], report)


def _read_delimited(delimiter: str, report: "Report") -> None:
    from quizapp.core.cells import clean

    lines = io.TextIOWrapper(sys.stdin.buffer, "utf-8", newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    report.begin("")
    number = 1
    for row in reader:
        cells = {column: text for column, cell in enumerate(row) if (text := clean(cell))}
        report.row(number, cells, {})
        number = reader.line_num + 1
    report.end([])


if __name__ == "__main__":
    # The package without what its __init__ imports: Flask would cost more than the reading.
    package = types.ModuleType("quizapp")
    package.__path__ = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
    sys.modules["quizapp"] = package
    main()
