"""What a file is, by its first bytes and not by its name, and whether it is safe to open."""

import io
import zipfile
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 200
#: A small file may be packed tightly without being a bomb.
RATIO_MATTERS_FROM = 1024 * 1024


#: The attribute of a view that says its forms bring a file of up to ``MAX_BYTES``.
TAKES_FILE = "takes_file"


def takes_file(view: View) -> View:
    """Declare that a view's forms bring a file; every other form stays within MAX_CONTENT_LENGTH."""
    setattr(view, TAKES_FILE, True)
    return view


class UnreadableFile(Exception):
    """Why a file can't be read and what to do, as a sentence."""


class FileType(StrEnum):
    """What is inside."""

    XLSX = "xlsx"
    XLS = "xls"
    DOCX = "docx"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 WPS 或 Office 打开，另存为 xlsx 或 docx 后重试。"


def recognise(content: bytes) -> FileType:
    """What a file is. Raises UnreadableFile for anything that is not read, or not safely."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_BYTES // 1024 // 1024} MB。请拆成几个文件后重试。")
    if not content.strip():
        raise UnreadableFile("文件是空的。请检查后重试。")
    if content.startswith(b"PK\x03\x04"):
        return _recognise_zip(content)
    if content.startswith(_OLE):
        return _recognise_ole(content)
    if content.startswith((b"MZ", b"\x7fELF", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z")):
        raise UnreadableFile("这不是题库文件，可能改过扩展名。请提供 xlsx、xls、docx 或文本文件。")
    return FileType.TEXT


def decode_text(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or GB 18030. Raises UnreadableFile for anything else."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for name in (encoding, "gb18030"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile("读不出文字。请在编辑器中另存为 UTF-8 文本后重试。")


def _recognise_zip(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise UnreadableFile(f"文件已经损坏。{_SAVE_AS}") from None
    _refuse_bombs(entries)
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("文件有密码。请去掉密码，另存后重试。")
    if "xl/workbook.xml" in names:
        return FileType.XLSX
    if "word/document.xml" in names:
        return FileType.DOCX
    raise UnreadableFile("这是压缩包，不是 xlsx 或 docx。请解压后提供里面的文件。")


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    """Judge by the archive's directory, before anything is unpacked.

    An entry can't unpack to more than the directory says: zipfile stops there.
    """
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    is_tight = unpacked > RATIO_MATTERS_FROM and unpacked / packed > MAX_RATIO
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or is_tight:
        raise UnreadableFile("文件解开后过大。请删去图片和多余的工作表，另存后重试。")


def _recognise_ole(content: bytes) -> FileType:
    """Streams of the old container are named in UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise UnreadableFile("文件有密码。请去掉密码，另存后重试。")
    if has("WordDocument"):
        raise UnreadableFile(f"这是旧版 Word（.doc 或 .wps）文件。{_SAVE_AS}")
    if has("Workbook") or has("Book"):
        return FileType.XLS
    raise UnreadableFile(f"读不出这种旧版文件。{_SAVE_AS}")
