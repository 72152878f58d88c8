"""The blocks of a document: headings, paragraphs, list items, table rows and footnotes."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from veikart.engines.readers.pages import Pages, all_lines
from veikart.engines.readers.paragraphs import Gathered, gathered

Kind = Literal["heading", "text", "bullet", "numbered", "table", "footnote"]


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


def blocks(pages: Pages) -> tuple[Block, ...]:
    """The blocks of a document in reading order, without running heads, page numbers and contents.

    Never raises; a document without text has none.
    """
    found = [_block(one, pages) for one in gathered(all_lines(pages))]
    return tuple(_with_paths(block for block in found if block.text))


def _block(one: Gathered, pages: Pages) -> Block:
    offsets = _page_offsets(one, pages)
    placed = tuple(
        Piece(piece.at, offsets[piece.line.page] + piece.line.start + piece.skipped, piece.length)
        for piece in one.pieces
    )
    kinds: dict[str, Kind] = {"heading": "heading", "bullet": "bullet"}
    return Block(
        text=one.text,
        kind=kinds.get(one.kind, "text"),
        level=1 if one.kind in kinds else 0,
        page=one.pieces[0].line.page,
        start=placed[0].start,
        end=placed[-1].start + placed[-1].length,
        pieces=placed,
    )


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
