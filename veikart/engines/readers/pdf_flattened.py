"""What was filled in in a PDF form before its fields were made part of the page, as printing does."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

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
_MOST_EDGES = 12
_APART = 0.5

Drawing = object  # as PDFium hands it out


def drawn_last(page: "pypdfium2.PdfPage") -> list[Drawing]:
    """The drawings of their own that a page has behind the last text printed on it, as fields
    become that are made part of it; letterheads and logos stand before it.
    """
    found = []
    for index in reversed(range(pdfium.FPDFPage_CountObjects(page.raw))):
        one = pdfium.FPDFPage_GetObject(page.raw, index)
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            break
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            found.append(one)
    return list(islice((part for one in reversed(found) for part in _within(one)), _MOST_DRAWINGS))


def have_text(drawings: Iterable[Drawing]) -> bool:
    """Whether something is written in any of them."""
    kinds = (pdfium.FPDFPageObj_GetType(part) for drawing in drawings for part in _parts(drawing))
    return pdfium.FPDF_PAGEOBJ_TEXT in kinds


def drawn_boxes(drawings: Iterable[Drawing]) -> list[Field]:
    """The boxes to tick among drawings: small squares, ticked if something is in them.

    Small pictures are none: a frame has few edges, at least two boxes are needed, and one of them
    must be empty.
    """
    found = [box for drawing in drawings if (box := _box(drawing)) is not None]
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


def _within(drawing: Drawing, depth: int = _DEPTH) -> Iterator[Drawing]:
    """A drawing, and those that it is made of."""
    yield drawing
    for part in _parts(drawing) if depth > 1 else ():
        if pdfium.FPDFPageObj_GetType(part) == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _within(part, depth - 1)


def _parts(drawing: Drawing) -> Iterator[Drawing]:
    for number in range(pdfium.FPDFFormObj_CountObjects(drawing)):
        yield pdfium.FPDFFormObj_GetObject(drawing, number)


def _box(drawing: Drawing) -> Field | None:
    """The box that a drawing is; None if it is something else."""
    edges = _edges(drawing)
    if edges is None:
        return None
    left, bottom, right, top = edges
    width, height = right - left, top - bottom
    if not _is_square(width, height):
        return None
    parts = [(part, each) for part in _parts(drawing) if (each := _edges(part)) is not None]
    inside = [part for part, each in parts if _is_inside(each, width, height)]
    frame = [part for part, each in parts if not _is_inside(each, width, height)]
    if not frame or any(pdfium.FPDFPath_CountSegments(part) > _MOST_EDGES for part in frame):
        return None
    return Field(TICKED if inside else NOT_TICKED, True, "", left, bottom, right, top)


def _is_square(width: float, height: float) -> bool:
    is_small = min(width, height) >= _SMALLEST and max(width, height) <= _LARGEST
    return is_small and max(width, height) < _SQUARE * min(width, height)


def _is_inside(edges: Sequence[float], width: float, height: float) -> bool:
    left, bottom, right, top = edges
    return max((right - left) / width, (top - bottom) / height) < _INSIDE


def _edges(drawing: Drawing) -> tuple[float, float, float, float] | None:
    """How far a drawing reaches to the left, down, to the right and up; None if it shows nothing."""
    edges = [ctypes.c_float() for _edge in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(drawing, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top
