"""Of each cell what is best known: the sum of its parts, or what is said of the area itself."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.aggregate import SUMS
from veikart.engines.observations import periods
from veikart.engines.observations.keys import row_keys
from veikart.indicators.computing.dividing import Division, level_of, tree_of
from veikart.indicators.computing.grid import WITHOUT_DENOMINATOR, Cells, Key, Numbers
from veikart.plan.figures import LevelName
from veikart.plan.indicators import IndicatorKind

NAMES: tuple[LevelName, ...] = get_args(LevelName)
SOURCES = ("municipality", "county", "given")
MUNICIPALITY, COUNTY, GIVEN = range(3)


class Stacked:
    """What the sources say, on one grid: a layer for each of `SOURCES`."""

    def __init__(self, sources: Mapping[str, pa.Table], breakdowns: Sequence[str]) -> None:
        tables = [_levelled(table) for table in sources.values()]
        together = pa.concat_tables(tables).combine_chunks() if tables else None
        numbers = [SOURCES.index(name) for name in sources]
        layer = np.repeat(numbers, [table.num_rows for table in tables])
        self.periods: tuple[str, ...] = ()
        self.keys: tuple[Key, ...] = ()
        self.layers: dict[str, Numbers] = {name: np.zeros((3, 0, 0), np.int64) for name in SUMS}
        self.known = self.denominated = np.zeros((3, 0, 0), np.bool_)
        if together is not None:
            self._fill(together, layer, breakdowns)

    def _fill(self, table: pa.Table, layer: Numbers, breakdowns: Sequence[str]) -> None:
        short = [f"g{no}" for no in range(len(breakdowns))]
        texts = pc.unique(table["period"]).to_pylist()
        self.periods = tuple(sorted(texts, key=periods.order))
        column = np.asarray(pc.index_in(table["period"], pa.array(self.periods)))
        numbers = row_keys([table[name] for name in ("no", *short, "area")])
        _, first, row = np.unique(numbers, return_index=True, return_inverse=True)
        self.keys = tuple(_keys(table.take(pa.array(first)), short, breakdowns))
        where = (layer, row, column)
        shape = (len(SOURCES), len(first), len(self.periods))
        for name in SUMS:
            self.layers[name] = _placed(table[name], where, shape)
        self.known = _placed(pc.is_valid(table["numerator"]), where, shape)
        self.denominated = _placed(pc.is_valid(table["denominator"]), where, shape)


def _levelled(table: pa.Table) -> pa.Table:
    """`table` with the number of its level as a text, which sorts as levels do."""
    names = pc.index_in(table["level"], pa.array(NAMES))
    if names.null_count:
        areas = pc.unique(table["area"])
        levels = [NAMES.index(level_of(area)) for area in areas.to_pylist()]
        names = pc.take(pa.array(levels, pa.int32()), pc.index_in(table["area"], areas))
    return table.append_column("no", names.cast(pa.string()))


def _keys(firsts: pa.Table, short: Sequence[str], breakdowns: Sequence[str]) -> list[Key]:
    levels = [NAMES[int(no)] for no in firsts["no"].to_pylist()]
    columns = [firsts[name].to_pylist() for name in short]
    codes = list(zip(*columns, strict=True)) if columns else [()] * len(levels)
    groups = {
        each: tuple(
            (column, code)
            for column, code in zip(breakdowns, each, strict=True)
            if code is not None
        )
        for each in set(codes)
    }
    areas = firsts["area"].to_pylist()
    return [
        (level, groups[each], area) for level, each, area in zip(levels, codes, areas, strict=True)
    ]


def _placed(column: Any, where: Any, shape: tuple[int, ...]) -> Numbers:
    plain = np.asarray(pc.fill_null(column, False if pa.types.is_boolean(column.type) else 0))
    found = np.zeros(shape, plain.dtype)
    found[where] = plain
    return found


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
    everyone = _rows_of_everyone(stacked.keys)
    answering = (layers["units"] + layers["units_unknown"])[:, everyone, :]
    expected = np.stack([_expected(stacked.keys, division, name) for name in SOURCES])
    absent = answering < expected[:, :, None]
    lacking = absent | (layers["units_unknown"] > 0)
    lacking[GIVEN] = False
    unknown = layers["unknown"] > 0
    unknown[GIVEN] = False
    return _Parts(complete=~lacking & ~unknown, lacking=lacking)


def _rows_of_everyone(keys: Sequence[Key]) -> Numbers:
    """For each series where that of everyone in the same area stands; itself where there is none."""
    rows = {key: no for no, key in enumerate(keys)}
    return np.array(
        [rows.get((level, (), area), no) for no, (level, _, area) in enumerate(keys)], np.int64
    )


def _expected(keys: Sequence[Key], division: Division, source: str) -> Numbers:
    """How many places each series is a sum of, if all of them answer."""
    if source == "given":
        return np.ones(len(keys), np.int64)
    tree = tree_of(division, source)
    sizes: dict[tuple[str, str], int] = {("nation", "NO"): tree.num_rows}
    for level in tree.column_names:
        for area in tree[level].to_pylist():
            if area is not None:
                sizes[level, area] = sizes.get((level, area), 0) + 1
    return np.array([sizes.get((level, area), 1) for level, _, area in keys], np.int64)
