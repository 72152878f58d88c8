"""Which pages of a PDF are pictures of text, as scanned paper is."""

from collections.abc import Mapping

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from veikart.engines.readers.pdf_file import opened

_LEAST_PART = 0.4  # of the page, that its pictures cover together
_MOST_PICTURES = 500
_FEWEST_DRAWINGS = 20  # letters drawn as shapes are many; a frame and a line are few


def pictured_pages(name: str, content: bytes, letters: Mapping[int, int]) -> frozenset[int]:
    """Which of these pages show a text that is not there as text; `letters` says by the number of
    a page how many it does have. One without any shows something at least, drawn or photographed;
    another is mostly covered by pictures.

    Raises Unreadable as `pdf_pages` does.
    """
    with opened(name, content) as document:
        found = set()
        for number, many in letters.items():
            page = document[number - 1]
            if _is_covered(page) or (many == 0 and _is_drawn_on(page)):
                found.add(number)
            page.close()
        return frozenset(found)


def _is_drawn_on(page: "pypdfium2.PdfPage") -> bool:
    return int(pdfium.FPDFPage_CountObjects(page.raw)) >= _FEWEST_DRAWINGS


def _is_covered(page: "pypdfium2.PdfPage") -> bool:
    width, height = page.get_size()
    covered = 0.0
    pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    for _number, picture in zip(range(_MOST_PICTURES), pictures, strict=False):
        left, bottom, right, top = picture.get_bounds()
        across = min(right, width) - max(left, 0)
        covered += max(across, 0) * max(min(top, height) - max(bottom, 0), 0)
    return bool(covered >= _LEAST_PART * width * height)
