"""The reference tables that come with Veikart, read from their files."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from veikart.engines.geography.places import Geography
from veikart.engines.geography.tables import TABLES, geography

REFERENCE = Path(__file__).parent / "reference"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of the reference table `name`, by column."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def reference_geography() -> Geography:
    """Norway's division through time, as the packaged tables have it; read once."""
    return geography({name: list(rows(name)) for name in TABLES})


@cache
def county_tiles() -> dict[str, tuple[int, int]]:
    """The column and row of each county on the tile map, from the north-west; our own drawing."""
    return {
        row["county_code"]: (int(row["column"]), int(row["row"])) for row in rows("county_tiles")
    }
