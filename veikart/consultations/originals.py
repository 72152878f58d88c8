"""The originals of replies as text, page by page, with the places of points; and pages as pictures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from veikart.consultations.models import Reply, ReplyFile
from veikart.documents import queries as documents
from veikart.documents import reading
from veikart.documents.models import Document
from veikart.engines.handling.actions import FoundAt
from veikart.engines.proposal import Unreadable

KEPT = 16
"""So many originals are kept in memory as text, and so many pages as pictures."""
DOTS_PER_INCH = 110
_READABLE = (ReplyFile.Role.FORM, ReplyFile.Role.LETTER)
_LONG = 0.75  # of the usual line; a line that ends before was ended on purpose
_MARKED = re.compile(r"\s*([-–•*]|\d+[.)]|[a-z]\))\s")
_REASONS: dict[str, Any] = {
    "took_too_long": _(
        "%(name)s cannot be shown here: it takes too long to read. Open the original file."
    ),
    "too_much_memory": _(
        "%(name)s cannot be shown here: it needs more memory than a file may take. "
        "Open the original file."
    ),
    "reader_stopped": _(
        "%(name)s cannot be shown here: something in it stopped the reader. "
        "Open the original file with care."
    ),
    "encrypted": _("%(name)s cannot be shown here: it has a password. Open the original file."),
    "gone": _(
        "%(name)s cannot be shown here: its file is missing or was changed. "
        "Restore it from a backup."
    ),
    "no_page": _("%(name)s has no such page. Open the reply anew."),
}
_ANOTHER_REASON = _("%(name)s cannot be shown here. Open the original file.")


@dataclass(frozen=True)
class Sheet:
    """A page of an original; `number` is None where the format has no pages."""

    document: Document
    number: int | None
    text: str


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
        read = _read(document.sha256, document)
    except (FileNotFoundError, ValueError):
        return ()
    return read if isinstance(read, tuple) else ()


def problem(document: Document) -> str | None:
    """Why an original cannot be shown as text, as a sentence for a person; None where it can."""
    try:
        read = _read(document.sha256, document)
    except (FileNotFoundError, ValueError):
        read = "gone"
    return None if isinstance(read, tuple) else sentence(read, document)


def picture(document: Document, number: int) -> bytes:
    """Page `number` of a PDF as a PNG in grey.

    Raises Unreadable for what cannot be drawn: `sentence` tells a person why. Its code is `no_page`
    for a page that is not there, and `gone` where the file is gone or was changed.
    """
    try:
        found = _drawn(document.sha256, document, number)
    except (FileNotFoundError, ValueError) as problem:
        raise Unreadable("gone", str(problem)) from problem
    if isinstance(found, str):
        raise Unreadable(found, sentence(found, document))
    return found


def sentence(code: str, document: Document) -> str:
    """Why a document cannot be shown, by the code of what was the matter."""
    return str(_REASONS.get(code, _ANOTHER_REASON)) % {"name": document.name}


# What cannot be read is remembered as well: a file that ends its reader should do so once.


@lru_cache(maxsize=KEPT)
def _read(_sha256: str, document: Document) -> tuple[Sheet, ...] | str:
    """The pages of a document as text, or the code of why they cannot be read."""
    try:
        found = reading.read_pages(document.name, documents.content(document))
    except Unreadable as refusal:
        return refusal.code
    return tuple(Sheet(document, each.number, each.text) for each in found)


@lru_cache(maxsize=KEPT)
def _drawn(_sha256: str, document: Document, number: int) -> bytes | str:
    """A page as a PNG, or the code of why it cannot be drawn."""
    try:
        content = documents.content(document)
        return reading.draw_page(document.name, content, number, dots_per_inch=DOTS_PER_INCH)
    except Unreadable as refusal:
        return refusal.code


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
    coming = sorted(places, key=lambda place: place.start)[::-1]  # taken from its end
    edges = {0, len(text)}
    for place in coming:
        edges |= {min(max(edge, 0), len(text)) for edge in (place.start, place.end)}
    flowing = reflowed(text)
    found = []
    over: list[Place] = []
    for start, end in pairwise(sorted(edges)):
        while coming and coming[-1].start <= start:
            over.append(coming.pop())
        over = [place for place in over if place.end > start]
        found.append(_stretch(flowing[start:end], over))
    return found


def _stretch(text: str, over: Sequence[Place]) -> Stretch:
    told = next((place for place in over if place.is_chosen), over[0] if over else None)
    return Stretch(text, told.point, told.is_chosen) if told else Stretch(text)


def written(stretches: Iterable[Stretch]) -> SafeString:
    """Stretches as HTML: the chosen one marked, the others of points as links to them. Thousands of
    them would take a template a second of its own.
    """
    return mark_safe("".join(_written(each) for each in stretches))  # noqa: S308 (each is escaped)


def _written(stretch: Stretch) -> str:
    text = escape(stretch.text).replace("\n", "<br>")
    if stretch.is_chosen:
        return f"<mark>{text}</mark>"
    if stretch.point is None:
        return text
    return f'<a href="?punkt={stretch.point}#punkt">{text}</a>'


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
