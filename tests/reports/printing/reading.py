"""Documents read back, and templates made by hand."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def texts(content: bytes) -> list[str]:
    """The paragraphs of a docx's body, in their order."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def template(*paragraphs: str, arrange: Callable[[Any], None] | None = None) -> bytes:
    """A docx of these paragraphs, arranged further where needed."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if arrange:
        arrange(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A package with the text of one part changed, or added where there is none."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            part = old.read(entry).decode("utf-8", "surrogateescape")
            part = change(part) if entry.filename == name else part
            new.writestr(entry.filename, part.encode("utf-8", "surrogateescape"))
        if name not in old.namelist():
            new.writestr(name, change(""))
    return buffer.getvalue()
