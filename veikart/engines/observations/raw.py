"""A table as a file gives it, whatever form the file has: columns with their names, nothing judged."""

from collections.abc import Sequence
from typing import Literal

import msgspec
import pyarrow as pa

from veikart.engines.observations.faults import Fault

Form = Literal["csv", "xlsx", "json_stat", "sdmx_csv", "parquet"]
Role = Literal["time", "geo", "metric"]

MOST_ROWS = 5_000_000
"""Rows of a raw table that are read; what has more comes in parts, or as a canonical Parquet."""

MOST_BYTES = 500_000_000
"""Size of a file that is read: twice what the most rows take, since it is held while it is kept."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says of a column: its label, its role, and a label and a unit for each code."""

    name: str
    label: str | None = None
    role: Role | None = None
    labels: dict[str, str] = {}
    units: dict[str, str] = {}


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """A table read from a file.

    `table` has a column for each of `columns`, of strings (plain or dictionary-coded), 64-bit whole
    numbers or doubles; an empty cell is null. `rows` is each row's number in the file (int64): in a
    spreadsheet or CSV with the heading as a row of its own, in JSON-stat the cell's place from 1.
    `mapping` is the mapping that one of our own templates carries, as JSON.
    """

    name: str
    form: Form
    table: pa.Table
    rows: pa.Array
    columns: tuple[Column, ...]
    title: str | None = None
    source: str | None = None
    updated: str | None = None
    notes: tuple[str, ...] = ()
    mapping: str | None = None
    faults: tuple[Fault, ...] = ()

    def column(self, name: str) -> Column:
        """What the file says of the column `name`. Raises KeyError if it has none of that name."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def named(headings: Sequence[object]) -> list[str]:
    """A name for each column: its heading on one line, and a number where it is empty or repeated."""
    names: list[str] = []
    for number, heading in enumerate(headings, start=1):
        name = " ".join(str(heading or "").replace("\ufeff", "").split()) or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names
