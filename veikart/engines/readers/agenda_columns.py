"""The tables of a PDF: columns begin below their headings, whether lines are drawn around them or not."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import msgspec

from veikart.engines.readers.agenda_pdf import PrintedLine
from veikart.engines.readers.agenda_words import Role
from veikart.engines.readers.paragraphs import Line

RolesOf = Callable[[Iterable[str]], tuple[Role, ...] | None]
Cells = dict[Role, tuple[Line, ...]]
_Place = tuple[int, float]

_NEAR = 3.0  # points: as far as what stands at one place may differ
_EXACT = 1.0  # points: as exactly as a column's cells begin at one place
_PITCH = 1.06  # of the least step between lines: as far as the lines of one cell may stand apart
_HEADING = (
    1.5  # of the size of the letters: as far as the lines of a heading may stand from each other
)
_MOST_IN_HEADING = 24  # lines
_FEWEST_COLUMNS = 2
_MOST_PARAGRAPHS = 40  # in a cell that is set in the middle
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
    """The heading whose first column is the line `at`. All of it is on one height of the page, or about
    it where a heading takes several lines.
    """
    first = lines[at]
    if at and _level(lines[at - 1], first):
        return None
    level = [[first]]
    for line in lines[at + 1 : at + _MOST_IN_HEADING]:
        if not (_level(line, first) and line.indent > level[-1][-1].indent):
            break
        level.append([line])
    wrapped = _wrapped_heading(lines, at)
    if len(wrapped) < _FEWEST_COLUMNS:
        return None
    likely = [wrapped, level] if len(wrapped) > len(level) else [level, wrapped]
    for cells in likely:
        roles = roles_of(" ".join(line.text for line in cell) for cell in cells)
        if roles is not None:
            return Drawn(roles, tuple(cell[0].indent for cell in cells), sum(map(len, cells)))
    return None


def _wrapped_heading(lines: Sequence[Line], at: int) -> list[list[Line]]:
    """The cells of a heading that takes several lines, set high or in the middle."""
    first = lines[at]
    cells = [[first]]
    for line in lines[at + 1 : at + _MOST_IN_HEADING]:
        above = cells[-1][-1]
        if line.page != first.page or abs(line.baseline - first.baseline) > _HEADING * first.size:
            break
        if line.indent > above.indent + _NEAR:
            cells.append([line])
        elif abs(line.indent - above.indent) < _NEAR and line.baseline < above.baseline - _NEAR:
            cells[-1].append(line)
        else:
            break
    return cells


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
    """Rows begin at the height of what only one of them has: a number, a time, or who a seat is of.
    Where that is set in the middle of its row, they begin with the cell that reaches above it.
    """
    blocks = _blocks(kept)
    if header.roles[0] == "person":
        tops = sorted(_height(block[0]) for column, block in blocks if column == 0)
        tops = sorted({*tops, *_beside_others(kept)})
    else:
        tops = sorted({_height(line) for column, line in kept if _begins(column, line, header)})
    tops = [top for n, top in enumerate(tops) if n == 0 or not _same(tops[n - 1], top)]
    tops = _raised(tops, blocks)
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


def _blocks(kept: Sequence[tuple[int, Line]]) -> list[tuple[int, list[Line]]]:
    """The lines of each column that stand as near to each other as any in the table do."""
    columns: dict[int, list[Line]] = defaultdict(list)
    for column, line in kept:
        columns[column].append(line)
    for lines in columns.values():
        lines.sort(key=_height)
    steps = [
        above.baseline - line.baseline
        for lines in columns.values()
        for above, line in pairwise(lines)
        if above.page == line.page and above.baseline - line.baseline > _NEAR
    ]
    near = _PITCH * min(steps, default=0.0)
    blocks: list[tuple[int, list[Line]]] = []
    for column, lines in columns.items():
        for at, line in enumerate(lines):
            above = lines[at - 1] if at else line
            if at and above.page == line.page and above.baseline - line.baseline <= near:
                blocks[-1][1].append(line)
            else:
                blocks.append((column, [line]))
    return blocks


def _beside_others(kept: Sequence[tuple[int, Line]]) -> Iterator[_Place]:
    """The heights of the first column at which another one says something."""
    others = {
        (line.page, round(line.baseline) + by)
        for column, line in kept
        if column
        for by in (-1, 0, 1)
    }
    for column, line in kept:
        if column == 0 and (line.page, round(line.baseline)) in others:
            yield _height(line)


def _raised(tops: Sequence[_Place], blocks: Sequence[tuple[int, Sequence[Line]]]) -> list[_Place]:
    """Where rows begin: a cell around the middle of which one thing stands, and nothing else, begins
    as high as the row does.
    """
    found = list(tops)
    middles = {_height(own[0]): _middle(own) for column, own in blocks if column == 0}
    for _column, block in blocks:
        (page, top), (_page, bottom) = _height(block[0]), _height(block[-1])
        half = block[0].size / 2
        first = bisect_left(tops, (page, top - half))
        after = bisect_right(tops, (page, bottom + half))
        if after - first != 1 or top >= tops[first][1] - half:
            continue
        if abs(_middle(block) - middles.get(tops[first], tops[first][1])) < half:
            found[first] = min(found[first], (page, top))
    if found != list(tops):
        _raise_paragraphs(found, tops, middles, blocks)
    return found


def _raise_paragraphs(
    found: list[_Place],
    tops: Sequence[_Place],
    middles: Mapping[_Place, float],
    blocks: Sequence[tuple[int, Sequence[Line]]],
) -> None:
    """Let rows begin as high as cells of several paragraphs do, in a table that sets cells in the middle:
    those that together stand around one thing are a cell, unless one of them does so alone.
    """
    for _column, own in groupby(blocks, lambda one: one[0]):
        cells = [block for _number, block in own]
        alone = {
            (one[0].page, round(_middle(one)) + by): number
            for number, one in enumerate(cells)
            for by in (-2, -1, 0, 1, 2)
        }
        at = 0
        for place, top in enumerate(tops):
            known = alone.get((top[0], round(middles.get(top, top[1]))))
            if known is not None:
                at = max(at, known + 1)
                continue
            for end in range(at, min(at + _MOST_PARAGRAPHS, len(cells))):
                whole = (cells[at][0], cells[end][-1])
                off = _middle(whole) - middles.get(top, top[1])
                if cells[at][0].page != top[0] or cells[end][0].page != top[0] or off > _NEAR:
                    break
                if off > -_NEAR:
                    found[place] = min(found[place], _height(cells[at][0]))
                    at = end + 1
                    break


def _middle(block: Sequence[Line]) -> float:
    """How far down the middle of lines stands."""
    return -(block[0].baseline + block[-1].baseline) / 2


def _begins(column: int, line: Line, header: Drawn) -> bool:
    name = header.roles[column]
    if column == 0 and name not in {"number", "time"}:
        return line.apart
    if name == "number":
        return line.text[:1].isdigit() or line.text[:3].casefold() == "sak"
    return name == "time" and _TIMED.match(line.text) is not None


def _height(line: Line) -> _Place:
    """How far down in the document a line stands."""
    return line.page or 0, -line.baseline


def _same(one: _Place, other: _Place) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) < _NEAR
