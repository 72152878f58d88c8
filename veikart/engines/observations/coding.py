"""Columns of text with each different text once, so that a text is understood once however often
it stands in the file.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from veikart.engines.observations.faults import Mask


def coded(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    """The column as text, each different text once."""
    if isinstance(column, pa.Array):
        column = pa.chunked_array([column])
    if pa.types.is_dictionary(column.type) and column.num_chunks == 1:
        return column.chunk(0)
    if not pa.types.is_string(column.type) and not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    encoded = column.dictionary_encode()
    if encoded.num_chunks == 0:
        return pa.array([], pa.string()).dictionary_encode()
    combined = encoded.unify_dictionaries().combine_chunks()
    return combined.chunk(0) if isinstance(combined, pa.ChunkedArray) else combined


def by_distinct(
    column: pa.DictionaryArray, read: Callable[[str], str | None]
) -> pa.DictionaryArray:
    """The column with each different text read once; what cannot be read is null."""
    texts = [read(text) for text in column.dictionary.to_pylist()]
    known = list(dict.fromkeys(text for text in texts if text is not None))
    place = {text: number for number, text in enumerate(known)}
    to = pa.array([None if text is None else place[text] for text in texts], pa.int32())
    return pa.DictionaryArray.from_arrays(to.take(column.indices), pa.array(known, pa.string()))


def constant(text: str | None, rows: int) -> pa.DictionaryArray:
    """A column that says the same in every row."""
    one = pa.array([text], pa.string()).dictionary_encode()
    return one.take(pa.array(np.zeros(rows, dtype=np.int64)))


def where(column: pa.DictionaryArray, holds: Callable[[str], bool]) -> Mask:
    """The rows whose text holds; it is asked for each different text once."""
    answers = np.array([*(holds(text) for text in column.dictionary.to_pylist()), False])
    mask: Mask = answers[places(column)]
    return mask


def places(column: pa.DictionaryArray) -> "np.ndarray[Any, Any]":
    """Where each row's text stands in the dictionary; null stands after the last."""
    return np.asarray(column.indices.fill_null(len(column.dictionary)))


def nulls(column: pa.Array) -> Mask:
    """The rows without a text."""
    mask: Mask = np.asarray(column.is_null())
    return mask
