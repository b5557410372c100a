"""How long does a Word file of 1,500 questions take to read, and how much of that is the parsing of XML?

Run from the repository: ``python -m bench.import_document [QUESTIONS]``. Prints the time of the whole, of a
question, and the ratio of the whole to bare parsing of the document's XML.
"""

import io
import sys
import time
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import docx

from quizapp.questions.importers.files import read_file

QUESTIONS = 1500
ROUNDS = 3


def write(count: int) -> bytes:
    """A document of choice questions with four options, an answer and an explanation of two paragraphs."""
    document = docx.Document()
    document.add_paragraph("一、单选题")
    for number in range(1, count + 1):
        for text in (
            f"{number}. 第{number}间仓库起火时，首先应当（　）。",
            *("A. 报告火情", "B. 清点货物", "C. 拍照留存", "D. 等待通知"),
            f"答案：{'ABCD'[number % 4]}",
            "解析：火情报告得越早，损失越小。",
            "值班人员应当记住电话和位置。",
        ):
            paragraph = document.add_paragraph()
            for place in range(0, len(text), 6):  # Word cuts its text into runs
                paragraph.add_run(text[place : place + 6]).bold = place == 0
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    content = write(count)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml")
    found = read_file(content).found
    whole = fastest(lambda: read_file(content))
    bare = fastest(lambda: ElementTree.fromstring(body))  # noqa: S314 - our own bytes
    print(f"{found} questions in {whole:.2f} s, {whole / count * 1000:.2f} ms a question")  # noqa: T201
    print(f"{whole / bare:.1f} times bare XML parsing ({bare:.2f} s)")  # noqa: T201


if __name__ == "__main__":
    main()
