"""Several text columns as one whole number a row, so that keys are sorted and compared as arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.observations.coding import coded

Whole = np.ndarray[Any, np.dtype[np.int64]]

MOST = 2**62
"""No number of a row may be larger, lest it should be cut to 64 bits."""
_SPARSE = 4
"""Keys that take up more than so many times their number are sorted."""


def ranks(column: pa.ChunkedArray | pa.Array) -> tuple[Whole, int]:
    """For each row where its text stands among all the column's texts in order, null being 0;
    and how many places there are.
    """
    encoded = coded(column)
    # Other programs' dictionaries may hold a text twice, or more than the rows use.
    once = encoded.dictionary.dictionary_encode()
    place = np.empty(len(once.dictionary), dtype=np.int64)
    place[np.asarray(pc.sort_indices(once.dictionary))] = np.arange(1, len(place) + 1)
    places = np.append(place[np.asarray(once.indices)], 0)
    codes = np.asarray(encoded.indices.fill_null(len(encoded.dictionary)))
    return places[codes], len(place) + 1


def in_order(keys: Whole, size: int) -> tuple[Whole, Whole]:
    """Where each row stands when sorted by `keys`, which are below `size` and all different; and
    the keys in that order.

    Keys with few gaps between them are put in their places, which takes no longer a row however
    many rows there are.
    """
    if size > _SPARSE * len(keys):
        order = np.argsort(keys, kind="stable")
        return order, keys[order]
    row_at: Any = np.full(size, -1, np.int32 if len(keys) < 2**31 else np.int64)
    row_at[keys] = np.arange(len(keys), dtype=row_at.dtype)
    taken = np.flatnonzero(row_at >= 0)
    return row_at[taken], taken


def firsts(keys: Whole, size: int) -> Whole:
    """For each row the first one with its key; keys are below `size`."""
    if (keys[1:] > keys[:-1]).all():
        return np.arange(len(keys))
    if size <= _SPARSE * len(keys):
        first_at = np.empty(size, np.int64)
        # Of several rows the one that is written last stays.
        first_at[keys[::-1]] = np.arange(len(keys) - 1, -1, -1)
        return first_at[keys]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    first = np.empty(len(keys), np.int64)
    first[order] = order[np.flatnonzero(starts)[np.cumsum(starts) - 1]]
    return first


def row_keys(columns: Sequence[pa.ChunkedArray | pa.Array]) -> Whole:
    """One number a row: rows with the same texts have the same, and they sort as the texts do,
    the first column first and null before any text.
    """
    keys, size = ranks(columns[0])
    for column in columns[1:]:
        more, places = ranks(column)
        if size * places > MOST:
            # Only the numbers that occur count; there are no more of them than rows.
            found, keys = np.unique(keys, return_inverse=True)
            size = len(found)
        keys = keys * places + more
        size *= places
    return keys
