"""Validating an import: all faults of some million rows in one pass, with and without faults in them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench import indicators_samples as samples
from bench.figures import Figure, cpu, growth
from veikart.engines.observations.applying import Mapped
from veikart.engines.observations.faults import Faults
from veikart.engines.observations.judging import judge
from veikart.places import reference_geography

MOST = 2.0
LINEAR = 1.05
SIZES = (1, 10, 60)
"""How many of the workload's indicators stand in one file: 77,112 rows each, 4.6 million in all."""
SPOILT = 0.01


def figures(folder: Path) -> Iterator[Figure]:
    """Microseconds of CPU a row at the largest size, and the growth from the smallest."""
    parts = [_placed(samples.observations(folder, no + 1, yearly=True), no) for no in range(SIZES[-1])]  # fmt: skip
    for what, spoil in (("without faults", False), ("with 3 % of rows wrong", True)):
        seconds, rows = [], []
        for size in SIZES:
            table = pa.concat_tables(parts[:size]).combine_chunks()
            mapped = _mapped(_spoilt(table) if spoil else table)
            found = _judged(mapped)
            seconds.append(cpu(lambda mapped=mapped: _judged(mapped)))
            rows.append(table.num_rows)
        told = ", ".join(f"{each.count:,} {each.code}" for each in found.counts())
        yield _figure(f"validating {rows[-1]:,} rows {what}", seconds[-1] / rows[-1] * 1e6, "µs a row", MOST, told)  # fmt: skip
        shown = ", ".join(f"{each:.3f}" for each in seconds)
        note = f"{shown} s CPU for {', '.join(f'{each:,}' for each in rows)} rows"
        yield _figure(f"validating {what}, growth exponent", growth(rows, seconds), "", LINEAR, note)  # fmt: skip


def _placed(table: pa.Table, number: int) -> pa.Table:
    """Each indicator's twelve years as the months of one, so that one file can hold them all."""
    months = [f"{2024 + number}-{no:02}" for no in range(1, 13)]
    codes = table["period"].combine_chunks().dictionary_encode().indices
    period = pa.DictionaryArray.from_arrays(codes, pa.array(months)).cast(pa.string())
    return table.set_column(0, "period", period)


def _mapped(table: pa.Table) -> Mapped:
    """As a reader and a mapping give it: keys as dictionaries."""
    columns = {
        name: table[name].combine_chunks().dictionary_encode()
        if name in samples.LAYOUT.keys
        else table[name]
        for name in table.column_names
    }
    return Mapped(pa.table(columns), np.arange(2, table.num_rows + 2), samples.LAYOUT)


def _spoilt(table: pa.Table) -> pa.Table:
    """One row in a hundred above its denominator, one negative, one in a code that was not in force."""
    chance = np.random.default_rng(1)
    numerator = np.asarray(table["numerator"].fill_null(0)).copy()
    above, below, away = (chance.random(table.num_rows) < SPOILT for _ in range(3))
    numerator[above] = np.asarray(table["denominator"])[above] + 5
    numerator[below] = -1
    areas = pa.compute.if_else(pa.array(away), "1507", table["area"])
    spoilt = table.set_column(table.schema.get_field_index("area"), "area", areas)
    return spoilt.set_column(
        table.schema.get_field_index("numerator"), "numerator", pa.array(numerator)
    )


def _judged(mapped: Mapped) -> Faults:
    faults = Faults()
    judge(mapped, faults=faults, geography=reference_geography())
    return faults


def _figure(what: str, value: float, unit: str, target: float, note: str) -> Figure:
    return Figure(group="calculation", what=what, value=value, unit=unit, target=target, note=note)
