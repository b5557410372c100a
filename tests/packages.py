"""Workbooks written part by part, as no program would write them."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def text(words: str) -> str:
    """A cell that holds its own text."""
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'


def row(*cells: str) -> str:
    """A row of cells, each as XML."""
    return f"<row>{''.join(cells)}</row>"


HEADING = row(text("题干"), text("选项A"), text("选项B"), text("答案"))
QUESTION = row(text("问"), text("甲"), text("乙"), text("A"))


def sheet(*rows: str, after: str = "") -> str:
    """A worksheet's part."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def strings(*items: str) -> str:
    """The part of the texts that cells share."""
    return f'<sst xmlns="{MAIN}">{"".join(items)}</sst>'


def styles(*codes: str) -> str:
    """A part of styles, one a format code of numbers."""
    formats = "".join(f"<numFmt numFmtId='{164 + n}' formatCode='{code}'/>" for n, code in enumerate(codes))
    used = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(codes)))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'


def parts(worksheet: str, **more: str) -> dict[str, str]:
    """The parts of a workbook with one sheet; ``sharedStrings`` and ``styles`` where given."""
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="单选题" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    targets = {"worksheet": "worksheets/sheet1.xml"} | {kind: f"{kind}.xml" for kind in more}
    related = "".join(
        f'<Relationship Id="rId{place}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets.items(), start=1)
    )
    written = {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}</Relationships>",
        SHEET: worksheet,
    }
    return written | {f"xl/{targets[kind]}": part for kind, part in more.items()}


def packed(written: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as a file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, part in written.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def package(*rows: str, after: str = "", **more: str) -> bytes:
    """A workbook of one sheet with these rows."""
    return packed(parts(sheet(*rows, after=after), **more))
