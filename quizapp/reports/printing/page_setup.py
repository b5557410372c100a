"""The page of an official document by GB/T 9704-2012: A4, 22 lines of 28 characters, fonts, page number.

Fonts are named, never embedded: a machine without them shows its own. python-docx is imported when a document
is made, not at each start.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from quizapp.reports.printing.template_text import Style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

BODY_FONT, TITLE_FONT = "仿宋_GB2312", "方正小标宋简体"
FIRST_FONT, SECOND_FONT, NUMBER_FONT = "黑体", "楷体_GB2312", "宋体"

#: Word's own style for each of ours, so that its outline and its list of styles show them.
STYLE_NAMES = {
    Style.TITLE: "Title",
    Style.FIRST: "Heading 1",
    Style.SECOND: "Heading 2",
    Style.BODY: "Normal",
    Style.SIGNATURE: "Signature",
    Style.CELL: "Cell",
}
_FONTS = {
    Style.TITLE: (TITLE_FONT, 22),
    Style.FIRST: (FIRST_FONT, 16),
    Style.SECOND: (SECOND_FONT, 16),
    Style.BODY: (BODY_FONT, 16),
    Style.SIGNATURE: (BODY_FONT, 16),
    Style.CELL: (BODY_FONT, 10.5),
}
_TOP, _LEFT, _RIGHT, _BOTTOM = 37, 28, 26, 35
#: From the text's lower edge to the page number's: 7 mm of white and one line of 14 pt.
_NUMBER_BELOW_TEXT = 12
#: Of 16 pt characters 28 fill the 156 mm with a little taken from each; 22 of these lines fill the 225 mm.
_LINE_POINTS, _SPACING_TWIPS = 28.9, -5
_CELL_LINE_POINTS = 16
#: Characters on the left, on the right and at the head of a paragraph, where not two at its head.
_INDENTS = {Style.TITLE: (0, 0, 0), Style.CELL: (0, 0, 0), Style.SIGNATURE: (14, 1, 0)}
#: One character as it is set, in twips.
_CHARACTER = 16 * 20 + _SPACING_TWIPS


def new_document(title: str, owner: str, made_at: datetime, landscape: bool = False) -> "Document":
    """An empty document with the page and the styles of ``STYLE_NAMES``."""
    import docx

    document = docx.Document()
    _set_page(document.sections[0], landscape)
    _set_styles(document)
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(document.sections[0])
    _keep_full_widths(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, owner, ""
    properties.created = properties.modified = made_at
    return document


def _set_page(section: "Section", landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    sides = [Mm(_TOP), Mm(_RIGHT), Mm(_BOTTOM), Mm(_LEFT)]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if landscape:  # the page turned to the left: its head lies at the left edge
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        sides = [Mm(_RIGHT), Mm(_BOTTOM), Mm(_LEFT), Mm(_TOP)]
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = sides
    section.footer_distance = Mm((_LEFT if landscape else _BOTTOM) - _NUMBER_BELOW_TEXT)
    section.header_distance = Mm(15)
    for grid in section._sectPr.xpath("w:docGrid"):
        section._sectPr.remove(grid)


def _set_styles(document: "Document") -> None:
    from docx.enum.style import WD_STYLE_TYPE

    known = {style.name for style in document.styles}
    for style, (font, points) in _FONTS.items():
        name = STYLE_NAMES[style]
        if name not in known:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
        _set_style(document.styles[name], font, points)
        _set_paragraph(document.styles[name].element.get_or_add_pPr(), style)


def _set_style(style: Any, font: str, points: float) -> None:
    """Replace what a style says of characters: the library's own has colours, themes and bold."""
    element = style.element
    if element.rPr is not None:
        element.remove(element.rPr)
    set_font(element.get_or_add_rPr(), font, points)


def set_font(properties: Any, font: str, points: float) -> None:
    """Name the font of the characters of a style or a run, for Chinese and for the rest, and its size."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks take a full width
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_SPACING_TWIPS if points == 16 else 0))
    for tag in ("sz", "szCs"):
        size = OxmlElement(f"w:{tag}")
        size.set(qn("w:val"), str(int(points * 2)))
        properties.append(size)
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _set_paragraph(properties: Any, style: Style) -> None:
    """Replace what a style says of its paragraphs."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    alignment = "center" if style in {Style.TITLE, Style.SIGNATURE} else "both"
    line = round(20 * (_CELL_LINE_POINTS if style is Style.CELL else _LINE_POINTS))
    level = {Style.FIRST: 0, Style.SECOND: 1}.get(style)
    keep = "<w:keepNext/>" if level is not None else ""
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    inner = parse_xml(
        f"<w:pPr {nsdecls('w')}>{keep}<w:widowControl w:val='0'/>"
        "<w:kinsoku/><w:autoSpaceDE w:val='0'/><w:autoSpaceDN w:val='0'/>"
        "<w:adjustRightInd w:val='0'/><w:snapToGrid w:val='0'/>"
        f"<w:spacing w:before='0' w:after='0' w:line='{line}' w:lineRule='exact'/>"
        f"{_indent(style)}<w:contextualSpacing w:val='0'/><w:jc w:val='{alignment}'/>{outline}</w:pPr>"
    )
    properties.getparent().replace(properties, inner)


def _indent(style: Style) -> str:
    """Two characters at the head of a paragraph; who signs stands centred over the date, near the right."""
    left, right, first = _INDENTS.get(style, (0, 0, 2))
    return "<w:ind {}/>".format(
        " ".join(
            f"w:{side}Chars='{characters * 100}' w:{side}='{characters * _CHARACTER}'"
            for side, characters in (("left", left), ("right", right), ("firstLine", first))
        )
    )


def _number_pages(section: "Section") -> None:
    """— 1 — in 14 pt at the outer edge, one character in."""
    for footer, alignment in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _write_number(footer.paragraphs[0], alignment)


def _write_number(paragraph: Any, alignment: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    properties = parse_xml(
        f"<w:pPr {nsdecls('w')}><w:spacing w:before='0' w:after='0' w:line='280' w:lineRule='exact'/>"
        f"<w:ind w:{alignment}='280' w:firstLineChars='0' w:firstLine='0'/>"
        f"<w:jc w:val='{alignment}'/></w:pPr>"
    )
    paragraph._p.remove(paragraph._p.get_or_add_pPr())
    paragraph._p.insert(0, properties)
    for text in ("— ", "", " —"):
        run = paragraph.add_run(text)
        set_font(run._r.get_or_add_rPr(), NUMBER_FONT, 14)
        if not text:
            _add_field(run._r)


def _add_field(run: Any) -> None:
    """The number of the page."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for inner in (
        "<w:fldChar {} w:fldCharType='begin'/>",
        "<w:instrText {} xml:space='preserve'> PAGE </w:instrText>",
        "<w:fldChar {} w:fldCharType='separate'/>",
        "<w:t {}>1</w:t>",
        "<w:fldChar {} w:fldCharType='end'/>",
    ):
        run.append(parse_xml(inner.format(nsdecls("w"))))


def _keep_full_widths(document: "Document") -> None:
    """Chinese is mainland Chinese; its punctuation keeps its full width, as 28 characters a line take it."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qn("w:eastAsia"), "zh-CN")
    settings = document.settings.element
    for old in settings.xpath("w:characterSpacingControl"):
        settings.remove(old)
    control = parse_xml(f"<w:characterSpacingControl {nsdecls('w')} w:val='doNotCompress'/>")
    following = settings.xpath("w:hdrShapeDefaults | w:footnotePr | w:endnotePr | w:compat")
    following[0].addprevious(control) if following else settings.append(control)
