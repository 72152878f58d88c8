"""Papers as DOCX: the same look as the PDFs, real headings, tables with heads that repeat, a language.

Each call gives the same bytes for the same content: dates are handed in, and none is taken from a clock.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from veikart.design.papers.setting import REGIONS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FONT = "Arial"
INK, DEEP, BLUE, QUIET, LINE = "1E2B3C", "002C54", "0062BA", "4A5768", "B8BCC1"
MOST_IN_CELLS = 6
"""A table of more columns is set smaller."""
PLACEHOLDER = "Placeholder Text"
_SIZES = {"Title": 23, "Heading 1": 15, "Heading 2": 12, "Heading 3": 10.5, "Normal": 10.5}
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a ZIP can say first
# What XML has no letter for, and halves of letters.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def new_document(*, title: str, at: dt.datetime, issuer: str | None = None) -> "Document":
    """An empty A4 document in the active language, with its title on top and page numbers at the foot."""
    import docx  # noqa: PLC0415 (half a second: only who writes a paper loads it)

    document = docx.Document()
    language = get_language() or "nb"
    _style(document, f"{language}-{REGIONS.get(language, 'NO')}")
    page = document.sections[0]
    _set_page(page)
    _number_pages(page)
    told = document.core_properties
    told.title, told.author, told.language = writable(title), writable(issuer or ""), language
    told.created = told.modified = told.last_printed = at.astimezone(dt.UTC).replace(tzinfo=None)
    told.last_modified_by, told.comments, told.revision = "", "", 1
    if issuer:
        paragraph(document, issuer, style="Issuer")
    paragraph(document, title, style="Title")
    return document


def writable(text: str) -> str:
    """`text` without what a DOCX cannot hold: control characters and halves of letters."""
    return _NOT_IN_XML.sub("", text)


def heading(document: "Document", text: str, level: int) -> "Paragraph":
    """A heading of `level` 1 to 3."""
    return paragraph(document, text, style=f"Heading {level}")


def paragraph(container: "Document | _Cell", text: str, *, style: str | None = None) -> "Paragraph":
    """One paragraph; line feeds within it become line breaks."""
    return container.add_paragraph(writable(text), style=style)


def paragraphs(container: "Document | _Cell", text: str, *, style: str | None = None) -> None:
    """A paragraph for each line of `text` that says something."""
    for line in text.splitlines():
        if line.strip():
            paragraph(container, line.strip(), style=style)


def say(
    place: "Paragraph",
    text: str,
    *,
    address: str | None = None,
    lang: str | None = None,
    bold: bool = False,
) -> None:
    """Add words to a paragraph: as a link if they have an `address`, marked with their language `lang`."""
    run = place.add_run(writable(text))
    run.bold = True if bold else None
    if lang:
        run._r.get_or_add_rPr().append(element("w:lang", val=lang))
    if address:
        _link(place, run, address)


def _link(place: "Paragraph", run: Any, address: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 (as above)
    from docx.oxml.ns import qn  # noqa: PLC0415 (as above)
    from docx.shared import RGBColor  # noqa: PLC0415 (as above)

    run.font.color.rgb, run.font.underline = RGBColor.from_string(BLUE), True
    link = element("w:hyperlink")
    kept = place.part.relate_to(writable(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), kept)
    run._r.addprevious(link)
    link.append(run._r)


def facts(document: "Document", pairs: Sequence[tuple[str, str]]) -> None:
    """What is known, one thing a line: a name in bold, and what it is."""
    for name, said in pairs:
        line = document.add_paragraph(style="Fact")
        line.add_run(writable(f"{name}: ")).bold = True
        line.add_run(writable(said))


def table(
    document: "Document",
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float],
    numbers: Sequence[int] = (),
    about: str,
) -> "Table":
    """A table of texts. Its head repeats on each page, and a row is never broken over two.

    `widths` are shares of the width, `numbers` the columns that are numbers, `about` what the
    table shows, which is its alternative text.
    """
    made: Table = document.add_table(rows=0, cols=len(heads))
    made.autofit = False
    whole = sum(widths)
    shares = [int(_text_width(document) * width / whole) for width in widths]
    for column, share in zip(made.columns, shares, strict=True):
        column.width = share
    style = "Cell" if len(heads) <= MOST_IN_CELLS else "Small Cell"
    for number, row in enumerate([heads, *rows]):
        cells = made.add_row().cells
        for place, (cell, said) in enumerate(zip(cells, row, strict=True)):
            cell.width = shares[place]
            _fill(cell, said, style, is_head=number == 0, is_number=place in numbers)
    _make_head(made)
    _describe(made, about)
    return made


def saved(document: "Document", *, at: dt.datetime) -> bytes:
    """The bytes of `document`, with every part of the archive dated `at`."""
    first = io.BytesIO()
    document.save(first)
    out = io.BytesIO()
    utc = at.astimezone(dt.UTC)
    day = max((utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second), _EARLIEST)
    with (
        zipfile.ZipFile(first) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as written,
    ):
        for name in read.namelist():
            part = zipfile.ZipInfo(name, date_time=day)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            written.writestr(part, read.read(name))
    return out.getvalue()


def element(tag: str, **attributes: str) -> Any:
    """An element such as `w:lang` with its attributes, given without their prefix."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 (as above)
    from docx.oxml.ns import qn  # noqa: PLC0415 (as above)

    made = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in attributes.items():
        made.set(qn(f"{prefix}:{name}"), value)
    return made


def _style(document: "Document", language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 (as above)
    from docx.oxml.ns import qn  # noqa: PLC0415 (as above)

    styles = document.styles
    for name, size in _SIZES.items():
        _set_font(styles[name], size=size, colour=INK if name == "Normal" else DEEP)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        styles[name].font.bold = True
    _space(styles["Normal"], before=0, after=6, line=1.25)
    _space(styles["Title"], before=0, after=12, line=1.0)
    borders = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        styles["Title"].element.pPr.remove(borders)
    for name, before, after in (("Heading 1", 22, 8), ("Heading 2", 16, 6), ("Heading 3", 12, 4)):
        _space(styles[name], before=before, after=after, line=1.1)
    for name, size, colour in (
        ("Issuer", 9, QUIET), ("Lead", 12, INK), ("Fact", 10.5, INK), ("Cell", 9, INK), ("Note", 9.5, QUIET),
        ("Choice", 10.5, INK), ("Field", 10.5, INK), ("Small Cell", 7.5, INK), ("Credit", 9.5, QUIET),
    ):  # fmt: skip
        own = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = styles["Normal"]
        _set_font(own, size=size, colour=colour)
    _space(styles["Fact"], before=0, after=2, line=1.15)
    _space(styles["Choice"], before=0, after=2, line=1.15)
    _space(styles["Note"], before=8, after=6, line=1.15)
    styles["Field"].element.get_or_add_pPr().append(_frame())
    _space(styles["Lead"], before=0, after=10, line=1.25)
    for name in ("Cell", "Small Cell"):
        _space(styles[name], before=1, after=1, line=1.1)
    quote = styles["Quote"]
    _set_font(quote, size=10, colour=INK)
    quote.font.italic = False
    _space(quote, before=6, after=2, line=1.2)
    quote.paragraph_format.left_indent = styles["Credit"].paragraph_format.left_indent = 180_000
    _space(styles["Credit"], before=0, after=8, line=1.1)
    placeholder = styles.add_style(PLACEHOLDER, WD_STYLE_TYPE.CHARACTER)
    _set_font(placeholder, size=10.5, colour=QUIET)
    _speak(styles, language)


def _speak(styles: Any, language: str) -> None:
    """Say which language all is in that says nothing else."""
    from docx.oxml.ns import qn  # noqa: PLC0415 (as above)

    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=language, eastAsia=language, bidi="ar-SA"))


def _frame() -> Any:
    """The lines around a field to write in; those of neighbouring paragraphs are one frame."""
    frame = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        frame.append(element(f"w:{side}", val="single", sz="4", space="4", color=QUIET))
    return frame


def _set_font(style: Any, *, size: float, colour: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 (as above)
    from docx.shared import Pt, RGBColor  # noqa: PLC0415 (as above)

    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "Theme" in name or "theme" in name]:
        del fonts.attrib[name]
    for script in ("hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _space(style: Any, *, before: float, after: float, line: float) -> None:
    from docx.shared import Pt  # noqa: PLC0415 (as above)

    told = style.paragraph_format
    told.space_before, told.space_after, told.line_spacing = Pt(before), Pt(after), line


def _set_page(page: "Section") -> None:
    from docx.shared import Mm  # noqa: PLC0415 (as above)

    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    page.top_margin, page.bottom_margin = Mm(25), Mm(24)


def _number_pages(page: "Section") -> None:
    """The foot: Side 1 av 3, as fields that Word counts."""
    line = page.footer.paragraphs[0]
    line.alignment = 2
    for piece in re.split(r"(\{pages?\})", _("Page {page} of {pages}")):
        if piece in {"{page}", "{pages}"}:
            field = element("w:fldSimple", instr="PAGE" if piece == "{page}" else "NUMPAGES")
            run = element("w:r")
            text = element("w:t")
            text.text = "1"
            run.append(text)
            field.append(run)
            line._p.append(field)
        elif piece:
            line.add_run(piece)
    line.style.font.size = 101_600  # 8 points


def _text_width(document: "Document") -> int:
    page = document.sections[0]
    return int((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))


def _fill(cell: "_Cell", said: str, style: str, *, is_head: bool, is_number: bool) -> None:
    first = cell.paragraphs[0]
    for number, line in enumerate([one for one in said.splitlines() if one.strip()] or [""]):
        place = first if number == 0 else cell.add_paragraph()
        place.style = style
        place.alignment = 2 if is_number else None
        place.add_run(writable(line.strip())).bold = True if is_head else None
    properties = cell._tc.get_or_add_tcPr()
    borders = element("w:tcBorders")
    borders.append(
        element(
            "w:bottom", val="single", sz="8" if is_head else "4", color=DEEP if is_head else LINE
        )
    )
    properties.append(borders)


def _make_head(made: "Table") -> None:
    for number, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if number == 0:
            properties.append(element("w:tblHeader"))


def _describe(made: "Table", about: str) -> None:
    """Say that the first row is the head, and what the table shows, for who does not see it."""
    properties = made._tbl.tblPr
    look = properties.find("{*}tblLook")
    if look is not None:
        properties.remove(look)
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="60", type="dxa"))
    properties.append(margins)
    properties.append(element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0",
                              lastColumn="0", noHBand="1", noVBand="1"))  # fmt: skip
    properties.append(element("w:tblCaption", val=writable(about)))
    properties.append(element("w:tblDescription", val=writable(about)))
