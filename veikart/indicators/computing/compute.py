"""The whole calculation of one version of an indicator, from its data sets to what is kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from veikart.engines.geography.places import Geography
from veikart.indicators.computing.covering import coverage_of, nation_of
from veikart.indicators.computing.dividing import (
    Division,
    completed,
    divided,
    refuse_unknown_areas,
)
from veikart.indicators.computing.gathering import Source, gathered, layout_of
from veikart.indicators.computing.grid import Grid
from veikart.indicators.computing.headline import (
    assessments_of,
    course_of,
    forecast_of,
    series_of,
    stable_since_of,
)
from veikart.indicators.computing.hiding import rounds, without_small
from veikart.indicators.computing.inputs import ENGINE, inputs_of
from veikart.indicators.computing.resolving import resolved
from veikart.indicators.computing.slicing import slices_of
from veikart.indicators.computing.spreading import spread_of
from veikart.indicators.computing.summing import grid_of
from veikart.plan.figures import SCHEMA, Figures, LevelCoverage, decode, encode, fingerprint
from veikart.plan.indicators import Indicator, Result, Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What was computed: for the Plan, and the file for the folder of figures."""

    result: Result
    figures_bytes: bytes

    @property
    def figures(self) -> Figures:
        """The figures in the file; not kept beside it, so that a process has less to hand back."""
        return decode(self.figures_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the parts of the calculation came to."""

    grid: Grid
    suppressed: int
    coverage: tuple[LevelCoverage, ...]
    spread: tuple[Spread, ...]


def compute(
    definition: Indicator,
    data_sets: Sequence[Source],
    *,
    geography: Geography,
    borders: dt.date,
    backend: Any,
    places: str = "",
) -> Computed:
    """Compute one version of an indicator. Equal inputs give equal bytes.

    Args:
        definition: its kind, breakdowns, targets, breaks and smallest number decide.
        data_sets: those of the definition's version, each with its canonical table or the path of
            its Parquet file; of equal keys the one of the latest date counts. May be empty.
        geography: the reference data on places.
        borders: the day whose municipalities and counties the figures are told in.
        backend: what `warehouse.connect` gives.
        places: the fingerprint of the reference data, as given to `inputs_of`.

    Returns:
        The Result, the Figures and their bytes. Levels that nothing is known of are not in them:
        without municipalities there are no hospital areas, and a survey of the whole country has
        the whole country only.

    Raises:
        ValueError: the definition has no kind, a table does not fit it, a municipality was not in
            force, or numbers that should be suppressed do not add up.
    """
    division = Division(geography, borders)
    found = _found(definition, data_sets, division=division, backend=backend)
    document = encode(_figures(definition, found, borders))
    described = [data_set for data_set, _ in data_sets]
    series = series_of(found.grid)
    way = course_of(definition, series)
    result = Result(
        uid=f"{definition.uid}/serie/{definition.version}",
        indicator=definition.uid,
        version=definition.version,
        inputs=inputs_of(definition, described, borders=borders, places=places),
        engine=ENGINE,
        figures=fingerprint(document),
        data_sets=tuple(each.uid for each in sorted(described, key=lambda d: (d.as_of, d.sha256))),
        as_of=max((each.as_of for each in described), default=None),
        series=series,
        assessments=assessments_of(definition, way),
        forecast=forecast_of(way),
        stable_since=stable_since_of(definition, series, way),
        coverage=nation_of(found.coverage),
        spread=found.spread,
    )
    return Computed(result=result, figures_bytes=document)


def _found(
    definition: Indicator, data_sets: Sequence[Source], *, division: Division, backend: Any
) -> _Found:
    table = _in_division(definition, data_sets, division=division, backend=backend)
    breakdowns = layout_of(definition).breakdowns
    every = grid_of(
        table, definition=definition, breakdowns=breakdowns, division=division, backend=backend
    )
    grid, suppressed = without_small(every, definition=definition, division=division)
    # Counts of whole municipalities are told only where nothing has to be hidden.
    open_coverage = definition.kind == "coverage" and not suppressed and not rounds(definition)
    return _Found(
        grid=grid,
        suppressed=suppressed,
        coverage=coverage_of(table, breakdowns=breakdowns, division=division, backend=backend)
        if open_coverage
        else (),
        spread=spread_of(grid, definition=definition, division=division, backend=backend),
    )


def _in_division(
    definition: Indicator, data_sets: Sequence[Source], *, division: Division, backend: Any
) -> pa.Table:
    layout = layout_of(definition)
    table = gathered(definition, data_sets)
    refuse_unknown_areas(table, division=division)
    # Which rows say what is settled in the areas that said it, and not in what they became.
    table = resolved(table, layout.breakdowns)
    table = completed(table, kind=layout.kind, breakdowns=layout.breakdowns, division=division)
    return divided(
        table,
        kind=layout.kind,
        breakdowns=layout.breakdowns,
        division=division,
        backend=backend,
    )


def _figures(definition: Indicator, found: _Found, borders: dt.date) -> Figures:
    grid = found.grid
    return Figures(
        schema=SCHEMA,
        indicator=definition.uid,
        version=definition.version,
        kind=grid.kind,
        per=grid.per,
        borders=borders,
        periods=grid.periods,
        slices=slices_of(grid),
        coverage=found.coverage,
        spread=found.spread,
        suppressed=found.suppressed,
    )
