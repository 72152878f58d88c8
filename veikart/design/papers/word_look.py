"""How papers look as DOCX: the page, its styles, and the numbers at the foot."""

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

FONT = "Arial"
INK, DEEP, BLUE, QUIET, LINE = "1E2B3C", "002C54", "0062BA", "4A5768", "B8BCC1"
PLACEHOLDER = "Placeholder Text"
_SIZES = {"Title": 23, "Heading 1": 15, "Heading 2": 12, "Heading 3": 10.5, "Normal": 10.5}


def element(tag: str, **attributes: str) -> Any:
    """An element such as `w:lang` with its attributes, given without their prefix."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 (as above)
    from docx.oxml.ns import qn  # noqa: PLC0415 (as above)

    made = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in attributes.items():
        made.set(qn(f"{prefix}:{name}"), value)
    return made


def style(document: "Document", language: str) -> None:
    """Set every style of `document`, which is in `language`, a code with its region: nb-NO."""
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


def set_page(page: "Section") -> None:
    """An upright A4 page with our margins."""
    from docx.shared import Mm  # noqa: PLC0415 (as above)

    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    page.top_margin, page.bottom_margin = Mm(25), Mm(24)


def number_pages(page: "Section") -> None:
    """Write the foot: Side 1 av 3, as fields that Word counts."""
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
