"""XLSX as a raw table: the sheet and the row of headings are found out."""

from collections.abc import Sequence

import pyarrow as pa

from veikart.engines.observations.faults import Fault
from veikart.engines.observations.raw import Column, Raw, named
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.archive import Archive
from veikart.engines.readers.table_rows import Row
from veikart.engines.readers.xlsx_rows import Workbook

MAPPING_SHEET = "veikart-mapping"
"""The hidden sheet in which our templates carry their mapping, in its first cell."""

HEADINGS_WITHIN = 30
"""The headings are looked for among this many rows."""

Cells = Sequence[str | int | float]


def read_spreadsheet(name: str, content: bytes) -> Raw:
    """The raw table in an XLSX file: the first sheet that has a row of headings with rows below.

    Cells that are all whole numbers, or all numbers, stay numbers; else a column is texts.
    Raises Unreadable (`broken_file`, `zip_bomb`, `encrypted`, `too_many_rows`, `empty`, ...).
    """
    try:
        workbook = Workbook(Archive(name, content))
        mapping = _mapping(workbook)
        for sheet in workbook.sheets:
            if sheet.name == MAPPING_SHEET:
                continue
            rows = list(workbook.rows(sheet))
            start = _heading(rows)
            if start is not None:
                return _raw(name, rows[start], rows[start + 1 :], rows[:start], mapping)
    except RecursionError as problem:
        raise Unreadable(
            "broken_file", f"Expected a whole XLSX file; {name} cannot be opened. Save it anew."
        ) from problem
    raise Unreadable(
        "empty",
        f"Expected a sheet with a row of headings and rows below it; {name} has none. "
        "Put the headings in the first row.",
    )


def _mapping(workbook: Workbook) -> str | None:
    for sheet in workbook.sheets:
        if sheet.name == MAPPING_SHEET:
            for row in workbook.rows(sheet):
                return "".join(str(cell) for cell in row.cells)
    return None


def _heading(rows: list[Row]) -> int | None:
    """Where the headings stand: the first row with as many texts as the rows below have cells."""
    for number, row in enumerate(rows[:HEADINGS_WITHIN]):
        below = rows[number + 1 : number + 6]
        width = max((_width(each.cells) for each in below), default=0)
        filled = sum(str(cell).strip() != "" for cell in row.cells)
        if width >= 1 and filled >= max(2, (width + 1) // 2) and _has_texts(row.cells):
            return number
    return None


def _has_texts(cells: Cells) -> bool:
    return any(isinstance(cell, str) and cell.strip() for cell in cells)


def _width(cells: Cells) -> int:
    return sum(str(cell).strip() != "" for cell in cells)


def _raw(name: str, heading: Row, rows: list[Row], before: list[Row], mapping: str | None) -> Raw:
    width = _last_filled(heading.cells)
    names = named(heading.cells[:width])
    filled = [row for row in rows if _width(row.cells[:width])]
    columns = {
        column: _column([_cell(row.cells, place) for row in filled])
        for place, column in enumerate(names)
    }
    title = next((str(cell) for row in before for cell in row.cells if str(cell).strip()), None)
    return Raw(
        name=name,
        form="xlsx",
        table=pa.table(columns),
        rows=pa.array([row.number for row in filled], pa.int64()),
        columns=tuple(Column(name=column) for column in names),
        title=title,
        mapping=mapping,
        faults=_beside(filled, width),
    )


def _last_filled(cells: Cells) -> int:
    return max(place for place, cell in enumerate(cells, start=1) if str(cell).strip())


def _cell(cells: Cells, place: int) -> str | int | float | None:
    cell = cells[place] if place < len(cells) else None
    if isinstance(cell, str):
        return cell.strip() or None
    return cell


def _column(cells: list[str | int | float | None]) -> pa.Array:
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {int} and all(cell is None or abs(cell) < 2**62 for cell in cells):  # type: ignore[arg-type]
        return pa.array(cells, pa.int64())
    if kinds and kinds <= {int, float}:
        return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())
    return pa.array([None if cell is None else _text(cell) for cell in cells], pa.string())


def _text(cell: str | int | float) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    # A surrogate half cannot be kept as text.
    return str(cell).encode("utf-8", "replace").decode()


def _beside(rows: list[Row], width: int) -> tuple[Fault, ...]:
    """Cells to the right of the last heading belong to no column."""
    return tuple(
        Fault(
            code="row_width",
            severity="refuses",
            row=row.number,
            value=str(next(cell for cell in row.cells[width:] if str(cell).strip())),
            expected=f"{width} columns, as there are headings, found a cell to the right of them",
            remedy="Give the column a heading, or empty the cell.",
            details={"columns": width},
        )
        for row in rows
        if any(str(cell).strip() for cell in row.cells[width:])
    )
