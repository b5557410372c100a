from pathlib import Path

from flask import Flask

from quizapp.extensions import db
from quizapp.questions.kinds import Kind
from quizapp.questions.loading import load_shipped_banks
from quizapp.questions.queries import list_banks, list_drawable_revisions


def test_each_folder_becomes_a_bank(app: Flask, bank_folder: Path) -> None:
    loaded = load_shipped_banks(bank_folder)
    assert [(one.bank, one.questions, one.problems) for one in loaded] == [
        ("突发事件应对法", 12, ()),
        ("安全生产法", 12, ()),
    ]
    banks = {bank.name: bank for bank in list_banks()}
    assert banks["安全生产法"].counts == {Kind.SINGLE: 5, Kind.MULTIPLE: 3, Kind.TRUE_FALSE: 4}
    assert banks["安全生产法"].total == 12


def test_a_revision_holds_all_that_the_file_says(app: Flask, bank_folder: Path) -> None:
    load_shipped_banks(bank_folder)
    bank = next(bank for bank in list_banks() if bank.name == "安全生产法")
    revision = next(one for one in list_drawable_revisions([bank.id]) if one.stem == "安全生产法判断9")
    assert revision.kind is Kind.TRUE_FALSE
    assert revision.options == ("对", "错")
    assert revision.answer == (0,)
    assert [str(citation) for citation in revision.citations] == ["《安全生产法》第九条"]
    assert revision.chapter == "第一章 总则"


def test_loading_again_changes_nothing(app: Flask, bank_folder: Path) -> None:
    load_shipped_banks(bank_folder)
    db.session.commit()
    assert load_shipped_banks(bank_folder) == []
    assert sum(bank.total for bank in list_banks()) == 24


def test_a_bad_entry_is_told_with_its_file_and_the_rest_loads(app: Flask, bank_folder: Path) -> None:
    file = bank_folder / "work-safety-law" / "02-bad.txt"
    file.write_text("1. 没有答案\n\n2. 安全生产法判断9\n答案:对\n\n3. 新题\n答案:错\n", encoding="utf-8")
    loaded = next(one for one in load_shipped_banks(bank_folder) if one.bank == "安全生产法")
    assert loaded.questions == 13
    assert [(path.name, problem.where, problem.rejects) for path, problem in loaded.problems] == [
        ("02-bad.txt", "第1行", True),
        ("02-bad.txt", "第3行", True),
    ]
