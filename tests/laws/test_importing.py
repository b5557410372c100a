"""Versions of laws in the database."""

import io
from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import docx
import pytest
from flask import Flask

from quizapp.accounts.models import AuditEntry
from quizapp.accounts.roles import Role
from quizapp.core.uploads import UnreadableFile
from quizapp.extensions import db
from quizapp.laws import importing, queries
from quizapp.laws.citations import Citation
from quizapp.laws.models import Law, LawArticle, LawVersion
from quizapp.laws.signals import version_imported
from quizapp.laws.statutes import Article, Paragraph, Statute
from tests.factories import PASSWORD, make_articles, make_law_version, make_user
from tests.pages import Visitor

TEXT = """中华人民共和国试验法
2020年1月2日通过　2023年4月5日修订
第一章　总则
第一条　为了试验，制定本法。
第二条　本法自2023年9月1日起施行。
"""


def test_a_law_comes_from_docx_and_text_alike() -> None:
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    statute = importing.read_law_file(content.getvalue())
    assert statute == importing.read_law_file(TEXT.encode("gb18030"))
    assert (statute.name, len(statute.articles)) == ("试验法", 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "PDF"), (b"", "空的"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版")],
)
def test_what_is_no_text_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        importing.read_law_lines(content)


def test_a_workbook_is_no_law() -> None:
    import openpyxl

    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    with pytest.raises(UnreadableFile, match="这是工作簿"):
        importing.read_law_lines(content.getvalue())


PASSED, FORCED = date(2023, 4, 5), date(2023, 9, 1)


@pytest.mark.parametrize(
    ("told", "given", "outcome"),
    [
        ((PASSED, FORCED), (None, None), (PASSED, FORCED)),
        ((PASSED, None), (None, FORCED), (PASSED, FORCED)),
        ((None, FORCED), (PASSED, None), (PASSED, FORCED)),
        ((PASSED, FORCED), (date(2023, 4, 6), date(2023, 10, 1)), (date(2023, 4, 6), date(2023, 10, 1))),
        ((None, None), (None, None), "revised_on"),
        ((PASSED, None), (None, None), "in_force_from"),
        # The text's first day lies before the revision that staff tell.
        ((None, FORCED), (date(2024, 1, 1), None), "in_force_from"),
        ((PASSED, FORCED), (None, date(2020, 1, 1)), "in_force_from"),
    ],
)
def test_dates_are_as_given_else_as_the_text_tells(
    told: tuple[date | None, date | None],
    given: tuple[date | None, date | None],
    outcome: tuple[date, date] | str,
) -> None:
    statute = Statute("试验法", *told, make_articles("甲。"))
    if isinstance(outcome, str):
        with pytest.raises(importing.DateMissing) as raised:
            importing.settle_dates(statute, *given)
        assert raised.value.field == outcome
    else:
        assert importing.settle_dates(statute, *given) == outcome


def test_a_version_keeps_its_articles_and_leaves_an_audit_entry(app: Flask, noon: object) -> None:
    actor = make_user("editor", Role.BANK_EDITOR)
    held = (Article(1, "第一章 总则", (Paragraph("甲：", ("（一）乙。",)), Paragraph("丙。"))),)
    statute = Statute("试验法", None, None, held)
    version = importing.import_law(statute, "f" * 64, PASSED, FORCED, actor.id)
    db.session.commit()
    assert (version.law.name, version.revised_on, version.in_force_from) == ("试验法", PASSED, FORCED)
    assert version.importer == actor
    assert tuple(queries.list_articles(version.id)) == held
    entry = db.session.query(AuditEntry).filter_by(subject_type="law_version").one()
    assert (entry.action, entry.subject_id) == ("import", str(version.id))


def test_versions_of_one_law_stand_side_by_side_but_one_revision_is_loaded_once(app: Flask) -> None:
    make_law_version("试验法", date(2007, 8, 30))
    make_law_version("试验法", date(2024, 6, 28))
    with pytest.raises(importing.VersionLoaded, match="2024-06-28 的版本已经载入过"):
        make_law_version("试验法", date(2024, 6, 28))
    db.session.rollback()
    assert db.session.query(Law).count() == 1
    assert db.session.query(LawVersion).count() == 2


def test_who_listens_hears_of_a_version_in_the_transaction_of_its_import(app: Flask) -> None:
    heard: list[int] = []

    def refuse(version: LawVersion) -> None:
        heard.append(len(queries.list_articles(version.id)))
        raise RuntimeError

    with version_imported.connected_to(refuse), pytest.raises(RuntimeError):
        make_law_version("试验法")
    db.session.rollback()
    assert heard == [2]
    assert db.session.query(LawArticle).count() == 0


@pytest.mark.parametrize("_round", range(3))
def test_racing_imports_of_one_revision_load_it_once(
    app: Flask, visitor: Callable[[], Visitor], _round: int
) -> None:
    make_user("editor", Role.BANK_EDITOR)
    people = [visitor() for _ in range(4)]
    forms = []
    for person in people:
        person.log_in("editor", PASSWORD)
        forms.append({**person.open("/laws/import").forms[-1].values, "text": TEXT})
    barrier = Barrier(len(people))
    answers: list[int] = []

    def post(person: Visitor, form: dict[str, object]) -> None:
        barrier.wait()
        answers.append(person.client.post("/laws/import", data=form).status_code)

    threads = [Thread(target=post, args=pair) for pair in zip(people, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 200, 200, 302]
    assert db.session.query(LawVersion).count() == 1
    assert db.session.query(LawArticle).count() == 2


def test_the_version_in_force_is_the_latest_that_has_begun(app: Flask) -> None:
    old = make_law_version("试验法", date(2007, 8, 30), date(2007, 11, 1))
    new = make_law_version("试验法", date(2024, 6, 28), date(2024, 11, 1))
    for day, expected in (
        (date(2007, 10, 31), None),
        (date(2007, 11, 1), old),
        (date(2024, 10, 31), old),
        (date(2024, 11, 1), new),
    ):
        assert queries.find_version_in_force("中华人民共和国试验法", day) == expected
        in_force = queries.list_laws()[0].in_force(day)
        assert (in_force and in_force.id) == (expected and expected.id)
    assert queries.find_latest_version("试验法") == new
    assert queries.find_latest_version("别的法") is None
    assert queries.find_previous_version(new) == old
    assert queries.find_previous_version(old) is None


def test_of_two_versions_that_began_on_one_day_the_later_revision_is_in_force(app: Flask) -> None:
    make_law_version("试验法", date(2024, 1, 1), date(2024, 11, 1))
    later = make_law_version("试验法", date(2024, 2, 1), date(2024, 11, 1))
    assert queries.find_version_in_force("试验法", date(2024, 11, 1)) == later


def test_citations_find_the_words_in_force_on_a_day(app: Flask) -> None:
    make_law_version("试验法", date(2020, 1, 1), articles=make_articles("旧一。", "旧二。"))
    held = (Article(1, "", (Paragraph("甲。"), Paragraph("乙：", ("（一）子；", "（二）丑。")))),)
    make_law_version("试验法", date(2024, 1, 1), articles=held)
    cited = [Citation("试验法", 1), Citation("试验法", 1, 2, 2), Citation("试验法", 2), Citation("无法", 1)]
    assert queries.find_articles(cited, date(2024, 5, 1)) == {
        cited[0]: "甲。\n乙：\n（一）子；\n（二）丑。",
        cited[1]: "乙：\n（二）丑。",
    }
    assert queries.find_articles(cited, date(2023, 5, 1)) == {
        cited[0]: "旧一。",
        cited[1]: "旧一。",
        cited[2]: "旧二。",
    }
    assert queries.find_articles([], date(2024, 5, 1)) == {}
