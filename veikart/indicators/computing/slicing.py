"""The grid becomes the slices of a file of figures."""

from typing import Any

import numpy as np

from veikart.indicators.computing.grid import (
    WITHOUT_DENOMINATOR,
    Grid,
    Numbers,
    significant,
)
from veikart.plan.figures import Series, Slice
from veikart.plan.indicators import Status

Numeral = int | float | None


def slices_of(grid: Grid) -> tuple[Slice, ...]:
    """One slice for each level and group, its areas in order of code.

    A series of which no period is known is left out, unless something is suppressed in it.
    """
    told = (grid.cells.known | (grid.status == "suppressed")).any(axis=1)
    series, every = _series(grid), told.tolist()
    return tuple(
        Slice(level=level, group=group, series=tuple(series[row] for row in block if every[row]))
        for (level, group), block in grid.blocks.items()
        if told[block.start : block.stop].any()
    )


def _series(grid: Grid) -> list[Series]:
    special = np.asarray(grid.status.astype(np.bool_).any(axis=1))
    plain: tuple[Status | None, ...] = ()
    return [
        Series(
            area=area,
            numerator=numerator,
            denominator=denominator,
            status=status if is_special else plain,
        )
        for (_, _, area), numerator, denominator, status, is_special in zip(
            grid.keys,
            _listed(grid.cells.numerator, grid.cells.known),
            _denominators(grid),
            _rows(grid.status),
            special.tolist(),
            strict=True,
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
    return _rows(whole)


def _rows(numbers: Numbers) -> list[tuple[Any, ...]]:
    """Each row as a tuple."""
    return list(zip(*numbers.T.tolist(), strict=True))
