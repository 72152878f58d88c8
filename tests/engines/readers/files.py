"""Makes the files that the readers are tried on."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import docx
import openpyxl
import typst

COLUMNS = (
    "Leveransenavn i veikartet", "Beskrivelse av leveranse gant", "Veikartfase", "Startdato",
    "Strategisk delmål", "Strategi gruppering", "Sluttdato", "Planleggingsstatus",
    "Leveranse-ID", "Versjon",
)  # fmt: skip
SHORT = (
    "name", "description", "phase", "start", "delmal", "grouping", "end", "certainty",
    "register_id", "version",
)  # fmt: skip
ROW = {
    "name": "Fullmakter",
    "description": "",
    "phase": "Innføring",
    "start": "01.07.2026",
    "delmal": "1A - Innbygger skal ha mulighet",
    "grouping": "Fullmakt, representasjon",
    "end": "",
    "certainty": "Planlagt",
    "register_id": "56876000020107079",
    "version": "2026-08",
}


def row(**changed):
    """A good row of the register, in the order of its columns, with some cells changed."""
    return [{**ROW, **changed}[field] for field in SHORT]


def csv_file(*rows, columns=COLUMNS, delimiter=";", encoding="utf-8-sig"):
    """The register as its own export writes it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([columns, *rows])
    return text.getvalue().encode(encoding)


def xlsx_file(*rows, columns=COLUMNS, sheets=("Veikart",)):
    """The register as openpyxl writes it; the rows go into the last sheet."""
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for title in sheets[1:]:
        book.create_sheet(title)
    sheet = book[sheets[-1]]
    for cells in [columns, *rows]:
        sheet.append([None if cell == "" else cell for cell in cells])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zip_file(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def excel_parts(sheet: str, strings: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook as Excel writes them: with shared strings and date styles.

    `sheet` is what stands in <sheetData>, `strings` what stands in <sst>. Style 1 is a date.
    """
    relation = f"{OFFICE}/"
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{relation}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Veikart" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{relation}worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{relation}sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{relation}styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{SPREADSHEET}"><numFmts>'
        '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPREADSHEET}">'
        f"<sheetData>{sheet}</sheetData></worksheet>",
    }


def excel_heading() -> tuple[str, str]:
    """The heading as a row of shared strings, and those strings."""
    cells = "".join(f'<c t="s"><v>{index}</v></c>' for index in range(len(COLUMNS)))
    strings = "".join(f"<si><t>{escape(column)}</t></si>" for column in COLUMNS)
    return f'<row r="1">{cells}</row>', strings


def blocks(text: str) -> list[list[str]]:
    """The lines of a text, in the blocks that blank lines part it into."""
    parted = (
        [line.strip() for line in block.splitlines() if line.strip()]
        for block in re.split(r"\n\s*\n", text)
    )
    return [block for block in parted if block]


def docx_file(text: str) -> bytes:
    """`text` as a Word document: lists as lists, one paragraph a line."""
    document = docx.Document()
    for block in blocks(text):
        for line in block:
            if line.startswith("- "):
                document.add_paragraph(line[2:], style="List Bullet")
            else:
                document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def word_file(body: str, *, footnotes: str = "", styles: str = "") -> bytes:
    """A Word document with this in <w:body>, and where given in its footnotes and styles."""
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    }
    if footnotes:
        parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{WORD}">{footnotes}</w:footnotes>'
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>'
    return zip_file(parts)


PLAIN_SETTING = '#set page(paper: "a4")\n#set text(lang: "nb", size: 11pt)\n'
PRINTED_SETTING = (
    '#set page(paper: "a5", numbering: "1 / 1", header: [Nasjonal strategi 2023–2030])\n'
    '#set text(lang: "nb", size: 10pt, hyphenate: true)\n#set par(justify: true)\n'
)


def pdf_file(text: str, *, setting: str = PLAIN_SETTING, goals_as_headings: bool = False) -> bytes:
    """`text` as a PDF set by Typst: lists as lists, the rest as paragraphs."""
    parts = [setting]
    for block in blocks(text):
        if block[0].startswith("- "):
            parts.append("\n".join(f"- {_typst(line[2:])}" for line in block))
        elif goals_as_headings and re.match(r"Mål \d:", block[0]) and len(block) == 1:
            parts.append(f"= {_typst(block[0])}")
        else:
            parts.append(" \\\n".join(_typst(line) for line in block))
    # Only with the fonts that Typst carries: what a machine has beside may spell ☐ in another way.
    return typst.compile("\n\n".join(parts).encode(), ignore_system_fonts=True)


def _typst(text: str) -> str:
    return re.sub(r"([\\#*_`$<>@\[\]~\"/=+-])", r"\\\1", text)


def without_places(items: Sequence) -> list[tuple[str, str, dict]]:
    """Items as kind, key and values, wherever they were found."""
    return [(item.kind, item.key, item.values) for item in items]
