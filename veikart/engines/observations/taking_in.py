"""A file of figures on its way to a data set: read, mapped, judged, shown, and made canonical."""

import hashlib
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa

from veikart.engines.geography.places import Geography
from veikart.engines.observations.applying import Mapped, apply
from veikart.engines.observations.canonical import arranged, encode
from veikart.engines.observations.faults import MOST_SHOWN, Fault, FaultCount, Faults
from veikart.engines.observations.judging import Expected, judge
from veikart.engines.observations.mapping import Mapping
from veikart.engines.observations.raw import Raw
from veikart.engines.observations.reading import read as read_file

PREVIEWED = 10


class Checked(msgspec.Struct, frozen=True):
    """What became of a file: its rows, and all that is wrong with them.

    `faults` are told one by one, at most so many of a code; `counts` are all there are.
    """

    raw: Raw
    mapping: Mapping
    mapped: Mapped
    faults: tuple[Fault, ...]
    counts: tuple[FaultCount, ...]

    @property
    def refuses(self) -> bool:
        """Whether a fault keeps it from becoming a data set."""
        return any(count.severity == "refuses" for count in self.counts)


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """A file's first rows as they stand, and as they would be kept; `rows` are their numbers."""

    before_columns: tuple[str, ...]
    before: tuple[tuple[str | None, ...], ...]
    before_rows: tuple[int, ...]
    after_columns: tuple[str, ...]
    after: tuple[tuple[str | None, ...], ...]
    after_rows: tuple[int, ...]
    rows_read: int
    rows_kept: int


class DataSetFile(msgspec.Struct, frozen=True, kw_only=True):
    """The Parquet file of a data set, its SHA-256 in hex, and what is in it."""

    content: bytes
    sha256: str
    rows: int
    first_period: str | None
    last_period: str | None


def read(name: str, source: bytes | BinaryIO) -> Raw:
    """The raw table in a file: see `reading.read`."""
    return read_file(name, source)


def check(
    raw: Raw,
    *,
    mapping: Mapping,
    geography: Geography | None,
    inhabitants: pa.Table | None = None,
    expected: Expected | None = None,
    most: int = MOST_SHOWN,
) -> Checked:
    """Map `raw` and find all that is wrong with it, in one pass.

    Args:
        raw: what a reader gave.
        mapping: which column is what.
        geography: the reference tables by which codes are checked; None: they are not.
        inhabitants: for coverage from yes and no: area, period (the year) and inhabitants.
        expected: what the definition says.
        most: how many faults of a code are told one by one.
    """
    faults = Faults(most=most)
    mapped = apply(raw, mapping=mapping, faults=faults, inhabitants=inhabitants)
    judge(mapped, faults=faults, geography=geography, expected=expected)
    return Checked(raw, mapping, mapped, faults.all(), faults.counts())


def data_set(checked: Checked) -> DataSetFile:
    """The canonical Parquet file. Raises ValueError if a fault refuses it: nothing is half-stored."""
    if checked.refuses:
        told = ", ".join(
            f"{c.code} ({c.count:,})" for c in checked.counts if c.severity == "refuses"
        )
        raise ValueError(
            f"Expected a file without faults that refuse it; {checked.raw.name} has {told}. "
            "Mend them, and take the file in again."
        )
    layout = checked.mapped.layout
    canonical = arranged(checked.mapped.table, layout=layout)
    content = encode(canonical, layout=layout)
    periods = canonical["period"].unique().to_pylist()
    return DataSetFile(
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        rows=canonical.num_rows,
        first_period=min(periods, default=None),
        last_period=max(periods, default=None),
    )


def preview(checked: Checked, *, rows: int = PREVIEWED) -> Preview:
    """The first rows before and after the mapping, as texts."""
    before, after = checked.raw.table.slice(0, rows), checked.mapped.table.slice(0, rows)
    return Preview(
        before_columns=tuple(before.column_names),
        before=_texts(before),
        before_rows=tuple(checked.raw.rows.slice(0, rows).to_pylist()),
        after_columns=tuple(after.column_names),
        after=_texts(after),
        after_rows=tuple(int(row) for row in checked.mapped.rows[:rows]),
        rows_read=checked.raw.table.num_rows,
        rows_kept=checked.mapped.table.num_rows,
    )


def _texts(table: pa.Table) -> tuple[tuple[str | None, ...], ...]:
    columns = [[_text(cell) for cell in column.to_pylist()] for column in table.columns]
    return tuple(zip(*columns, strict=True)) if columns else ()


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
