"""Files that no reader reads, known by their first bytes, and what to do with each."""

import re

from veikart.engines.proposal import Unreadable

_AS_DOCX = "Open it in the program that made it, save it as DOCX or PDF, and take that in."
_AS_PDF = "Put it into a PDF, whose pages can be recognised, and take that in."
_ASK = "Do not open it. Ask the sender for the reply as a document."
_UNPACK = "Unpack it, look at what is in it, and take in each document by itself."
_PAGES = "the Mac's own format (Pages, Numbers or Keynote)"

_BEGINNINGS = (
    (rb"\{\\rtf", "an RTF document", _AS_DOCX),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.", "an OpenDocument file", _AS_DOCX),
    (rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", "a web page",
     "Open it in a browser, print it to a PDF, and take that in."),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|.{4}ftyp(?:heic|heix|mif1|avif)|RIFF.{4}WEBP",
     "a picture", _AS_PDF),
    (rb"MZ.{0,200}\0|\x7fELF|#!\s*/", "a program", _ASK),
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh[1-9]1AY", "a packed archive", _UNPACK),
    (rb"(?:\xef\xbb\xbf)?\s*BEGIN:(?:VCALENDAR|VCARD)\b", "an invitation or a business card",
     "If there is a reply, it came beside it."),
)  # fmt: skip
_KNOWN = tuple(
    (re.compile(begins, re.DOTALL | re.IGNORECASE), what, todo)
    for begins, what, todo in _BEGINNINGS
)
_LOOKED_AT = 4_096
_OUTLOOK = "__substg1.0_".encode("utf-16-le")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def other_format(name: str, content: bytes) -> Unreadable | None:
    """Why the file cannot be read, if it is of a format that no reader knows; else None."""
    found = _format_of(content)
    if found is None:
        return None
    what, todo = found
    return Unreadable(
        "other_format",
        f"Expected a document as TXT, DOCX or PDF, or an e-mail as .eml; {name} is {what}. {todo}",
    )


def _format_of(content: bytes) -> tuple[str, str] | None:
    if content.startswith(_OLD_OFFICE) and _OUTLOOK in content:
        return (
            "an Outlook message (.msg)",
            "Open it in Outlook, save it as .eml, or save its attachments, and take that in.",
        )
    if content.startswith(b"PK") and b"Index/Document.iwa" in content:
        return _PAGES, _AS_DOCX
    begin = content[:_LOOKED_AT]
    return next(((what, todo) for begins, what, todo in _KNOWN if begins.match(begin)), None)
