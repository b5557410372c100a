from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.questions.editing import revise_as_typed
from quizapp.questions.kinds import Kind
from quizapp.questions.models import Question, QuestionRevision
from quizapp.questions.parsed import RawQuestion
from quizapp.questions.queries import list_banks, list_drawable_revisions
from quizapp.questions.reviewing import retire
from quizapp.questions.shipped.loading import Loaded, load_shipped_banks
from quizapp.questions.workflow import State
from tests.factories import make_user


@pytest.fixture
def file(bank_folder: Path) -> Path:
    """The one file of the bank of the work safety law."""
    return bank_folder / "work-safety-law" / "01-general.txt"


def load(bank_folder: Path) -> list[Loaded]:
    loaded = load_shipped_banks(bank_folder)
    db.session.commit()
    return loaded


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def find(stem: str) -> tuple[Question, QuestionRevision]:
    """The question whose latest revision has this stem."""
    statement = (
        select(Question, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.question_id == Question.id)
        .where(QuestionRevision.stem == stem, QuestionRevision.number == Question.current_number)
    )
    question, revision = db.session.execute(statement).one()
    return question, revision


def test_each_folder_becomes_a_bank(app: Flask, bank_folder: Path) -> None:
    loaded = load_shipped_banks(bank_folder)
    assert [(one.bank, one.sentence, one.problems) for one in loaded] == [
        ("突发事件应对法", "载入 12 题。", ()),
        ("安全生产法", "载入 12 题。", ()),
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
    load(bank_folder)
    assert load(bank_folder) == []
    assert sum(bank.total for bank in list_banks()) == 24


def test_a_bad_entry_is_told_with_its_file_and_the_rest_loads(app: Flask, bank_folder: Path) -> None:
    file = bank_folder / "work-safety-law" / "02-bad.txt"
    file.write_text("1. 没有答案\n\n2. 安全生产法判断9\n答案:对\n\n3. 新题\n答案:错\n", encoding="utf-8")
    loaded = next(one for one in load_shipped_banks(bank_folder) if one.bank == "安全生产法")
    assert loaded.added == 13
    assert [(path.name, problem.where, problem.rejects) for path, problem in loaded.problems] == [
        ("02-bad.txt", "第1行", True),
        ("02-bad.txt", "第3行", True),
    ]


def test_a_newer_version_brings_mends_and_retires_questions(
    app: Flask, bank_folder: Path, file: Path
) -> None:
    """One question gets another key, one another stem; the ten others stay."""
    load(bank_folder)
    replace_in(file, "安全生产法判断9\n答案:对", "安全生产法判断9\n答案:错")
    replace_in(file, "安全生产法判断10", "重新写过的判断题")
    assert [one.sentence for one in load(bank_folder)] == ["载入 1 题，更正 1 题，停用 1 题。"]
    mended, revision = find("安全生产法判断9")
    assert (mended.state, revision.number, revision.answer) == (State.REVIEWED, 2, [1])
    assert find("安全生产法判断10")[0].state == State.RETIRED
    assert find("重新写过的判断题")[0].state == State.REVIEWED
    assert load(bank_folder) == []


def test_what_staff_have_edited_or_retired_stays_as_they_left_it(
    app: Flask, bank_folder: Path, file: Path
) -> None:
    load(bank_folder)
    editor = make_user("editor", Role.BANK_EDITOR)
    edited, _ = find("安全生产法判断9")
    revise_as_typed(edited, RawQuestion("", "本县改写的判断题", answer="对", kind="判断题"), editor.id, 1)
    retire(find("安全生产法判断10")[0], editor)
    db.session.commit()
    replace_in(file, "安全生产法判断10\n答案:对", "安全生产法判断10\n答案:错")
    replace_in(file, "安全生产法判断9\n答案:对", "安全生产法判断9\n答案:错")
    assert load(bank_folder) == []
    assert find("本县改写的判断题")[0].state == State.DRAFT
    assert find("安全生产法判断10")[0].state == State.RETIRED
    assert find("安全生产法判断10")[1].answer == [0]
