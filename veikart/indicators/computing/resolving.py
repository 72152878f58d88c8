"""Totals beside parts: which rows say what of everyone and of each group, so that none counts twice.

A data set may hold everyone, each sex, each age and each sex at each age, or some of these. For
each period, area and group the row that says it wholly is used; without one, the parts that add up
to it with the fewest more breakdowns.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.observations.keys import row_keys

Bits = np.ndarray[Any, np.dtype[np.int64]]


def resolved(table: pa.Table, breakdowns: Sequence[str]) -> pa.Table:
    """The rows that add up to each group, with NULL in the breakdowns that the group sums over.

    Every row of `table` may occur once for each set of breakdowns. Of a group, all rows are of one
    pattern of breakdowns, so that adding them up counts nobody twice.
    """
    if not breakdowns:
        return table
    patterns = _patterns(table, breakdowns)
    parts = [
        _of_group(table, breakdowns, patterns, kept)
        for size in range(len(breakdowns) + 1)
        for kept in combinations(range(len(breakdowns)), size)
    ]
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _patterns(table: pa.Table, breakdowns: Sequence[str]) -> Bits:
    """For each row, a bit for each breakdown that it has a category of."""
    bits = np.zeros(table.num_rows, dtype=np.int64)
    for no, name in enumerate(breakdowns):
        bits |= np.asarray(pc.is_valid(table[name])).astype(np.int64) << no
    return bits


def _of_group(
    table: pa.Table, breakdowns: Sequence[str], patterns: Bits, kept: tuple[int, ...]
) -> pa.Table:
    wanted = sum(1 << no for no in kept)
    able = (patterns & wanted) == wanted
    rows, found = (table.filter(pa.array(able)) if not able.all() else table), patterns[able]
    for no, name in enumerate(breakdowns):
        if no not in kept:
            place = rows.schema.get_field_index(name)
            rows = rows.set_column(place, name, pa.nulls(rows.num_rows, rows[name].type))
    if len(np.unique(found)) < 2:
        return rows
    return rows.filter(pa.array(_simplest(rows, breakdowns, found)))


def _simplest(rows: pa.Table, breakdowns: Sequence[str], found: Bits) -> Any:
    """Whether each row is of the simplest pattern of its period, area and group."""
    order = sorted(np.unique(found).tolist(), key=lambda bits: (bits.bit_count(), bits))
    rank_of = np.zeros(max(order) + 1, np.int64)
    rank_of[order] = np.arange(len(order))
    rank = rank_of[found]
    keys = row_keys([rows[name] for name in ("period", "area", *breakdowns)])
    _, group = np.unique(keys, return_inverse=True)
    lowest = np.full(group.max() + 1, len(order))
    np.minimum.at(lowest, group, rank)
    return rank == lowest[group]
