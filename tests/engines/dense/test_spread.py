"""Inequality in arrays: by hand, and by the slow and obvious version on random tables."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.test_inequality import (
    BY_HAND,
    assert_same,
    random_period,
    slow_between,
    slow_slope,
    slow_spread,
    written,
)
from veikart.engines.dense.spread import between_regions, extremes, slope, spread


def arrays(rows):
    """Values and weights, unit × period, and which units and periods those are."""
    units, periods = (sorted({row[no] for row in rows}) for no in (1, 0))
    values, weights = np.full((2, len(units), len(periods)), np.nan)
    for period, unit, value, weight, *_ in rows:
        place = units.index(unit), periods.index(period)
        values[place] = np.nan if value is None else value
        weights[place] = weight
    return np.array(values), np.nan_to_num(weights), units, periods


def by_period(figures, periods):
    return {
        period: {name: _or_none(column[no]) for name, column in figures.items()}
        for no, period in enumerate(periods)
    }


def _or_none(number):
    return None if math.isnan(number) else float(number)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_any_table_gives_what_the_slow_version_gives(seed):
    draw = random.Random(seed)
    rows = [row for n in range(5) for row in random_period(draw, f"{1900 + n}")]
    values, weights, _, periods = arrays(rows)

    found = by_period(spread(values, weights), periods)

    for period in periods:
        known = [r for r in rows if r[0] == period and r[2] is not None and r[3] > 0]
        slow = slow_spread(known) if known else {"units": 0}
        wanted = {name: slow.get(name) for name in found[period]}
        assert_same(found[period], wanted)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_any_regions_and_any_order_give_what_the_slow_version_gives(seed):
    rows = list(random_period(random.Random(seed), "2024"))
    values, weights, _, _ = arrays(rows)
    known = [row for row in rows if row[2] is not None and row[3] > 0]

    between = between_regions(values, weights, regions=[row[4] for row in rows])
    along = slope(values, weights, order=[row[5] for row in rows])

    wanted = slow_between(known)["theil_between"] if known else None
    assert_same({"between": _or_none(between[0])}, {"between": wanted})
    assert_same({"slope": _or_none(along[0])}, {"slope": slow_slope(known)})


def test_small_tables_give_what_one_can_work_out_by_hand():
    values, weights, units, periods = arrays(list(written(BY_HAND)))

    found = by_period(spread(values, weights), periods)
    worst, best = extremes(values, weights, units=units, more_is_better=True)

    keys = ("units", "gap", "ratio", "p90_p10", "cv", "gini", "theil")
    third = math.log(4 / 3) * 2 / 3 + math.log(2 / 3) / 3
    assert {period: [row[key] for key in keys] for period, row in found.items()} == {
        "2020": pytest.approx([2, 0.4, 2, 0.4, 1 / 3, 1 / 6, third]),
        "2021": [1, None, None, None, None, None, None],
        "2022": [2, 0, 1, 0, 0, 0, 0],
        "2023": [2, 0.4, None, 0.4, pytest.approx(1 / math.sqrt(3)), 0.25,
                 pytest.approx(math.log(4 / 3))],
        "2024": [2, 0, None, 0, None, None, None],
        "2025": [0, None, None, None, None, None, None],
        "2026": [2, 15, None, 15, None, None, None],
    }  # fmt: skip
    assert dict(zip(periods, zip(worst, best, strict=True), strict=True)) == {
        "2020": ("1101", "0301"),
        "2021": (None, None),
        "2022": ("0301", "0301"),
        "2023": ("0301", "1101"),
        "2024": ("0301", "0301"),
        "2025": (None, None),
        "2026": ("0301", "1101"),
    }
    assert extremes(values, weights, units=units, more_is_better=False)[0][0] == "0301"
