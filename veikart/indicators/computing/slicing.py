"""The grid becomes the slices of a file of figures."""

from itertools import groupby

import numpy as np

from veikart.indicators.computing.grid import (
    WITHOUT_DENOMINATOR,
    Grid,
    Key,
    Numbers,
    significant,
)
from veikart.plan.figures import LevelName, Series, Slice
from veikart.plan.indicators import Status

Numeral = int | float | None


def slices_of(grid: Grid) -> tuple[Slice, ...]:
    """One slice for each level and group, its areas in order of code.

    A series of which no period is known is left out, unless something is suppressed in it.
    """
    told = (grid.cells.known | (grid.status == "suppressed")).any(axis=1).tolist()
    every = zip(grid.keys, _series(grid), told, strict=True)
    kept = [(key, series) for key, series, says_something in every if says_something]
    return tuple(
        Slice(level=level, group=group, series=tuple(series for _, series in pairs))
        for (level, group), pairs in groupby(kept, key=lambda pair: _slice_of(pair[0]))
    )


def _slice_of(key: Key) -> tuple[LevelName, tuple[tuple[str, str], ...]]:
    return key[0], key[1]


def _series(grid: Grid) -> list[Series]:
    cells = grid.cells
    numerators = _listed(cells.numerator, cells.known)
    denominators = _denominators(grid)
    plain: tuple[Status | None, ...] = ()
    statuses = [tuple(row) if any(row) else plain for row in grid.status.tolist()]
    return [
        Series(area=area, numerator=numerator, denominator=denominator, status=status)
        for (_, _, area), numerator, denominator, status in zip(
            grid.keys, numerators, denominators, statuses, strict=True
        )
    ]


def _denominators(grid: Grid) -> list[tuple[Numeral, ...]]:
    if grid.kind in WITHOUT_DENOMINATOR:
        return [()] * len(grid.keys)
    return _listed(grid.cells.denominator, grid.cells.denominated)


def _listed(numbers: Numbers, present: Numbers) -> list[tuple[Numeral, ...]]:
    """Each row as a tuple, with None where nothing is present."""
    if numbers.dtype.kind == "f":
        flat = [significant(number) for number in numbers.ravel().tolist()]
        numbers = np.array(flat, np.float64).reshape(numbers.shape)
    whole = numbers.astype(object)
    whole[~present] = None
    return [tuple(row) for row in whole.tolist()]
