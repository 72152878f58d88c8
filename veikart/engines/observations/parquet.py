"""Parquet as a raw table, whatever its schema is."""

from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from veikart.engines.observations.faults import Fault
from veikart.engines.observations.raw import MOST_BYTES, MOST_ROWS, Column, Raw
from veikart.engines.proposal import Unreadable

MOST_UNPACKED = 4 * MOST_BYTES


def read_parquet(name: str, file: BinaryIO) -> Raw:
    """The raw table in a Parquet file: numbers as 64-bit numbers, dates and flags as text.

    A column that is neither text nor number (a list, a struct, bytes) is left out, with a fault.
    Raises Unreadable (`broken_file`, `too_many_rows`, `too_large`).
    """
    try:
        parquet = pq.ParquetFile(file)
        _check_size(name, parquet.metadata)
        read = parquet.read()
        kept = {column: _plain(read[column]) for column in dict.fromkeys(read.column_names)}
    except (pa.ArrowException, OSError, ValueError, KeyError) as problem:
        raise Unreadable(
            "broken_file",
            f"Expected a Parquet file; {name} cannot be opened ({problem}). Write it again.",
        ) from problem
    table = pa.table({column: values for column, values in kept.items() if values is not None})
    return Raw(
        name=name,
        form="parquet",
        table=table,
        rows=pa.array(np.arange(1, read.num_rows + 1)),
        columns=tuple(Column(name=column) for column in table.column_names),
        faults=tuple(
            _left_out(column, str(read.schema.field(column).type))
            for column, values in kept.items()
            if values is None
        ),
    )


def _check_size(name: str, metadata: Any) -> None:
    if metadata.num_rows > MOST_ROWS:
        raise Unreadable(
            "too_many_rows",
            f"Expected at most {MOST_ROWS:,} rows; {name} has {metadata.num_rows:,}. Take it in in "
            "parts, such as a year at a time.",
        )
    unpacked = sum(
        metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups)
    )
    if unpacked > MOST_UNPACKED:
        raise Unreadable(
            "too_large",
            f"Expected at most {MOST_UNPACKED // 10**6:,} MB when unpacked; {name} has "
            f"{unpacked // 10**6:,} MB. Take it in in parts.",
        )


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The column as text or a 64-bit number; None for what is neither."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type))
    if pa.types.is_integer(kind):
        return column.cast(pa.int64())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    if pa.types.is_boolean(kind) or pa.types.is_date(kind) or pa.types.is_null(kind):
        return column.cast(pa.string())
    return None


def _left_out(column: str, kind: str) -> Fault:
    return Fault(
        code="another_schema",
        severity="refuses",
        column=column,
        value=kind,
        expected="columns of text and numbers",
        remedy="Write the file without this column, or with its parts as columns of their own.",
    )
