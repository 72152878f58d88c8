"""What is filled in on a page of a PDF form: its boxes and its text fields, and where they stand."""

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from veikart.engines.readers.docx_controls import NOT_TICKED, TICKED
from veikart.engines.readers.texts import plain

MOST_FIELDS = 2_000
_BOXES = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_TEXTS = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)  # fmt: skip
_NOT_SHOWN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


class Field(msgspec.Struct, frozen=True):
    """A field: ☒ or ☐ for a box, else the text in it, and its edges in points from the lower left
    corner of the page. `label` is what the file calls it to those who cannot see it.
    """

    text: str
    is_box: bool
    label: str
    left: float
    bottom: float
    right: float
    top: float


def prepare_fields(document: "pypdfium2.PdfDocument") -> None:
    """Make a PDF that is a form ready for `fields`, before any of its pages is opened."""
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()


def fields(page: "pypdfium2.PdfPage") -> list[Field]:
    """The boxes and the texts that are filled in on a page, from the top down. Nothing is run."""
    form = page.formenv
    if form is None:
        return []
    number = min(pdfium.FPDFPage_GetAnnotCount(page.raw), MOST_FIELDS)
    found = [field for index in range(number) for field in _field(form.raw, page.raw, index)]
    return sorted(found, key=lambda field: (-field.top, field.left))


def _field(form: object, page: object, index: int) -> Iterator[Field]:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return
    try:
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
        is_shown = not pdfium.FPDFAnnot_GetFlags(annotation) & _NOT_SHOWN
        edges = pdfium.FS_RECTF()
        if not is_shown or not pdfium.FPDFAnnot_GetRect(annotation, edges):
            return
        label = _text(
            lambda *into: pdfium.FPDFAnnot_GetFormFieldAlternateName(form, annotation, *into)
        )
        place = (label, edges.left, edges.bottom, edges.right, edges.top)
        if kind in _BOXES:
            ticked = pdfium.FPDFAnnot_IsChecked(form, annotation)
            yield Field(TICKED if ticked else NOT_TICKED, True, *place)
        elif kind in _TEXTS:
            text = _text(lambda *into: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, *into))
            if text.strip():
                yield Field(text, False, *place)
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _text(ask: Callable[..., int]) -> str:
    """A text that PDFium writes into a buffer of so many bytes, in UTF-16 with a zero at its end."""
    length = ask(None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return plain(buffer.raw[: max(length - 2, 0)].decode("utf-16-le", errors="replace"))


def rows_of_boxes(found: Iterable[Field]) -> list[list[Field]]:
    """The boxes that stand at one height, from left to right."""
    rows: list[list[Field]] = []
    for box in (field for field in found if field.is_box):
        if rows and _at_one_height(rows[-1][0], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _at_one_height(one: Field, other: Field) -> bool:
    return one.bottom < (other.bottom + other.top) / 2 < one.top


def marked(row: Sequence[Field], between: Callable[[float, float], str]) -> str:
    """A row of boxes as text, each before its label: "☒ Ja ☐ Nei".

    `between` gives what is printed at that height from one place to another. A box with nothing
    printed behind it is called what the file calls it.
    """
    parts = [between(0.0, row[0].left)]
    for place, box in enumerate(row):
        end = row[place + 1].left if place + 1 < len(row) else float("inf")
        parts += [box.text, between(box.right, end) or box.label]
    return " ".join(" ".join(parts).split())
