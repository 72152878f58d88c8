"""The blocks of a document: headings, paragraphs, list items, table rows and footnotes."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from veikart.engines.readers.block_headings import heading_levels
from veikart.engines.readers.block_tables import with_rows
from veikart.engines.readers.pages import Pages, all_lines
from veikart.engines.readers.paragraphs import FOOTNOTE_START, NUMBERED, Gathered, gathered

Kind = Literal["heading", "text", "bullet", "numbered", "table", "footnote"]

_STEP = 4.0  # points that list items of one level may differ in


class Place(msgspec.Struct, frozen=True):
    """A place in a document: `page` counts from 1 (None where the format has no pages), `start`
    and `end` are code points of that page's text, the first one and the one after the last.

    What goes on overleaf has an `end` beyond the page's text: it is counted as if the next pages'
    texts followed, each after a line feed. `Pages.text_at` gives it back.
    """

    page: int | None
    start: int
    end: int


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a block's text that stands in one line: from `at` in the block, `length` long,
    it stands in the document from `start`, counted as the block's own `start` is.
    """

    at: int
    start: int
    length: int


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of a document on one line, hyphens of parted words and list marks taken away.

    `kind`: heading, text, bullet (a list item with a mark), numbered (with a number, which the
    text keeps), table (a row, its cells parted by " | ") or footnote. `level` is a heading's, from
    1, and how far a list item is set in, from 1; else 0. `heading_path` are the texts of the headings
    above, outermost first; a heading's own is not in its path. `page`, `start` and `end` are as in
    Place.
    """

    text: str
    kind: Kind
    level: int = 0
    heading_path: tuple[str, ...] = ()
    page: int | None
    start: int
    end: int
    pieces: tuple[Piece, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """Where in the document the characters of `text` from `start` up to `end` stand."""
        inside = [
            piece for piece in self.pieces if piece.at < end and piece.at + piece.length > start
        ]
        if not inside:
            return Place(self.page, self.start, self.end)
        first, last = inside[0], inside[-1]
        return Place(
            self.page,
            first.start + max(start - first.at, 0),
            last.start + min(end - last.at, last.length),
        )


def blocks(pages: Pages, *, joined: Sequence[Gathered] | None = None) -> tuple[Block, ...]:
    """The blocks of a document in reading order, without running heads, page numbers and contents.

    `joined` are its lines joined, if they were. Never raises; a document without text has none.
    """
    found = with_rows(gathered(all_lines(pages)) if joined is None else joined)
    levels = heading_levels(found)
    steps = _Steps(found)
    placed = (_block(one, pages, level, steps) for one, level in zip(found, levels, strict=True))
    return tuple(_with_paths(block for block in placed if block.text.strip()))


def _block(one: Gathered, pages: Pages, heading: int | None, steps: "_Steps") -> Block:
    offsets = _page_offsets(one, pages)
    placed = tuple(
        Piece(piece.at, offsets[piece.line.page] + piece.line.start + piece.skipped, piece.length)
        for piece in one.pieces
    )
    kind: Kind = "heading" if heading is not None else _kind(one)
    return Block(
        text=one.text,
        kind=kind,
        level=heading or (steps.of(one) if kind in {"bullet", "numbered"} else 0),
        page=one.pieces[0].line.page,
        start=placed[0].start,
        end=placed[-1].start + placed[-1].length,
        pieces=placed,
    )


def _kind(one: Gathered) -> Kind:
    if one.kind in {"bullet", "table"}:
        return "table" if one.kind == "table" else "bullet"
    if FOOTNOTE_START.match(one.text):
        return "footnote"
    return "numbered" if NUMBERED.match(one.text) else "text"


class _Steps:
    """How far list items are set in: what the file says, else the steps of the page."""

    def __init__(self, found: Iterable[Gathered]) -> None:
        self._steps: dict[int | None, list[float]] = {}
        for one in found:
            line = one.pieces[0].line
            if _kind(one) in {"bullet", "numbered"}:
                self._add(self._steps.setdefault(line.page, []), line.indent)

    @staticmethod
    def _add(steps: list[float], indent: float) -> None:
        if all(abs(indent - step) > _STEP for step in steps):
            steps.append(indent)
            steps.sort()

    def of(self, one: Gathered) -> int:
        """The level of a list item, from 1."""
        line = one.pieces[0].line
        before = sum(step < line.indent - _STEP for step in self._steps[line.page])
        return line.level or before + 1


def _page_offsets(one: Gathered, pages: Pages) -> dict[int | None, int]:
    """By page, how far its text begins behind that of the page the block begins on."""
    first, last = one.pieces[0].line.page, one.pieces[-1].line.page
    offsets: dict[int | None, int] = {first: 0}
    if first is None or last is None:
        return offsets
    for number in range(first + 1, last + 1):
        offsets[number] = offsets[number - 1] + len(pages.pages[number - 2].text) + 1
    return offsets


def _with_paths(found: Iterable[Block]) -> Sequence[Block]:
    """The blocks, each told the headings it stands under."""
    path: list[Block] = []
    told = []
    for block in found:
        if block.kind == "heading":
            path = [above for above in path if above.level < block.level]
        above = tuple(heading.text for heading in path)
        told.append(msgspec.structs.replace(block, heading_path=above))
        if block.kind == "heading":
            path.append(block)
    return told
