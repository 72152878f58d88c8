"""What a file is that should have been a PDF, told by how it begins."""

from typing import Final

_PDF_WITHIN: Final = 1024
_LOOKED_AT: Final = 4096
_BEGINNINGS: Final = (
    (b"\x89PNG", "is_picture"), (b"\xff\xd8\xff", "is_picture"), (b"GIF8", "is_picture"), (b"BM", "is_picture"),
    (b"II*\x00", "is_picture"), (b"MM\x00*", "is_picture"), (b"{\\rtf", "is_word"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is_office"),
)  # fmt: skip
_PARTS: Final = (
    (b"word/document", "is_word"), (b"xl/workbook", "is_spreadsheet"), (b"ppt/presentation", "is_slides"),
    (b"opendocument.text", "is_word"), (b"opendocument.spreadsheet", "is_spreadsheet"),
    (b"opendocument.presentation", "is_slides"),
)  # fmt: skip
_PAGES_OF_THE_WEB: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
_UNWRITTEN: Final = frozenset(range(9)) | frozenset((11, *range(14, 27), *range(28, 32), 127))


def other_than_pdf(content: bytes) -> str | None:
    """The code of what `content` is, such as `is_word`; None if it begins as a PDF does."""
    if not content:
        return "empty"
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return None
    for beginning, code in _BEGINNINGS:
        if content.startswith(beginning):
            return code
    if (content[:4] == b"RIFF" and content[8:12] == b"WEBP") or content[4:8] == b"ftyp":
        return "is_picture" if content[8:12] in (b"WEBP", b"heic", b"mif1", b"avif") else "not_pdf"
    if content.startswith(b"PK\x03\x04"):
        return next((code for part, code in _PARTS if part in content), "not_pdf")
    return _written(content[:_LOOKED_AT])


def _written(beginning: bytes) -> str:
    if any(mark in beginning.lower() for mark in _PAGES_OF_THE_WEB):
        return "is_web_page"
    return "not_pdf" if _UNWRITTEN.intersection(beginning) else "is_text"
