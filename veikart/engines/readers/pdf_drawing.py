"""A page of a PDF drawn as a picture in grey, for programs that recognise text."""

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from veikart.engines.readers.pdf_file import opened

DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_MOST_DOTS = 40_000_000


def drawn_page(
    name: str, content: bytes, number: int, *, dots_per_inch: int = DOTS_PER_INCH
) -> tuple[bytes, float]:
    """Page `number` (from 1) as a PGM picture, and how many of its dots make a point.

    It has 300 dots an inch unless told otherwise, fewer only where the page is larger than a poster. Raises Unreadable
    for what cannot be opened, LookupError for a page that is not there.
    """
    with opened(name, content) as document:
        if not 1 <= number <= len(document):
            raise LookupError(f"{name} has no page {number}.")
        page = document[number - 1]
        width, height = page.get_size()
        scale = dots_per_inch / _POINTS_PER_INCH
        scale *= min(1.0, (_MOST_DOTS / max(width * height * scale**2, 1.0)) ** 0.5)
        bitmap = page.render(
            scale=scale, grayscale=True, force_bitmap_format=pdfium.FPDFBitmap_Gray
        )
        rows = memoryview(bitmap.buffer).cast("B")
        picture = b"".join(
            bytes(rows[row * bitmap.stride : row * bitmap.stride + bitmap.width])
            for row in range(bitmap.height)
        )
        heading = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
        bitmap.close()
        page.close()
        return heading + picture, scale
