"""What the sources say of every series and period, one layer upon the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.aggregate import SUMS
from veikart.engines.observations import periods
from veikart.engines.observations.keys import row_keys
from veikart.indicators.computing.dividing import level_of
from veikart.indicators.computing.grid import Group, Key, Numbers
from veikart.plan.figures import LevelName

NAMES: tuple[LevelName, ...] = get_args(LevelName)
SOURCES = ("municipality", "county", "given")
MUNICIPALITY, COUNTY, GIVEN = range(3)

Area = tuple[LevelName, str]


@dataclass(frozen=True)
class Stacked:
    """Series in order of level, group and area; each has a place among `areas` and `groups`.

    Of `layers`, each of `aggregate.SUMS`, and of `known` and `denominated` the sides are
    source × series × period.
    """

    periods: tuple[str, ...]
    areas: tuple[Area, ...]
    groups: tuple[Group, ...]
    area: Numbers
    group: Numbers
    layers: Mapping[str, Numbers]
    known: Numbers
    denominated: Numbers

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The key of each series."""
        areas, groups = self.areas, self.groups
        pairs = zip(self.area.tolist(), self.group.tolist(), strict=True)
        return tuple((areas[area][0], groups[group], areas[area][1]) for area, group in pairs)

    @cached_property
    def of_everyone(self) -> Numbers:
        """For each series where that of everyone in the same area stands; itself where there is none."""
        every: Numbers = np.arange(len(self.area))
        if () not in self.groups:
            return every
        there = self.group == self.groups.index(())
        rows = np.full(len(self.areas), -1)
        rows[self.area[there]] = every[there]
        return np.where(rows[self.area] >= 0, rows[self.area], every)


def stacked(tables: Mapping[str, pa.Table], breakdowns: Sequence[str]) -> Stacked:
    """The sums that a warehouse gave of each source: period, g0, g1 … for `breakdowns`, level, area."""
    levelled = [_levelled(table) for table in tables.values()]
    table = pa.concat_tables(levelled).combine_chunks() if levelled else _nothing(breakdowns)
    numbers = [SOURCES.index(name) for name in tables]
    layer = np.repeat(np.array(numbers, np.int64), [each.num_rows for each in levelled])
    short = [f"g{no}" for no in range(len(breakdowns))]
    texts = tuple(sorted(pc.unique(table["period"]).to_pylist(), key=periods.order))
    column = np.asarray(pc.index_in(table["period"], pa.array(texts, pa.string())))
    keys = row_keys([table[name] for name in ("no", *short, "area")])
    _, first, row = np.unique(keys, return_index=True, return_inverse=True)
    series = table.take(pa.array(first))
    area, areas = _told_apart(series, ("no", "area"))
    group, groups = _told_apart(series, short)
    where, shape = (layer, row, column), (len(SOURCES), len(first), len(texts))
    return Stacked(
        periods=texts,
        areas=tuple((NAMES[int(no)], code) for no, code in areas),
        groups=tuple(group_of(codes, breakdowns) for codes in groups),
        area=area,
        group=group,
        layers={name: _placed(table[name], where, shape) for name in SUMS},
        known=_placed(pc.is_valid(table["numerator"]), where, shape),
        denominated=_placed(pc.is_valid(table["denominator"]), where, shape),
    )


def group_of(codes: Sequence[str | None], breakdowns: Sequence[str]) -> Group:
    """The group of a code in each breakdown, None where it sums over that."""
    return tuple(
        (column, code) for column, code in zip(breakdowns, codes, strict=True) if code is not None
    )


def _levelled(table: pa.Table) -> pa.Table:
    """`table` with the number of its level as a text, which sorts as levels do."""
    names = pc.index_in(table["level"], pa.array(NAMES))
    if names.null_count:
        areas = pc.unique(table["area"])
        levels = [NAMES.index(level_of(area)) for area in areas.to_pylist()]
        names = pc.take(pa.array(levels, pa.int32()), pc.index_in(table["area"], areas))
    return table.append_column("no", names.cast(pa.string()))


def _nothing(breakdowns: Sequence[str]) -> pa.Table:
    texts = ["period", "no", "area", *(f"g{no}" for no in range(len(breakdowns)))]
    fields = [(name, pa.string()) for name in texts] + [(name, pa.int64()) for name in SUMS]
    return pa.schema(fields).empty_table()


def _told_apart(series: pa.Table, columns: Sequence[str]) -> tuple[Numbers, list[Any]]:
    """For each row its place among the different texts in `columns`, which come in order."""
    if not columns:
        return np.zeros(series.num_rows, np.int64), [()]
    keys = row_keys([series[name] for name in columns])
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    once = series.select(columns).take(pa.array(first))
    return place, list(zip(*(once[name].to_pylist() for name in columns), strict=True))


def _placed(column: Any, where: Any, shape: tuple[int, ...]) -> Numbers:
    plain = np.asarray(pc.fill_null(column, False if pa.types.is_boolean(column.type) else 0))
    found = np.zeros(shape, plain.dtype)
    found[where] = plain
    return found
