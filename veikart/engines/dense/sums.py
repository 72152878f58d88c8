"""The sums of `aggregate.roll_up` for a panel in which most cells are filled, as arrays.

A question to a warehouse is planned for longer than a month's figures take to add up. An array has
a place for every area and cell, filled or not: it is for panels, and not for tables with gaps.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from veikart.engines.aggregate import Level

Numbers = np.ndarray[Any, Any]


class Observed(NamedTuple):
    """Arrays with a place for each row: of its area, of its cell (whatever else is kept apart),
    and its numbers. What is not `known` or not `denominated` has numbers that mean nothing.
    """

    area: Numbers
    cell: Numbers
    numerator: Numbers
    denominator: Numbers
    known: Numbers
    denominated: Numbers


class Sums(NamedTuple):
    """Area × cell: the columns of `aggregate.SUMS`, and whether there is a numerator and a
    denominator at all; both sums are 0 where there is none.
    """

    numerator: Numbers
    denominator: Numbers
    unknown: Numbers
    units: Numbers
    units_unknown: Numbers
    known: Numbers
    denominated: Numbers


class Summed(NamedTuple):
    """The areas of a level, in order of code, and their sums."""

    areas: tuple[str, ...]
    sums: Sums


def roll_up(
    observed: Observed,
    tree: pa.Table,
    *,
    areas: Sequence[str],
    cells: int,
    levels: Sequence[Level],
) -> dict[str, Summed]:
    """Sum `observed` to every level, by its name.

    Args:
        observed: whole numbers of 64 bits, or floating point. Rows of one area and cell are summed.
        tree: as for `aggregate.roll_up`.
        areas: the areas of the lowest level that are observed.
        cells: how many cells there are.
        levels: from the lowest to the highest, each after the one it is summed from.
    """
    found = {levels[0].name: Summed(tuple(areas), _lowest(observed, (len(areas), cells)))}
    columns = {level.name: level.column for level in levels}
    for level in levels[1:]:
        assert level.below is not None
        lower = found[level.below]
        lies_in = _lies_in(lower.areas, tree, columns[level.below], level)
        found[level.name] = _above(lower.sums, lies_in)
    return found


def _lies_in(
    areas: Sequence[str], tree: pa.Table, below: str | None, level: Level
) -> list[str | None]:
    """The area of `level` that each of `areas` lies in."""
    if level.column is None:
        return [str(level.whole)] * len(areas)
    above: Mapping[str, str | None] = dict(
        zip(tree[below].to_pylist(), tree[level.column].to_pylist(), strict=True)
    )
    return [above.get(area) for area in areas]


def _lowest(observed: Observed, shape: tuple[int, int]) -> Sums:
    place = observed.area * shape[1] + observed.cell
    known, size = observed.known, shape[0] * shape[1]
    with_both = known & observed.denominated
    without = observed.denominated & ~known
    rows = np.bincount(place, minlength=size)
    answers = np.bincount(place[known], minlength=size)
    flat = Sums(
        numerator=_added(observed.numerator, known, place, size),
        denominator=_added(observed.denominator, with_both, place, size),
        unknown=_added(observed.denominator, without, place, size),
        units=((rows > 0) & (answers == rows)).astype(np.int64),
        units_unknown=(answers < rows).astype(np.int64),
        known=answers > 0,
        denominated=np.bincount(place[with_both], minlength=size) > 0,
    )
    return Sums(*(numbers.reshape(shape) for numbers in flat))


def _added(numbers: Numbers, chosen: Numbers, place: Numbers, size: int) -> Numbers:
    """In the type of `numbers`: whole ones are exact however large their sum."""
    sums = np.zeros(size, numbers.dtype)
    np.add.at(sums, place[chosen], numbers[chosen])
    return sums


def _above(lower: Sums, lies_in: Sequence[str | None]) -> Summed:
    codes = sorted({code for code in lies_in if code is not None})
    if not codes:
        return Summed((), Sums(*(numbers[:0] for numbers in lower)))
    number = {code: no for no, code in enumerate(codes)}
    to = np.array([-1 if code is None else number[code] for code in lies_in])
    order = np.argsort(to, kind="stable")[np.count_nonzero(to < 0) :]
    first = np.searchsorted(to[order], np.arange(len(codes)))
    added = (
        np.logical_or.reduceat(numbers[order], first, axis=0)
        if numbers.dtype == np.bool_
        else np.add.reduceat(numbers[order], first, axis=0)
        for numbers in lower
    )
    return Summed(tuple(codes), Sums(*added))
