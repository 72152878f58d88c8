"""How unequal municipalities, counties and groups are, over time."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import ibis
import numpy as np
import pyarrow as pa

from veikart.engines.dense import spread as dense
from veikart.engines.inequality import between_regions, extremes, slope, spread
from veikart.indicators.computing.asking import ask, is_near
from veikart.indicators.computing.dividing import Division, tree_of
from veikart.indicators.computing.grid import (
    WITHOUT_DENOMINATOR,
    Grid,
    significant_or_none,
)
from veikart.plan.figures import LevelName
from veikart.plan.indicators import Indicator, Spread

AREAS: tuple[LevelName, ...] = ("municipality", "county")
FIGURES = ("gap", "ratio", "p90_p10", "cv", "gini", "theil", "theil_between", "slope")
UNITS = pa.schema(
    [
        ("across", pa.string()),
        ("period", pa.string()),
        ("unit", pa.string()),
        ("value", pa.float64()),
        ("weight", pa.float64()),
        ("region", pa.string()),
        ("place", pa.float64()),
    ]
)


def spread_of(
    grid: Grid, *, definition: Indicator, division: Division, backend: Any
) -> tuple[Spread, ...]:
    """The spread across municipalities, counties and each breakdown's groups in every period.

    Each unit weighs as much as its denominator. Counts and amounts have none, and how many
    something happened to says little of inequality as long as places are of different size: they
    get no spread. What is suppressed takes no part.
    """
    if grid.kind in WITHOUT_DENOMINATOR or not grid.keys:
        return ()
    parts = _parts(grid, definition, division)
    if is_near(backend):
        more_is_better = definition.direction != "down"
        found = [row for part in parts for row in _rows(grid, part, more_is_better)]
    else:
        found = _asked(grid, parts, definition, backend)
    told = [row for row in found if row["units"] > 1]
    return tuple(_as_spread(row, is_directed=definition.direction is not None) for row in told)


class _Part(NamedTuple):
    """The series across which a spread is told, with the region and the place in order of each."""

    across: str
    rows: list[int]
    names: list[str]
    regions: list[str | None]
    order: list[float | None]


def _parts(grid: Grid, definition: Indicator, division: Division) -> list[_Part]:
    regions = _regions(division)
    parts = [_part(grid, grid.at(level), across=level, regions=regions) for level in AREAS]
    for breakdown in definition.breakdowns:
        column = breakdown.column
        codes = [each.code for each in definition.categories if each.column == column]
        order = {code: float(no) for no, code in enumerate(codes)} if breakdown.ordered else {}
        rows = grid.at("nation", grouped_by=column)
        parts.append(_part(grid, rows, across=column, order=order))
    return [part for part in parts if part.rows]


@lru_cache(maxsize=16)
def _regions(division: Division) -> Mapping[str, str | None]:
    """The region of each municipality and county."""
    return {
        area: row["region"]
        for row in tree_of(division, "municipality").to_pylist()
        for area in (row["municipality"], row["county"])
    }


def _part(
    grid: Grid,
    rows: list[int],
    *,
    across: str,
    regions: Mapping[str, str | None] = MappingProxyType({}),
    order: Mapping[str, float] = MappingProxyType({}),
) -> _Part:
    names = [group[0][1] if group else area for _, group, area in (grid.keys[no] for no in rows)]
    return _Part(
        across, rows, names, [regions.get(name) for name in names],
        [order.get(name) for name in names],
    )  # fmt: skip


def _rows(grid: Grid, part: _Part, more_is_better: bool) -> Iterator[dict[str, Any]]:
    """The spread of each period, from the grid's own arrays."""
    values, weights = grid.values[part.rows], grid.cells.denominator[part.rows].astype(np.float64)
    figures = dense.spread(values, weights)
    figures["slope"] = dense.slope(values, weights, order=part.order)
    if part.across in AREAS:
        figures["theil_between"] = dense.between_regions(values, weights, regions=part.regions)
    worst, best = dense.extremes(values, weights, units=part.names, more_is_better=more_is_better)
    listed = {name: figure.tolist() for name, figure in figures.items()}
    for no, period in enumerate(grid.periods):
        numbers = {name: figure[no] for name, figure in listed.items()}
        yield {
            "across": part.across, "period": period, "worst": worst[no], "best": best[no],
            **dict.fromkeys(FIGURES), **numbers,
        }  # fmt: skip


def _asked(
    grid: Grid, parts: Sequence[_Part], definition: Indicator, backend: Any
) -> list[dict[str, Any]]:
    units = pa.concat_tables([UNITS.empty_table(), *(_units(grid, part) for part in parts)])
    if units.num_rows == 0:
        return []
    found: list[dict[str, Any]] = ask(
        backend, _spread, definition.direction != "down", units=units.combine_chunks()
    ).to_pylist()
    order = {part.across: no for no, part in enumerate(parts)}
    places = {period: no for no, period in enumerate(grid.periods)}
    return sorted(found, key=lambda row: (order[row["across"]], places[row["period"]]))


def _spread(more_is_better: bool, *, units: Any) -> Any:
    by = ["across", "period"]
    found = spread(units, by=by)
    for no, more in enumerate(
        (
            extremes(units, by=by, more_is_better=more_is_better),
            between_regions(units, by=by, region="region"),
            slope(units, by=by, order="place"),
        )
    ):
        found = found.left_join(more, by, rname=f"{{name}}_{no}")
    found = found.mutate(
        theil_between=ibis.ifelse(
            found["across"].isin(list(AREAS)), found["theil_between"], ibis.null("float64")
        )
    )
    return found.select(*by, "units", "worst", "best", *FIGURES)


def _units(grid: Grid, part: _Part) -> pa.Table:
    values = grid.values[part.rows]
    series, period = np.nonzero(~np.isnan(values))
    listed = [
        [part.across] * len(series),
        [grid.periods[no] for no in period],
        [part.names[no] for no in series],
        values[series, period],
        grid.cells.denominator[part.rows][series, period].astype(np.float64),
        [part.regions[no] for no in series],
        [part.order[no] for no in series],
    ]
    return pa.table(
        [pa.array(each, field.type) for each, field in zip(listed, UNITS, strict=True)],
        schema=UNITS,
    )


def _as_spread(row: dict[str, Any], *, is_directed: bool) -> Spread:
    """Without a direction nothing is best or worst."""
    return Spread(
        period=row["period"],
        across=row["across"],
        units=row["units"],
        worst=row["worst"] if is_directed else None,
        best=row["best"] if is_directed else None,
        **{name: significant_or_none(row[name]) for name in FIGURES},
    )
