"""Asking the warehouse: an expression is compiled once for each shape of tables, and its SQL kept.

Compiling takes longer than answering where tables are small, and they mostly are: a hundred
indicators ask the same few questions.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import ibis
import pyarrow as pa

Build = Callable[..., Any]
"""Tables by name in, one expression out; with more arguments by position, which decide its shape."""

DUCKDB = "duckdb"


def ask(backend: Any, build: Build, *shape: Any, **tables: pa.Table) -> pa.Table:
    """What `build(*shape, **tables)` comes to, as an Arrow table.

    `shape` must be hashable. Raises what the backend raises for a question it cannot answer.
    """
    tables = {name: plain(table) for name, table in tables.items()}
    if not is_near(backend):
        taken = {name: ibis.memtable(table) for name, table in tables.items()}
        return backend.to_pyarrow(build(*shape, **taken))
    columns = tuple((name, _columns(table)) for name, table in tables.items())
    sql = _sql(build, shape, columns)
    # A cursor of its own: names of tables are not shared with whoever else asks.
    cursor = backend.con.cursor()
    try:
        for name, table in tables.items():
            cursor.register(name, table)
        # Planning takes longer than answering. A relation of the question itself is planned twice.
        cursor.execute(f"PREPARE asked AS {sql}")
        return cursor.sql("EXECUTE asked").to_arrow_table()
    finally:
        cursor.close()


def is_near(backend: Any) -> bool:
    """Whether it calculates in this process, so that arrays at hand may be added up without it."""
    return bool(backend.name == DUCKDB)


def plain(table: pa.Table) -> pa.Table:
    """Texts as texts, and columns that may be NULL: sums of a table do not say that they may not,
    and must be like it.
    """
    fields = [
        pa.field(field.name, _TEXT if pa.types.is_dictionary(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields)) if pa.schema(fields) != table.schema else table


def _columns(table: pa.Table) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, _TYPES[field.type]) for field in table.schema)


_TEXT = pa.string()
_TYPES = {
    _TEXT: "string",
    pa.int64(): "int64",
    pa.float64(): "float64",
    pa.bool_(): "boolean",
}


@lru_cache(maxsize=256)
def _sql(build: Build, shape: tuple[Any, ...], columns: tuple[tuple[str, Any], ...]) -> str:
    tables = {name: ibis.table(dict(listed), name=name) for name, listed in columns}
    return str(ibis.to_sql(build(*shape, **tables), dialect=DUCKDB))
