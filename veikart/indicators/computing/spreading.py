"""How unequal municipalities, counties and groups are, over time."""

from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from veikart.engines.inequality import between_regions, extremes, slope, spread
from veikart.indicators.computing.asking import ask
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
    units = _units(grid, definition, division)
    if units.num_rows == 0:
        return ()
    found = ask(backend, _spread, definition.direction != "down", units=units).to_pylist()
    order = {name: no for no, name in enumerate(_across(grid, definition))}
    places = {period: no for no, period in enumerate(grid.periods)}
    found.sort(key=lambda row: (order[row["across"]], places[row["period"]]))
    told = [row for row in found if row["units"] > 1]
    return tuple(_as_spread(row, is_directed=definition.direction is not None) for row in told)


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


def _across(grid: Grid, definition: Indicator) -> list[str]:
    return [*AREAS, *(each.column for each in definition.breakdowns)]


def _units(grid: Grid, definition: Indicator, division: Division) -> pa.Table:
    regions = {
        area: row["region"]
        for row in tree_of(division, "municipality").to_pylist()
        for area in (row["municipality"], row["county"])
    }
    parts = [
        _part(grid, grid.at(level), across=level, regions=regions, places={}) for level in AREAS
    ]
    for breakdown in definition.breakdowns:
        column = breakdown.column
        codes = [each.code for each in definition.categories if each.column == column]
        ordered = breakdown.ordered
        places = {code: float(no) for no, code in enumerate(codes)} if ordered else {}
        rows = grid.at("nation", grouped_by=column)
        parts.append(_part(grid, rows, across=column, regions={}, places=places))
    return pa.concat_tables(parts).combine_chunks()


def _part(
    grid: Grid,
    rows: list[int],
    *,
    across: str,
    regions: dict[str, str | None],
    places: dict[str, float],
) -> pa.Table:
    values = grid.values[rows]
    series, period = np.nonzero(~np.isnan(values))
    names = [group[0][1] if group else area for _, group, area in (grid.keys[no] for no in rows)]
    units = [names[no] for no in series]
    weights = grid.cells.denominator[rows]
    return pa.table(
        {
            "across": pa.array([across] * len(units), pa.string()),
            "period": pa.array([grid.periods[no] for no in period], pa.string()),
            "unit": pa.array(units, pa.string()),
            "value": pa.array(values[series, period], pa.float64()),
            "weight": pa.array(weights[series, period].astype(np.float64), pa.float64()),
            "region": pa.array([regions.get(unit) for unit in units], pa.string()),
            "place": pa.array([places.get(unit) for unit in units], pa.float64()),
        },
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
