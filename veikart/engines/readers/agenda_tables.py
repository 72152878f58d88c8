"""The tables of an agenda, whatever file it came in: rows of cells, known by what their columns are for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

import msgspec

from veikart.engines.readers.agenda_columns import drawn_header, drawn_rows
from veikart.engines.readers.agenda_flat import flat_header, flat_rows, listed_rows
from veikart.engines.readers.agenda_words import CASE_NUMBER, Role, role
from veikart.engines.readers.paragraphs import Line

FEWEST_COLUMNS = 2


class Row(msgspec.Struct, frozen=True):
    """A row: the lines of each of its cells. An empty cell is not there."""

    cells: Mapping[Role, Sequence[Line]]

    def first(self) -> Line:
        """The line the row begins with."""
        return next(line for lines in self.cells.values() for line in lines)


class Table(msgspec.Struct, frozen=True):
    """A table; `roles` are its columns from the left. Without a heading, `is_list`."""

    roles: tuple[Role, ...]
    rows: tuple[Row, ...]
    is_list: bool = False


Part = Table | tuple[Line, ...]
"""A piece of a document: a table, or the lines between two."""
Header = tuple[tuple[Role, ...], int]
"""What the columns are for, and how many lines the heading takes."""


def parts(lines: Sequence[Line], form: str) -> list[Part]:
    """The tables whose headings are known, and the lines between them, in order.

    `form` is the kind of file: the cells of "docx" are told by the file, those of "pdf" by where
    they stand, and those of "text" by what is in them. A row that goes on, with nothing in its
    first column, is one with the row before it.
    """
    taking = {"docx": _written, "pdf": _drawn}.get(form, _flat)
    found: list[Part] = []
    between: list[Line] = []
    at = 0
    while at < len(lines):
        table, end = taking(lines, at)
        if table is None:
            between.append(lines[at])
            at += 1
            continue
        if between:
            found.append(tuple(between))
            between = []
        found.append(table)
        at = end
    return [*found, tuple(between)] if between else found


def lists(part: Part) -> list[Part]:
    """Lines between tables, parted into lists of cases and what is between these."""
    if isinstance(part, Table):
        return [part]
    found: list[Part] = []
    for is_list, content in listed_rows(part):
        if is_list:
            found.append(Table(("number", "title", "type"), _rows(content), is_list=True))
        else:
            found.append(tuple(line for cells in content for line in cells["title"]))
    return found


def roles_of(headings: Iterable[str]) -> tuple[Role, ...] | None:
    """What the columns with these headings are for; None unless it is a table that is known."""
    named = [role(text) for text in headings]
    if len(named) < FEWEST_COLUMNS or None in named:
        return None
    roles = [name for name in named if name is not None]
    if "number" in roles and not {"title", "wording", "what"} & set(roles):
        roles[roles.index("number")] = "title"
    return tuple(roles) if len(set(roles)) == len(roles) and _is_known(roles) else None


def _is_known(roles: Sequence[Role]) -> bool:
    has = set(roles)
    of_cases = "title" in has and bool(has & {"number", "time", "type", "wording"})
    return of_cases or bool(has >= {"number", "wording"} or has >= {"what", "who"})


def _written(lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table of a DOCX file that begins at a line."""
    cell = lines[at].cell
    if cell is None or (at and lines[at - 1].cell is not None and lines[at - 1].cell[0] == cell[0]):  # type: ignore[index]
        return None, at
    end = at
    while end < len(lines) and (own := lines[end].cell) is not None and own[0] == cell[0]:
        end += 1
    rows = [
        {column: tuple(own) for column, own in groupby(row, lambda line: line.cell[2])}  # type: ignore[index]
        for _number, row in groupby(lines[at:end], lambda line: line.cell[1])  # type: ignore[index]
    ]
    roles = roles_of(" ".join(line.text for line in own) for own in rows[0].values())
    if roles is None:
        return None, at
    columns = dict(zip(rows[0], roles, strict=True))
    body = [{columns[c]: own for c, own in row.items() if c in columns} for row in rows[1:]]
    body = [row for row in body if row and not _is_heading(row)]
    return Table(roles, _rows(_going_on(body, roles))), end


def _drawn(lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table of a PDF whose heading begins at a line."""
    header = drawn_header(lines, at, roles_of)
    if header is None:
        return None, at
    rows, end = drawn_rows(lines, at, header, roles_of)
    return Table(header.roles, _rows(_going_on(rows, header.roles))), end


def _flat(lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """The table of plain text whose heading is a line."""
    roles = flat_header(lines[at].text, roles_of)
    if roles is None:
        return None, at
    rows, end = flat_rows(lines, at + 1, roles, roles_of)
    return Table(roles, _rows(rows)), end


def _is_heading(row: Mapping[Role, Sequence[Line]]) -> bool:
    return roles_of(" ".join(line.text for line in own) for own in row.values()) is not None


Cells = dict[Role, tuple[Line, ...]]


def _going_on(rows: Iterable[Cells], roles: Sequence[Role]) -> list[Cells]:
    """The rows, each with those that go on with it: nothing tells that they are rows of their own."""
    found: list[dict[Role, list[Line]]] = []
    for row in rows:
        own: Callable[[Role], bool] = row.__contains__
        begins = (own("number") and _is_numbered(row)) or own("time") or "number" not in roles
        if begins or not found:
            found.append({})
        for name, lines in row.items():
            found[-1].setdefault(name, []).extend(lines)
    return [{name: tuple(lines) for name, lines in row.items()} for row in found]


def _is_numbered(row: Cells) -> bool:
    return (
        CASE_NUMBER.search(row["number"][0].text) is not None or row["number"][0].text[0].isdigit()
    )


def _rows(cells: Iterable[Mapping[Role, Sequence[Line]]]) -> tuple[Row, ...]:
    return tuple(Row(own) for own in cells if own)
