from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, bank_folder: Path) -> Run:
    """Runs ``flask questions COMMAND`` on two small banks, of which one has an outline."""
    (bank_folder / "work-safety-law" / "articles.csv").write_text(
        "article,chapter,items,subject,unasked\n1,第一章 总则,0,目的,只说目的\n9,第一章 总则,0,政府的领导,\n",
        encoding="utf-8",
    )
    return lambda command: app.test_cli_runner().invoke(args=["questions", command, str(bank_folder)])


def test_the_coverage_lists_each_article_with_its_questions_or_the_reason(
    run: Run, bank_folder: Path
) -> None:
    assert "安全生产法：2 条中 1 条有试题，共 12 题。" in run("coverage").output
    written = (bank_folder / "COVERAGE.md").read_text(encoding="utf-8").splitlines()
    begin = written.index("### 第一章 总则")
    assert written[begin + 2 :] == [
        "- **第一条** 目的。不出题：只说目的",
        "- **第九条** 政府的领导",
        "  - 判断，难度未定：[安全生产法判断9](work-safety-law/01-general.txt#L58)",
    ]


def test_the_inspection_prints_shares_and_faults_and_ends_with_1(run: Run) -> None:
    done = run("inspect")
    assert done.exit_code == 1
    assert "多选题：6/24，25.0%（18%～22%）" in done.output
    assert "work-safety-law/01-general.txt:第6行 没有依据。" in done.output
    assert "COVERAGE.md:全文 与题库不一致，请运行 flask questions coverage。" in done.output


def test_a_written_coverage_is_found_up_to_date(run: Run, bank_folder: Path) -> None:
    run("coverage")
    assert "COVERAGE.md" not in run("inspect").output
    file = bank_folder / "work-safety-law" / "01-general.txt"
    file.write_text(file.read_text(encoding="utf-8") + "\n13. 新题\n答案:对\n", encoding="utf-8")
    assert "COVERAGE.md" in run("inspect").output
