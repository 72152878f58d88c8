"""The workload VK-IND-1: 60 indicators × 144 months × 357 municipalities × 3 sexes × 6 ages.

It is drawn from fixed seeds, so that every machine measures the same numbers; `SUMS` are its check
sums. Indicators run from 1 to 60 and municipalities from 1 to 357; county = (k·7 mod 15) + 1.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SEED = 20230101
INDICATORS, YEARS, MONTHS, MUNICIPALITIES = 60, range(2015, 2027), range(1, 13), 357
SEXES = np.array([0.495, 0.500, 0.005])
AGES = np.array([0.20, 0.34, 0.27, 0.13, 0.05, 0.01])
ROW_GROUP = 1 << 20
SCHEMA = pa.schema(
    [
        ("ind", pa.int16()),
        ("year", pa.int16()),
        ("month", pa.int8()),
        ("muni", pa.int16()),
        ("sex", pa.int8()),
        ("age", pa.int8()),
        ("num", pa.int32()),
        ("den", pa.int32()),
    ]
)
STEPS = pa.schema(
    [
        ("year", pa.int16()),
        ("from_code", pa.int16()),
        ("to_code", pa.int16()),
        ("share_from", pa.float64()),
        ("share_to", pa.float64()),
        ("divided", pa.bool_()),
    ]
)
CHANGED = 2020
"""The year of the new division; the years before are carried to it."""
SUMS = {
    "scan": {"num": 21_089_489_857, "den": 48_382_038_720, "n": 55_520_640},
    "rollup": {"num": 63_268_469_571},
    "latest": {"num": 526_746_510},
    "progress": {"achieved": 1_304, "on_track": 5_854, "accelerate": 3_805, "limited": 6_974},
    "inequality": {"gini": 1_573.304, "theil": 637.888, "p90_p10": 2_525.593},
    "suppress": {"n": 54_964_846, "primary": 17_578_652, "secondary": 1_217_373},
}
"""What each query must give at full size, whichever program answers it.

Of progress, the workload also tells a sum of ratios, 4,435 in decline and 8 not assessable. How it
treats the 22 areas with a share of 0 it does not say; ours gives 4,437 and 6, and no like sum.
"""


@dataclass(frozen=True)
class Size:
    """A part of the workload: which municipalities and months it has."""

    name: str
    municipalities: int = MUNICIPALITIES
    months: tuple[int, ...] = tuple(MONTHS)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return INDICATORS * len(YEARS) * len(self.months) * self.municipalities * 18


FULL, TENTH, HUNDREDTH = Size("full"), Size("d10", 36), Size("d100", 4)
YEARLY = Size("ann", months=(1,))


def make(folder: Path, size: Size = FULL) -> Path:
    """The folder with `observations.parquet`, `tree.parquet` and `steps.parquet` of `size`."""
    home = folder / size.name
    if (home / "done").exists():
        return home
    home.mkdir(parents=True, exist_ok=True)
    chosen = np.unique(np.linspace(0, MUNICIPALITIES - 1, size.municipalities).round().astype(int))
    with pq.ParquetWriter(home / "observations.parquet", SCHEMA, compression="zstd") as writer:
        for number in range(INDICATORS):
            writer.write_table(_indicator(number, chosen, size.months), row_group_size=ROW_GROUP)
    pq.write_table(_tree(chosen), home / "tree.parquet")
    pq.write_table(_steps(chosen), home / "steps.parquet")
    (home / "done").touch()
    return home


def population() -> Any:
    """Inhabitants of each municipality, the largest first; 5.6 million in all."""
    weights = np.sort(np.random.default_rng(SEED).lognormal(8.6, 1.15, MUNICIPALITIES))[::-1]
    return np.maximum(200, (weights / weights.sum() * 5_600_000).astype(np.int32))


def _indicator(number: int, chosen: Any, months: tuple[int, ...]) -> pa.Table:
    g = np.random.default_rng([SEED, number])
    base, slope = g.uniform(0.05, 0.6), g.uniform(-0.01, 0.04)
    sex, age = g.normal(0, 0.05, 3), g.normal(0, 0.12, 6)
    municipality = g.normal(0, 0.12, MUNICIPALITIES)
    shape = (len(YEARS), len(MONTHS), MUNICIPALITIES, 3, 6)
    years = np.arange(len(YEARS))[:, None, None, None, None]
    month = np.arange(len(MONTHS))[None, :, None, None, None] / 12
    effects = municipality[:, None, None] + sex[:, None] + age
    share = base + slope * (years + month) + effects + g.normal(0, 0.01, shape)
    inhabitants = population()[:, None, None] * SEXES[:, None] * AGES
    denominators = np.broadcast_to(np.rint(inhabitants), shape)
    numerators = np.rint(np.clip(share, 0.001, 0.999) * denominators)
    hidden = g.random(shape) < 0.01
    wanted = np.ix_(range(len(YEARS)), [month - 1 for month in months], chosen, range(3), range(6))
    index = np.meshgrid(YEARS, months, chosen + 1, [1, 2, 3], range(1, 7), indexing="ij")
    keys = [each.ravel() for each in index]
    count = keys[0].size
    columns = [
        pa.array(np.full(count, number + 1), pa.int16()),
        *(pa.array(key, field.type) for key, field in zip(keys, list(SCHEMA)[1:6], strict=True)),
        pa.array(numerators[wanted].ravel().astype(np.int32), mask=hidden[wanted].ravel()),
        pa.array(denominators[wanted].ravel().astype(np.int32)),
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _tree(chosen: Any) -> pa.Table:
    county = (chosen * 7 % 15 + 1).astype(np.int16)
    return pa.table({"municipality": pa.array(chosen + 1, pa.int16()), "county": pa.array(county)})


def _steps(chosen: Any) -> pa.Table:
    """Old to new before 2020: 31st units are divided, ninth ones merge into the one before.

    Units that stay have no step. The steps of a source lie end to end, in order of target.
    """
    rows = []
    for code in (chosen + 1).tolist():
        if code % 31 == 0:
            rows += [(code, code - 2, 0.0, 0.4, True), (code, code, 0.4, 1.0, True)]
        elif code % 9 == 0:
            rows.append((code, code - 1, 0.0, 1.0, False))
    every = [(year, *row) for year in YEARS if year < CHANGED for row in rows]
    # The smallest size has no unit that is divided or merged, and so no steps.
    return pa.Table.from_pylist([dict(zip(STEPS.names, row, strict=True)) for row in every], STEPS)
