"""What was filled in in a PDF form before its fields were made part of the page, as printing does."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from veikart.engines.readers.docx_controls import NOT_TICKED, TICKED
from veikart.engines.readers.pdf_fields import Field
from veikart.engines.readers.pdf_line import PdfLine

_SMALLEST, _LARGEST, _SQUARE = 6.0, 22.0, 1.3
_DEPTH = 4
_MOST_DRAWINGS = 2_000
_FEWEST_BOXES = 2
_INSIDE = 0.85
_APART = 0.5


def is_flattened(page: "pypdfium2.PdfPage") -> bool:
    """Whether a page has drawings of their own, as fields become that are made part of it."""
    number = pdfium.FPDFPage_CountObjects(page.raw)
    objects = (pdfium.FPDFPage_GetObject(page.raw, index) for index in range(number))
    return any(pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_FORM for one in objects)


def drawn_boxes(page: "pypdfium2.PdfPage") -> list[Field]:
    """The boxes to tick on a page, drawn by themselves: small squares, ticked if something is in them.

    Small pictures are none: at least two are needed, and one of them must be empty.
    """
    found = [box for drawing in _drawings(page) if (box := _box(drawing)) is not None]
    if len(found) < _FEWEST_BOXES or all(box.text == TICKED for box in found):
        return []
    return sorted(found, key=lambda box: (-box.top, box.left))


def in_order(lines: list[PdfLine]) -> list[PdfLine]:
    """The lines from the top down, where none stands beside another; else as they are.

    What was filled in is drawn after all that was printed, wherever it stands.
    """
    sorted_lines = sorted(lines, key=lambda line: -line.baseline)
    for above, line in pairwise(sorted_lines):
        if above.baseline - line.baseline < _APART * min(above.size, line.size):
            return lines
    return sorted_lines


def _drawings(page: "pypdfium2.PdfPage") -> Iterator["pypdfium2.PdfObject"]:
    objects = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_FORM], max_depth=_DEPTH)
    for number, drawing in enumerate(objects):
        if number >= _MOST_DRAWINGS:
            return
        yield drawing


def _box(drawing: "pypdfium2.PdfObject") -> Field | None:
    """The box that a drawing is; None if it is something else."""
    left, bottom, right, top = drawing.get_bounds()
    width, height = right - left, top - bottom
    if not _is_square(width, height):
        return None
    sizes = list(_sizes_within(drawing))
    if not sizes:
        return None
    is_ticked = any(max(wide / width, high / height) < _INSIDE for wide, high in sizes)
    return Field(TICKED if is_ticked else NOT_TICKED, True, "", left, bottom, right, top)


def _is_square(width: float, height: float) -> bool:
    is_small = min(width, height) >= _SMALLEST and max(width, height) <= _LARGEST
    return is_small and max(width, height) < _SQUARE * min(width, height)


def _sizes_within(drawing: "pypdfium2.PdfObject") -> Iterator[tuple[float, float]]:
    """The width and height of each thing that a drawing is made of."""
    for number in range(pdfium.FPDFFormObj_CountObjects(drawing.raw)):
        edges = [ctypes.c_float() for _edge in range(4)]
        part = pdfium.FPDFFormObj_GetObject(drawing.raw, number)
        if pdfium.FPDFPageObj_GetBounds(part, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            yield right - left, top - bottom
