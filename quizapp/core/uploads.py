"""What a file is, by its first bytes and not by its name, and whether it is safe to open."""

import io
import re
import zipfile
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 200
#: A small file may be packed tightly without being a bomb.
RATIO_MATTERS_FROM = 1024 * 1024


#: The attribute of a view that says how many bytes of files its forms bring.
TAKES_FILES = "takes_files"


def takes_files(size: int) -> Callable[[View], View]:
    """Declare that a view's forms bring files of ``size`` bytes in all.

    Every other form stays within MAX_CONTENT_LENGTH.
    """

    def declare(view: View) -> View:
        setattr(view, TAKES_FILES, size)
        return view

    return declare


def takes_file(view: View) -> View:
    """Declare that a view's forms bring a file of up to ``MAX_BYTES``."""
    return takes_files(MAX_BYTES)(view)


#: Sentences that more than one reader says.
ENCRYPTED = "文件有密码。请去掉密码，另存后重试。"
TOO_BIG = "文件解开后过大。请删去图片、多余的工作表和空白行，另存后重试。"


class UnreadableFile(Exception):
    """Why a file can't be read and what to do, as a sentence."""


class FileType(StrEnum):
    """What is inside."""

    XLSX = "xlsx"
    XLS = "xls"
    DOCX = "docx"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
#: What begins each entry of an archive's directory.
_ENTRY = b"PK\x01\x02"
_SAVE_AS = "请用 WPS 或 Office 打开，另存为 xlsx 或 docx 后重试。"
#: What other files begin with; the short ones might begin a text too, which has no zero byte.
_OTHERS = (
    b"\x7fELF",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"PK\x05\x06",
    b"PK\x07\x08",
)
_OTHERS_WITH_ZERO = (b"MZ", b"GIF8", b"Rar!", b"RIFF", b"BM")
#: Tables that programs export under an xls name.
_WEB_PAGE = re.compile(rb"<(?:!doctype html|html|head|table|meta)\b", re.IGNORECASE)
_XML_TABLE = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORKBOOK = re.compile(r"(?:^|/)workbook\d*\.xml$")


def recognise(content: bytes) -> FileType:
    """What a file is. Raises UnreadableFile for anything that is not read, or not safely."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_BYTES // 1024 // 1024} MB。请拆成几个文件后重试。")
    if not content.strip():
        raise UnreadableFile("文件是空的。请检查后重试。")
    if content.startswith(_ZIP):
        return _recognise_zip(content)
    if content.startswith(_OLE):
        return _recognise_ole(content)
    if content.startswith(_OTHERS) or (content.startswith(_OTHERS_WITH_ZERO) and b"\0" in content[:512]):
        raise UnreadableFile("这种文件不能读取，可能改过扩展名。请提供 xlsx、xls、docx 或文本文件。")
    _refuse_disguised_tables(content[:4096])
    return FileType.TEXT


def _refuse_disguised_tables(start: bytes) -> None:
    if start.startswith(b"{\\rtf"):
        raise UnreadableFile(f"这是 rtf 文件，不是 doc。{_SAVE_AS}")
    if _WEB_PAGE.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()) or _XML_TABLE in start:
        raise UnreadableFile(f"这是网页形式的表格，不是真正的 xls。{_SAVE_AS}")


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
    if content.count(_ENTRY) > MAX_ENTRIES:  # before a directory of many entries takes memory
        raise UnreadableFile(TOO_BIG)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise UnreadableFile(f"文件已经损坏。{_SAVE_AS}") from None
    _refuse_bombs(entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(ENCRYPTED)
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise UnreadableFile(f"文件的压缩方式不规范。{_SAVE_AS}")
    names = {entry.filename.replace("\\", "/").casefold() for entry in entries}
    if any(map(_WORKBOOK.search, names)):
        return FileType.XLSX
    if "word/document.xml" in names:
        return FileType.DOCX
    raise UnreadableFile(_other_archive(names))


def _other_archive(names: set[str]) -> str:
    if "xl/workbook.bin" in names or {"content.xml", "mimetype"} <= names:
        return f"读不出 xlsb、ods 和 odt 文件。{_SAVE_AS}"
    return "这是压缩包，不是 xlsx 或 docx。请解压后提供里面的文件。"


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    """Judge by the archive's directory, before anything is unpacked.

    An entry can't unpack to more than the directory says: zipfile stops there. Sheets are packed tightly
    where people have drawn borders around empty rows; they are read as they pass and held nowhere.
    """
    unpacked = sum(entry.file_size for entry in entries)
    others = [entry for entry in entries if "/worksheets/" not in entry.filename.replace("\\", "/")]
    loose = sum(entry.file_size for entry in others)
    is_tight = (
        loose > RATIO_MATTERS_FROM and loose / (sum(one.compress_size for one in others) or 1) > MAX_RATIO
    )
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or is_tight:
        raise UnreadableFile(TOO_BIG)


def _recognise_ole(content: bytes) -> FileType:
    """By the streams of the old container, named in UTF-16."""
    has = partial(_has_stream, content)
    if has("EncryptedPackage"):
        raise UnreadableFile(ENCRYPTED)
    if has("Workbook") or has("Book"):
        return FileType.XLS
    if has("WordDocument"):
        raise UnreadableFile(f"这是旧版 Word（.doc 或 .wps）文件。{_SAVE_AS}")
    raise UnreadableFile(f"读不出这种旧版文件（如 .et、.wps、.ppt）。{_SAVE_AS}")


def _has_stream(content: bytes, name: str) -> bool:
    """Whether the container's directory has an entry of a name: 64 bytes for it, then its length in bytes."""
    entry = f"{name}\0".encode("utf-16-le")
    place = content.find(entry)
    while place >= 0:
        if place % 128 == 0 and content[place + 64 : place + 66] == len(entry).to_bytes(2, "little"):
            return True
        place = content.find(entry, place + 1)
    return False
