"""Coverage in units and in inhabitants, of each area above municipalities."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from veikart.engines.coverage import COUNTS, cover
from veikart.engines.geography.places import NATION
from veikart.indicators.computing.asking import ask
from veikart.indicators.computing.dividing import Division, kept, level_masks, tree_of
from veikart.plan.figures import LevelCoverage, LevelName
from veikart.plan.indicators import Coverage

LEVELS: tuple[LevelName, ...] = ("county", "hospital_area", "region", "nation")


def coverage_of(
    table: pa.Table, *, breakdowns: Sequence[str], division: Division, backend: Any
) -> tuple[LevelCoverage, ...]:
    """The coverage of each area and period in `table`, which is of municipalities and everyone.

    Rows of other levels and of groups are left out: a flag is told of whole municipalities only.
    """
    rows = kept(table, level_masks(table)["municipality"])
    for name in breakdowns:
        rows = rows.filter(pc.is_null(rows[name]))
    plain = rows.replace_schema_metadata(None).select(
        ["period", "area", "numerator", "denominator"]
    )
    if plain.num_rows == 0:
        return ()
    found = ask(backend, _covered, observations=plain, places=tree_of(division, "municipality"))
    return _by_area(found)


def nation_of(coverage: Sequence[LevelCoverage]) -> tuple[Coverage, ...]:
    """The whole country's."""
    return next((each.coverage for each in coverage if each.area == NATION), ())


def _covered(*, observations: Any, places: Any) -> Any:
    found = cover(observations, places, keys=["period"])
    return found.filter(found["level"] != "municipality").order_by("area", "period")


def _by_area(found: pa.Table) -> tuple[LevelCoverage, ...]:
    areas: dict[tuple[LevelName, str], list[Coverage]] = {}
    for row in found.to_pylist():
        numbers = {name: row[name] for name in COUNTS if name != "in_offering"}
        areas.setdefault((row["level"], row["area"]), []).append(
            Coverage(period=row["period"], **numbers)
        )
    return tuple(
        LevelCoverage(level=level, area=area, coverage=tuple(listed))
        for (level, area), listed in sorted(areas.items(), key=lambda item: _order(item[0]))
    )


def _order(key: tuple[LevelName, str]) -> tuple[int, str]:
    return LEVELS.index(key[0]), key[1]
