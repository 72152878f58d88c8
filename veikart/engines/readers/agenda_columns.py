"""The tables of a PDF: columns begin below their headings, whether lines are drawn around them or not."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import msgspec

from veikart.engines.readers.agenda_pdf import PrintedLine
from veikart.engines.readers.agenda_words import Role
from veikart.engines.readers.paragraphs import Line

RolesOf = Callable[[Iterable[str]], tuple[Role, ...] | None]
Cells = dict[Role, tuple[Line, ...]]

_NEAR = 3.0  # points: as far as what stands at one place may differ
_EXACT = 1.0  # points: as exactly as a column's cells begin at one place
_BEYOND = 10.0  # points: as far as a cell's letters may reach into the next column
_NUMBERLIKE = re.compile(
    r"(?:sak\s*)?[\d/().:–\s-]+(?:forts\w*\.?|cont\w*\.?)?|\(?(?:forts\w*\.?|cont\w*\.?)\)?",
    re.IGNORECASE,
)
_TIMED = re.compile(r"(?:kl\.?\s*)?\d{1,2}[.:]\d\d\b|\d{1,3}\s?min", re.IGNORECASE)


class Drawn(msgspec.Struct, frozen=True):
    """The heading of a table: what its columns are for, where each begins, and how many lines it is."""

    roles: tuple[Role, ...]
    lefts: tuple[float, ...]
    length: int


def drawn_header(lines: Sequence[Line], at: int, roles_of: RolesOf) -> Drawn | None:
    """The heading whose first column is the line `at`, all of it on one height of the page."""
    first = lines[at]
    if at and _level(lines[at - 1], first):
        return None
    end = at + 1
    while (
        end < len(lines) and _level(lines[end], first) and lines[end].indent > lines[end - 1].indent
    ):
        end += 1
    roles = roles_of(line.text for line in lines[at:end])
    if roles is None:
        return None
    return Drawn(roles, tuple(line.indent for line in lines[at:end]), end - at)


def drawn_rows(
    lines: Sequence[Line], at: int, header: Drawn, roles_of: RolesOf
) -> tuple[list[Cells], int]:
    """The rows below a heading, and the line after the last one.

    The table ends at a line that reaches from its first column into the second, at a heading of
    another table, and at words in a column of numbers. The same heading overleaf is left out.
    """
    kept: list[tuple[int, Line]] = []
    place = at + header.length
    while place < len(lines):
        again = drawn_header(lines, place, roles_of)
        if again is not None and again.roles != header.roles:
            break
        if again is not None:
            place += again.length
            continue
        cells = [(_column(one, header), one) for one in _parted(lines[place], header)]
        if cells[0][0] is None:
            break
        kept += [(column, one) for column, one in cells if column is not None]
        place += 1
    return _rows(kept, header), place


def _level(one: Line, other: Line) -> bool:
    return one.page == other.page and abs(one.baseline - other.baseline) < _NEAR


def _parted(line: Line, header: Drawn) -> Sequence[Line]:
    """A line, parted where a later column begins with one of its words: a narrow gap shows no other
    way. The letters before it must end before it.
    """
    starts = line.starts if isinstance(line, PrintedLine) else ()
    cuts = [
        (at, x)
        for at, x in starts[1:]
        if any(abs(x - left) < _EXACT for left in header.lefts[1:]) and line.indent < x - _NEAR
    ]
    edges = [(0, line.indent), *cuts, (len(line.text), line.right)]
    return [
        msgspec.structs.replace(
            line,
            text=line.text[at:end].strip(),
            start=line.start + at,
            indent=x,
            right=min(right, line.right),
        )
        for (at, x), (end, right) in pairwise(edges)
        if line.text[at:end].strip()
    ]


def _column(line: Line, header: Drawn) -> int | None:
    """Which column a line stands in; None where it belongs to no table."""
    if line.indent < header.lefts[0] - _NEAR:
        return None
    column = max(n for n, left in enumerate(header.lefts) if line.indent >= left - _NEAR)
    if column == 0:
        if line.right > header.lefts[1] + _BEYOND:
            return None
        if header.roles[0] == "number" and not _NUMBERLIKE.fullmatch(line.text.strip()):
            return None
    return column


def _rows(kept: Sequence[tuple[int, Line]], header: Drawn) -> list[Cells]:
    """Rows begin at the height of what only one of them has: a number, or a time."""
    tops = sorted({_height(line) for column, line in kept if _begins(column, line, header)})
    tops = [top for n, top in enumerate(tops) if n == 0 or not _same(tops[n - 1], top)]
    rows: list[dict[int, list[Line]]] = [{} for _top in (None, *tops)]
    for column, line in kept:
        page, height = _height(line)
        above = bisect_right(tops, (page, height + line.size / 2))
        rows[above].setdefault(column, []).append(line)
    return [
        {
            header.roles[column]: tuple(sorted(own, key=_height))
            for column, own in sorted(row.items())
        }
        for row in rows
        if row
    ]


def _begins(column: int, line: Line, header: Drawn) -> bool:
    name = header.roles[column]
    if column == 0 and name not in {"number", "time"}:
        return line.apart
    if name == "number":
        return line.text[:1].isdigit() or line.text[:3].casefold() == "sak"
    return name == "time" and _TIMED.match(line.text) is not None


def _height(line: Line) -> tuple[int, float]:
    """How far down in the document a line stands."""
    return line.page or 0, -line.baseline


def _same(one: tuple[int, float], other: tuple[int, float]) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) < _NEAR
