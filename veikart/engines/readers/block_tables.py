"""The rows of tables, put together from their cells."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from veikart.engines.readers.paragraphs import Gathered, Piece

BETWEEN = " | "
_LONGEST_CELL = 300


def with_rows(found: Sequence[Gathered]) -> list[Gathered]:
    """What was gathered, the cells of each row of a table as one.

    A table of one column is a frame around text, and a row with a long text or a list in one of
    its cells is text, too: both stay as they are.
    """
    columns: dict[int, int] = {}
    for one in found:
        if (cell := one.pieces[0].line.cell) is not None:
            columns[cell[0]] = max(columns.get(cell[0], 0), cell[2])
    rows: list[Gathered] = []
    for row, cells in groupby(found, _row):
        kept = list(cells)
        is_row = row is not None and columns[row[0]] > 1 and all(map(_is_cell, kept))
        rows += [_joined(kept)] if is_row else kept
    return rows


def _row(one: Gathered) -> tuple[int, int] | None:
    cell = one.pieces[0].line.cell
    return None if cell is None else cell[:2]


def _is_cell(one: Gathered) -> bool:
    return one.kind == "text" and len(one.text) <= _LONGEST_CELL


def _joined(cells: Sequence[Gathered]) -> Gathered:
    """One row: a line between cells, a blank between the paragraphs of one."""
    text = ""
    pieces: list[Piece] = []
    before = None
    for one in cells:
        cell = one.pieces[0].line.cell
        if pieces:
            text += " " if cell == before else BETWEEN
        pieces += _moved(one, len(text))
        text += one.text
        before = cell
    return Gathered(text=text, kind="table", pieces=tuple(pieces))


def _moved(one: Gathered, by: int) -> Iterator[Piece]:
    for piece in one.pieces:
        yield Piece(piece.at + by, piece.length, piece.line, piece.skipped)
