"""Sources that fill most of a panel are added up as arrays; the warehouse need not be asked."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

import numpy as np
import pyarrow as pa

from veikart.engines.aggregate import Level
from veikart.engines.dense.sums import Observed, Sums, roll_up
from veikart.engines.observations import periods
from veikart.engines.observations.coding import coded
from veikart.engines.observations.keys import ranks
from veikart.indicators.computing.dividing import level_of
from veikart.indicators.computing.grid import Group, Numbers
from veikart.indicators.computing.stacking import NAMES, SOURCES, Area, Stacked, group_of
from veikart.plan.figures import LevelName

MOST_CELLS = 4
"""So many places a row an array may have; with more gaps than that, sums are left to the warehouse."""
SMALL = 100_000
"""Or so many in all, since that is no trouble either way."""


class Source(NamedTuple):
    """Rows of one source with the tree and the levels that they are summed by."""

    rows: pa.Table
    tree: pa.Table
    levels: Sequence[Level]


class _Part(NamedTuple):
    """The areas that a source is summed to, and their sums: area × group × period."""

    areas: list[Area]
    sums: Sums


def fits(rows: pa.Table, breakdowns: Sequence[str]) -> bool:
    """Whether arrays with a place for each area, group and period of `rows` are no waste."""
    sizes = [len(coded(rows[name]).dictionary) + 1 for name in ("period", "area", *breakdowns)]
    return bool(math.prod(sizes) <= max(SMALL, MOST_CELLS * rows.num_rows))


def stacked_panel(sources: Mapping[str, Source], breakdowns: Sequence[str]) -> Stacked:
    """The sums of all sources, each of `SOURCES`; together they are what `fits` was asked of."""
    rows = pa.concat_tables(source.rows for source in sources.values()).unify_dictionaries()
    texts, period = _codes(rows["period"])
    order = sorted(range(len(texts)), key=lambda no: periods.order(str(texts[no])))
    codes, group = _groups(rows, breakdowns)
    cell = group * len(texts) + np.argsort(order)[period]
    shape = (len(codes), len(texts))
    ends = np.cumsum([source.rows.num_rows for source in sources.values()])[:-1]
    parts = {
        name: _of_source(name, source, place, shape)
        for (name, source), place in zip(sources.items(), np.split(cell, ends), strict=True)
    }
    groups = tuple(group_of(each, breakdowns) for each in codes)
    return _stacked(parts, groups, tuple(str(texts[no]) for no in order))


def _of_source(name: str, source: Source, cell: Numbers, shape: tuple[int, int]) -> _Part:
    texts, area = _codes(source.rows["area"])
    by_level = roll_up(
        _observed(source.rows, area, cell), source.tree,
        areas=[str(text) for text in texts], cells=shape[0] * shape[1], levels=source.levels,
    )  # fmt: skip
    areas = [
        (level_of(code) if name == "given" else cast(LevelName, level), code)
        for level, summed in by_level.items()
        for code in summed.areas
    ]
    together = zip(*(summed.sums for summed in by_level.values()), strict=True)
    sums = Sums(*(np.concatenate(parts).reshape(-1, *shape) for parts in together))
    return _Part(areas, sums)


def _stacked(
    parts: Mapping[str, _Part], groups: tuple[Group, ...], texts: tuple[str, ...]
) -> Stacked:
    areas = sorted(
        {area for part in parts.values() for area in part.areas},
        key=lambda area: (NAMES.index(area[0]), area[1]),
    )
    number = {area: no for no, area in enumerate(areas)}
    where = {name: np.array([number[each] for each in part.areas]) for name, part in parts.items()}
    area, group = _series(parts, where, areas, groups)
    shape = (len(SOURCES), len(area), len(texts))
    layers: dict[str, Numbers] = {}
    for field in Sums._fields:
        for name, part in parts.items():
            sums = getattr(part.sums, field)
            layer = layers.setdefault(field, np.zeros(shape, sums.dtype))
            own = np.full(len(areas), -1)
            own[where[name]] = np.arange(len(part.areas))
            there = own[area] >= 0
            layer[SOURCES.index(name), there] = sums[own[area[there]], group[there]]
    return Stacked(
        periods=texts,
        areas=tuple(areas),
        groups=groups,
        area=area,
        group=group,
        known=layers.pop("known"),
        denominated=layers.pop("denominated"),
        layers=layers,
    )


def _series(
    parts: Mapping[str, _Part],
    where: Mapping[str, Numbers],
    areas: Sequence[Area],
    groups: Sequence[Group],
) -> tuple[Numbers, Numbers]:
    """The area and the group of each series that has rows in some source, in order."""
    present = np.zeros((len(areas), len(groups)), np.bool_)
    for name, part in parts.items():
        rows = part.sums.units + part.sums.units_unknown
        present[where[name]] |= (rows > 0).any(axis=2)
    level = np.array([NAMES.index(name) for name, _ in areas], np.int64)
    crossed = np.array([len(group) > 1 for group in groups], np.bool_)
    present &= ~(crossed & (level == NAMES.index("municipality"))[:, None])
    area, group = np.nonzero(present)
    order = np.lexsort((area, group, level[area]))
    return area[order], group[order]


def _codes(column: pa.ChunkedArray) -> tuple[list[str | None], Numbers]:
    """The texts of a column in order, None first where there is one, and each row's place in them."""
    whole = coded(column)
    places, _ = ranks(whole)
    texts = [None, *sorted(set(whole.dictionary.to_pylist()))]
    # Dictionaries may hold texts that no row has.
    there = np.bincount(places, minlength=len(texts)) > 0
    found = [text for text, is_there in zip(texts, there, strict=True) if is_there]
    return found, (np.cumsum(there) - 1)[places]


def _groups(
    rows: pa.Table, breakdowns: Sequence[str]
) -> tuple[list[tuple[str | None, ...]], Numbers]:
    """The codes in the breakdowns that stand together, in order, and each row's place among them."""
    columns = [_codes(rows[name]) for name in breakdowns]
    sizes = tuple(len(texts) for texts, _places in columns)
    number = np.zeros(rows.num_rows, np.int64)
    for (_texts, places), size in zip(columns, sizes, strict=True):
        number = number * size + places
    there = np.bincount(number, minlength=int(np.prod(sizes, dtype=np.int64))) > 0
    combined = zip(*np.unravel_index(np.flatnonzero(there), sizes), strict=True) if sizes else [()]
    listed = [
        tuple(texts[place] for (texts, _places), place in zip(columns, places, strict=True))
        for places in combined
    ]
    return listed, (np.cumsum(there) - 1)[number]


def _observed(rows: pa.Table, area: Numbers, cell: Numbers) -> Observed:
    numbers, valid = {}, {}
    for name in ("numerator", "denominator"):
        valid[name] = np.asarray(rows[name].is_valid())
        numbers[name] = np.asarray(rows[name].fill_null(0))
    return Observed(
        area, cell, numbers["numerator"], numbers["denominator"],
        valid["numerator"], valid["denominator"],
    )  # fmt: skip
