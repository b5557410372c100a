"""The pages of the laws, as staff use them."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from quizapp.accounts.roles import Role
from quizapp.extensions import db
from quizapp.laws.models import LawVersion
from tests.factories import PASSWORD, make_articles, make_law_version, make_user
from tests.laws.test_importing import TEXT
from tests.laws.test_real_laws import LAWS, read
from tests.pages import Page, Visitor

NewVisitor = Callable[[], Visitor]

AMENDED = TEXT.replace("本法自2023年9月1日起施行。", "本法自2020年5月1日起施行。")


@pytest.fixture
def editor(app: Flask, visitor: NewVisitor, noon: object) -> Visitor:
    make_user("editor", Role.BANK_EDITOR)
    person = visitor()
    person.log_in("editor", PASSWORD)
    return person


def upload(person: Visitor, content: bytes, **values: object) -> Page:
    form = person.open("/laws/import").forms[-1]
    return person.submit(form, file=(io.BytesIO(content), "law.txt"), **values)


def test_without_a_law_the_page_says_where_to_get_it(editor: Visitor) -> None:
    page = editor.open("/laws")
    assert "法律原文不随系统提供" in page.text
    assert "flk.npc.gov.cn" in page.text
    assert "载入法律" in page.text


def test_who_may_not_import_is_told_who_does(app: Flask, visitor: NewVisitor) -> None:
    make_user("reviewer", Role.REVIEWER)
    person = visitor()
    person.log_in("reviewer", PASSWORD)
    page = person.open("/laws")
    assert "载入法律由应急管理局的管理员或题库员办理" in page.text
    assert person.open("/laws/import").status == 403


def test_a_file_becomes_a_version_that_can_be_read(editor: Visitor) -> None:
    page = upload(editor, TEXT.encode())
    assert "《试验法》已载入" in page.text
    assert "1 章，2 条" in page.text
    assert "第一章 总则" in page.text
    assert "为了试验，制定本法。" in page.text
    assert {"article-1", "article-2", "chapter-1"} <= set(page.ids)
    assert "现行有效" in page.text
    assert "Editor" in page.text


def test_pasted_text_is_as_good_as_a_file(editor: Visitor) -> None:
    page = editor.submit(editor.open("/laws/import").forms[-1], text=TEXT)
    assert "《试验法》已载入" in page.text


def test_a_missing_date_is_asked_for_and_the_text_is_kept(editor: Visitor) -> None:
    page = upload(editor, AMENDED.encode())
    assert "文中没有这次修订的施行日期" in page.text
    form = page.forms[-1]
    assert form.values["text"] == [AMENDED.strip()]
    page = editor.submit(form, in_force_from="2023-09-01")
    assert "《试验法》已载入" in page.text
    version = db.session.query(LawVersion).one()
    assert (version.revised_on, version.in_force_from) == (date(2023, 4, 5), date(2023, 9, 1))


def test_a_gap_is_mended_in_the_text_that_was_read(editor: Visitor) -> None:
    page = upload(editor, TEXT.replace("第二条", "第三条").encode())
    assert "条号从第一条跳到第三条" in page.text
    page = editor.submit(page.forms[-1], text=TEXT)
    assert "《试验法》已载入" in page.text


@pytest.mark.parametrize(
    ("content", "values", "words"),
    [
        (b"%PDF-1.7", {}, "PDF"),
        (b"", {}, "请选择文件"),
        (TEXT.encode(), {"in_force_from": "2001-01-01"}, "不能早于修订日期"),
        (TEXT.encode(), {"revised_on": "昨天"}, "日期"),
        ("试验法".encode() + b"\xff\xff\xff", {}, "另存为 UTF-8"),
    ],
)
def test_what_cannot_be_loaded_is_said_at_its_field(
    editor: Visitor, content: bytes, values: dict[str, object], words: str
) -> None:
    page = upload(editor, content, **values)
    assert page.status == 200
    assert words in page.text
    assert "处需要修改" in page.text
    assert db.session.query(LawVersion).count() == 0


def test_a_revision_that_is_there_already_is_refused(editor: Visitor) -> None:
    upload(editor, TEXT.encode())
    page = upload(editor, TEXT.encode())
    assert "2023-04-05 的版本已经载入过" in page.text
    assert db.session.query(LawVersion).count() == 1


def test_the_list_tells_which_version_is_in_force(editor: Visitor) -> None:
    make_law_version("试验法", date(2007, 1, 1))
    make_law_version("试验法", date(2024, 1, 1))
    make_law_version("试验法", date(2026, 1, 1), date(2027, 1, 1))
    text = editor.open("/laws").text
    assert text.index("尚未施行") < text.index("现行有效") < text.index("已被修订")


def test_changes_are_counted_filtered_and_marked(editor: Visitor) -> None:
    first = make_articles("甲应当试验并记录结果。", "学校应当开展教育活动。", "附则在此。")
    second = make_articles("学校应当开展教育活动。", "甲应当试验并如实记录结果。", "广播电视免费播发。")
    make_law_version("试验法", date(2007, 1, 1), articles=first)
    version = make_law_version("试验法", date(2024, 1, 1), articles=second)
    address = f"/law-versions/{version.id}/changes"
    page = editor.open(address)
    for words in ("全部变化 4", "未变 0", "只变条号 1", "有修改 1", "新增 1", "删去 1", "条号也变"):
        assert words in page.text
    html = page.response.get_data(as_text=True)
    assert "甲应当试验并<ins>如实</ins>记录结果。" in html
    assert "<del>附则在此。</del>" in html
    assert "第一条 → 第二条" in page.text
    assert "附则在此" not in editor.open(f"{address}?kind=new").text
    assert "没有这一类变化" in editor.open(f"{address}?kind=same").text
    assert "附则在此" in editor.open(f"{address}?kind=wild").text


def test_without_a_previous_version_the_page_says_so(editor: Visitor) -> None:
    version = make_law_version("试验法")
    assert "没有可以对照的上一版本" in editor.open(f"/law-versions/{version.id}/changes").text


def test_what_is_not_there_is_not_found(editor: Visitor) -> None:
    assert editor.open("/law-versions/999").status == 404
    assert editor.open("/law-versions/999/changes").status == 404


@pytest.mark.parametrize(
    ("name", "in_force_from", "articles"),
    [
        ("安全生产法-2021.md", "2021-09-01", 119),
        ("突发事件应对法-2007.md", "", 70),
        ("突发事件应对法-2024.md", "", 106),
    ],
)
def test_the_page_loads_a_real_law_whole(
    editor: Visitor, name: str, in_force_from: str, articles: int
) -> None:
    read(name)  # skips where the texts are not on this machine
    page = upload(editor, (LAWS / name).read_bytes(), in_force_from=in_force_from)
    assert f"{articles} 条" in page.text
    assert [one for one in page.ids if one.startswith("article-")][-1] == f"article-{articles}"
