"""Sums of a panel as arrays, against adding up by hand."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings

from tests.engines.test_aggregate import obvious, places, row_lists
from veikart.engines.aggregate import LEVELS
from veikart.engines.dense.sums import Observed, roll_up


def summed(rows):
    """What `roll_up` gives of `rows`, as `obvious` says it: by period, level and area."""
    areas, periods = (sorted({row[name] for row in rows}) for name in ("area", "period"))
    numbers = {name: [row[name] for row in rows] for name in ("numerator", "denominator")}
    levels = roll_up(
        Observed(
            np.array([areas.index(row["area"]) for row in rows], np.int64),
            np.array([periods.index(row["period"]) for row in rows], np.int64),
            *(np.array([n or 0 for n in listed], np.int64) for listed in numbers.values()),
            *(np.array([n is not None for n in listed], bool) for listed in numbers.values()),
        ),
        pa.Table.from_pylist(places()),
        areas=areas, cells=len(periods), levels=LEVELS,
    )  # fmt: skip
    return {
        (period, level, area): said
        for level, found in levels.items()
        for no, area in enumerate(found.areas)
        for place, period in enumerate(periods)
        if (said := _said(found.sums, no, place))
    }


def _said(sums, no, place):
    one = {name: numbers[no, place].item() for name, numbers in sums._asdict().items()}
    if not one["units"] + one["units_unknown"]:
        return None
    return (
        one["numerator"] if one["known"] else None,
        one["denominator"] if one["denominated"] else None,
        *(one[name] for name in ("unknown", "units", "units_unknown")),
    )


@settings(max_examples=40)
@given(rows=row_lists())
def test_any_panel_gives_what_adding_up_by_hand_gives(rows):
    assert summed(rows) == obvious(rows, ["period"])


def test_sums_are_exact_however_large_they_are():
    rows = [
        {"period": "2024", "area": area, "numerator": 2**60 + 1, "denominator": 2**61 + 1}
        for area in ("1103", "1106")
    ]

    found = summed(rows)

    assert found["2024", "county", "11"] == (2**61 + 2, 2**62 + 2, 0, 2, 0)
    assert found["2024", "nation", "NO"] == (2**61 + 2, 2**62 + 2, 0, 2, 0)
