"""Papers as DOCX: the same look as the PDFs, real headings, tables with heads that repeat, a language.

Each call gives the same bytes for the same content: dates are handed in, and none is taken from a clock.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language

from veikart.design.papers.setting import REGIONS
from veikart.design.papers.word_look import BLUE, DEEP, LINE, number_pages, set_page, style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph


@dataclass(frozen=True, slots=True)
class Words:
    """What is said: a link if there is an `address`, in the language `lang` if that is another."""

    text: str
    address: str | None = None
    lang: str | None = None
    bold: bool = False


MOST_IN_CELLS = 6
"""A table of more columns is set smaller."""
_TWIP = 635  # of the units that DOCX measures a page in
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a ZIP can say first
# What XML has no letter for, and halves of letters.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def new_document(*, title: str, at: dt.datetime, issuer: str | None = None) -> "Document":
    """An empty A4 document in the active language, with its title on top and page numbers at the foot."""
    import docx  # noqa: PLC0415 (half a second: only who writes a paper loads it)

    document = docx.Document()
    language = get_language() or "nb"
    style(document, f"{language}-{REGIONS.get(language, 'NO')}")
    page = document.sections[0]
    set_page(page)
    number_pages(page)
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


def say(place: "Paragraph", said: Words) -> None:
    """Add words to a paragraph."""
    from docx.oxml import parse_xml  # noqa: PLC0415 (as above)

    whole = parse_xml(f"<w:p {_NAMESPACES}>{_run(said, place)}</w:p>")
    place._p.append(whole[0])


def facts(document: "Document", pairs: Sequence[tuple[str, str]]) -> None:
    """What is known, one thing a line: a name in bold, and what it is."""
    for name, said in pairs:
        line = document.add_paragraph(style="Fact")
        line.add_run(writable(f"{name}: ")).bold = True
        line.add_run(writable(said))


def table(
    document: "Document",
    heads: Sequence[str],
    rows: Sequence[Sequence[Words]],
    *,
    widths: Sequence[float],
    numbers: Sequence[int] = (),
    about: str,
) -> None:
    """A table. Its head repeats on each page, and a row is never broken over two.

    `widths` are shares of the width, `numbers` the columns that are numbers, `about` what the
    table shows, which is its alternative text. It is written as XML at once: by way of python-docx's
    own cells, a report of a hundred replies takes five seconds.
    """
    from docx.oxml import parse_xml  # noqa: PLC0415 (as above)

    whole = sum(widths)
    shares = [round(_text_width(document) / _TWIP * width / whole) for width in widths]
    style = "Cell" if len(heads) <= MOST_IN_CELLS else "SmallCell"
    body = [_row([Words(head, bold=True) for head in heads], shares, numbers, style, document)]
    body += [_row(row, shares, numbers, style, document, is_head=False) for row in rows]
    grid = "".join(f'<w:gridCol w:w="{share}"/>' for share in shares)
    made = parse_xml(
        f"<w:tbl {_NAMESPACES}><w:tblPr>"
        f'<w:tblW w:w="{sum(shares)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={_quoted(about)}/><w:tblDescription w:val={_quoted(about)}/>"
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>"
    )
    document.element.body.insert(len(document.element.body) - 1, made)


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


def _text_width(document: "Document") -> int:
    page = document.sections[0]
    return int((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))


def _row(
    cells: Sequence[Words],
    shares: Sequence[int],
    numbers: Sequence[int],
    style: str,
    document: "Document",
    *,
    is_head: bool = True,
) -> str:
    size, colour = ("8", DEEP) if is_head else ("4", LINE)
    repeats = "<w:tblHeader/>" if is_head else ""
    made = []
    for place, (cell, share) in enumerate(zip(cells, shares, strict=True)):
        side = '<w:jc w:val="right"/>' if place in numbers else ""
        lines = [line for line in cell.text.splitlines() if line.strip()] or [""]
        told = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>'
            f"{_run(replace(cell, text=line.strip()), document)}</w:p>"
            for line in lines
        )
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="dxa"/><w:tcBorders><w:bottom w:val="single" '
            f'w:sz="{size}" w:space="0" w:color="{colour}"/></w:tcBorders></w:tcPr>{told}</w:tc>'
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>{''.join(made)}</w:tr>"


def _run(said: Words, place: "Document | Paragraph") -> str:
    looks = "<w:b/>" if said.bold else ""
    if said.address:
        looks += f'<w:color w:val="{BLUE}"/><w:u w:val="single"/>'
    if said.lang:
        looks += f"<w:lang w:val={_quoted(said.lang)}/>"
    text = escape(writable(said.text))
    run = f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    if not said.address:
        return run
    return f"<w:hyperlink r:id={_quoted(_kept(place.part, said.address))}>{run}</w:hyperlink>"


def _kept(part: Any, address: str) -> str:
    """The name under which a part of the archive keeps an address outside of it."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 (as above)

    kept: str = part.relate_to(writable(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return kept


def _quoted(text: str) -> str:
    return quoteattr(writable(text))
