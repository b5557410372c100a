import contextlib
import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.documents import read_docx
from quizapp.core.numbering import write_number
from quizapp.core.paragraphs import PICTURE, STRUCK
from quizapp.core.uploads import UnreadableFile
from tests.words import (
    Word,
    abstract,
    add,
    concrete,
    define_numbers,
    number,
    numbered_style,
    run,
    saved,
    styled,
    xml,
)


def lines(document: Word) -> tuple[str, ...]:
    return read_docx(saved(document)).lines


def test_paragraphs_and_line_ends_become_lines() -> None:
    document = docx.Document()
    document.add_paragraph("1. 题")
    document.add_paragraph("A. 甲").add_run().add_break()
    document.paragraphs[-1].add_run("B. 乙\tC. 丙")
    assert lines(document) == ("1. 题", "A. 甲", "B. 乙\tC. 丙")


def test_numbers_that_word_writes_itself_are_written_out() -> None:
    document = docx.Document()
    document.add_paragraph("x", style="List Number")
    define_numbers(document, ("decimal", "%1."), ("upperLetter", "%2."), ("chineseCounting", "%3、"))
    for text, level in (("题一", 0), ("甲", 1), ("乙", 1), ("题二", 0), ("丙", 1), ("单选题", 2)):
        number(document.add_paragraph(text), level)
    assert lines(document)[1:] == ("1. 题一", "A. 甲", "B. 乙", "2. 题二", "A. 丙", "一、 单选题")


def test_a_number_holds_those_of_the_levels_above_it() -> None:
    document = docx.Document()
    define_numbers(document, ("chineseCounting", "%1、"), ("decimal", "%1.%2"), ("lowerLetter", "%3"))
    for text, level in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1), ("己", 2)):
        number(document.add_paragraph(text), level)
    assert lines(document) == ("一、 甲", "一.1 乙", "一.2 丙", "二、 丁", "二.1 戊", "a. 己")


def test_a_legal_list_writes_all_levels_as_digits() -> None:
    document = docx.Document()
    define_numbers(document)
    root = document.part.numbering_part.element
    root.append(abstract(3, (("chineseCounting", "%1、"), ("decimal", "%1.%2")), "<w:isLgl/>"))
    root.append(concrete(2, 3))
    for level in (0, 1):
        number(document.add_paragraph("题"), level, 2)
    assert lines(document) == ("1、 题", "1.1 题")


def test_a_list_that_begins_anew_counts_from_its_own_start() -> None:
    document = docx.Document()
    define_numbers(document, ("decimal", "%1."))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    document.part.numbering_part.element.append(concrete(2, 7, restart))
    for number_id in (1, 1, 2, 2):
        number(document.add_paragraph("题"), 0, number_id)
    assert lines(document) == ("1. 题", "2. 题", "5. 题", "6. 题")


def test_a_style_numbers_its_paragraphs_and_those_of_styles_based_on_it() -> None:
    document = docx.Document()
    define_numbers(document, ("decimal", "%1."))
    numbered_style(document, "Ti", 1)
    numbered_style(document, "XiaoTi", 0, based_on="Ti")
    styled(document, "甲", "Ti")
    styled(document, "乙", "XiaoTi")
    number(document.add_paragraph("丙"), 0, 0)
    assert lines(document) == ("1. 甲", "2. 乙", "丙")


def test_bullets_are_no_numbers_and_empty_paragraphs_show_none() -> None:
    document = docx.Document()
    define_numbers(document, ("decimal", "%1."), ("bullet", ""))
    number(document.add_paragraph("甲"), 1)
    number(document.add_paragraph(""), 0)
    number(document.add_paragraph("乙"), 0)
    assert lines(document) == ("甲", "", "2. 乙")


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        ("decimal", 12, "12"),
        ("lowerLetter", 3, "c"),
        ("upperLetter", 27, "27"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 4, "iv"),
        ("chineseCountingThousand", 21, "二十一"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("ideographTraditional", 2, "乙"),
        ("ideographTraditional", 11, "11"),
    ],
)
def test_numbers_are_written_in_words_own_forms(form: str, value: int, expected: str) -> None:
    assert write_number(value, form) == expected


def test_underlined_white_space_is_a_gap_however_it_is_cut() -> None:
    document = docx.Document()
    line = '<w:u w:val="single"/>'
    add(document, run("罚款"), run("  ", line), run("  ", line), run("元，"), run(" ", line), run("是"))
    add(document, run("有", line), run("  甲  ", line), "<w:r><w:rPr>" + line + "</w:rPr><w:tab/></w:r>")
    add(document, run("无"), run("   ", '<w:u w:val="none"/>'), run("线"))
    assert lines(document) == ("罚款____元， 是", "有  甲  \t", "无   线")


def test_only_what_a_reader_sees_is_read() -> None:
    document = docx.Document()
    add(
        document,
        run("甲"),
        f'<w:ins w:id="1" w:author="a">{run("新")}</w:ins>',
        '<w:del w:id="2" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>',
        run("藏", "<w:vanish/>"),
        run("现", '<w:vanish w:val="0"/>'),
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>',
        f'<w:hyperlink w:anchor="x">{run("链")}</w:hyperlink>',
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        "<w:r><w:ruby><w:rt><w:r><w:t>yī</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>乙</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    )
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    assert lines(document) == ("甲新现链乙",)


def test_paragraphs_whose_end_was_deleted_are_one() -> None:
    document = docx.Document()
    first = add(document, run("1. 前"))
    first._p.get_or_add_pPr().append(xml('<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'))
    add(document, run("后"))
    assert lines(document) == ("", "1. 前后")


def test_ticks_of_symbol_fonts_are_ticks() -> None:
    document = docx.Document()
    add(
        document,
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
        '<w:r><w:sym w:font="Wingdings 2" w:char="F04F"/></w:r>',
        run("ü", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
        run("\uf0fb"),
        run("P", '<w:rFonts w:ascii="Wingdings 2"/>'),
    )
    assert lines(document) == ("√×√×√",)


def test_what_is_no_text_leaves_a_mark() -> None:
    document = docx.Document()
    add(document, run("图"), "<w:r><w:drawing/></w:r>", run("甲"))
    add(document, run("式"), "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>")
    add(document, run("划", "<w:strike/>"), run("留"))
    add(document, "<w:r><w:instrText>eq \\o\\ac(○,1)</w:instrText></w:r>", run("圈"))
    assert lines(document) == (f"图{PICTURE}甲", f"式x+1{PICTURE}", f"{STRUCK}留", f"{PICTURE}圈")


def test_a_text_box_gives_its_lines_once() -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    add(
        document,
        run("框外"),
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
    )
    assert lines(document) == ("框外", "框内")


def test_tables_come_as_sheets_and_merged_cells_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[1].cells, ("甲", "乙", "丙"), strict=True):
        cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    [sheet] = read_docx(saved(document)).tables
    assert sheet.name == "表格1"
    assert [row.cells for row in sheet.rows] == [("合并", "", ""), ("甲", "乙", "丙")]


def test_a_cell_over_several_rows_stands_in_each() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "章"
    table.cell(0, 1).text, table.cell(1, 1).text = "甲", "乙"
    [sheet] = read_docx(saved(document)).tables
    assert [row.cells for row in sheet.rows] == [("章", "甲"), ("章", "乙")]


def test_a_table_that_lays_out_options_or_frames_text_is_lines() -> None:
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "1. 题"
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), "甲乙丙丁", strict=True):
        cell.text = f"{'ABCD'['甲乙丙丁'.index(text)]}. {text}"
    read = read_docx(saved(document))
    assert read.lines == ("1. 题", "A. 甲", "B. 乙", "C. 丙", "D. 丁")
    assert read.tables == ()


def rewritten(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A document with bytes of one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            inside = source.read(name)
            target.writestr(name, inside.replace(old, new) if name == part else inside)
    return buffer.getvalue()


def test_the_strict_variant_is_read_alike() -> None:
    document = docx.Document()
    define_numbers(document, ("decimal", "%1."))
    number(document.add_paragraph("题"), 0)
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    content = saved(document)
    for part in ("document", "numbering", "styles"):
        content = rewritten(content, f"word/{part}.xml", old, new)
    assert new in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
    assert read_docx(content).lines == ("1. 题",)


def test_a_damaged_document_is_told_in_a_sentence() -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        read_docx(b"PK\x03\x04broken")


def test_entities_and_endless_nesting_are_refused() -> None:
    content = saved(docx.Document())
    body = b"<w:body>"
    deep = rewritten(content, "word/document.xml", body, body + b"<w:sdt>" * 5000 + b"</w:sdt>" * 5000)
    bomb = rewritten(
        content, "word/document.xml", b"<w:document ", b'<!DOCTYPE w [<!ENTITY a "b">]><w:document '
    )
    for crafted in (deep, bomb):
        with pytest.raises(UnreadableFile, match="损坏"):
            read_docx(crafted)


def test_a_paragraph_that_would_fill_the_memory_is_refused() -> None:
    content = rewritten(
        saved(docx.Document()),
        "word/document.xml",
        b"<w:body>",
        b"<w:body><w:p>" + b"<w:r/>" * 500_001 + b"</w:p>",
    )
    with pytest.raises(UnreadableFile, match="拆成"):
        read_docx(content)


@given(st.binary(max_size=400), st.integers(0, 3000))
def test_broken_bytes_are_refused_or_read_but_never_an_error(noise: bytes, place: int) -> None:
    content = bytearray(WHOLE)
    content[place : place + len(noise)] = noise
    with contextlib.suppress(UnreadableFile):
        read_docx(bytes(content))


WHOLE = saved(docx.Document())
