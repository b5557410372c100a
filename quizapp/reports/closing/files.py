"""The bytes of a closed year's files: packed for keeping, unpacked for issuing. No database here."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: What each file is called when it is issued, and its media type.
NAMES = {"docx": "年度报告", "xlsx": "年度报告数据", "json": "年度报告依据"}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
#: Endings of files that are kept packed; the others are packed by their own format.
_PACKED = frozenset({"json"})
#: Of zlib; the evidence of 100,000 records in a second or two.
_LEVEL = 6


class Damaged(ValueError):
    """What is kept can't be unpacked."""


@dataclass(frozen=True)
class KeptFile:
    """A file as it is kept, with the digest (SHA-256, hex) and the size in bytes of what is issued."""

    ending: str
    content: bytes
    digest: str
    size: int

    def issue(self) -> bytes:
        """The very bytes of the file. Raises Damaged."""
        if self.ending not in _PACKED:
            return self.content
        try:
            return gzip.decompress(self.content)
        except (OSError, EOFError, zlib.error) as error:
            raise Damaged from error

    def lines(self) -> Iterator[str]:
        """The lines of a packed text, unpacked as they are asked for. Raises Damaged."""
        try:
            with gzip.open(io.BytesIO(self.content), "rt", encoding="utf-8", newline="\n") as text:
                yield from text
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise Damaged from error


def keep(ending: str, content: bytes) -> KeptFile:
    """A file that its own format packs."""
    return KeptFile(ending, content, hashlib.sha256(content).hexdigest(), len(content))


def keep_lines(ending: str, lines: Iterable[str]) -> KeptFile:
    """A text, packed line by line. The same text gives the same digest."""
    buffer, digest, size = io.BytesIO(), hashlib.sha256(), 0
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=buffer, mtime=0) as packed:
        for line in lines:
            content = line.encode("utf-8")
            packed.write(content)
            digest.update(content)
            size += len(content)
    return KeptFile(ending, buffer.getvalue(), digest.hexdigest(), size)
