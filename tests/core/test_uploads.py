import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.uploads import FileType, UnreadableFile, decode_text, recognise


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries.items():
            written.writestr(name, content)
    return buffer.getvalue()


def old_container(*streams: str) -> bytes:
    """The start of an old container, and a directory of streams."""
    entries = b""
    for stream in streams:
        name = f"{stream}\0".encode("utf-16-le")
        entries += name.ljust(64, b"\0") + len(name).to_bytes(2, "little") + b"\0" * 62
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + entries


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (archive({"xl/workbook.xml": b"<a/>"}), FileType.XLSX),
        (archive({"word/document.xml": b"<a/>"}), FileType.DOCX),
        (old_container("Workbook"), FileType.XLS),
        ("1. 题\n答案:对".encode(), FileType.TEXT),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: FileType) -> None:
    assert recognise(content) is kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"x" * (5 * 1024 * 1024 + 1), "超过 5 MB"),
        (b"MZ\x90\0", "这种文件不能读取"),
        (b"%PDF-1.7", "这种文件不能读取"),
        (old_container("WordDocument"), "旧版 Word"),
        (old_container("EncryptedPackage"), "密码"),
        (old_container("Nothing"), "旧版文件"),
        (archive({"readme.txt": b"x"}), "压缩包"),
        (archive({"xl/workbook.xml": b"<a/>"})[:-30], "损坏"),
        (archive({"xl/workbook.xml": b"\0" * 60_000_000}), "过大"),
        (archive({"xl/workbook.xml": b"\0" * 2_000_000}), "过大"),
        (b"PK\x05\x06" + b"\0" * 18, "这种文件不能读取"),
        (archive({"xl/workbook.bin": b"x"}), "xlsb"),
        (archive({"mimetype": b"x", "content.xml": b"x"}), "ods"),
        ("<html><table><tr><td>题干".encode(), "网页形式"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "网页形式"),
        (b"{\\rtf1 x}", "rtf"),
        (archive({f"xl/{n}.xml": b"x" for n in range(201)}), "过大"),
    ],
)
def test_what_is_not_read_says_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        recognise(content)


def test_a_text_may_begin_like_a_program() -> None:
    assert recognise("MZ是什么？\n答案:对".encode()) is FileType.TEXT
    assert recognise("BMI是什么？\n答案:对".encode()) is FileType.TEXT


def test_an_old_workbook_may_speak_of_documents_and_passwords() -> None:
    words = "WordDocument\0EncryptedPackage\0".encode("utf-16-le")
    assert recognise(old_container("Workbook") + words) is FileType.XLS


def test_empty_styled_rows_are_no_bomb() -> None:
    rows = b'<row r="9"/>' * 400_000
    assert recognise(archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": rows})) is FileType.XLSX


def test_a_method_of_packing_that_no_program_uses_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as written:
        written.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(UnreadableFile, match="压缩方式"):
        recognise(buffer.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_the_encodings_of_this_country(encoding: str) -> None:
    assert decode_text("安全生产法，第三条".encode(encoding)) == "安全生产法，第三条"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="UTF-8"):
        decode_text(b"\x00\x01\x02\xff\xfe")


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]))
def test_wild_bytes_are_known_or_refused_with_a_sentence(content: bytes, start: bytes) -> None:
    try:
        outcome: object = recognise(start + content)
    except UnreadableFile as error:
        outcome = str(error)
    assert isinstance(outcome, FileType) or str(outcome).endswith("。")
