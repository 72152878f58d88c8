"""The lines of a PDF parted at the wide gaps between columns, which a line of text does not have."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import msgspec

from veikart.engines.readers.document import Document
from veikart.engines.readers.document_text import lines_of_pdf
from veikart.engines.readers.paragraphs import Line
from veikart.engines.readers.pdf_file import opened
from veikart.engines.readers.pdf_line import PdfLine
from veikart.engines.readers.pdf_words import PageText, Word
from veikart.engines.readers.texts import plain

_RISE = 0.6  # of the size of the letters: more is another line
_GAP = 0.9  # of the size of the letters: a blank is a quarter of it, so this is another column
_NEAR = 2  # points: as far as a line's height may be measured otherwise

Starts = tuple[tuple[int, float], ...]


class PrintedLine(Line, frozen=True, gc=False):
    """A line of a PDF; `starts` are its words: from which letter, and where on the page in points."""

    starts: Starts = ()


class _Piece(msgspec.Struct, frozen=True):
    line: PdfLine
    starts: Starts


def column_lines(document: Document) -> list[Line]:
    """The lines of all pages without running heads, each row of a table parted into its cells.

    Raises Unreadable as reading its pages does.
    """
    heights: dict[int | None, set[int]] = defaultdict(set)
    for kept in document.lines:
        heights[kept.page] |= {round(kept.baseline) + by for by in range(-_NEAR, _NEAR + 1)}
    found: list[_Piece] = []
    words = document.words
    with opened(document.name, document.content) as pdf:
        for index in range(len(pdf)):
            page = pdf[index]
            textpage = page.get_textpage()
            text = PageText(textpage)
            found += _on_page(index + 1, words[index], text, heights[index + 1])
            textpage.close()
            page.close()
    lines = lines_of_pdf([one.line for one in found])
    return [_printed(line, one.starts) for line, one in zip(lines, found, strict=True)]


def _printed(line: Line, starts: Starts) -> PrintedLine:
    return PrintedLine(**msgspec.structs.asdict(line), starts=starts)


def _on_page(
    number: int, words: Sequence[Word], text: PageText, heights: Collection[int]
) -> Iterator[_Piece]:
    """The pieces of a page that stand where it has more than running heads."""
    groups: list[list[Word]] = []
    for word in words:
        if not groups or _is_apart(word, groups[-1][-1], text):
            groups.append([])
        groups[-1].append(word)
    place = 0
    for group in groups:
        piece = _piece(number, place + 1, group, text)
        if piece.line.text and round(piece.line.baseline) in heights:
            place += 1
            yield piece


def _is_apart(word: Word, last: Word, text: PageText) -> bool:
    """Whether a word stands on another line than the last one, or in another column."""
    size = max(word.size, last.size)
    across = word.x - last.x
    if across < 0 or abs(word.baseline - last.baseline) > _RISE * size:
        return True
    # A word ends at least half its size after it begins: most short ones need not be asked where.
    if across - last.size / 2 <= _GAP * size:
        return False
    return word.x - _right(last, text) > _GAP * size


def _right(word: Word, text: PageText) -> float:
    """About where a word ends."""
    left, _baseline = text.origin(word.index + len(word.text) - 1)
    return left + word.size / 2


def _piece(page: int, number: int, group: Sequence[Word], text: PageText) -> _Piece:
    first, last = group[0], group[-1]
    said = ""
    starts: list[tuple[int, float]] = []
    for word in group:
        starts.append((len(said), word.x))
        said += plain(word.text) + (" " if word.after else "")
    line = PdfLine(
        page=page,
        number=number,
        text=said.rstrip(),
        left=first.x,
        right=_right(last, text),
        baseline=round(first.baseline, 1),
        size=round(first.size, 1),
        bold=text.is_bold(first.index) and text.is_bold(last.index),
    )
    return _Piece(line, tuple(starts))
