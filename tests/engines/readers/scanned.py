"""Makes scanned paper: a PDF whose pages are pictures of text."""

import io

import pypdfium2


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
