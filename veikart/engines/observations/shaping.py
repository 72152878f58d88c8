"""A raw table in the shape of the canonical one: rows left out, periods in columns made rows, and
measures in rows made columns. Nothing is read yet; texts stay texts.
"""

from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.observations.faults import Rows
from veikart.engines.observations.keys import row_keys
from veikart.engines.observations.mapping import Mapping, NumberPart
from veikart.engines.observations.raw import Raw


class Shaped(msgspec.Struct, frozen=True):
    """The parts of a canonical row, as the file writes them: part → column, all of one length.

    `names` is the file's column of each part; where periods were columns, `wide` has each row's.
    """

    parts: dict[str, pa.ChunkedArray]
    names: dict[str, str]
    rows: Rows
    wide: pa.ChunkedArray | None = None

    def name(self, part: str, place: int) -> str:
        """The file's column that the part stands in at a place."""
        if self.wide is not None and part in ("value", "answer", "period"):
            return str(self.wide[place].as_py())
        return self.names.get(part, part)


def shape(raw: Raw, *, mapping: Mapping) -> Shaped:
    """`raw` as the mapping says, with a part for each thing that a canonical row is made of.

    Raises KeyError if the mapping names a column that is not there; `lacking_columns` tells first.
    """
    table, rows = _only(raw.table, np.asarray(raw.rows), mapping)
    named = {
        part: column
        for part in ("period", "area", "numerator", "denominator", "value", "n", "answer",
                     "status", "note")
        if (column := getattr(mapping, part)) is not None
    }  # fmt: skip
    named |= {f"group:{group.column}": group.source for group in mapping.groups}
    parts = {part: table[column] for part, column in named.items()}
    if mapping.wide:
        return _long(parts, named, table, rows, mapping)
    if mapping.measure is not None:
        return _beside(parts, named, table, rows, mapping)
    return Shaped(parts, named, rows)


def lacking_columns(raw: Raw, *, mapping: Mapping) -> list[str]:
    """The columns that the mapping names and the file does not have."""
    return [each for each in mapping.sources if each not in raw.table.column_names]


def same_headings(raw: Raw, *, mapping: Mapping) -> list[list[str]]:
    """The columns of one heading, where the mapping asks for one of them: any could be meant.

    They have the names that `raw.named` gives: the heading, and after the first its number, too.
    """
    alike: dict[str, list[str]] = {}
    for number, name in enumerate(raw.table.column_names, start=1):
        heading = name.removesuffix(f" ({number})")
        alike.setdefault(heading if heading in alike else name, []).append(name)
    asked = set(mapping.sources)
    return [names for names in alike.values() if len(names) > 1 and asked & set(names)]


def _only(table: pa.Table, rows: Rows, mapping: Mapping) -> tuple[pa.Table, Rows]:
    for column, text in mapping.only.items():
        kept = pc.equal(table[column].cast(pa.string()), text).fill_null(False)
        table, rows = table.filter(kept), rows[np.asarray(kept)]
    return table, rows


def _long(
    parts: dict[str, pa.ChunkedArray],
    named: dict[str, str],
    table: pa.Table,
    rows: Rows,
    mapping: Mapping,
) -> Shaped:
    """One row for each cell in the columns that are periods."""
    times = len(mapping.wide)
    repeated = {
        part: pa.chunked_array(column.chunks * times, column.type) for part, column in parts.items()
    }
    kinds = {table[column].type for column in mapping.wide}
    cells = [table[column] for column in mapping.wide]
    if len(kinds) > 1:
        cells = [column.cast(pa.string()) for column in cells]
    part = "answer" if mapping.kind == "coverage" else "value"
    repeated[part] = pa.chunked_array(
        [chunk for column in cells for chunk in column.chunks], cells[0].type
    )
    each = np.repeat(np.arange(times, dtype=np.int32), table.num_rows)
    wide = pa.chunked_array(
        [pa.DictionaryArray.from_arrays(pa.array(each), pa.array(mapping.wide, pa.string()))]
    )
    repeated["period"] = wide
    return Shaped(repeated, named, np.tile(rows, times), wide)


def _beside(
    parts: dict[str, pa.ChunkedArray],
    named: dict[str, str],
    table: pa.Table,
    rows: Rows,
    mapping: Mapping,
) -> Shaped:
    """One row for each key, with the numbers of the measures beside each other.

    A key that occurs twice for a measure gives two rows, so that the repetition is found later.
    """
    assert mapping.measure is not None
    assert mapping.value is not None
    said = table[mapping.measure].cast(pa.string())
    kept = [part for part in parts if part not in ("value", "status", "note")]
    keys = row_keys([parts[part].cast(pa.string()) for part in kept]) if kept else None
    places = {
        part: np.flatnonzero(np.asarray(pc.equal(said, code).fill_null(False)))
        for part, code in mapping.measures.items()
    }
    first = max(places, key=lambda part: len(places[part]))
    base = places[first]
    shaped = {part: parts[part].take(pa.array(base)) for part in kept}
    shaped |= {
        part: parts[part].take(pa.array(base)) for part in ("status", "note") if part in parts
    }
    for part, found in places.items():
        shaped[part] = _matched(parts["value"], base, found, keys)
    return Shaped(shaped, named | _values(mapping), rows[base])


def _values(mapping: Mapping) -> dict[str, str]:
    named: dict[NumberPart, str] = dict.fromkeys(mapping.measures, mapping.value or "value")
    return {str(part): name for part, name in named.items()}


def _matched(
    values: pa.ChunkedArray, base: Rows, found: Rows, keys: "np.ndarray[Any, Any] | None"
) -> pa.ChunkedArray:
    """The values at `found`, each beside the row of `base` with the same key; null where none is."""
    if keys is None or np.array_equal(base, found):
        return values.take(pa.array(found[: len(base)]))
    order = np.argsort(keys[found], kind="stable")
    sorted_keys = keys[found][order]
    at = np.searchsorted(sorted_keys, keys[base])
    at_most = np.minimum(at, max(len(found) - 1, 0))
    same = sorted_keys[at_most] == keys[base] if len(found) else np.zeros(len(base), dtype=bool)
    places = np.where(same, found[order][at_most], 0) if len(found) else np.zeros(len(base), int)
    return values.take(pa.array(places, mask=~same))
