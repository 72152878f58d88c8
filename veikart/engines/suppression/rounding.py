"""Rounding instead of blanks: every number a multiple of a base, and totals the sums of their parts."""

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from veikart.engines.suppression.cells import Breakdowns, Cell, Hierarchies, Key
from veikart.engines.suppression.linked import Flags, Floats, Integers, Linked, link

ADDS_UP = 10_000.0
"""What parts that miss their total weigh beside a number that is off: enough to come first."""

SWEEPS = 50
"""How often all finest cells are gone through; three or four times have always been enough."""

STEPS = 20
"""More levels of totals above each other than there are."""

CLOSE = 1e-9
"""What is no gain, but only how floating point adds up."""


class Rounded(NamedTuple):
    """What may be published instead of the numerators.

    A finest cell (one that nothing adds up to) is less than a base from the truth. `furthest` is
    how far any number is off, totals too. `loose` is how many totals are not the sum of their
    parts, which can only be where breakdowns are published that are not crossed with each other.
    """

    numerators: dict[Key, int]
    furthest: int = 0
    loose: int = 0


def round_numerators(
    cells: Collection[Cell],
    *,
    hierarchies: Hierarchies,
    breakdowns: Breakdowns,
    base: int,
) -> Rounded:
    """Round the numerators of one period to multiples of `base` that add up.

    Each finest cell goes down or up to a neighbouring multiple, never above its denominator; a
    multiple stays, so that nobody is still nobody. All totals are the sums of finest cells. Which
    way each goes is chosen so that the squares of all errors together become small: from the
    nearest multiple, one cell at a time is turned as long as that brings something.

    Args:
        cells: as for `suppress`; those without a numerator are left out of the answer.
        hierarchies: as for `suppress`.
        breakdowns: as for `suppress`.
        base: what all published numerators are multiples of, 1 or more.

    Returns:
        The rounded numerator of each cell. The same cells in the same order give the same answer.

    Raises:
        ValueError: the base is less than 1, or the cells do not add up; it says which.
    """
    if base < 1:
        raise ValueError(f"Expected a base of 1 or more; found {base}. Give what to round to.")
    linked = link(cells, hierarchies=hierarchies, breakdowns=breakdowns)
    down = np.floor(linked.numerators / base)
    above = linked.numerators / base - down
    free = finest(linked) & (above > 0) & ((down + 1) * base <= linked.denominators)
    sums = _sums(linked)
    start = np.where(free & (above > 0.5), 1.0, 0.0) + down
    units = _turned(linked, sums, start=start * finest(linked), free=free, base=base)
    numbers = base * np.rint(sums @ units).astype(np.int64)
    shown = numbers[: len(linked.keys)].tolist()
    errors = abs(numbers - linked.numerators)[linked.shown]
    return Rounded(
        {key: n for key, n, is_shown in zip(linked.keys, shown, linked.shown, strict=False)
         if is_shown},
        furthest=int(errors.max(initial=0)),
        loose=int(np.count_nonzero(linked.totals @ numbers)),
    )  # fmt: skip


def finest(linked: Linked) -> Flags:
    """The columns that nothing adds up to, rests among them."""
    return np.asarray((linked.totals < 0).sum(axis=0) == 0).ravel()


def _sums(linked: Linked) -> Any:
    """Which finest cells each column is the sum of, along the first total that it is."""
    count = linked.totals.shape[1]
    rows, columns = (linked.totals < 0).nonzero()
    order = np.argsort(rows, kind="stable")
    wholes, first = np.unique(columns[order], return_index=True)
    place = sparse.csr_array(
        (np.ones(len(wholes)), (wholes, np.arange(len(wholes)))), shape=(count, len(wholes))
    )
    own = sparse.diags_array(finest(linked).astype(np.float64), format="csr")
    parts = place @ linked.totals[rows[order][first]] + sparse.eye_array(count, format="csr") - own
    sums = own
    for _ in range(STEPS):
        further = sparse.csr_array(own + parts @ sums)
        further.eliminate_zeros()
        if further.nnz == sums.nnz:
            break
        sums = further
    return sums


def _turned(linked: Linked, sums: Any, *, start: Floats, free: Flags, base: int) -> Floats:
    """The finest cells in units of `base`, each turned while that makes the errors smaller.

    Each turn makes the sum of squares less, and there are but so many ways to round: it ends.
    """
    shown = np.flatnonzero(linked.shown)
    missing = sparse.csr_array(linked.totals @ sums)
    missing.eliminate_zeros()  # nothing is left of it where the sums agree in every way
    every = sparse.csc_array(sparse.vstack([sums[shown], missing]))
    true = np.concatenate([linked.numerators[shown], np.zeros(linked.totals.shape[0])]) / base
    # A total of few cells weighs more than one of many, which is right when those in it are.
    heavy = ADDS_UP / np.maximum(1, np.diff(missing.indptr))
    weights = np.concatenate([np.ones(len(shown)), heavy])
    units, errors = start.copy(), every @ start - true
    lowest = np.floor(linked.numerators / base)
    columns = [_column(every, int(column), weights) for column in np.flatnonzero(free)]
    for _ in range(SWEEPS):
        turned = False
        for column, rows, signs, weighed, square in columns:
            way = 1.0 if units[column] == lowest[column] else -1.0
            if 2 * way * (weighed @ errors[rows]) + square < -CLOSE:
                units[column] += way
                errors[rows] += way * signs
                turned = True
        if not turned:
            break
    return units


def _column(
    every: Any, column: int, weights: Floats
) -> tuple[int, Integers, Floats, Floats, float]:
    """Where a finest cell counts, with which sign and weight, and what turning it costs by itself."""
    rows = every.indices[every.indptr[column] : every.indptr[column + 1]]
    signs = every.data[every.indptr[column] : every.indptr[column + 1]]
    weighed = weights[rows] * signs
    return column, rows, signs, weighed, float(weighed @ signs)
