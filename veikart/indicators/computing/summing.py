"""Observations in one division become the grid: every level, every group, with what is given."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.aggregate import LEVELS, Level, roll_up
from veikart.engines.observations.coding import coded, places
from veikart.indicators.computing.asking import ask, is_near, plain
from veikart.indicators.computing.choosing import chosen
from veikart.indicators.computing.dividing import (
    Division,
    cut_above,
    kept,
    level_masks,
    level_of,
    tree_of,
)
from veikart.indicators.computing.grid import Grid
from veikart.indicators.computing.panel import Source, fits, stacked_panel
from veikart.indicators.computing.stacking import Stacked, stacked
from veikart.plan.indicators import Indicator

UPWARDS: Mapping[str, tuple[Level, ...]] = {
    "municipality": LEVELS,
    "county": (
        Level("county", "county"),
        Level("region", "region", "county"),
        Level("nation", None, "county", "NO"),
    ),
    "given": (Level("given", None),),
}
"""What is summed to which levels: from municipalities; from counties where a period has no
municipalities; and what is said of an area itself, which is summed over breakdowns only."""


def grid_of(
    rows: pa.Table,
    *,
    definition: Indicator,
    breakdowns: Sequence[str],
    division: Division,
    backend: Any,
) -> Grid:
    """Sum `rows` (resolved to groups, in the codes of the division) to all levels and groups.

    What is said of an area itself stands where its parts are not complete, and is never added to
    them. Crosses of several breakdowns are kept from counties up.
    """
    assert definition.kind is not None
    every = _every(rows, breakdowns, division, backend)
    cells, status = chosen(every, kind=definition.kind, division=division)
    grid = Grid(
        kind=definition.kind,
        per=definition.per,
        periods=every.periods,
        keys=every.keys,
        cells=cells,
        status=status,
    )
    _say_of_rows(grid, rows, breakdowns, division)
    return grid


def _every(rows: pa.Table, breakdowns: Sequence[str], division: Division, backend: Any) -> Stacked:
    """What each of `UPWARDS` sums to: as arrays where that is near and no waste, else by asking."""
    sources = _sources(rows, breakdowns, division)
    if is_near(backend) and fits(rows, breakdowns) and sources:
        return stacked_panel(sources, breakdowns)
    short = [f"g{no}" for no in range(len(breakdowns))]
    columns = ["period", "area", *short, "numerator", "denominator"]
    return stacked(
        {
            name: _keep(ask(
                backend, _upwards, name, len(short),
                observations=source.rows.rename_columns(columns), places=source.tree,
            ), short)
            for name, source in sources.items()
        },
        breakdowns,
    )  # fmt: skip


def _sources(rows: pa.Table, breakdowns: Sequence[str], division: Division) -> dict[str, Source]:
    """Those of `UPWARDS` that there are rows of."""
    columns = ["period", "area", *breakdowns, "numerator", "denominator"]
    bare = rows.replace_schema_metadata(None).select(columns)
    masks = level_masks(bare)
    period = coded(bare["period"])
    detailed = np.zeros(len(period.dictionary) + 1, np.bool_)
    detailed[places(period)[masks["municipality"]]] = True
    above_detail = masks["county"] & detailed[places(period)]
    chosen = {
        "municipality": masks["municipality"],
        "county": masks["county"] & ~above_detail,
        "given": masks["above"] | above_detail,
    }
    return {
        name: Source(kept(bare, mask), tree_of(division, name), UPWARDS[name])
        for name, mask in chosen.items()
        if mask.any()
    }


def _say_of_rows(grid: Grid, rows: pa.Table, breakdowns: Sequence[str], division: Division) -> None:
    """Why a row has no number, as the row says it, and which sums a part was cut off by shares of."""
    names = ["period", "area", "status", "estimated", *breakdowns]
    without = pc.and_(pc.is_null(rows["numerator"]), pc.is_valid(rows["status"]))
    told = rows.select(names).filter(pc.or_(without, rows["estimated"]))
    column = {period: no for no, period in enumerate(grid.periods)}
    for period, area, status, estimated, *codes in zip(
        *(column.to_pylist() for column in plain(told).columns), strict=True
    ):
        group = tuple(
            (name, code) for name, code in zip(breakdowns, codes, strict=True) if code is not None
        )
        own = (level_of(area), area)
        above = cut_above(division, int(period[:4])).get(area, ()) if estimated else ()
        for level, code in (own, *above):
            row = grid.row(level, group, code)
            if row is None:
                continue
            cell = (row, column[period])
            if grid.cells.known[cell]:
                grid.status[cell] = "estimated" if estimated else grid.status[cell]
            elif code == area:
                grid.status[cell] = status or grid.status[cell]


def _upwards(name: str, breakdowns: int, *, observations: Any, places: Any) -> Any:
    keys = ("period", *(f"g{no}" for no in range(breakdowns)))
    return roll_up(observations, places, keys=keys, levels=UPWARDS[name])


def _keep(summed: pa.Table, short: Sequence[str]) -> pa.Table:
    """Without crosses of several breakdowns in municipalities: they are mostly too small to show."""
    if len(short) < 2:
        return summed
    several = sum(np.asarray(pc.is_valid(summed[name])).astype(int) for name in short) > 1
    lowest = np.asarray(pc.equal(summed["level"], "municipality"))
    return summed.filter(pa.array(~(several & lowest)))
