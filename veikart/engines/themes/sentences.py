"""The sentences of a text with their places, and windows of some eighty words made of them."""

import re
from collections.abc import Sequence

from veikart.engines.themes.words import words

_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])[»”\")]*\s+(?=[«“\"(]?[A-ZÆØÅ0-9])|\s*\n\s*")
_LONGEST = 600  # characters; a list without a full stop is parted between words
WINDOW = 80  # words

Span = tuple[int, int]


def sentences(text: str) -> list[Span]:
    """Where each sentence begins and ends in `text`: half-open, without white space around it."""
    spans: list[Span] = []
    start = 0
    for found in _END.finditer(text):
        spans += _pieces(text, start, found.start())
        start = found.end()
    return spans + _pieces(text, start, len(text))


def windows(text: str, spans: Sequence[Span]) -> list[Span]:
    """Sentences in their order put together until each window has some eighty words."""
    made: list[Span] = []
    start: int | None = None
    size = 0
    for begin, end in spans:
        start = begin if start is None else start
        size += len(words(text[begin:end]))
        if size >= WINDOW:
            made.append((start, end))
            start, size = None, 0
    if start is not None:
        made.append((start, spans[-1][1]))
    return made


def _pieces(text: str, start: int, end: int) -> list[Span]:
    pieces: list[Span] = []
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        pieces.append((start, cut))
        start = cut
    pieces.append((start, end))
    return [span for piece in pieces if (span := _stripped(text, *piece))[0] < span[1]]


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, max(start + lead, start + len(piece.rstrip()))
