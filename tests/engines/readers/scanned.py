"""Makes scanned paper: a PDF whose pages are pictures of text; marks tests that have it read."""

import io

import pypdfium2
import pytest

from veikart.adapters.recognition import why_not

_why_not = why_not()
needs_tesseract = pytest.mark.skipif(_why_not is not None, reason=str(_why_not))


def scanned(content: bytes) -> bytes:
    """The PDF `content` printed and scanned: each page a picture of it, without any text."""
    printed = pypdfium2.PdfDocument(content)
    paper = pypdfium2.PdfDocument.new()
    for page in printed:
        width, height = page.get_size()
        bitmap = page.render(scale=200 / 72, grayscale=True)
        picture = pypdfium2.PdfImage.new(paper)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        sheet = paper.new_page(width, height)
        sheet.insert_obj(picture)
        sheet.gen_content()
        sheet.close()
        bitmap.close()
        page.close()
    file = io.BytesIO()
    paper.save(file)
    paper.close()
    printed.close()
    return file.getvalue()
