"""Importing as bank staff see it: upload, preview, mend, confirm, undo."""

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.questions.models import Bank
from quizapp.questions.queries import count_questions_by_state
from quizapp.questions.staging import queries as staging_queries
from quizapp.questions.workflow import State
from tests.factories import PASSWORD, make_bank, make_user
from tests.pages import Page, Visitor
from tests.questions.importing import TEXT, run_jobs

NewVisitor = Callable[[], Visitor]


def editor(visitor: NewVisitor, name: str = "li") -> Visitor:
    make_user(name, Role.BANK_EDITOR)
    person = visitor()
    person.log_in(name, PASSWORD)
    return person


def upload(person: Visitor, bank: Bank, text: str = TEXT) -> Page:
    form = person.open(f"/banks/{bank.id}/import").own_form
    person.submit(form, file=(io.BytesIO(text.encode()), "../消防题库.txt"), pasted="")
    run_jobs()
    return person.open(person.address)


def counts(bank: Bank) -> dict[State, int]:
    db.session.rollback()
    return count_questions_by_state(bank.id)


def test_bank_staff_land_in_the_banks_and_reach_no_campaign(visitor: NewVisitor) -> None:
    person = editor(visitor)
    assert "题库" in person.open("/").text
    assert person.open("/campaigns").status == 403


def test_a_file_is_uploaded_mended_and_confirmed(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    page = upload(person, bank)
    assert "消防题库.txt" in page.text
    assert "../" not in page.text
    assert "文件中找到 3 题" in page.text
    assert "没有答案，请补上" in page.text
    assert "确认导入 2 题" in page.response.get_data(as_text=True)

    form = page.form("/questions/3")
    assert form.values["q3-option_b"] == ["乙"]
    page = person.submit(form, **{"q3-answer": "D"})
    assert "第 3 题已保存，还不能导入：答案“D”指向不存在的选项" in page.text
    assert page.form("/questions/3").values["q3-answer"] == ["D"]
    page = person.submit(page.form("/questions/3"), **{"q3-answer": "b"})
    assert "第 3 题已改好" in page.text
    assert counts(bank) == {}

    person.submit(page.form("/confirm"))
    run_jobs()
    page = person.open(person.address)
    assert "已导入 3 题" in page.text
    assert counts(bank) == {State.DRAFT: 3}
    assert "没有答案的题" in person.open(f"/banks/{bank.id}?state=draft").text


def test_pasted_text_is_a_file_too(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    person.submit(person.open(f"/banks/{bank.id}/import").own_form, file=None, pasted=TEXT)
    run_jobs()
    assert "文件中找到 3 题" in person.open(person.address).text


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"MZ\x90\x00\x03", "可能改过扩展名"), (b"", "文件是空的"), (b"x" * 5_300_000, "超过")],
)
def test_a_file_that_cannot_be_read_is_told_at_the_field(
    visitor: NewVisitor, content: bytes, words: str
) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    page = person.submit(
        person.open(f"/banks/{bank.id}/import").own_form, file=(io.BytesIO(content), "a.xlsx")
    )
    assert words in page.text


def test_neither_file_nor_text_is_asked_for_again(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    page = person.submit(person.open(f"/banks/{bank.id}/import").own_form, pasted=" ")
    assert "请选择文件，或者粘贴试题" in page.text


def test_guesses_and_repeats_are_settled_on_the_page(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    page = upload(person, bank, "1. 单独一题没有说明题型\n答案:对\n")
    assert "题型是推测的" in page.text
    page = person.submit(page.form("/guesses"))
    person.submit(page.form("/confirm"))
    run_jobs()
    assert counts(bank) == {State.DRAFT: 1}

    page = upload(person, bank, "一、判断题\n1. 单独一题没有说明题型\n答案:错\n")
    assert "这个文件" not in page.text
    assert "答案不同" in page.text
    page = person.submit(page.form_with(position="1", decision="replace"))
    person.submit(page.form("/confirm"))
    run_jobs()
    assert "其中 1 题成为已有试题的新版本" in person.open(person.address).text


def test_an_import_is_undone_on_the_page(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    person.submit(upload(person, bank).form("/confirm"))
    run_jobs()
    page = person.open(person.address)
    assert "2 题会被移除" in page.text
    page = person.submit(page.form("/undo"))
    assert "导入已撤销" in page.text
    assert counts(bank) == {}
    assert "已撤销" in person.open(f"/banks/{bank.id}/import").text


def test_an_import_is_given_up_on_the_page(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    page = person.submit(upload(person, bank).form("/discard"))
    assert "题库没有变化" in page.text


def test_the_same_file_again_is_told(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    person.submit(upload(person, bank).form("/confirm"))
    run_jobs()
    assert "已经导入过 2 题" in upload(person, bank).text


def test_a_bank_kept_to_others_is_not_there_for_bank_staff(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    upload(person, bank)
    import_address = person.address
    make_user("boss", Role.ADMINISTRATOR)
    boss = visitor()
    boss.log_in("boss", PASSWORD)
    member = make_user("wang", Role.BANK_EDITOR)
    boss.submit(boss.open(f"/banks/{bank.id}/members").own_form, members=str(member.id))
    for address in (
        f"/banks/{bank.id}",
        f"/banks/{bank.id}/import",
        import_address,
        f"{import_address}/questions/3",
    ):
        assert person.open(address).status == 404
    assert "消防" not in person.open("/banks").text
    wang = visitor()
    wang.log_in("wang", PASSWORD)
    assert "消防" in wang.open("/banks").text
    assert wang.open(import_address).status == 200


def test_a_heading_of_several_tables_is_asked_for_once_and_remembered(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    book = Workbook()
    for name in ("单选题", "判断题"):
        sheet = book.create_sheet(name)
        sheet.append(["题干", "答案", "选项A", "选项B", "所属范围"])
        sheet.append([f"{name}一", "A", "对", "错", "学校"])
    file = io.BytesIO()
    book.save(file)
    form = person.open(f"/banks/{bank.id}/import").own_form
    person.submit(form, file=(io.BytesIO(file.getvalue()), "题库.xlsx"), pasted="")
    run_jobs()
    page = person.open(person.address)
    asked = page.form("/columns")
    assert asked.values["heading"] == ["所属范围"]
    person.submit(asked, meaning="tags")
    run_jobs()
    page = person.open(person.address)
    assert "没有认出的列" not in page.text
    assert page.text.count("学校") == 2


def test_while_the_worker_reads_the_page_says_so_and_tells_how_far_it_is(visitor: NewVisitor) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    form = person.open(f"/banks/{bank.id}/import").own_form
    page = person.submit(form, file=(io.BytesIO(TEXT.encode()), "a.txt"), pasted="")
    assert "正在读取" in page.text
    progress = person.client.get(f"{person.address}/progress").get_json()
    assert progress == {"ended": False, "done": 0, "total": 0}
    run_jobs()
    assert person.client.get(f"{person.address}/progress").get_json()["ended"] is True


def test_a_confirmation_that_failed_says_so_and_is_begun_again_on_the_page(
    visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank(0, 0, 0, name="消防")
    person = editor(visitor)
    person.submit(upload(person, bank).form("/confirm"))
    with monkeypatch.context() as patched:
        patched.setattr(staging_queries, "show_written", lambda _: 1 / 0)
        run_jobs()
    page = person.open(person.address)
    assert "没有办成，已有的内容没有改变" in page.text
    person.submit(page.form("/confirm"))
    run_jobs()
    assert "已导入 2 题" in person.open(person.address).text
