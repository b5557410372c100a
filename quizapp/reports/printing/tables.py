"""Tables of our documents: thin lines, a heading that each page repeats, numbers on the right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from quizapp.reports.printing.page_setup import STYLE_NAMES
from quizapp.reports.printing.template_text import Style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row

#: The first column takes the room of this many others.
_FIRST = 2
#: White at the sides of a cell, in twips: about a millimetre.
_PADDING = 57


def add_table(document: "Document", headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table over the whole width; the first column holds names, the others numbers."""
    table = document.add_table(0, len(headings), "Table Grid")
    table.autofit = False
    _narrow_padding(table)
    section = document.sections[-1]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    part = room // (len(headings) - 1 + _FIRST)
    widths = [room - part * (len(headings) - 1), *[part] * (len(headings) - 1)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, texts in enumerate((headings, *rows)):
        row = table.add_row()
        for number, text in enumerate(texts):
            alignment = "center" if not place else "right" if number else "left"
            _write_cell(row.cells[number], text, alignment)
        _keep_together(row, is_heading=not place)


def headed(name: str, measure: str) -> str:
    """A heading with its unit of measure under it; 人次 isn't said twice."""
    return name if not measure or name.endswith(measure) else f"{name}\n（{measure}）"


def _narrow_padding(table: "Table") -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    sides = "".join(f"<w:{side} w:w='{_PADDING}' w:type='dxa'/>" for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    properties: Any = table._tbl.tblPr
    properties.insert_element_before(margins, "w:tblLook")


def _write_cell(cell: "_Cell", text: str, alignment: str) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.text = text
    paragraph.style = STYLE_NAMES[Style.CELL]
    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[alignment.upper()]


def _keep_together(row: "_Row", is_heading: bool) -> None:
    """A row is not split over two pages; the heading stands on each."""
    from docx.oxml import OxmlElement

    properties: Any = row._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", "w:tblHeader") if is_heading else ("w:cantSplit",):
        properties.append(OxmlElement(tag))
