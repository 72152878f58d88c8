"""The originals of replies as text, page by page, with the places of points; and pages as pictures."""

import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from veikart.consultations.models import Reply, ReplyFile
from veikart.documents import queries as documents
from veikart.documents.models import Document
from veikart.engines.handling.actions import FoundAt
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.document import pages
from veikart.engines.readers.pdf_drawing import drawn_page

KEPT = 16
"""So many originals are kept in memory as text."""
DOTS_PER_INCH = 110
_READABLE = (ReplyFile.Role.FORM, ReplyFile.Role.LETTER)
_LONG = 0.75  # of the usual line; a line that ends before was ended on purpose
_MARKED = re.compile(r"\s*([-–•*]|\d+[.)]|[a-z]\))\s")


@dataclass(frozen=True)
class Sheet:
    """A page of an original; `number` is None where the format has no pages."""

    document: Document
    number: int | None
    text: str

    @property
    def is_pdf(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.number is not None


@dataclass(frozen=True)
class Place:
    """Where a point stands on a page."""

    start: int
    end: int
    point: int
    is_chosen: bool = False


@dataclass(frozen=True)
class Stretch:
    """Some words of a page, and the number of the point that they are of, if any."""

    text: str
    point: int | None = None
    is_chosen: bool = False


def file_of(reply: Reply, found_at: FoundAt | None) -> Document | None:
    """The file that a place is in; where none is named, the only file that can be it."""
    files = list(reply.files.all())
    named = found_at.file if found_at else None
    if named is not None:
        return next((file.document for file in files if file.document.sha256 == named), None)
    readable = [file.document for file in files if file.role in _READABLE]
    return readable[0] if len(readable) == 1 else None


def sheets(document: Document) -> tuple[Sheet, ...]:
    """The pages of an original as text; none where it is gone or cannot be read."""
    try:
        return _sheets(document.sha256, document)
    except (Unreadable, FileNotFoundError, ValueError):
        return ()


@lru_cache(maxsize=KEPT)
def _sheets(_sha256: str, document: Document) -> tuple[Sheet, ...]:
    found = pages(document.name, documents.content(document))
    return tuple(Sheet(document, page.number, page.text) for page in found.pages)


def locate(shown: Sequence[Sheet], words: str) -> FoundAt | None:
    """Where `words` stand in an original, however they are broken over lines; None if nowhere."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    for sheet in shown if pattern else ():
        match = re.search(pattern, sheet.text, re.IGNORECASE)
        if match:
            start, end = match.span()
            return FoundAt(start=start, end=end, page=sheet.number, file=sheet.document.sha256)
    return None


def marked(text: str, places: Iterable[Place]) -> list[Stretch]:
    """`text` cut where places begin and end; where several overlap, the chosen one is told, else the first."""
    ordered = sorted(places, key=lambda place: (not place.is_chosen, place.start))
    edges = {0, len(text)}
    for place in ordered:
        edges |= {min(max(edge, 0), len(text)) for edge in (place.start, place.end)}
    flowing = reflowed(text)
    found = []
    for start, end in pairwise(sorted(edges)):
        over = next((each for each in ordered if each.start <= start < each.end), None)
        found.append(_stretch(flowing[start:end], over))
    return found


def _stretch(text: str, place: Place | None) -> Stretch:
    return Stretch(text, place.point, place.is_chosen) if place else Stretch(text)


def reflowed(text: str) -> str:
    """`text` with blanks in place of those line feeds that only the width of the paper asked for."""
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    usual = lengths[len(lengths) * 4 // 5] if lengths else 0
    joined = lines[0]
    for before, line in pairwise(lines):
        goes_on = len(before) >= _LONG * usual and line.strip() and not _MARKED.match(line)
        joined += (" " if goes_on else "\n") + line
    return joined


@lru_cache(maxsize=KEPT)
def picture(document: Document, number: int) -> bytes:
    """Page `number` of a PDF as a PNG in grey.

    Raises Unreadable for what cannot be opened, LookupError for a page that is not there,
    FileNotFoundError and ValueError where the file is gone or was changed.
    """
    drawn, _scale = drawn_page(
        document.name, documents.content(document), number, dots_per_inch=DOTS_PER_INCH
    )
    heading, dots = drawn.split(b"\n", 1)
    width, height = (int(part) for part in heading.split()[1:3])
    rows = b"".join(b"\0" + dots[row * width : (row + 1) * width] for row in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    whole = name + content
    return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))
