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
        (b"MZ\x90\0", "不是题库文件"),
        (b"%PDF-1.7", "不是题库文件"),
        (old_container("WordDocument"), "旧版 Word"),
        (old_container("EncryptedPackage"), "密码"),
        (old_container("Nothing"), "旧版文件"),
        (archive({"readme.txt": b"x"}), "压缩包"),
        (archive({"xl/workbook.xml": b"<a/>"})[:-30], "损坏"),
        (archive({"xl/workbook.xml": b"\0" * 60_000_000}), "过大"),
        (archive({"xl/workbook.xml": b"\0" * 2_000_000}), "过大"),
        (archive({f"xl/{n}.xml": b"x" for n in range(201)}), "过大"),
    ],
)
def test_what_is_not_read_says_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        recognise(content)


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
