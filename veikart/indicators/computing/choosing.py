"""Of each cell what is best known: the sum of its parts, or what is said of the area itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from veikart.engines.geography.places import NATION
from veikart.indicators.computing.dividing import Division, tree_of
from veikart.indicators.computing.grid import WITHOUT_DENOMINATOR, Cells, Numbers
from veikart.indicators.computing.stacking import (
    COUNTY,
    GIVEN,
    MUNICIPALITY,
    SOURCES,
    Area,
    Stacked,
)
from veikart.plan.indicators import IndicatorKind


class _Parts(NamedTuple):
    """Of each layer's cells: whether all parts are known, and whether whole places are lacking."""

    complete: Numbers
    lacking: Numbers


def chosen(stacked: Stacked, *, kind: IndicatorKind, division: Division) -> tuple[Cells, Numbers]:
    """The cells, and the status of each.

    A complete sum comes first, then what is said of the area itself, then a sum of what is known.
    A count or an amount of which parts are not known is missing; another value is estimated where
    whole places are lacking, but for coverages, which tell the unknown apart.
    """
    parts = _parts(stacked, division)
    known, complete = stacked.known, parts.complete
    best = np.select(
        [
            known[MUNICIPALITY] & complete[MUNICIPALITY],
            known[GIVEN],
            known[COUNTY] & complete[COUNTY],
            known[MUNICIPALITY],
            known[COUNTY],
        ],
        [MUNICIPALITY, GIVEN, COUNTY, MUNICIPALITY, COUNTY],
        default=_with_unknown(stacked),
    )
    picked = {name: _pick(layers, best) for name, layers in stacked.layers.items()}
    is_known = _pick(known, best)
    status: Numbers = np.full(is_known.shape, None, object)
    if kind in WITHOUT_DENOMINATOR:
        is_known &= _pick(complete, best)
    elif kind != "coverage":
        status[is_known & _pick(parts.lacking, best)] = "estimated"
    status[~is_known] = "missing"
    cells = Cells(
        numerator=picked["numerator"],
        denominator=picked["denominator"],
        unknown=picked["unknown"],
        known=is_known,
        denominated=_pick(stacked.denominated, best),
    )
    return cells, status


def _with_unknown(stacked: Stacked) -> Numbers:
    """Of cells without any numerator, the layer that says how large the unknown is."""
    found: Numbers = np.argmax(stacked.layers["unknown"] > 0, axis=0)
    return found


def _pick(layers: Numbers, best: Numbers) -> Numbers:
    found: Numbers = np.take_along_axis(layers, best[None], axis=0)[0]
    return found


def _parts(stacked: Stacked, division: Division) -> _Parts:
    layers = stacked.layers
    answering = (layers["units"] + layers["units_unknown"])[:, stacked.of_everyone, :]
    expected = np.stack([_expected(stacked.areas, division, name) for name in SOURCES])
    absent = answering < expected[:, stacked.area, None]
    lacking = absent | (layers["units_unknown"] > 0)
    lacking[GIVEN] = False
    unknown = layers["unknown"] > 0
    unknown[GIVEN] = False
    return _Parts(complete=~lacking & ~unknown, lacking=lacking)


def _expected(areas: Sequence[Area], division: Division, source: str) -> Numbers:
    """How many places each area is a sum of, if all of them answer."""
    sizes = _sizes(division, source) if source != "given" else {}
    return np.array([sizes.get(area, 1) for area in areas], np.int64)


@lru_cache(maxsize=16)
def _sizes(division: Division, source: str) -> Mapping[tuple[str, str], int]:
    """How many places there are in each area of each level."""
    tree = tree_of(division, source)
    lying = ((level, area) for level in tree.column_names for area in tree[level].to_pylist())
    return {**Counter(lying), ("nation", NATION): tree.num_rows}
