"""A mapped table as arrays of whole numbers, worked out once for all checks."""

import math
from functools import cached_property

import numpy as np
import pyarrow as pa

from veikart.engines.observations.applying import Mapped
from veikart.engines.observations.coding import coded
from veikart.engines.observations.faults import Mask, Rows
from veikart.engines.observations.keys import MOST, ranks
from veikart.engines.observations.numbers import Doubles


class Key:
    """A key column: its different texts in order, and each row's place among them.

    Place 0 is null; place i is `texts[i - 1]`.
    """

    def __init__(self, column: pa.ChunkedArray) -> None:
        whole = coded(column)
        self.places, self.size = ranks(whole)
        self.texts: list[str] = sorted(set(whole.dictionary.to_pylist()))

    def text(self, place: int) -> str | None:
        """The text of a place."""
        return self.texts[place - 1] if place else None


class Judged:
    """What the checks look at: keys as places, numbers as doubles with NaN where there is none."""

    def __init__(self, mapped: Mapped) -> None:
        self.layout = mapped.layout
        self.table = mapped.table
        self.rows: Rows = mapped.rows
        self.keys = {name: Key(mapped.table[name]) for name in mapped.layout.keys}

    @property
    def period(self) -> Key:
        return self.keys["period"]

    @property
    def area(self) -> Key:
        return self.keys["area"]

    @cached_property
    def numerator(self) -> Doubles:
        return _doubles(self.table["numerator"])

    @cached_property
    def denominator(self) -> Doubles:
        return _doubles(self.table["denominator"])

    @cached_property
    def complete(self) -> Mask:
        """The rows with a period and an area."""
        return (self.period.places > 0) & (self.area.places > 0)

    @cached_property
    def key(self) -> Rows:
        """One number a row by its whole key, in the canonical order."""
        return self.key_of(self.layout.keys)

    def key_of(self, names: tuple[str, ...]) -> Rows:
        """One number a row by some of the key's columns, the first column weighing most."""
        key: Rows = np.zeros(len(self.rows), dtype=np.int64)
        size = 1
        for name in names:
            column = self.keys[name]
            if size * column.size > MOST:
                found, key = np.unique(key, return_inverse=True)
                size = len(found)
            # The first key of all is mostly the table's own column: no zeros need be multiplied.
            key = key * column.size + column.places if size > 1 else column.places
            size *= column.size
        return key

    def size_of(self, names: tuple[str, ...]) -> int:
        """What the numbers of `key_of` lie below, if that is no more than they may be."""
        return math.prod(self.keys[name].size for name in names)

    def describe(self, at: int) -> str:
        """A row's key in words: `2023, 0301, k`."""
        parts = (self.keys[name].text(int(self.keys[name].places[at])) for name in self.layout.keys)
        return ", ".join(part or "–" for part in parts)


def _doubles(column: pa.ChunkedArray) -> Doubles:
    numbers: Doubles = np.asarray(column.cast(pa.float64(), safe=False).fill_null(np.nan))
    return numbers
