"""What must be hidden in one year of an indicator: small numbers, over all published totals."""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from bench import indicators_samples as samples
from bench.figures import Figure, cpu
from veikart.engines.suppression.cells import Cell, Group, Suppression
from veikart.engines.suppression.suppress import suppress
from veikart.indicators.computing.dividing import Division, tree_of
from veikart.places import reference_geography

MOST_SECONDS = 10.0
SMALLEST = 5
YEAR = 2026
COUNTED = 5


def figures(folder: Path) -> Iterator[Figure]:
    """Seconds of CPU for all that is published of a year: five levels of areas and their groups."""
    tree = tree_of(Division(reference_geography(), samples.DAY), "municipality").to_pylist()
    seconds, counts = [], []
    for number in range(1, COUNTED + 1):
        cells = _cells(folder, number, tree)
        found = []

        def work(cells: list[Cell] = cells, found: list[Suppression] = found) -> None:
            found.append(
                suppress(
                    cells,
                    hierarchies=_hierarchies(tree),
                    breakdowns=[samples.SEXES, samples.AGES],
                    smallest=SMALLEST,
                )
            )

        seconds.append(cpu(work, times=1))
        counts.append(f"{len(found[0].primary):,} and {len(found[0].secondary):,}")
    yield Figure(
        group="calculation", what=f"suppression of a year, the slowest of {COUNTED} indicators",
        value=max(seconds), unit="s CPU", target=MOST_SECONDS,
        note=f"{len(cells):,} cells; small, and hidden beside them: {'; '.join(counts)}",
    )  # fmt: skip


Row = Mapping[str, str | None]


def _hierarchies(tree: list[Row]) -> list[dict[str, str]]:
    """Municipality to county and to hospital area, and both of them on to region and nation."""
    upwards: list[dict[str, str]] = [{} for _ in range(5)]
    for row in tree:
        municipality, county = str(row["municipality"]), str(row["county"])
        hospital, region = row["hospital_area"], str(row["region"])
        upwards[0][municipality] = county
        upwards[1][municipality] = hospital or region
        upwards[2][county] = region
        if hospital:
            upwards[3][hospital] = region
        upwards[4][region] = "NO"
    return upwards


def _cells(folder: Path, number: int, tree: list[Row]) -> list[Cell]:
    """Of each area the numbers of everyone, each sex and each age; above municipalities their crosses."""
    table = samples.observations(folder, number, yearly=True, years=[YEAR])
    shape = (len(tree), len(samples.SEXES), len(samples.AGES))
    # Sorted by area, sex and age; what is missing is taken to be nobody, so that everything adds up.
    pairs = np.stack([np.asarray(table[name].fill_null(0)).reshape(shape) for name in ("numerator", "denominator")])  # fmt: skip
    areas: dict[str, Any] = {}
    for no, row in enumerate(sorted(tree, key=lambda row: str(row["municipality"]))):
        for name in ("municipality", "county", "hospital_area", "region"):
            if row[name]:
                code = str(row[name])
                areas[code] = areas.get(code, 0) + pairs[:, no]
    areas["NO"] = pairs.sum(axis=1)
    return [
        Cell(area, group, *(int(number) for number in _of_group(numbers, group)))
        for area, numbers in areas.items()
        for group in product((None, *samples.SEXES), (None, *samples.AGES))
        if None in group or not area.isdigit() or len(area) < 4
    ]


def _of_group(numbers: Any, group: Group) -> Any:
    sex, age = group
    rows = slice(None) if sex is None else samples.SEXES.index(sex)
    columns = slice(None) if age is None else samples.AGES.index(age)
    return numbers[:, rows, columns].reshape(2, -1).sum(axis=1)
