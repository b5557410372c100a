"""docxtpl as we let it fill a template: sandboxed, escaped, and without its own marks for lists and tabs."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from docx.opc.part import Part
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

_FOOTNOTES = "wordprocessingml.footnotes+xml"
#: Properties of a document that docxtpl renders as it does text.
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")


class Filling(DocxTemplate):
    """A template that can be looked at as Jinja would read it, and filled with plain values."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))
        self.render_init()

    def resolve_listing(self, xml: str) -> str:
        """As it is: no value holds a line end or a tab, and a crafted text would be searched for hours."""
        return xml

    def footnotes(self) -> Iterator[Part]:
        """The parts of the footnotes."""
        return (part for part in self.docx.part.package.parts if part.content_type.endswith(_FOOTNOTES))

    def render_footnotes(self, context: Mapping[str, str], jinja_env: Any = None) -> None:
        """Once a part: docxtpl does it once a section, so that a value would be read as a template."""
        for part in self.footnotes():
            rendered = self.render_xml_part(self._patched(part), part, context, jinja_env)
            part._blob = rendered.encode("utf-8")

    def sources(self) -> Iterator[str]:
        """Each text as it is handed to Jinja."""
        yield self.patch_xml(self.get_xml())
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            yield from (self._patched(part) for _, part in self.get_headers_footers(uri))
        yield from map(self._patched, self.footnotes())
        yield from (getattr(self.docx.core_properties, name) for name in _PROPERTIES)

    def fill(self, values: Mapping[str, str]) -> None:
        """Put the values in place of their names. Raises whatever a malformed file makes lxml raise."""
        self.render({name: " ".join(value.split()) for name, value in values.items()}, environment(), True)

    def write(self) -> bytes:
        """The document."""
        buffer = io.BytesIO()
        self.save(buffer)
        return buffer.getvalue()

    def _patched(self, part: Part) -> str:
        patched: str = self.patch_xml(self.get_part_xml(part))
        return patched


def environment() -> SandboxedEnvironment:
    """What templates are read and rendered by."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
