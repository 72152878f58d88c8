"""Several text columns as one whole number a row, so that keys are sorted and compared as arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.observations.coding import coded

Whole = np.ndarray[Any, np.dtype[np.int64]]

_MOST = 2**62


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


def row_keys(columns: Sequence[pa.ChunkedArray | pa.Array]) -> Whole:
    """One number a row: rows with the same texts have the same, and they sort as the texts do,
    the first column first and null before any text.
    """
    keys, size = ranks(columns[0])
    for column in columns[1:]:
        more, places = ranks(column)
        if size * places > _MOST:
            # Only the numbers that occur count; there are no more of them than rows.
            found, keys = np.unique(keys, return_inverse=True)
            size = len(found)
        keys = keys * places + more
        size *= places
    return keys
