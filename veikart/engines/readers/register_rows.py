"""One row of the register as its fields: text put in order, formulas and stray cells cautioned."""

import msgspec

from veikart.engines.proposal import FoundAt
from veikart.engines.readers.cautions import Cautions
from veikart.engines.readers.register_cells import Mangled, read_id
from veikart.engines.readers.register_table import COLUMNS, Table
from veikart.engines.readers.table_rows import Row
from veikart.engines.readers.texts import lines, looks_like_a_formula, one_line

_TEXT_FIELDS = ("name", "description", "phase", "delmal", "grouping", "certainty", "version")


class Fields(msgspec.Struct, frozen=True):
    """The cells of one row by field: text with single spaces, None where blank.

    `register_id` is Mangled or None where `raw_id`, the cell as it stands, is no identifier.
    """

    row: Row
    name: str | None
    description: str | None
    phase: str | None
    start: str | None
    delmal: str | None
    grouping: str | None
    end: str | None
    certainty: str | None
    version: str | None
    register_id: str | Mangled | None
    raw_id: str

    @property
    def found_at(self) -> FoundAt:
        """The row's number, and in CSV its line."""
        return FoundAt(row=self.row.number, line=self.row.line)


class RowReader:
    """Reads rows of one table."""

    def __init__(self, table: Table, cautions: Cautions) -> None:
        self._places = table.places
        self._width = table.width
        self._cautions = cautions

    def fields(self, row: Row) -> Fields:
        """The cells of a row. Cautions what looks like a formula, and what no column names."""
        found = {field: _cell(row, place) for field, place in self._places.items()}
        if len(row.cells) > self._width:
            self._caution_cells_beyond(row)
        texts = {field: _as_text(cell) for field, cell in found.items()}
        for field in _TEXT_FIELDS:
            text = texts[field].lstrip()
            if text and text[0] in "=+-@'" and looks_like_a_formula(text.lstrip("'")):
                self._caution_formula(row, field, text)
                texts[field] = text.removeprefix("'")
        return Fields(
            row=row,
            description=lines(texts["description"]),
            register_id=read_id(found["register_id"]),
            raw_id=texts["register_id"].strip(),
            version=_version(one_line(texts["version"])),
            **{
                field: one_line(texts[field])
                for field in ("name", "phase", "start", "delmal", "grouping", "end", "certainty")
            },
        )

    def _caution_cells_beyond(self, row: Row) -> None:
        beyond = [cell for cell in row.cells[self._width :] if str(cell).strip()]
        if beyond:
            self._cautions.add(
                "cells_beyond",
                f"The row has {len(beyond):,} filled cells to the right of the last column that "
                f"has a name, the first of them “{str(beyond[0])[:80]}”; they were not read.",
                "Look if a cell of this row holds the delimiter without quotation marks around "
                "it, so that its cells have moved to the right.",
                row=row.number,
                line=row.line,
            )

    def _caution_formula(self, row: Row, field: str, text: str) -> None:
        self._cautions.add(
            "formula_in_cell",
            f"{COLUMNS[field]} begins like a formula: “{text[:80]}”. It is kept as text, and "
            "nothing is calculated.",
            "Write what the cell should say, if it was not meant as text.",
            row=row.number,
            line=row.line,
        )


def _cell(row: Row, place: int) -> str | int | float:
    return row.cells[place] if place < len(row.cells) else ""


def _as_text(cell: str | int | float) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _version(text: str | None) -> str | None:
    """The version; "01.08.2026" is what a spreadsheet program makes of "2026-08"."""
    if text and len(text) == 10 and text.startswith("01.") and text[2] == text[5] == ".":
        return f"{text[6:]}-{text[3:5]}"
    return text
