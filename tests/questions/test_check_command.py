import json
import os
import subprocess
import sys
from pathlib import Path

from quizapp.config import ROOT

MIXED = "1. 好\nA. 甲\nB. 乙\n答案:A\n难度:五\n\n2. 坏\nA. 甲\nB. 乙\n\n3. 也好\n答案:对\n"


def check(*arguments: str, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as staff run it."""
    flask = Path(sys.executable).with_name("flask")
    return subprocess.run(
        [flask, "questions", "check", *arguments],
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_json_alone_stands_on_stdout_and_rejected_entries_are_no_failure(tmp_path: Path) -> None:
    file = tmp_path / "题库.txt"
    file.write_text(MIXED, encoding="utf-8")
    done = check(str(file), "--json", DATABASE_URL="postgresql://nobody@localhost:1/none")
    assert done.returncode == 0
    outcome = json.loads(done.stdout)
    assert {name: outcome[name] for name in ("found", "good", "warned", "rejected")} == {
        "found": 3,
        "good": 1,
        "warned": 1,
        "rejected": 1,
    }
    assert outcome["problems"] == [
        {"where": "第1行", "reason": "难度没有读懂：“五”，应为易、中或难。"},
        {"where": "第7行", "reason": "没有答案，请补上。"},
    ]


def test_without_json_each_problem_is_a_line_with_file_place_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "bank.txt"
    file.write_text(MIXED, encoding="utf-8")
    done = check(str(file))
    assert done.returncode == 0
    assert f"{file}:第7行 没有答案" in done.stdout
    assert done.stdout.endswith("共 3 题：可用 1，有提示 1，不能载入 1。\n")


def test_a_file_that_cannot_be_read_exits_2_with_a_sentence(tmp_path: Path) -> None:
    binary = tmp_path / "bank.doc"
    binary.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    for path, words in ((tmp_path / "none.txt", "无法读取"), (tmp_path, "无法读取"), (binary, "旧版")):
        done = check(str(path), "--json")
        assert done.returncode == 2
        assert done.stdout == ""
        assert words in done.stderr
